"""What a run can be asked for; Prefect refuses anything else before a run is made.

Not in the flow files: Prefect loads those by path, and a class defined there becomes two classes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

SiteName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=80)]
WebUrl = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+", max_length=2000)]

Sites = Annotated[
    list[SiteName], Field(description="names of site files; all sites if neither these nor URLs are given")
]
Urls = Annotated[list[WebUrl], Field(description="articles, feeds, sitemaps or home pages")]
Limit = Annotated[int | None, Field(ge=1, description="stories a site at most")]
Since = Annotated[date | None, Field(description="nothing published before this day")]
Files = Annotated[list[str], Field(min_length=1, description="archives, folders, globs, s3:// addresses")]
KeepRaw = Annotated[bool, Field(description="copy the pages as fetched into the bucket")]
Again = Annotated[bool, Field(description="judge again what this very backfill has done before")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an ingest run is to crawl."""

    sites: tuple[str, ...] = ()  # names of site files
    urls: tuple[str, ...] = ()  # of articles, feeds, sitemaps, home pages
    limit: int | None = None  # stories a site
    since: date | None = None  # nothing published before this day (UTC)
