"""Judging under guard: pages that take too long, raise, or have killed a process."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time

import pytest
from command_line import plain_environment
from made_pages import fetched, story

from extractors.records import Article, Reason, Rules
from flows.guard import Guard, journal_page, judge_guarded, judge_page

PAGE = fetched(story(1))
RULES = Rules(site="valley")


def hang(_page, _rules):
    time.sleep(600)


def swallow_everything(_page, _rules):
    end = time.monotonic() + 600
    while time.monotonic() < end:
        try:
            time.sleep(600)
        except Exception:  # noqa: BLE001
            continue


def raising(error):
    def judge(_page, _rules):
        raise error

    return judge


def test_a_good_page_is_judged():
    verdict = judge_guarded(judge_page, PAGE, RULES, Guard(), 0)
    assert isinstance(verdict, Article)
    assert verdict.site == "valley"


@pytest.mark.parametrize("judge", [hang, swallow_everything])
def test_a_page_that_takes_too_long_is_refused(judge):
    verdict = judge_guarded(judge, PAGE, RULES, Guard(soft_seconds=0.05), 0)
    assert verdict.reason is Reason.TIMED_OUT
    assert (verdict.url, verdict.site, verdict.status) == (PAGE.url, "valley", 200)
    assert f"{len(PAGE.body)} bytes" in verdict.detail


@pytest.mark.parametrize("error", [MemoryError(), RecursionError(), ValueError("broken")])
def test_a_page_whose_judging_raises_is_refused(error):
    verdict = judge_guarded(raising(error), PAGE, RULES, Guard(), 0)
    assert verdict.reason is Reason.CRASHED
    assert type(error).__name__ in verdict.detail


def test_a_page_that_killed_a_process_is_not_tried_again():
    verdict = judge_guarded(hang, PAGE, RULES, Guard(poison=frozenset({3})), 3)
    assert verdict.reason is Reason.CRASHED


def test_the_journal_names_the_page_while_it_is_judged_and_no_longer(tmp_path):
    guard = Guard(journal=str(tmp_path / "journal"))
    seen = []

    def judge(page, rules):
        seen.append(journal_page(guard))
        return judge_page(page, rules)

    assert journal_page(guard) is None
    judge_guarded(judge, PAGE, RULES, guard, 7)
    assert seen == [7]
    assert journal_page(guard) is None


def test_the_alarm_is_off_after_a_page_and_its_handler_back():
    before = signal.getsignal(signal.SIGALRM)
    judge_guarded(judge_page, PAGE, RULES, Guard(soft_seconds=5), 0)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) is before


def test_outside_the_main_thread_pages_are_judged_without_limits():
    found = []
    guard = Guard(soft_seconds=0.01)
    thread = threading.Thread(target=lambda: found.append(judge_guarded(judge_page, PAGE, RULES, guard, 0)))
    thread.start()
    thread.join()
    assert isinstance(found[0], Article)


def test_a_page_that_hangs_where_no_alarm_reaches_ends_the_process():
    code = (
        "import signal, time\n"
        "from datetime import UTC, datetime\n"
        "from extractors.records import FetchedPage, Rules\n"
        "from flows.guard import Guard, judge_guarded\n"
        "page = FetchedPage(url='u', final_url='u', fetched_at=datetime.now(UTC), status=200, headers=(), body=b'')\n"
        "def judge(page, rules):\n"
        "    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})\n"  # as if C code never came back
        "    time.sleep(600)\n"
        "judge_guarded(judge, page, Rules(), Guard(soft_seconds=0.05, hard_seconds=0.2), 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], env=plain_environment(), timeout=60, check=False)
    assert done.returncode == 1
