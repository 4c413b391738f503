"""What discovery is given and what it finds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from urllib.parse import urlsplit

from extractors.records import FetchedPage


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A URL that may be a story, and what its source tells of it before it is fetched."""

    url: str  # absolute
    source: str  # "feed:<url>", "sitemap:<url>", "page:<url>", "given"
    title: str = ""
    published: datetime | None = None  # aware, UTC
    language: str = ""  # BCP-47 as declared, lower case; "" if unknown
    last_modified: datetime | None = None  # aware, UTC
    page: FetchedPage | None = None  # already fetched while looking at it

    @property
    def date(self) -> datetime | None:
        """The latest date known."""
        dates = [date for date in (self.published, self.last_modified) if date is not None]
        return max(dates, default=None)


@dataclass(frozen=True, kw_only=True)  # no slots: the compiled patterns are kept
class SiteRules:
    """Where a site's stories are listed, and which URLs are its stories."""

    name: str = ""
    home: str = ""  # a page whose links, feeds and sitemaps are looked for
    sections: tuple[str, ...] = ()  # pages whose links are followed
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()  # stories given one by one
    allow: tuple[str, ...] = ()  # regular expressions; one must be found in a story's URL, if there are any
    deny: tuple[str, ...] = ()  # regular expressions; none may be found
    languages: tuple[str, ...] = ()  # BCP-47; () is all
    delay_seconds: float | None = None  # None: the run's default
    limit: int | None = None  # stories a run
    story_id_pattern: str = ""  # first group is the story's id

    @cached_property
    def hosts(self) -> frozenset[str]:
        """The site's own hosts, without "www."."""
        starts = (self.home, *self.sections, *self.feeds, *self.sitemaps, *self.urls)
        return frozenset(bare_host(start) for start in starts if start)

    @cached_property
    def _allowed(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(pattern) for pattern in self.allow)

    @cached_property
    def _denied(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(pattern) for pattern in self.deny)

    def admits(self, url: str) -> bool:
        """Whether the URL is in the site's scope by its patterns, or by its host where it has none."""
        if any(pattern.search(url) for pattern in self._denied):
            return False
        if self._allowed:
            return any(pattern.search(url) for pattern in self._allowed)
        return True

    def is_own(self, url: str) -> bool:
        """Whether the URL lies on one of the site's hosts or their subdomains."""
        host = bare_host(url)
        return any(host == own or host.endswith("." + own) for own in self.hosts)

    def speaks(self, language: str) -> bool:
        """Whether a declared language is one of the site's; unknown ones are."""
        if not language or not self.languages:
            return True
        wanted = {one.lower().partition("-")[0] for one in self.languages}
        return language.lower().partition("-")[0] in wanted


def bare_host(url: str) -> str:
    """The URL's host, lower case, without "www."; "" if it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def parse_date(value: str) -> datetime | None:
    """An aware UTC date from ISO 8601 (W3C, day alone too) or RFC 2822; None if it is neither."""
    value = value.strip()[:64]
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            date = parse(value)
            date = date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)
        except (ValueError, OverflowError, IndexError, TypeError):
            continue
        return date if 1990 <= date.year <= 2100 else None  # the web's years; others are mistakes
    return None
