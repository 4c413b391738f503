"""One ingest run: leases, discovery, plan, batches, and what is remembered for the next run."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from connectors import layout
from connectors.errors import MissingKey
from connectors.web import Web
from flows.batch_work import Done, Job
from flows.crawl_sites import CrawlSite
from flows.discovering import NOTHING_FOUND, Discovery, discover_sites, listed_stories
from flows.fetching import Budget, Fetcher
from flows.idle import why_idle
from flows.leases import Claim, SiteLeases
from flows.memory import SiteMemory, learn_batch
from flows.parameters import Wanted
from flows.plans import Batch, Plan, Target, new_run, pack_targets, read_plan, write_plan
from flows.rendered_sites import renderers_by_site
from flows.run_batches import BatchesEnd, Learn, run_batches
from flows.run_context import RunContext
from flows.run_end import RunReport, end_run
from flows.web_options import web_options

if TYPE_CHECKING:
    from connectors.rendering import Renderer

# Batches that are fetched at the same time: slow hosts hold theirs open for minutes, and a batch in
# flight holds its pages compressed, some 6 MB.
BATCHES_IN_FLIGHT = 48


class BatchCrawl:
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
                since=self.plan.since,
                rules=self._context.rules,
            )
        )


DoBatch = Callable[[BatchCrawl, int, Learn], Awaitable[None]]  # the task that does one batch


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlOrder:
    """What one run is to crawl."""

    sites: tuple[CrawlSite, ...]
    wanted: Wanted
    run: str
    now: datetime  # aware; when it was ordered


def order_crawl(sites: Sequence[CrawlSite], wanted: Wanted) -> CrawlOrder:
    """The order for a run that begins now."""
    now = datetime.now(UTC)
    seed = "|".join(site.name for site in sites) + str(now)
    return CrawlOrder(sites=tuple(sites), wanted=wanted, run=new_run("ingest", now, seed), now=now)


async def crawl(context: RunContext, order: CrawlOrder, do_batch: DoBatch) -> RunReport:
    """Crawl the sites that nobody else is at work on; what the run came to."""
    clock = time.monotonic()
    names = [site.name for site in order.sites]
    async with SiteLeases(context.bucket, names, order.run) as leases:
        own = {lease.site for lease in leases.own}
        notes = [_skipped(claim) for claim in leases.claims if not claim.is_ours]
        async with (
            Web(web_options(context.settings, _ports(order))) as web,
            renderers_by_site(context.settings, web, order.sites) as renderers,
        ):
            context.watcher.crawling(web)
            work = _Work(context, web, order.sites, do_batch, renderers)
            finished = await work.finish_left({run for lease in leases.own for run in lease.left}, own)
            mine = replace(order, sites=tuple(site for site in order.sites if site.name in own))
            report = await work.run(mine, clock, notes=[*notes, *finished.notes], alarms=finished.alarms)
        leases.is_finished = not report.unfinished
        return report


@dataclass(slots=True)
class _Finished:
    """What is to be said of runs that had died and were finished by this one."""

    notes: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)

    def add(self, report: RunReport, batches: int) -> None:
        """Add a run, of which so many batches were left."""
        self.notes.append(f"finished {report.run}, which had died: {batches} of its {report.batches} batches")
        self.notes.extend(f"given up for good: {sentence}" for sentence in report.unfinished)
        if report.alarm:
            self.alarms.append(f"in {report.run}, which this run finished, {report.alarm}")


class _Work:
    """The steps of a run, over one session."""

    def __init__(
        self,
        context: RunContext,
        web: Web,
        sites: Sequence[CrawlSite],
        do_batch: DoBatch,
        renderers: Mapping[str, Renderer],
    ) -> None:
        self._context = context
        self._web = web
        self._delays = {site.name: site.rules.delay_seconds for site in sites}
        self._patterns = {site.name: site.rules.story_id_pattern for site in sites}
        self._do_batch = do_batch
        self._renderers = renderers  # by site
        settings = context.settings
        self._budget = Budget(
            pages=settings.run_pages, body_bytes=settings.run_bytes, seconds=settings.run_seconds
        )

    async def run(
        self, order: CrawlOrder, clock: float, *, notes: Sequence[str], alarms: Sequence[str]
    ) -> RunReport:
        """Discover, plan, work, remember, report; ``alarms`` are those of runs that were finished before."""
        bucket, watcher = self._context.bucket, self._context.watcher
        watcher.phase("Looking for stories")
        memories = {site.name: self._memory(site.name) for site in order.sites}
        discovery = await discover_sites(self._web, order.sites, order.wanted)
        targets = due_targets(order, memories, discovery)
        plan = Plan(
            run=order.run,
            kind="ingest",
            created=order.now.isoformat(timespec="seconds"),
            batches=pack_targets(targets, self._context.settings.batch_pages),
            listed=listed_stories(order.sites, order.wanted, discovery),
            since=order.wanted.since.isoformat() if order.wanted.since else "",
            unread=tuple(discovery.unread),
        )
        write_plan(bucket, plan)
        idle = why_idle(order, memories, discovery, targets)
        watcher.phase("Fetching and judging")
        end = await self._batches(plan, discovery, memories)
        for memory in memories.values():
            memory.save(bucket)
        return end_run(
            bucket,
            plan,
            end,
            seconds=time.monotonic() - clock,
            notes=[*notes, *discovery.problems, *idle],
            alarms=alarms,
        )

    async def finish_left(self, runs: Collection[str], own: Collection[str]) -> _Finished:
        """Finish runs that died over our ``own`` sites, so that nothing of their plans is lost.

        What they found out about other sites is learned by whoever takes those.
        """
        bucket, finished = self._context.bucket, _Finished()
        for run in sorted(runs):  # oldest first
            try:
                plan = read_plan(bucket, run)
            except MissingKey:  # it died before it had planned anything
                continue
            if bucket.exists(layout.report(run)):
                continue
            self._context.watcher.phase(f"Finishing {run}")
            clock = time.monotonic()
            sites = {target.site for batch in plan.batches for target in batch.targets}.intersection(own)
            memories = {site: self._memory(site) for site in sites}
            end = await self._batches(plan, NOTHING_FOUND, memories)
            for memory in memories.values():
                memory.save(bucket)
            report = end_run(bucket, plan, end, seconds=time.monotonic() - clock)
            finished.add(report, end.now)
        return finished

    async def _batches(
        self, plan: Plan, discovery: Discovery, memories: Mapping[str, SiteMemory]
    ) -> BatchesEnd:
        fetcher = Fetcher(
            self._web,
            self._context.watcher,
            delays=self._delays,
            discovery=discovery,
            budget=self._budget,
            renderers=self._renderers,
        )
        batches = BatchCrawl(self._context, plan, fetcher)

        async def work(batch: Batch, take: Learn) -> None:
            await self._do_batch(batches, batch.number, take)

        planned = datetime.fromisoformat(plan.created)
        return await run_batches(
            self._context,
            plan,
            work,
            in_flight=BATCHES_IN_FLIGHT,
            learn=lambda done: learn_batch(memories, done, planned),
        )

    def _memory(self, site: str) -> SiteMemory:
        return SiteMemory.load(self._context.bucket, site, self._patterns.get(site, ""))


def due_targets(order: CrawlOrder, memories: Mapping[str, SiteMemory], discovery: Discovery) -> list[Target]:
    """What the run fetches, site by site."""
    return [
        target
        for site in order.sites
        for target in memories[site.name].due(
            discovery.found.get(site.name, []),
            order.now,
            limit=order.wanted.limit or site.rules.limit,
            since=order.wanted.since,
            only_found=not site.is_whole,
        )
    ]


def _ports(order: CrawlOrder) -> frozenset[int]:
    return frozenset(port for site in order.sites for port in site.ports)


def _skipped(claim: Claim) -> str:
    lease = claim.lease
    return f"{lease.site} is left out: {lease.run} works on it ({lease.owner}, until {lease.expires})"
