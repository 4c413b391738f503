"""One ingest run: leases, discovery, plan, batches, and what is remembered for the next run."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

from connectors.errors import MissingKey
from connectors.web import Web
from extractors.records import FetchedPage
from flows.batch_work import Done, Job
from flows.crawl_sites import CrawlSite
from flows.discovering import Discovery, discover_sites
from flows.fetching import Fetcher
from flows.leases import Claim, Lease, claim_site, keep_alive, release_site
from flows.memory import SiteMemory
from flows.outcomes import Outcome
from flows.parameters import Wanted
from flows.plans import Batch, Plan, Target, new_run, pack_targets, read_plan, write_plan
from flows.run_batches import BatchesEnd, run_batches
from flows.run_context import RunContext
from flows.run_end import RunReport, end_run
from flows.web_options import web_options

# Batches that are fetched at the same time: slow hosts hold theirs open for minutes, and a batch in
# flight holds its pages compressed, some 6 MB.
BATCHES_IN_FLIGHT = 48


class Crawl:
    """A plan being worked through: what its batch tasks need."""

    def __init__(self, context: RunContext, plan: Plan, fetcher: Fetcher) -> None:
        self._context = context
        self._fetcher = fetcher
        self.plan = plan

    async def do_batch(self, number: int) -> Done:
        """Fetch a batch, then have it judged and stored."""
        batch = self.plan.batches[number]
        pages, outcomes = await self._fetcher.fetch(batch)
        return await self._context.pool.store(
            Job(
                bucket=self._context.spec,
                run=self.plan.run,
                date=self.plan.date,
                batch=replace(batch, targets=()),
                pages=tuple(pages),
                outcomes=tuple(outcomes),
                rules=self._context.rules,
            )
        )


DoBatch = Callable[[Crawl, int], Awaitable[Done]]


async def crawl(
    context: RunContext, sites: Sequence[CrawlSite], wanted: Wanted, *, do_batch: DoBatch, started: float
) -> RunReport:
    """Crawl the sites; what the run came to.

    Args:
        context: the bucket, the judging processes, the screen.
        sites: what to crawl.
        wanted: limits of this run.
        do_batch: the task that does one batch.
        started: ``time.monotonic()`` when the run began.
    """
    now = datetime.now(UTC)
    run = new_run("ingest", now, "|".join(site.name for site in sites) + str(now))
    claims = {site.name: claim_site(context.bucket, site.name, run) for site in sites}
    ours = [claim.lease for claim in claims.values() if claim.is_ours]
    notes = [_skipped(claim) for claim in claims.values() if not claim.is_ours]
    renewing = asyncio.create_task(keep_alive(context.bucket, ours))
    try:
        async with Web(web_options(context.settings)) as web:
            notes += await _finish_left(context, web, list(claims.values()), sites, do_batch)
            own = [site for site in sites if claims[site.name].is_ours]
            report = await _run(context, web, own, wanted, run, now, do_batch, started, notes)
    finally:
        renewing.cancel()
        with suppress(asyncio.CancelledError):
            await renewing
        for lease in ours:
            release_site(context.bucket, lease)
    return report


async def _run(  # noqa: PLR0913, PLR0917  # the steps of one run, in their order
    context: RunContext,
    web: Web,
    sites: Sequence[CrawlSite],
    wanted: Wanted,
    run: str,
    now: datetime,
    do_batch: DoBatch,
    started: float,
    notes: list[str],
) -> RunReport:
    context.watcher.phase("Looking for stories")
    memories = {site.name: SiteMemory.load(context.bucket, site.name) for site in sites}
    discovery = await discover_sites(web, sites, wanted)
    targets = [target for site in sites for target in _targets(site, memories[site.name], discovery, now, wanted)]
    plan = Plan(
        run=run,
        kind="ingest",
        created=now.isoformat(timespec="seconds"),
        batches=pack_targets(targets, context.settings.batch_pages),
    )
    write_plan(context.bucket, plan)
    context.watcher.phase("Fetching and judging")
    end = await _work(context, web, plan, sites, do_batch, discovery.pages, discovery.failed)
    for memory in memories.values():
        memory.learn(end.done, now)
        memory.save(context.bucket)
    return end_run(
        context.bucket,
        plan,
        end.done,
        seconds=time.monotonic() - started,
        unfinished=end.unfinished,
        notes=[*notes, *discovery.problems],
    )


def _targets(
    site: CrawlSite, memory: SiteMemory, discovery: Discovery, now: datetime, wanted: Wanted
) -> list[Target]:
    return memory.due(discovery.found.get(site.name, []), now, limit=wanted.limit or site.rules.limit)


async def _work(  # noqa: PLR0913, PLR0917
    context: RunContext,
    web: Web,
    plan: Plan,
    sites: Sequence[CrawlSite],
    do_batch: DoBatch,
    pages: dict[str, FetchedPage],
    failed: dict[str, Outcome],
) -> BatchesEnd:
    delays = {site.name: site.rules.delay_seconds for site in sites}
    crawl = Crawl(context, plan, Fetcher(web, context.watcher, delays=delays, pages=pages, failed=failed))

    async def work(batch: Batch) -> Done:
        return await do_batch(crawl, batch.number)

    return await run_batches(context, plan, work, in_flight=BATCHES_IN_FLIGHT)


async def _finish_left(
    context: RunContext, web: Web, claims: Sequence[Claim], sites: Sequence[CrawlSite], do_batch: DoBatch
) -> list[str]:
    """Finish the runs that died over these sites, so that nothing of their plans is lost."""
    notes = []
    for run in sorted({claim.left_by for claim in claims if claim.left_by}):
        try:
            plan = read_plan(context.bucket, run)
        except MissingKey:  # it died before it had planned anything
            continue
        context.watcher.phase(f"Finishing {run}")
        started = time.monotonic()
        end = await _work(context, web, plan, sites, do_batch, {}, {})
        for site in {target.site for batch in plan.batches for target in batch.targets}:
            memory = SiteMemory.load(context.bucket, site)
            memory.learn(end.done, datetime.fromisoformat(plan.created))
            memory.save(context.bucket)
        end_run(context.bucket, plan, end.done, seconds=time.monotonic() - started, unfinished=end.unfinished)
        notes.append(f"finished {run}, which had died: {len(end.now)} of {len(plan.batches)} batches were left")
    return notes


def _skipped(claim: Claim) -> str:
    lease: Lease = claim.lease
    return f"{lease.site} is left out: {lease.run} works on it ({lease.owner}, until {lease.expires})"
