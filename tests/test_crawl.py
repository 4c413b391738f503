"""A crawl's steps without Prefect: what it finishes for runs that died, it tells as if it were its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_pages import fetched, story
from made_runs import RUN, context_in, job_of

from connectors import layout
from connectors.canonical import story_key
from connectors.found import SiteRules
from extractors.records import FetchedPage, Rules, Verdict
from flows.batch_work import store_batch
from flows.crawl import BatchCrawl, crawl, order_crawl
from flows.crawl_sites import CrawlSite
from flows.leases import claim_site, leave_site
from flows.memory import SiteMemory
from flows.parameters import Wanted
from flows.plans import Batch, Plan, Target, write_plan
from flows.run_batches import Learn
from flows.run_context import RunContext
from flows.run_end import RunReport, read_report

SITE = "valley"


def broken(page: FetchedPage, rules: Rules) -> Verdict:
    raise KeyError("a rule that is not there")


def died_after_judging(context: RunContext, pages: int) -> None:
    """A run that judged all of its pages, each of them in vain, and died before it could say so."""
    targets = tuple(Target(url=story(number).url, site=SITE, source="feed:x") for number in range(pages))
    batch = Batch(number=0, name=SITE, targets=targets)
    write_plan(
        context.bucket, Plan(run=RUN, kind="ingest", created="2026-11-24T08:05:00+00:00", batches=(batch,))
    )
    leave_site(context.bucket, claim_site(context.bucket, SITE, RUN).lease)
    stories = [fetched(story(number)) for number in range(pages)]
    store_batch(job_of(context.bucket.url, stories, site=SITE), judge=broken)


async def crawl_nothing(context: RunContext) -> RunReport:
    async def do_batch(batches: BatchCrawl, number: int, take: Learn) -> None:
        raise AssertionError("all was judged before")

    site = CrawlSite(name=SITE, rules=SiteRules(name=SITE), judging=Rules(), is_whole=False)
    return await crawl(context, order_crawl([site], Wanted()), do_batch)


@pytest.mark.parametrize(("pages", "is_alarming"), [(6, True), (4, False)])
async def test_a_dead_runs_alarm_is_raised_by_the_run_that_finishes_it(tmp_path: Path, pages, is_alarming):
    context = context_in(tmp_path)
    died_after_judging(context, pages)
    report = await crawl_nothing(context)
    assert report.notes[0] == f"finished {RUN}, which had died: 0 of its 1 batches"
    assert report.sums.judged == 0
    assert read_report(context.bucket, RUN).sums.accidents == {"crashed": pages}
    expected = f"in {RUN}, which this run finished, judging failed on {pages} of {pages} pages"
    assert report.alarm.startswith(expected if is_alarming else "")
    assert bool(report.alarm) is is_alarming
    assert read_report(context.bucket, report.run).alarm == report.alarm


async def test_what_a_dead_run_found_out_is_remembered_by_the_run_that_finishes_it(tmp_path: Path):
    context = context_in(tmp_path)
    died_after_judging(context, 2)
    await crawl_nothing(context)
    memory = SiteMemory.load(context.bucket, SITE)
    assert {memory.frontier_url(story_key(story(number).url)) for number in range(2)} == {
        story(number).url for number in range(2)
    }
    assert not context.bucket.exists(layout.lease(SITE))
