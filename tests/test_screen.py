"""What a run looks like on the terminal."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace

import pytest
from rich.console import Console

from flows.batch_work import Done
from flows.outcomes import Sums
from flows.run_end import RunReport
from flows.screen import MOST_SITES, ScreenWatcher, report_view, runs_table, sites_table


def shown(view, width=160):
    console = Console(file=io.StringIO(), width=width)
    console.print(view)
    return console.file.getvalue()


def report(**sums):
    return RunReport(
        run="ingest-1",
        kind="ingest",
        created="2026-11-24T08:05:00+00:00",
        seconds=2.0,
        batches=1,
        unfinished=(),
        sums=Sums(**sums),
    )


def test_a_report_says_what_came_of_the_urls():
    text = shown(
        report_view(
            report(
                fates=Counter(stored=1200, rejected=3),
                languages=Counter(hy=1200),
                reasons=Counter({"media-page": 3}),
                cuts=Counter(share=7, caption=2),
                cut_letters=Counter(share=100, caption=50),
                kept_letters=900,
                page_bytes=2 * 1024 * 1024,
            )
        )
    )
    assert "1,203 URLs, 2.0 MiB, 1,200 articles stored, 2.0 s, 601.5 a second" in text
    assert "media-page" in text
    assert "10.0 % of the letters looked at were debris" in " ".join(text.split())  # a title may wrap
    assert [line.split()[-3:] for line in text.splitlines() if "caption" in line] == [["as", "a", "field"]]


def test_a_report_says_how_many_articles_are_marked_for_review():
    text = shown(report_view(report(languages=Counter(hy=40), flags=Counter(torn=3, paywall=9))))
    assert "3 marked for review" in text


def test_notes_warnings_and_what_is_unfinished_are_shown():
    one = replace(
        report(warnings=["a.warc.gz: damaged"]),
        notes=("goes on with a run",),
        unfinished=("batch 3 is lost",),
    )
    text = shown(report_view(one))
    assert "warning: a.warc.gz: damaged" in text
    assert "goes on with a run" in text
    assert "unfinished: batch 3 is lost" in text


def test_a_run_in_which_judging_failed_says_so():
    one = replace(report(), alarm="judging failed on 30 of 40 pages (30 crashed)")
    assert "failed: judging failed on 30 of 40 pages (30 crashed)" in shown(report_view(one))
    assert "failed" not in shown(report_view(report()))


def test_a_run_of_nothing_can_be_shown():
    assert "0 URLs" in shown(report_view(report()))


def test_square_brackets_of_the_world_are_no_markup():
    one = report(warnings=["[/bold] of [red]news.warc.gz"])
    assert "[/bold] of [red]news.warc.gz" in shown(report_view(one))


@pytest.mark.parametrize("sites", [1, MOST_SITES, MOST_SITES + 5])
def test_no_site_is_left_out_of_the_sums(sites):
    counted = {f"site{number:03d}": Counter(stored=2, robots=1) for number in range(sites)}
    text = shown(sites_table(counted))
    assert text.count("site0") == min(sites, MOST_SITES)
    rest = sites - MOST_SITES
    if rest > 0:
        line = next(line for line in text.splitlines() if f"{rest} more" in line)
        assert line.split()[-6:] == [str(3 * rest), str(2 * rest), "·", "·", str(rest), "·"]


def test_a_sites_row_adds_up():
    fates = Counter(stored=1, updated=2, unchanged=3, duplicate=4, rejected=5, robots=6)
    fates |= {"not-text": 7, "server-error": 8}
    text = shown(sites_table({"valley": fates}))
    row = next(line for line in text.splitlines() if "valley" in line)
    assert row.split() == ["valley", "36", "3", "7", "12", "6", "8"]


def test_runs_are_listed_with_their_figures():
    text = shown(runs_table([report(fates=Counter(stored=4, rejected=2), languages=Counter(en=4))]))
    row = next(line for line in text.splitlines() if "ingest-1" in line)
    assert row.split() == ["ingest-1", "2026-11-24", "08:05:00", "6", "4", "2", "0.0", "%", "2"]


def test_the_names_of_runs_are_whole_on_narrow_terminals():
    run = "ingest-20261124T175525-47ba87"
    text = shown(runs_table([replace(report(), run=run)]), width=60)
    column = "".join(line[1:].split("  ")[0].strip() for line in text.splitlines())
    assert run in column


def test_progress_counts_pages_and_articles():
    watcher = ScreenWatcher()
    watcher.phase("Fetching")
    watcher.total(3, 9)
    watcher.fetched(2, 1024 * 1024)
    sums = Sums(fates=Counter(stored=2), languages=Counter(en=2))
    watcher.done(Done(number=0, outcomes=(), sums=sums, seconds=1))
    (task,) = watcher._progress.tasks
    assert (task.description, task.completed, task.total) == ("Fetching", 1, 3)
    assert task.fields["detail"] == "2 fetched · 2 pages, 2 articles"
