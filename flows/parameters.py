"""What a run can be asked for; Prefect refuses anything else before a run is made.

Not in the flow files: Prefect loads those by path, and a class defined there becomes two classes.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=80)]
WebUrl = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+", max_length=2000)]


class IngestParameters(BaseModel):
    """Which sites or URLs to crawl, and how far."""

    model_config = ConfigDict(extra="forbid")

    sites: list[Name] = Field(default=[], description="names of site files; all of them if no URL is given")
    urls: list[WebUrl] = Field(default=[], description="articles, feeds, sitemaps or home pages")
    limit: int | None = Field(default=None, ge=1, description="stories a site at most")
    since: date | None = Field(default=None, description="nothing published before this day")


class BackfillParameters(BaseModel):
    """What to read and how."""

    model_config = ConfigDict(extra="forbid")

    files: list[str] = Field(min_length=1, description="archives, folders, globs, s3:// addresses")
    keep_raw: bool = Field(default=True, description="copy the pages as fetched into the bucket")
    again: bool = Field(default=False, description="judge again what this very backfill has done before")
