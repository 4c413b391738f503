"""Going through a plan's batches: those that are done are read, the others done."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from connectors.errors import LrahosError
from flows.batch_work import Done, read_done
from flows.judging_pool import BatchLostError
from flows.plans import Batch, Plan, done_batches
from flows.run_context import RunContext


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchesEnd:
    """What became of a plan's batches."""

    earlier: tuple[Done, ...]  # done by an earlier process
    now: tuple[Done, ...]
    unfinished: tuple[str, ...]  # a sentence each

    @property
    def done(self) -> tuple[Done, ...]:
        """All that is done, in the plan's order."""
        return tuple(sorted((*self.earlier, *self.now), key=lambda done: done.number))


async def run_batches(
    context: RunContext, plan: Plan, do_batch: Callable[[Batch], Awaitable[Done]], *, in_flight: int
) -> BatchesEnd:
    """Do every batch that has no marker, at most ``in_flight`` at a time.

    A batch that is lost leaves the others alone. Any other error of ours, above all a bucket that
    cannot be written, ends the rest and is raised.
    """
    finished = done_batches(context.bucket, plan.run)
    earlier = [
        read_done(context.bucket, plan, batch.number) for batch in plan.batches if batch.number in finished
    ]
    todo = [batch for batch in plan.batches if batch.number not in finished]
    pages = sum(len(batch.targets) for batch in todo) or None
    context.watcher.total(len(todo), pages)
    gate = asyncio.Semaphore(in_flight)
    now: list[Done] = []
    unfinished: list[str] = []

    async def work(batch: Batch) -> None:
        async with gate:
            try:
                done = await do_batch(batch)
            except BatchLostError as error:
                unfinished.append(str(error))
                return
        now.append(done)
        context.watcher.done(done)

    try:
        async with asyncio.TaskGroup() as group:
            for batch in todo:
                group.create_task(work(batch))
    except* LrahosError as errors:
        raise _first(errors) from None
    return BatchesEnd(earlier=tuple(earlier), now=tuple(now), unfinished=tuple(unfinished))


def _first(errors: BaseExceptionGroup[LrahosError]) -> LrahosError:
    error: BaseException = errors
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    assert isinstance(error, LrahosError)  # noqa: S101  # the group holds nothing else
    return error
