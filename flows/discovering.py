"""Finding what there is to fetch, over all sites of a run at once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time

from connectors.discovery import Found, discover, discover_url
from connectors.errors import GiveUp, TryLater
from connectors.harvest import GIVEN
from connectors.web import Web
from extractors.records import FetchedPage
from flows.crawl_sites import CrawlSite
from flows.outcomes import Outcome
from flows.parameters import Wanted

MOST_CAUSES = 3  # told of a site that cannot be read; one is the rule
SITES_AT_ONCE = 100  # waiting sites cost a few objects each; one host is asked one thing at a time anyway


@dataclass(slots=True)
class Discovery:
    """What the sites list, and what was learned on the way."""

    found: dict[str, list[Found]] = field(default_factory=dict)  # by site
    pages: dict[str, FetchedPage] = field(default_factory=dict)  # already fetched, by URL
    failed: dict[str, Outcome] = field(default_factory=dict)  # URLs that were given and cannot be had
    problems: list[str] = field(default_factory=list)  # start points that failed, a line each
    unread: list[str] = field(default_factory=list)  # sites of which nothing could be read


NOTHING_FOUND = Discovery()


async def discover_sites(web: Web, sites: Sequence[CrawlSite], wanted: Wanted) -> Discovery:
    """Stories of all sites, newest first; what fails is noted and stops nothing."""
    discovery = Discovery()
    gate = asyncio.Semaphore(SITES_AT_ONCE)
    since = datetime.combine(wanted.since, time(tzinfo=UTC)) if wanted.since else None

    async def visit(site: CrawlSite) -> None:
        async with gate:
            found = await _of_site(web, site, since, wanted.limit, discovery) if site.is_whole else []
            for url in site.urls:
                found.extend(await _of_url(web, site, url, since, wanted.limit, discovery))
        _note_unread_urls(site, discovery)
        discovery.found[site.name] = list({one.url: one for one in reversed(found)}.values())[::-1]
        discovery.pages.update({one.url: one.page for one in found if one.page is not None})

    async with asyncio.TaskGroup() as group:
        for site in sites:
            group.create_task(visit(site))
    return discovery


def listed_stories(sites: Sequence[CrawlSite], wanted: Wanted, discovery: Discovery) -> dict[str, int]:
    """How many stories each site's start points list, of the sites that were asked for all.

    Of URLs that were given those count that led to others. With a limit or a day that the command named,
    nothing is said: such a number compares with no other run's.
    """
    if wanted.limit is not None or wanted.since is not None:
        return {}
    counts = {
        site.name: sum(one.source != GIVEN for one in discovery.found.get(site.name, ())) for site in sites
    }
    return {site.name: counts[site.name] for site in sites if site.is_whole or counts[site.name]}


async def _of_site(
    web: Web, site: CrawlSite, since: datetime | None, limit: int | None, discovery: Discovery
) -> list[Found]:
    problems: list[str] = []
    try:
        return await discover(web, site.rules, since=since, limit=limit, on_problem=problems.append)
    except (GiveUp, TryLater) as error:
        problems = [_nothing_read([*problems, str(error)])]
        discovery.unread.append(site.name)
        return []
    finally:
        discovery.problems.extend(f"{site.name}: {problem}" for problem in dict.fromkeys(problems))


async def _of_url(  # one call site
    web: Web, site: CrawlSite, url: str, since: datetime | None, limit: int | None, discovery: Discovery
) -> list[Found]:
    try:
        return await discover_url(web, url, since=since, limit=limit)
    except (GiveUp, TryLater) as error:
        discovery.failed[url] = Outcome(url=url, site=site.name, fate=error.fate, detail=str(error))
        return [Found(url=url, source=GIVEN)]


def _note_unread_urls(site: CrawlSite, discovery: Discovery) -> None:
    """Tell of a site of which only URLs were asked for, all in vain."""
    failed = [discovery.failed[url].detail for url in site.urls if url in discovery.failed]
    if not site.is_whole and failed and len(failed) == len(site.urls):
        discovery.unread.append(site.name)
        discovery.problems.append(f"{site.name}: {_nothing_read(failed)}")


def _nothing_read(problems: Sequence[str]) -> str:
    """In one line, why: each cause once, with the first URL that met it."""
    causes: dict[str, str] = {}
    for problem in problems:
        causes.setdefault(problem.partition(": ")[2], problem)
    told = list(causes.values())[:MOST_CAUSES]
    more = f"; {len(causes) - len(told)} other causes" if len(causes) > len(told) else ""
    return f"nothing could be read: {'; '.join(told)}{more}"
