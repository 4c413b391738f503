"""Going through a plan: what is done is read, what is lost leaves the others alone, what is refused ends it."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections import Counter
from dataclasses import replace

import pytest
from made_pages import fetched, story
from made_runs import RUN, context_in, job_of

from connectors.errors import BucketRefused
from extractors.records import FetchedPage, Reason, Rejection, Rules, Verdict
from flows.batch_work import Done, store_batch
from flows.judging_pool import BatchLostError
from flows.outcomes import Sums
from flows.plans import Batch, Plan
from flows.run_batches import Learn, run_batches


def plan(count: int) -> Plan:
    batches = tuple(Batch(number=number, name="valley") for number in range(count))
    return Plan(run=RUN, kind="ingest", created="2026-11-24T08:05:00+00:00", batches=batches)


def done(number: int) -> Done:
    return Done(number=number, outcomes=(), sums=Sums(fates=Counter(stored=1)), seconds=0)


def refuse(page: FetchedPage, rules: Rules) -> Verdict:
    return Rejection(url=page.url, reason=Reason.INDEX_PAGE, detail="all links", site=rules.site)


async def test_every_batch_is_done_once_told_once_and_added_up(tmp_path):
    asked = []

    async def do(batch: Batch, take: Learn) -> None:
        asked.append(batch.number)
        await asyncio.sleep(0.001 * (5 - batch.number))
        take(done(batch.number))

    told = []
    end = await run_batches(context_in(tmp_path), plan(5), do, in_flight=3, learn=told.append)
    assert sorted(asked) == [0, 1, 2, 3, 4]
    assert sorted(one.number for one in told) == [0, 1, 2, 3, 4]
    assert (end.earlier, end.now, end.unfinished) == (0, 5, [])
    assert end.sums.fates == {"stored": 5}


async def test_a_batch_with_a_marker_is_read_and_not_done_again(tmp_path):
    context = context_in(tmp_path)
    store_batch(job_of(context.bucket.url, [fetched(story(1))], number=1), judge=refuse)
    asked = []

    async def do(batch: Batch, take: Learn) -> None:
        asked.append(batch.number)
        take(done(batch.number))

    told = []
    end = await run_batches(context, plan(3), do, in_flight=3, learn=told.append)
    assert sorted(asked) == [0, 2]
    assert sorted(one.number for one in told) == [0, 1, 2]
    assert (end.earlier, end.now) == (1, 2)
    assert end.sums.fates == {"stored": 2, "rejected": 1}


class Watched(Sums):
    """Sums that say whether somebody still holds them."""

    __slots__ = ("__weakref__",)


async def test_of_a_batch_that_is_done_nothing_is_kept_but_what_was_added_up(tmp_path):
    kept: list[weakref.ref[Sums]] = []
    most = 0

    async def do(batch: Batch, take: Learn) -> None:
        nonlocal most
        sums = Watched(fates=Counter(stored=1))
        kept.append(weakref.ref(sums))
        take(replace(done(batch.number), sums=sums))
        del sums
        await asyncio.sleep(0)
        gc.collect()
        most = max(most, sum(one() is not None for one in kept))

    end = await run_batches(context_in(tmp_path), plan(12), do, in_flight=2)
    assert end.sums.fates == {"stored": 12}
    assert most <= 2


async def test_no_more_batches_are_in_flight_than_may_be(tmp_path):
    flying, most = 0, 0

    async def do(batch: Batch, take: Learn) -> None:
        nonlocal flying, most
        flying += 1
        most = max(most, flying)
        await asyncio.sleep(0.001)
        flying -= 1
        take(done(batch.number))

    await run_batches(context_in(tmp_path), plan(20), do, in_flight=4)
    assert most == 4


async def test_a_lost_batch_leaves_the_others_alone(tmp_path):
    async def do(batch: Batch, take: Learn) -> None:
        if batch.number == 1:
            raise BatchLostError("batch 1 is lost")
        take(done(batch.number))

    end = await run_batches(context_in(tmp_path), plan(3), do, in_flight=1)
    assert (end.now, end.unfinished) == (2, ["batch 1 is lost"])


async def test_a_bucket_that_refuses_ends_the_run_with_its_own_words(tmp_path):
    begun = []

    async def do(batch: Batch, take: Learn) -> None:
        begun.append(batch.number)
        await asyncio.sleep(0)
        if batch.number == 1:
            raise BucketRefused("disk full")
        take(done(batch.number))

    with pytest.raises(BucketRefused, match="disk full"):
        await run_batches(context_in(tmp_path), plan(50), do, in_flight=1)
    assert len(begun) < 50


async def test_a_plan_of_nothing_is_done_at_once(tmp_path):
    async def do(_batch: Batch, _take: Learn) -> None:
        raise AssertionError

    end = await run_batches(context_in(tmp_path), plan(0), do, in_flight=1)
    assert (end.earlier, end.now) == (0, 0)
