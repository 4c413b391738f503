"""Going through a plan's batches: those that are done are read, the others done.

A run may have millions of pages. What is kept of a batch that is done are its sums, folded into the run's;
its URLs one by one are in its marker.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from connectors.errors import LrahosError
from flows.batch_work import Done, read_done
from flows.differences import Differences
from flows.judging_pool import BatchLostError
from flows.outcomes import Sums
from flows.plans import Batch, Plan, done_batches
from flows.run_context import RunContext

Learn = Callable[[Done], None]  # hears of each batch once
# Does a batch and hands on what it came to; it returns nothing because it is a Prefect task, and Prefect
# remembers of each result which task it came from, as long as the run lasts: 4 kB a batch
DoBatch = Callable[[Batch, Learn], Awaitable[None]]


@dataclass(slots=True)
class BatchesEnd:
    """What became of a plan's batches, all added up."""

    sums: Sums = field(default_factory=Sums)
    differences: Differences = field(default_factory=Differences)  # of a re-extraction
    earlier: int = 0  # batches that were done by an earlier process
    now: int = 0  # that were done by this one
    unfinished: list[str] = field(default_factory=list)  # a sentence each

    def add(self, done: Done) -> None:
        """Add a batch's sums."""
        self.sums.add(done.sums)
        if done.differences is not None:
            self.differences.add(done.differences)


async def run_batches(
    context: RunContext,
    plan: Plan,
    do_batch: DoBatch,
    *,
    in_flight: int,
    learn: Learn = lambda _: None,
) -> BatchesEnd:
    """Do every batch that has no marker, at most ``in_flight`` at a time; ``learn`` hears of all.

    A batch that is lost leaves the others alone. Any other error of ours, above all a bucket that
    cannot be written, ends the rest and is raised.
    """
    end = BatchesEnd()
    finished = done_batches(context.bucket, plan.run)
    for batch in plan.batches:
        if batch.number in finished:
            done = read_done(context.bucket, plan, batch.number)
            end.earlier += 1
            end.add(done)
            learn(done)
    todo = [batch for batch in plan.batches if batch.number not in finished]
    context.watcher.total(len(todo), sum(len(batch.targets) for batch in todo) or None)

    def take(done: Done) -> None:
        end.now += 1
        end.add(done)
        learn(done)
        context.watcher.done(done)

    async def work() -> None:
        for batch in left:  # shared: the next one goes to whoever is free
            try:
                await do_batch(batch, take)
            except BatchLostError as error:
                end.unfinished.append(str(error))

    left = iter(todo)
    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(min(in_flight, len(todo))):
                group.create_task(work())
    except* LrahosError as errors:
        raise _first(errors) from None
    return end


def _first(errors: BaseExceptionGroup[LrahosError]) -> LrahosError:
    error: BaseException = errors
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    assert isinstance(error, LrahosError)  # noqa: S101  # the group holds nothing else
    return error
