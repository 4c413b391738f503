"""Articles from the web: discover, plan, then batches of fetching, judging, storing."""

from __future__ import annotations

from typing import Any

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE

from config.settings import Settings
from flows.artifacts import publish_report
from flows.crawl import BatchCrawl, crawl, order_crawl
from flows.crawl_sites import choose_sites
from flows.parameters import Limit, Since, Sites, Urls, Wanted
from flows.rules_of_sites import load_rule_book
from flows.run_batches import Learn
from flows.run_context import run_context


@task(name="fetch-and-store-batch", task_run_name="batch-{number}", cache_policy=NO_CACHE)
async def fetch_and_store_batch(batches: BatchCrawl, number: int, take: Learn) -> None:
    """Fetch a batch's pages, judge them, store what came of them, tell ``take``."""
    take(await batches.do_batch(number))


@flow(name="ingest", log_prints=False)
async def ingest(
    sites: Sites = [],  # noqa: B006  # Prefect hands each run its own
    urls: Urls = [],  # noqa: B006
    limit: Limit = None,
    since: Since = None,
) -> dict[str, Any]:
    """Crawl sites by name, or whatever the URLs lead to; returns the run's report, with ``drift``.

    Only what is new or due is asked for. A run that died is finished first.

    Args:
        sites: names of site files; all sites if neither these nor URLs are given.
        urls: articles, feeds, sitemaps or home pages.
        limit: stories a site at most.
        since: nothing published before this day (UTC); what has no date, in lists or in the page, stays.
    """
    settings = Settings()
    wanted = Wanted(sites=tuple(sites), urls=tuple(urls), limit=limit, since=since)
    book = load_rule_book(settings, wanted.needed)
    chosen = choose_sites(settings, wanted, book)
    with run_context(settings, book, get_run_logger()) as context:
        report = await crawl(context, order_crawl(chosen, wanted), fetch_and_store_batch)
    drift = await publish_report(report, context.bucket)
    return {**report.to_json(), "drift": [finding.to_json() for finding in drift]}
