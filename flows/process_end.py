"""The end of a command: what Ctrl-C means at each moment, and that nothing keeps the process for ever.

Whatever is ended at whatever moment, the bucket is safe: the next run finishes what this one planned.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import multiprocessing.util
import os
import signal
import threading
import time
from collections.abc import Callable, Coroutine
from types import FrameType, TracebackType
from typing import Any, Self, TypeVar

from flows.console import EXIT_STOPPED, Stopped

# `timeout -s INT` sends it to the process and to its group, so that it comes twice within a millisecond; nobody
# presses twice that fast.
SAME_SECONDS = 0.5
# For what Python and Prefect do at the interpreter's end; all that counts is stored and recorded before.
END_SECONDS = 3.0
LAST_SECONDS = 1.0  # for the judging processes: milliseconds, unless a signal came just when one was started

_STOPPED = "stopped; what is stored stays, and the next run goes on from there"
_SHOW_CURSOR = b"\x1b[?25h"  # a bar that is being drawn hides it
T = TypeVar("T")


class Interrupts:
    """What Ctrl-C and SIGTERM do while a command runs a flow; a context manager of the main thread.

    While the flow runs, the first one cancels it, so that leases are given back; the next one ends the process.
    Before and after it nothing is at stake, and imports that are interrupted fail in odd ways: there the first
    one ends the process.
    """

    def __init__(self) -> None:
        self._heard: float | None = None  # when, by the monotonic clock
        self._cancel: Callable[[], object] | None = None
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._hear)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    async def run(self, flow: Coroutine[Any, Any, T]) -> T:
        """The flow's result. Raises ``Stopped`` where it was cancelled by a signal."""
        task, loop = asyncio.current_task(), asyncio.get_running_loop()
        assert task is not None  # noqa: S101  # this is a coroutine
        self._cancel = lambda: loop.call_soon_threadsafe(task.cancel)
        try:
            return await flow
        except asyncio.CancelledError:
            if self._heard is None:  # Prefect's own way of SIGTERM: its error is on its way already
                raise
            raise self.stopped() from None
        finally:
            self._cancel = None

    def stopped(self) -> Stopped:
        """The error to raise where a signal has ended the flow."""
        self._heard = time.monotonic()
        return Stopped(_STOPPED)

    def _hear(self, _signal: int, _frame: FrameType | None) -> None:
        last, self._heard = self._heard, time.monotonic()
        if last is None and self._cancel is not None:
            self._cancel()
        elif last is None or self._heard - last > SAME_SECONDS:
            _end(EXIT_STOPPED, is_stopped=True)


def end_within(seconds: float, code: int, *, is_stopped: bool = False) -> None:
    """See to it that the process has ended by then, with this exit code, whatever it waits for.

    Prefect's workers for events and logs are waited for at the interpreter's end, without a limit; one that has
    lost its server may never come back. ``is_stopped``: nobody has told yet that a signal has ended the run.
    """
    timer = threading.Timer(seconds, _end, (code,), {"is_stopped": is_stopped})
    timer.daemon = True
    timer.start()


def _end(code: int, *, is_stopped: bool) -> None:
    if is_stopped:  # no Python streams: a signal may have interrupted one of their own calls
        os.write(2, (_SHOW_CURSOR if os.isatty(2) else b"") + f"\nlrahos: {_STOPPED}\n".encode())
    last = threading.Timer(LAST_SECONDS, os._exit, (code,))
    last.daemon = True
    last.start()
    for process in multiprocessing.active_children():  # or they complain that nobody talks to them any more
        process.kill()
    # likewise the keeper of their semaphores; there is no public way to let go of those
    multiprocessing.util._run_finalizers(0)  # type: ignore[attr-defined]
    os._exit(code)
