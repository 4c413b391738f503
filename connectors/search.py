"""One search for a site's stories: reads feeds, sitemaps and pages, each of them once."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from urllib.parse import urljoin

from connectors.errors import GiveUp, TryLater
from connectors.feeds import read_feed
from connectors.found import Found, SiteRules, bare_host
from connectors.harvest import MAX_FOUND, Harvest
from connectors.links import PageLinks, find_links, looks_like_story
from connectors.sitemaps import MAX_SITEMAP_BYTES, Listed, ListReader
from connectors.web import Web
from extractors.records import FetchedPage

MAX_SITEMAPS = 1_000  # read for one site; an index that names more does not end
MAX_SITEMAP_DEPTH = 5  # indexes of indexes; the protocol knows one level
SITEMAP_PLACES = ("/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml", "/sitemap-news.xml")
FEED_PLACES = ("/feed.xml", "/rss.xml", "/feed", "/rss", "/atom.xml", "/index.xml", "/feed.json")

_MAX_UNDATED = 20  # sitemaps without a date that are read although enough was found
_MIN_LINKS = 3  # a page with fewer and a meta refresh only sends on
_MAX_CHILDREN = 50_000  # entries of one index, what the protocol allows
_FEED_START = re.compile(rb"\s*(<\?xml|<rss|<feed|<rdf|\{|<!--)", re.IGNORECASE)
_log = logging.getLogger(__name__)

Told = Callable[[str], None]


@dataclass(slots=True)
class Search:
    """What was read already, what was found, what failed."""

    web: Web
    rules: SiteRules
    harvest: Harvest
    on_problem: Told | None = None
    seen: set[str] = field(default_factory=set)
    read: int = 0  # sources that could be read
    error: GiveUp | None = None  # the last source that could not

    async def read_source(self, url: str, depth: int = 0) -> FetchedPage | None:
        """Read a feed or a sitemap, with all sitemaps below it; a page comes back unread.

        Raises:
            GiveUp: it cannot be had.
        """
        if url in self.seen or len(self.seen) >= MAX_SITEMAPS:
            return None
        self.seen.add(url)
        children: list[Found] = []
        readers: list[ListReader] = []

        def take(listed: Listed) -> None:
            if not listed.is_sitemap:
                self._add_listed(listed)
            elif len(children) < _MAX_CHILDREN:
                children.append(listed.found)

        def fresh() -> Callable[[bytes], bool]:
            readers.append(ListReader(url, take))
            return readers[-1].take

        page = await self.web.stream_patiently(
            url, fresh, max_bytes=MAX_SITEMAP_BYTES, delay_seconds=self.rules.delay_seconds
        )
        reader = readers[-1]
        reader.finish()
        self.read += 1
        if not reader.is_sitemap:
            return await self._read_entries(replace(page, body=reader.other))
        if depth < MAX_SITEMAP_DEPTH:
            await self._read_children(children, depth)
        return None

    async def try_source(self, url: str, depth: int = 0) -> FetchedPage | None:
        """``read_source``, with a failure noted instead of raised."""
        try:
            return await self.read_source(url, depth)
        except GiveUp as error:
            self.note(error)
            return None

    async def read_page(self, url: str) -> PageLinks | None:
        """Add a page's story-like links; what it links to else comes back, None if it cannot be had."""
        try:
            page = await self.web.fetch_patiently(url, delay_seconds=self.rules.delay_seconds)
            page, links = await follow_refresh(self.web, page)
        except GiveUp as error:
            self.note(error)
            return None
        self.read += 1
        self.add_links(page.final_url, links)
        return links

    def add_links(self, url: str, links: PageLinks) -> int:
        """How many of a page's links are stories of the site; they are added."""
        if links.is_nofollow:
            return 0
        added = 0
        for link in links.links:
            is_own = self.rules.is_own(link.url) or bare_host(link.url) == bare_host(url)
            is_story = bool(self.rules.allow) or looks_like_story(link.url, link.text)
            if is_own and is_story and not link.is_nofollow:
                found = Found(url=link.url, source=f"page:{url}", title=link.text)
                added += self.harvest.add(found)
        return added

    async def look_around(self, url: str, links: PageLinks | None) -> None:
        """Read the feeds and sitemaps that a page and robots.txt name, else those at the usual places.

        Kinds of which the rules name some are not looked for.
        """
        if not self.rules.feeds:
            for feed in links.feeds if links is not None else ():
                await self.try_source(feed)
        if not self.rules.sitemaps:
            for sitemap in await self._robots_sitemaps(url):
                await self.try_source(sitemap)
        if not self.harvest.by_key:
            await self._first_of(url, FEED_PLACES)
            await self._first_of(url, SITEMAP_PLACES)

    def note(self, error: GiveUp) -> None:
        """Remember and tell a failure."""
        self.error = error
        _log.info("%s", error)
        if self.on_problem is not None:
            self.on_problem(str(error))

    def result(self) -> list[Found]:
        """The stories, newest first.

        Raises:
            GiveUp: no source at all could be read.
        """
        if not self.read and not self.harvest.by_key and self.error is not None:
            raise self.error
        return self.harvest.newest()

    async def _robots_sitemaps(self, url: str) -> list[str]:
        try:
            rules = await self.web.robots(url)
        except (GiveUp, TryLater) as error:
            _log.info("%s: no robots.txt: %s", url, error)
            return []
        return [urljoin(url, sitemap) for sitemap in rules.sitemaps]

    async def _first_of(self, url: str, places: Iterable[str]) -> None:
        """Read the first of the usual places that holds something; their absence is no failure."""
        for place in places:
            before = len(self.harvest.by_key)
            try:
                await self.read_source(urljoin(url, place))
            except GiveUp:
                continue
            if len(self.harvest.by_key) > before:
                return

    async def _read_children(self, children: list[Found], depth: int) -> None:
        """An index's sitemaps, newest first, until they can hold nothing that is wanted."""
        since = self.harvest.since
        children.sort(key=lambda one: (one.date or self.harvest.now, "news" in one.url), reverse=True)
        for count, child in enumerate(children):
            if child.date is not None:
                is_old = since is not None and child.date < since
                if is_old or self.harvest.is_full_of_newer(child.date):
                    return  # all that follow are older still
            elif count >= _MAX_UNDATED and len(self.harvest.by_key) >= self.harvest.limit:
                continue
            await self.try_source(child.url, depth + 1)

    async def _read_entries(self, page: FetchedPage) -> FetchedPage | None:
        if not _FEED_START.match(page.body.removeprefix(b"\xef\xbb\xbf")):
            return page
        entries = await asyncio.to_thread(read_feed, page.body, page.final_url)  # up to a second of CPU
        for entry in entries:
            self.harvest.add(entry)
        return None if entries else page

    def _add_listed(self, listed: Listed) -> None:
        self.harvest.add(listed.found)
        for language, url in listed.alternates:
            if language != "x-default" and self.rules.is_own(url):
                self.harvest.add(replace(listed.found, url=url, language=language, title=""))


async def follow_refresh(web: Web, page: FetchedPage) -> tuple[FetchedPage, PageLinks]:
    """The page and its links; if it only sends on by a meta refresh, those of the page behind it.

    Raises:
        GiveUp: that page cannot be had.
    """
    links = await find_links(page.body, page.final_url)
    if links.refresh and len(links.links) < _MIN_LINKS:
        page = await web.fetch_patiently(links.refresh)
        links = await find_links(page.body, page.final_url)
    return page, links


def start_search(
    web: Web,
    rules: SiteRules,
    since: datetime | None,
    limit: int | None,
    on_problem: Told | None = None,
) -> Search:
    """A search that has found nothing yet."""
    wanted = limit if limit is not None else rules.limit
    most = MAX_FOUND if wanted is None else min(wanted, MAX_FOUND)
    harvest = Harvest(rules=rules, since=since, limit=most, now=datetime.now(UTC))
    return Search(web=web, rules=rules, harvest=harvest, on_problem=on_problem)
