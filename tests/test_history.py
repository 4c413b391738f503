"""What is read of earlier crawls: their reports, of so many days, and nothing else."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from connectors import layout
from connectors.bucket import open_bucket
from flows.artifacts import report_markdown
from flows.history import drift_of_run, read_history
from flows.outcomes import Sums
from flows.plans import new_run
from flows.run_end import RunReport, newest_report, read_report
from flows.site_figures import SiteFigures
from flows.site_summary import summaries

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


class CountingBucket:
    """A bucket that keeps what was read of it."""

    def __init__(self, bucket):
        self._bucket = bucket
        self.read = []

    def get(self, key):
        self.read.append(key)
        return self._bucket.get(key)

    def __getattr__(self, name):
        return getattr(self._bucket, name)


@pytest.fixture
def bucket(tmp_path):
    return CountingBucket(open_bucket(f"file:{tmp_path / 'bucket'}"))


def put_crawl(bucket, day: float, *, listed: int | None = 30, site: str = "valley", **fates: int) -> str:
    """A crawl of one site, ended; its name."""
    at = NOON + timedelta(days=day)
    run = new_run("ingest", at, str(day))
    kept = fates.get("stored", 0)
    figures = SiteFigures(
        listed=listed,
        languages=+Counter(hy=kept),
        reasons=+Counter({"script-only": fates.get("rejected", 0)}),
        newest=(at - timedelta(hours=1)).isoformat(timespec="seconds") if kept else "",
    )
    report = RunReport(
        run=run,
        kind="ingest",
        created=at.isoformat(timespec="seconds"),
        seconds=3,
        batches=1,
        unfinished=(),
        sums=Sums(
            fates=Counter(fates), sites={site: Counter(fates)} if fates else {}, figures={site: figures}
        ),
    )
    bucket.put(layout.report(run), json.dumps(report.to_json()).encode())
    return run


def test_only_reports_of_the_days_asked_for_are_opened(bucket):
    runs = [put_crawl(bucket, day, stored=5) for day in range(40)]
    bucket.put(layout.report("backfill-0123456789abcdef"), b"{}")
    bucket.put("articles/language=hy/date=2026-11-01/valley-x-000000.parquet", b"x")
    history = read_history(bucket, days=7)
    assert sorted(bucket.read) == sorted(layout.report(run) for run in runs[32:])
    assert [run.run for run in history.sites["valley"]] == runs[32:]
    assert (history.runs, history.unreadable) == (8, 0)
    assert history.end == NOON + timedelta(days=39)


def test_a_history_ends_with_the_run_that_is_looked_at(bucket):
    runs = [put_crawl(bucket, day, stored=5) for day in range(6)]
    assert [run.run for run in read_history(bucket, until=runs[3]).sites["valley"]] == runs[:4]


def test_sites_are_told_apart(bucket):
    put_crawl(bucket, 0, stored=5)
    put_crawl(bucket, 1, site="hill", stored=7)
    assert set(read_history(bucket).sites) == {"valley", "hill"}
    assert set(read_history(bucket, sites=["hill"]).sites) == {"hill"}


def test_a_run_that_has_not_ended_and_a_report_that_is_none_are_passed_over(bucket):
    put_crawl(bucket, 0, stored=5)
    bucket.put(layout.plan(new_run("ingest", NOON, "died")), b"{}")
    for number, junk in enumerate((b"{", b"[]", b'{"created": 1}', b'{"sites": {"a": 5}, "created": "x"}')):
        bucket.put(layout.report(new_run("ingest", NOON, f"junk {number}")), junk)
    history = read_history(bucket)
    assert (history.runs, history.unreadable, set(history.sites)) == (1, 4, {"valley"})


def test_a_bucket_without_crawls_has_no_history(bucket):
    history = read_history(bucket)
    assert (history.runs, dict(history.sites)) == (0, {})
    assert summaries(history) == []


def test_a_report_of_before_there_were_figures_is_read(bucket):
    run = put_crawl(bucket, 0, stored=5)
    old = json.loads(bucket.get(layout.report(run)))
    del old["site_figures"]
    bucket.put(layout.report(run), json.dumps(old).encode())
    (one,) = read_history(bucket).sites["valley"]
    assert (one.kept, one.figures, one.listed) == (5, None, None)
    (row,) = summaries(read_history(bucket))
    assert (row.kept, row.listed, row.last_article) == (5, None, "2026-11-01T12:00:00+00:00")


def test_the_drift_of_a_run_is_measured_at_its_end(bucket):
    for day in range(5):
        fine = put_crawl(bucket, day, stored=20)
    broken = put_crawl(bucket, 5, rejected=20)
    put_crawl(bucket, 6, stored=20)
    assert drift_of_run(bucket, read_report(bucket, fine)) == ()
    found = drift_of_run(bucket, read_report(bucket, broken))
    assert [(one.what, one.subject) for one in found] == [("kept", ""), ("refused", "script-only")]


def test_a_run_that_is_no_crawl_or_not_done_has_no_drift(bucket):
    for day in range(5):
        put_crawl(bucket, day, stored=20)
    report = read_report(bucket, put_crawl(bucket, 5, rejected=20))
    values = {name: getattr(report, name) for name in ("created", "seconds", "batches", "sums")}
    again = RunReport(run="reextract-1", kind="reextract", unfinished=(), **values)
    left = RunReport(run=report.run, kind="ingest", unfinished=("batch 1 is lost",), **values)
    bucket.read.clear()
    assert drift_of_run(bucket, again) == drift_of_run(bucket, left) == ()
    assert bucket.read == []


def test_prefect_is_told_what_drifted(bucket):
    for day in range(5):
        put_crawl(bucket, day, stored=20)
    report = read_report(bucket, put_crawl(bucket, 5, rejected=20))
    shown = report_markdown(report, drift_of_run(bucket, report))
    assert "## Drift\n\n- valley: pages kept: 0 % of 20, before 100 % (since 11-06 12:00 UTC)" in shown
    assert "## Drift" not in report_markdown(report)


def test_a_row_says_how_complete_a_site_is(bucket):
    put_crawl(bucket, 0, listed=40, stored=30, rejected=10)
    put_crawl(bucket, 1, listed=30, stored=3, updated=1, unchanged=6, duplicate=1, rejected=2)
    put_crawl(bucket, 2, listed=50, robots=1, **{"not-reached": 4})
    (row,) = summaries(read_history(bucket))
    assert (row.runs, row.listed, row.listed_usual) == (3, 50, 40)
    assert (row.fetched, row.failed, row.not_reached, row.refused, row.kept) == (53, 1, 4, 12, 34)
    assert row.last_article == "2026-11-02T11:00:00+00:00"
    assert row.last_run == "2026-11-03T12:00:00+00:00"
    assert [count for count in row.trend if count is not None] == [34]  # the last cell: three days of thirty


def test_sites_that_drifted_come_first_the_worst_of_them_before(bucket):
    for day in range(20):
        put_crawl(bucket, day, stored=20, site="fine")
        put_crawl(bucket, day + 0.01, stored=0 if day > 14 else 20, site="silent")
        put_crawl(bucket, day + 0.02, site="broken", **({"rejected": 20} if day > 18 else {"stored": 20}))
    assert [row.site for row in summaries(read_history(bucket))] == ["silent", "broken", "fine"]


def test_a_run_without_urls_counts_as_a_look_at_the_site(bucket):
    for day in range(20):
        put_crawl(bucket, day, stored=10)
    for day in range(20, 25):
        put_crawl(bucket, day)
    (row,) = summaries(read_history(bucket))
    assert [one.what for one in row.findings] == ["silent"]


def test_the_newest_report_is_found_without_reading_all(bucket):
    for day in range(20):
        newest = put_crawl(bucket, day, stored=1)
    bucket.put(layout.plan(new_run("ingest", NOON + timedelta(days=30), "at work")), b"{}")
    bucket.read.clear()
    assert newest_report(bucket).run == newest
    assert len(bucket.read) == 2
