"""What a run can be asked for; Prefect refuses anything else before a run is made.

Not in the flow files: Prefect loads those by path, and a class defined there becomes two classes.
What each is for stands in the flows' docstrings: of a ``Field``, Prefect's forms show no description.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError

from connectors.errors import BadInput

MOST_URL_LETTERS = 2000

SiteName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=80)]
WebUrl = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+", max_length=MOST_URL_LETTERS)]

Sites = list[SiteName]
Urls = list[WebUrl]
Limit = Annotated[int | None, Field(ge=1)]
Since = date | None
Files = Annotated[list[str], Field(min_length=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an ingest run is to crawl."""

    sites: tuple[str, ...] = ()  # names of site files
    urls: tuple[str, ...] = ()  # of articles, feeds, sitemaps, home pages
    limit: int | None = None  # stories a site
    since: date | None = None  # nothing published before this day (UTC); what has no date stays

    @property
    def needed(self) -> tuple[str, ...] | None:
        """Names of the sites whose files must be good; None: of all."""
        return self.sites if self.sites or self.urls else None


def read_url(value: str) -> str:
    """A URL of the command line as a flow takes it: schemes are written in capitals, too. Raises ``BadInput``."""
    scheme, mark, rest = value.partition("://")
    url = f"{scheme.lower()}{mark}{rest}"
    try:
        TypeAdapter(WebUrl).validate_python(url)
    except ValidationError as error:
        hint = "it is too long" if len(url) > MOST_URL_LETTERS else "write it as https://host/path"
        raise BadInput(f"{value[:200]} is no URL of a page: {hint}") from error
    return url
