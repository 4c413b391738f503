"""The command line with a judge that some pages kill and others hang.

Judging processes are spawned: each imports this file again, and so gets the same judge.
"""

from __future__ import annotations

import os
import signal
import time

import extractors
from extractors.records import FetchedPage, Rules, Verdict
from flows.cli import main

_judge = extractors.judge


def _deadly_judge(page: FetchedPage, rules: Rules) -> Verdict:
    if b"please-kill" in page.body:
        os.kill(os.getpid(), signal.SIGKILL)
    if b"please-hang" in page.body:
        signal.setitimer(signal.ITIMER_REAL, 0.2)  # the limit that is set, but nobody wants to wait for it
        time.sleep(600)
    return _judge(page, rules)


extractors.judge = _deadly_judge

if __name__ == "__main__":
    main()
