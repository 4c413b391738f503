"""The command line with a judge that is broken for some pages, as a bad release would be.

Judging processes are spawned: each imports this file again, and so gets the same judge.
"""

from __future__ import annotations

import extractors
from extractors.records import FetchedPage, Rules, Verdict
from flows.cli import main

_judge = extractors.judge


def _failing_judge(page: FetchedPage, rules: Rules) -> Verdict:
    if b"please-fail" in page.body:
        raise KeyError("a rule that is not there")
    return _judge(page, rules)


extractors.judge = _failing_judge

if __name__ == "__main__":
    main()
