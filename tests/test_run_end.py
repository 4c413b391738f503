"""Reports: added up, stored when nothing is left to do, read back, shown."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from made_pages import fetched, story
from made_runs import RUN, job_of

from connectors import layout
from connectors.bucket import open_bucket
from connectors.corpus import read_articles
from connectors.errors import MissingKey
from flows.artifacts import report_markdown
from flows.batch_work import store_batch
from flows.outcomes import Sums
from flows.plans import Batch, Plan
from flows.run_batches import BatchesEnd
from flows.run_end import RunReport, add_up, end_run, list_reports, newest_report, read_report

PLAN = Plan(
    run=RUN,
    kind="ingest",
    created="2026-11-24T08:05:00+00:00",
    batches=(Batch(number=0, name="valley"), Batch(number=1, name="valley")),
)


@pytest.fixture
def bucket(tmp_path):
    return open_bucket(f"file:{tmp_path / 'bucket'}")


@pytest.fixture
def end(bucket):
    first = job_of(bucket.url, [fetched(story(1)), fetched(story(2))])
    second = job_of(bucket.url, [fetched(story(3), body=b"<html></html>")], number=1)
    total = BatchesEnd()
    for job in (first, second):
        total.add(store_batch(job))
    return total


def test_a_report_adds_its_batches_up(bucket, end):
    report = end_run(bucket, PLAN, end, seconds=2.5, notes=["a note"])
    assert report.sums.fates == {"stored": 2, "rejected": 1}
    assert report.sums.sites == {"valley": {"stored": 2, "rejected": 1}}
    assert (report.batches, report.notes, report.seconds) == (2, ("a note",), 2.5)


def test_a_stored_report_is_read_back_and_says_what_programs_want(bucket, end):
    report = end_run(bucket, PLAN, end, seconds=2.5, notes=["a note"])
    assert read_report(bucket, RUN) == report
    stored = json.loads(bucket.get(layout.report(RUN)))
    assert (stored["pages"], stored["articles"], stored["kind"]) == (3, 2, "ingest")
    assert stored["ended"] > stored["created"]
    assert (stored["judged"], stored["alarm"]) == (3, "")
    assert stored["cut_share"] == round(report.sums.cut_share, 4)
    assert RunReport.from_json(json.loads(json.dumps(report.to_json()))) == report


def failing(judged: int, kind: str = "ingest", **accidents: int) -> RunReport:
    """The report of a run in which judging failed on some pages."""
    sums = Sums(judged=judged, accidents=Counter(accidents))
    return add_up(replace(PLAN, kind=kind), BatchesEnd(sums=sums), seconds=1)


@pytest.mark.parametrize(
    ("failed", "judged", "is_alarming"),
    [
        (0, 0, False),
        (4, 4, False),  # deadly pages come in handfuls
        (5, 5, True),
        (5, 99, True),
        (5, 100, False),  # one in twenty, and not more
        (1000, 20_000, False),
        (1001, 20_000, True),
    ],
)
def test_many_pages_that_judging_failed_on_are_an_alarm(failed, judged, is_alarming):
    assert bool(failing(judged, crashed=failed).alarm) is is_alarming


def test_an_alarm_counts_both_kinds_of_failure_and_says_what_judges_the_pages_again():
    report = failing(40, **{"timed-out": 3, "crashed": 4})
    assert report.alarm.startswith("judging failed on 7 of 40 pages (4 crashed, 3 timed-out): ")
    assert "`lrahos reextract --publish`" in report.alarm
    assert "--again" in failing(40, "backfill", crashed=9).alarm
    assert "the same command then judges them again" in failing(40, "reextract", crashed=9).alarm
    assert f"**Failed**: {report.alarm}" in report_markdown(report)
    assert report.to_json()["alarm"] == RunReport.from_json(report.to_json()).alarm == report.alarm


def test_the_alarms_of_runs_that_it_finished_are_a_runs_own(bucket, end):
    report = end_run(bucket, PLAN, end, seconds=1, alarms=["one alarm", "another"])
    assert report.alarm == read_report(bucket, RUN).alarm == "one alarm; another"


def test_articles_are_read_by_the_manifest_when_the_markers_are_gone(bucket, end):
    end_run(bucket, PLAN, end, seconds=1)
    for number in (0, 1):
        bucket.delete(layout.marker(RUN, number))
    assert {article.url for article in read_articles(bucket)} == {story(1).url, story(2).url}


def test_a_run_with_work_left_stores_no_report_and_no_manifest(bucket, end):
    report = end_run(bucket, PLAN, replace(end, unfinished=["batch 1 is lost"]), seconds=1)
    assert report.unfinished == ("batch 1 is lost",)
    assert not bucket.exists(layout.report(RUN))
    assert not bucket.exists(layout.manifest(RUN))


def test_reports_are_listed_newest_first_without_runs_that_have_not_ended(bucket, end):
    end_run(bucket, PLAN, end, seconds=1)
    # its name sorts before the other's, its time after
    late = replace(PLAN, run="backfill-1", kind="backfill", created="2026-11-25T08:05:00+00:00", batches=())
    end_run(bucket, late, BatchesEnd(), seconds=1)
    bucket.put(layout.plan("ingest-unfinished"), b"{}")
    assert [report.run for report in list_reports(bucket)] == ["backfill-1", RUN]
    assert newest_report(bucket).run == "backfill-1"


def test_a_bucket_without_runs_has_no_newest_report(bucket):
    assert newest_report(bucket) is None
    with pytest.raises(MissingKey):
        read_report(bucket, RUN)


def test_a_report_is_shown_in_prefect_as_tables(bucket, end):
    lost = replace(end, unfinished=["batch 9 is lost"])
    report = end_run(bucket, PLAN, lost, seconds=2.5, notes=["a note"])
    shown = report_markdown(report)
    assert "3 URLs, 2 articles stored" in shown
    assert "| stored | 2 |" in shown
    assert "| empty | 1 |" in shown
    assert "- a note" in shown
    assert "- **unfinished**: batch 9 is lost" in shown
    assert "## Flags" not in shown  # there are none
    assert "Failed" not in shown


def test_every_field_of_a_report_is_described(bucket, end):
    end_run(bucket, PLAN, end, seconds=1)
    described = (Path(__file__).parents[1] / "docs" / "bucket.md").read_text(encoding="utf-8")
    rows = [line for line in described.partition("## Reports")[2].splitlines() if line.startswith("|")]
    named = set(re.findall(r"`(\w+)`", " ".join(row.split("|")[1] for row in rows)))
    assert set(json.loads(bucket.get(layout.report(RUN)))) <= named
