"""Processes that judge, and what pages can do to them."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from functools import partial

import pytest
from made_pages import fetched, story

from connectors.bucket import BucketSpec
from connectors.corpus import read_articles, read_rejections
from connectors.errors import BucketRefused
from connectors.warc import pack_page
from extractors.records import Rejection, Rules
from flows.batch_work import Done, Job, PackedPage, store_batch
from flows.guard import judge_page
from flows.judging_pool import BatchLostError, JudgingPool
from flows.outcomes import Sums
from flows.plans import Batch
from flows.rule_book import RuleBook


def deadly_judge(page, rules):
    """Runs in the pool's processes."""
    if b"please-kill" in page.body:
        os.kill(os.getpid(), signal.SIGKILL)
    if b"please-hang" in page.body:
        signal.setitimer(signal.ITIMER_REAL, 0.1)  # the limit that is set, but nobody wants to wait for it
        time.sleep(600)
    return judge_page(page, rules)


def die_before_any_page(_job: Job) -> Done:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def name_process(job: Job) -> Done:
    return Done(number=os.getpid(), outcomes=(), sums=Sums(), seconds=0)


def refuse(_job: Job) -> Done:
    raise BucketRefused("the store says no")


def job(bucket: str, number: int, *bodies: str | None) -> Job:
    """A batch of good stories, and of pages with these bodies instead."""
    stories = [story(number * 100 + place) for place in range(len(bodies))]
    pages = [
        fetched(one, body=body.encode() if body is not None else None)
        for one, body in zip(stories, bodies, strict=True)
    ]
    return Job(
        bucket=BucketSpec(url=bucket),
        run="ingest-1",
        date="2026-11-24",
        batch=Batch(number=number, name="valley"),
        pages=tuple(PackedPage(site="valley", record=pack_page(page)) for page in pages),
        rules=RuleBook(default=Rules()),
    )


async def test_killing_and_hanging_pages_are_refused_and_all_others_stored(tmp_path):
    bucket = f"file:{tmp_path}"
    with JudgingPool(2, work=partial(store_batch, judge=deadly_judge)) as pool:
        deadly = job(bucket, 0, None, "please-kill", None, "please-hang")
        done = await asyncio.gather(pool.store(deadly), pool.store(job(bucket, 1, None, None)))
        after = await pool.store(job(bucket, 2, None))
    assert [dict(one.sums.fates) for one in done] == [{"stored": 2, "rejected": 2}, {"stored": 2}]
    assert dict(after.sums.fates) == {"stored": 1}
    opened = BucketSpec(url=bucket).open()
    assert len(list(read_articles(opened))) == 5
    refused: list[Rejection] = list(read_rejections(opened))
    assert sorted(one.reason for one in refused) == ["crashed", "timed-out"]


async def test_a_batch_that_dies_over_no_page_is_given_up_in_the_end(tmp_path):
    with (
        JudgingPool(1, work=die_before_any_page) as pool,
        pytest.raises(BatchLostError, match=r"batch 3 of ingest-1 ended its process 3 times.*LRAHOS_JOBS"),
    ):
        await pool.store(job(f"file:{tmp_path}", 3, None))


async def test_what_the_bucket_refuses_is_told_as_it_is(tmp_path):
    with JudgingPool(1, work=refuse) as pool, pytest.raises(BucketRefused, match="the store says no"):
        await pool.store(job(f"file:{tmp_path}", 0))


async def test_judging_is_not_done_in_this_process(tmp_path):
    with JudgingPool(1, work=name_process) as pool:
        done = await pool.store(job(f"file:{tmp_path}", 0))
    assert done.number != os.getpid()
    with pytest.raises(ProcessLookupError):  # and the pool's end is its processes' end
        os.kill(done.number, 0)
