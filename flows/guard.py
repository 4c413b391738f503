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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from extractors.records import FetchedPage, Reason, Rejection, Rules, Verdict

Judge = Callable[[FetchedPage, Rules], Verdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """What a page may take, and which pages of a batch are not to be tried again."""

    journal: str = ""  # a file that holds the number of the page being judged, and nothing between two
    poison: frozenset[int] = frozenset()  # pages that killed a process: rejected unread
    soft_seconds: float = 20.0  # a 10 MB page takes 3 to 4 s on a busy two-core machine
    hard_seconds: float = 60.0


FIRST_TRY = Guard()  # no page of the batch has killed anything yet


class _TimeIsUpError(BaseException):
    """Not an ``Exception``: libraries that catch everything must not catch this."""


def judge_page(page: FetchedPage, rules: Rules) -> Verdict:
    """``extractors.judge``; it is slow to import, and only judging processes need it."""
    from extractors import judge  # noqa: PLC0415

    return judge(page, rules)


def judge_guarded(judge: Judge, page: FetchedPage, rules: Rules, guard: Guard, number: int) -> Verdict:
    """The page's verdict, or a rejection if judging it takes too long or has killed a process before."""
    if number in guard.poison:
        return _refused(page, rules, Reason.CRASHED, "judging it ended the process")
    _note(guard, str(number))
    try:
        with _time_limit(guard):
            return judge(page, rules)
    except _TimeIsUpError:
        return _refused(page, rules, Reason.TIMED_OUT, f"judging took over {guard.soft_seconds:.0f} s")
    except Exception as error:  # noqa: BLE001  # judge promises not to raise; if it does, a page is lost, not a run
        return _refused(
            page, rules, Reason.CRASHED, f"judging raised {type(error).__name__}: {str(error)[:200]}"
        )
    finally:
        _note(guard, "")  # who dies from now on does not die of this page


def _note(guard: Guard, page: str) -> None:
    if guard.journal:
        Path(guard.journal).write_text(page, encoding="ascii")


def journal_page(guard: Guard) -> int | None:
    """The number of the page that a dead process was judging; None if it was judging none."""
    try:
        return int(Path(guard.journal).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


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
def _time_limit(guard: Guard) -> Iterator[None]:
    """Both limits; only in a process's main thread, where signals arrive."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    with open(os.devnull, "w", encoding="ascii") as nowhere:
        before = signal.signal(signal.SIGALRM, _ring)
        signal.setitimer(signal.ITIMER_REAL, guard.soft_seconds)
        faulthandler.dump_traceback_later(guard.hard_seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise _TimeIsUpError
