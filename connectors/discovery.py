"""Which stories a site, or a bare URL, leads to: feeds, sitemaps, pages and their links joined."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from connectors.errors import GiveUp
from connectors.found import Found, SiteRules
from connectors.harvest import GIVEN
from connectors.links import PageLinks, story_score
from connectors.search import follow_refresh, start_search
from connectors.web import Web
from extractors.records import Fate

__all__ = ["Found", "SiteRules", "discover", "discover_url"]

_MIN_SECTION_STORIES = 3  # story-like links that make a page a section
_SURE_STORY = 3  # story_score of a URL that needs no further witness


async def discover(
    web: Web,
    rules: SiteRules,
    *,
    since: datetime | None = None,
    limit: int | None = None,
    on_problem: Callable[[str], None] | None = None,
) -> list[Found]:
    """A site's stories, newest first.

    Args:
        web: an open session.
        rules: the site's start points and patterns.
        since: aware; stories known to be older are left out.
        limit: at most so many; None takes the site's own, or ``harvest.MAX_FOUND``.
        on_problem: told one line for each start point that failed.

    Raises:
        GiveUp: no start point could be read at all; the last one's error.
    """
    search = start_search(web, rules, since, limit, on_problem)
    for url in rules.urls:
        search.harvest.add(Found(url=url, source=GIVEN))
    for source in (*rules.feeds, *rules.sitemaps):
        await search.try_source(source)
    for section in rules.sections:
        await search.read_page(section)
    if rules.home:
        await search.look_around(rules.home, await search.read_page(rules.home))
    return search.result()


async def discover_url(
    web: Web, url: str, *, since: datetime | None = None, limit: int | None = None
) -> list[Found]:
    """What a bare URL means: a feed's or sitemap's entries, a story itself, or a page's stories.

    A story comes with its page, so that it need not be fetched again.

    Raises:
        GiveUp: the URL, and everything that could stand for it, cannot be had.
    """
    search = start_search(web, SiteRules(home=url), since, limit)
    is_home = urlsplit(url).path in {"", "/"} and not urlsplit(url).query
    page = None
    try:
        page = await search.read_source(url)
    except GiveUp as error:
        if not is_home or error.fate not in {Fate.NOT_FOUND, Fate.REFUSED}:
            raise
        search.note(error)
    else:
        if page is None:  # it was a feed or a sitemap
            return search.result()
    if page is None:
        await search.look_around(url, None)
        return search.result()
    page, links = await follow_refresh(web, page)
    return await _read_found_page(web, Found(url=url, source=GIVEN, page=page), links, since, limit)


async def _read_found_page(
    web: Web, itself: Found, links: PageLinks, since: datetime | None, limit: int | None
) -> list[Found]:
    """A page that is no list: a story, or a home or section page with stories on it."""
    here = itself.page.final_url if itself.page is not None else itself.url
    search = start_search(web, SiteRules(home=here), since, limit)
    stories = search.add_links(here, links)
    is_home = urlsplit(here).path in {"", "/"} and not urlsplit(here).query
    if not is_home and _is_story(here, links, stories):
        return [itself]
    if is_home or links.feeds:
        await search.look_around(here, links)
    return search.result() or [itself]


def _is_story(url: str, links: PageLinks, stories: int) -> bool:
    if links.is_declared_article or story_score(url) >= _SURE_STORY:
        return True
    return stories < _MIN_SECTION_STORIES
