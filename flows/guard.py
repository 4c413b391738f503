"""Judging under guard: a page may take too long, or end the process; the batch goes on.

Two limits, because Python cannot interrupt C: an alarm that raises inside Python code, and a
watchdog thread that ends the process when even that does not help. The process that started the
judging then finds in the journal which page it was, and has the batch done without it.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from extractors.records import FetchedPage, Reason, Rejection, Rules, Verdict

if TYPE_CHECKING:
    from flows.batch_work import Job

SOFT_SECONDS = 20.0  # a 10 MB page takes 3 to 4 s on a busy two-core machine
HARD_SECONDS = 60.0


class _TimeIsUpError(BaseException):
    """Not an ``Exception``: libraries that catch everything must not catch this."""


def judge_guarded(page: FetchedPage, rules: Rules, job: Job, number: int) -> Verdict:
    """The page's verdict, or a rejection if judging it takes too long or has killed a process before."""
    from extractors import judge  # noqa: PLC0415  # slow to import, and only judging processes need it

    if number in job.poison:
        return _refused(page, rules, Reason.CRASHED, "judging it ended the process")
    if job.journal:
        Path(job.journal).write_text(str(number), encoding="ascii")
    try:
        with _time_limit():
            return judge(page, rules)
    except _TimeIsUpError:
        return _refused(page, rules, Reason.TIMED_OUT, f"judging took over {SOFT_SECONDS:.0f} s")
    except (MemoryError, RecursionError) as error:
        return _refused(page, rules, Reason.CRASHED, f"judging raised {type(error).__name__}")


def _refused(page: FetchedPage, rules: Rules, reason: Reason, detail: str) -> Rejection:
    return Rejection(
        url=page.url,
        reason=reason,
        detail=f"{detail}; {len(page.body)} bytes",
        site=rules.site,
        fetched_at=page.fetched_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        status=page.status,
    )


@contextmanager
def _time_limit() -> Iterator[None]:
    """Both limits; only in a process's main thread, where signals arrive."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    with open(os.devnull, "w", encoding="ascii") as nowhere:
        before = signal.signal(signal.SIGALRM, _ring)
        signal.setitimer(signal.ITIMER_REAL, SOFT_SECONDS)
        faulthandler.dump_traceback_later(HARD_SECONDS, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise _TimeIsUpError
