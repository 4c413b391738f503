"""What a crawl would fetch, and why, without fetching it or storing anything."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from config.settings import Settings
from connectors.web import Web
from flows.console import err, out, print_json, warn
from flows.crawl import CrawlOrder, due_targets, order_crawl
from flows.crawl_sites import choose_sites
from flows.discovering import Discovery, discover_sites
from flows.memory import SiteMemory
from flows.parameters import Wanted
from flows.plans import Target
from flows.rules_of_sites import load_rule_book
from flows.run_context import bucket_spec
from flows.web_options import web_options

MOST_ROWS = 200


def show_plan(wanted: Wanted, *, as_json: bool) -> None:
    """Look for stories as a run would, and list those that it would fetch."""
    settings = Settings()
    book = load_rule_book(settings, wanted.needed, lambda problem: warn(f"left out: {problem}"))
    order = order_crawl(choose_sites(settings, wanted, book), wanted)
    bucket = bucket_spec(settings).open()
    memories = {
        site.name: SiteMemory.load(bucket, site.name, site.rules.story_id_pattern) for site in order.sites
    }
    with err.status(f"Looking for stories on {len(order.sites)} sites"):
        discovery = asyncio.run(_discover(settings, order))
    targets = due_targets(order, memories, discovery)
    if as_json:
        print_json(
            {
                "urls": [
                    {"url": target.url, "site": target.site, "source": target.source, "why": why(target)}
                    for target in targets
                ],
                "problems": discovery.problems,
            }
        )
    else:
        out.print(_view(targets, discovery))


def why(target: Target) -> str:
    """In a word or two, why a URL is due."""
    if target.content_hash or target.etag:
        return "may have changed"
    return "given" if target.source == "given" else "new"


async def _discover(settings: Settings, order: CrawlOrder) -> Discovery:
    ports = [port for site in order.sites for port in site.ports]
    async with Web(web_options(settings, ports)) as web:
        return await discover_sites(web, order.sites, order.wanted)


def _view(targets: list[Target], discovery: Discovery) -> Group:
    table = Table(box=box.SIMPLE_HEAD, title=f"{len(targets)} URLs would be fetched", title_justify="left")
    table.add_column("site", no_wrap=True)
    table.add_column("url", overflow="fold")
    table.add_column("why", no_wrap=True)
    table.add_column("found in", overflow="fold", style="dim")
    for target in targets[:MOST_ROWS]:
        table.add_row(target.site, Text(target.url), why(target), Text(target.source))
    counts = Counter(target.site for target in targets)
    rest = f"… {len(targets) - MOST_ROWS} more" if len(targets) > MOST_ROWS else ""
    lines = [Text(f"{site}: {count}") for site, count in counts.most_common(40)] if len(counts) > 1 else []
    problems = [Text(problem, style="yellow") for problem in discovery.problems]
    stamp = Text(f"as of {datetime.now(UTC):%Y-%m-%d %H:%M} UTC", style="dim")
    return Group(table, Text(rest), *lines, *problems, stamp)
