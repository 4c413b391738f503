"""Going through a plan: what is done is read, what is lost leaves the others alone, what is refused ends it."""

from __future__ import annotations

import asyncio

import pytest
from made_pages import fetched, story
from made_runs import RUN, context_in, job_of

from connectors.errors import BucketRefused
from flows.batch_work import Done, store_batch
from flows.judging_pool import BatchLostError
from flows.outcomes import Sums
from flows.plans import Batch, Plan
from flows.run_batches import run_batches


def plan(count: int) -> Plan:
    batches = tuple(Batch(number=number, name="valley") for number in range(count))
    return Plan(run=RUN, kind="ingest", created="2026-11-24T08:05:00+00:00", batches=batches)


def done(number: int) -> Done:
    return Done(number=number, outcomes=(), sums=Sums(), seconds=0)


async def test_every_batch_is_done_once_and_all_are_told_in_order(tmp_path):
    asked = []

    async def do(batch: Batch) -> Done:
        asked.append(batch.number)
        await asyncio.sleep(0.001 * (5 - batch.number))
        return done(batch.number)

    end = await run_batches(context_in(tmp_path), plan(5), do, in_flight=3)
    assert sorted(asked) == [0, 1, 2, 3, 4]
    assert [one.number for one in end.done] == [0, 1, 2, 3, 4]
    assert end.unfinished == ()


async def test_a_batch_with_a_marker_is_read_and_not_done_again(tmp_path):
    context = context_in(tmp_path)
    store_batch(job_of(context.bucket.url, [fetched(story(1))], number=1))
    asked = []

    async def do(batch: Batch) -> Done:
        asked.append(batch.number)
        return done(batch.number)

    end = await run_batches(context, plan(3), do, in_flight=3)
    assert sorted(asked) == [0, 2]
    assert [one.number for one in end.earlier] == [1]
    assert end.earlier[0].sums.fates == {"stored": 1}


async def test_no_more_batches_are_in_flight_than_may_be(tmp_path):
    flying, most = 0, 0

    async def do(batch: Batch) -> Done:
        nonlocal flying, most
        flying += 1
        most = max(most, flying)
        await asyncio.sleep(0.001)
        flying -= 1
        return done(batch.number)

    await run_batches(context_in(tmp_path), plan(20), do, in_flight=4)
    assert most == 4


async def test_a_lost_batch_leaves_the_others_alone(tmp_path):
    async def do(batch: Batch) -> Done:
        if batch.number == 1:
            raise BatchLostError("batch 1 is lost")
        return done(batch.number)

    end = await run_batches(context_in(tmp_path), plan(3), do, in_flight=1)
    assert [one.number for one in end.done] == [0, 2]
    assert end.unfinished == ("batch 1 is lost",)


async def test_a_bucket_that_refuses_ends_the_run_with_its_own_words(tmp_path):
    begun = []

    async def do(batch: Batch) -> Done:
        begun.append(batch.number)
        await asyncio.sleep(0)
        if batch.number == 1:
            raise BucketRefused("disk full")
        return done(batch.number)

    with pytest.raises(BucketRefused, match="disk full"):
        await run_batches(context_in(tmp_path), plan(50), do, in_flight=1)
    assert len(begun) < 50


async def test_a_plan_of_nothing_is_done_at_once(tmp_path):
    async def do(_: Batch) -> Done:
        raise AssertionError

    end = await run_batches(context_in(tmp_path), plan(0), do, in_flight=1)
    assert end.done == ()
