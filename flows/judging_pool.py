"""Processes that judge batches, and survive what a page can do to them.

A page that kills its process (a crash in C, the watchdog, the kernel's memory killer) breaks the
whole pool. Each batch then runs alone in a process of its own; the journal names the page that
killed it, that page is rejected unread, and the batch is done without it.
"""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from connectors.errors import LrahosError
from flows.batch_work import Done, Job
from flows.guard import journal_page
from flows.rejudging import RejudgeJob, do_job

AnyJob = Job | RejudgeJob
T = TypeVar("T", bound=AnyJob)

MOST_POISON = 20  # pages of one batch that may kill a process before the batch is given up
MOST_OTHER_DEATHS = 2  # of its process alone, while it judged no page: short memory may pass


class BatchLostError(LrahosError):
    """A batch killed its process again and again, not always over the same page."""


def _warm_up() -> None:
    """Import what judging needs, so that the first batch does not wait for it."""
    import flows.warm_up  # noqa: F401, PLC0415


def _begin() -> None:
    """Prepare a judging process: it ends when the run's does, which cannot tell it so once it is killed.

    A page makes tens of thousands of objects and drops them all: collecting them every 700 costs 5 %
    of a batch's time, every 50,000 nothing that can be measured.
    """
    gc.set_threshold(50_000, 20, 20)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_wait_for_end, args=(parent,), name="end-with-parent", daemon=True).start()


def _wait_for_end(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Processes that are started here inherit it: what Ctrl-C means is for the run's own process to say."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class JudgingPool:
    """``jobs`` processes for the life of a run; starting them takes no time of the caller's."""

    def __init__(self, jobs: int, work: Callable[..., Done] = do_job) -> None:
        # "spawn": this process has threads (Prefect's server), and forking those deadlocks
        self._context = multiprocessing.get_context("spawn")
        self._jobs = jobs
        self._work = work  # runs in the processes: a function that can be imported
        self._journals = tempfile.TemporaryDirectory(prefix="lrahos-")
        self._executor = self._new_executor(jobs)
        self._alone = asyncio.Lock()

    def warm_up(self, processes: int) -> None:
        """Let so many processes import what they need, in the background; the others start with their batches."""
        with _deaf_to_ctrl_c():
            for _ in range(min(processes, self._jobs)):
                self._executor.submit(_warm_up)

    async def store(self, job: AnyJob) -> Done:
        """What the batch came to. Raises ``BucketError``, ``BadInput`` and ``BatchLostError``."""
        executor = self._executor
        try:
            return await self._submit(executor, self._with_journal(job))
        except BrokenProcessPool:
            if self._executor is executor:
                self._executor = self._new_executor(self._jobs)
            return await self._store_alone(job)

    async def _submit(self, executor: ProcessPoolExecutor, job: AnyJob) -> Done:
        with _deaf_to_ctrl_c():  # processes are started as work comes
            future = executor.submit(self._work, job)
        return await asyncio.wrap_future(future)

    async def _store_alone(self, job: AnyJob) -> Done:
        job = self._with_journal(job)
        deaths = 0  # that no page explains
        async with self._alone:  # one at a time: memory may be what ran out
            while deaths <= MOST_OTHER_DEATHS and len(job.guard.poison) <= MOST_POISON:
                with self._new_executor(1) as executor:
                    try:
                        return await self._submit(executor, job)
                    except BrokenProcessPool:
                        page = journal_page(job.guard)
                if page is None:
                    deaths += 1
                else:
                    job = replace(job, guard=replace(job.guard, poison=job.guard.poison | {page}))
        raise BatchLostError(
            f"batch {job.batch.number} of {job.run} ended its process {deaths + len(job.guard.poison)} times; "
            "is there memory enough? Fewer processes: LRAHOS_JOBS=1"
        )

    def _with_journal(self, job: T) -> T:
        path = Path(self._journals.name) / f"{job.run}-{job.batch.number}"
        path.unlink(missing_ok=True)
        return replace(job, guard=replace(job.guard, journal=str(path)))

    def _new_executor(self, jobs: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(jobs, mp_context=self._context, initializer=_begin)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None and not issubclass(kind, Exception):  # Ctrl-C, cancelled: no waiting for a batch
            for process in multiprocessing.active_children():
                process.terminate()
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._journals.cleanup()
