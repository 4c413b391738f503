"""``lrahos report`` as a user runs it, on crawls that were made."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from command_line import CommandLine
from made_pages import fetched, story
from made_runs import job_of

from connectors import layout
from connectors.bucket import Bucket, open_bucket
from flows.batch_work import store_batch
from flows.plans import new_run
from flows.run_end import RunReport

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
PAGES = 12
SCRIPT = b"<html><body><div id='app'></div><script>draw()</script></body></html>"


def crawl(bucket: Bucket, day: int, *, site: str, is_broken: bool = False) -> str:
    """One crawl of a site, all the way to its report; its name."""
    at = NOON + timedelta(days=day, minutes=len(site))
    run = new_run("ingest", at, site)
    stories = [story(day * PAGES + number, host=f"https://{site}.example") for number in range(PAGES)]
    pages = [fetched(one, body=SCRIPT if is_broken else None) for one in stories]
    job = replace(job_of(bucket.url, pages, site=site), run=run)
    sums = store_batch(job).sums
    sums.figures_of(site).listed = 30
    report = RunReport(
        run=run,
        kind="ingest",
        created=at.isoformat(timespec="seconds"),
        seconds=1,
        batches=1,
        unfinished=(),
        sums=sums,
    )
    bucket.put(layout.report(run), json.dumps(report.to_json()).encode())
    return run


@pytest.fixture(scope="module")
def crawled(tmp_path_factory) -> tuple[Path, str, str]:
    """A folder with a bucket: valley breaks on its last day, hill does not."""
    folder = tmp_path_factory.mktemp("report")
    bucket = open_bucket(f"file:{folder / 'bucket'}")
    for day in range(3):
        fine = crawl(bucket, day, site="hill")
        broken = crawl(bucket, day, site="valley", is_broken=day == 2)
    return folder, fine, broken


@pytest.fixture
def lrahos(crawled) -> CommandLine:
    folder, _, _ = crawled
    return CommandLine(folder=folder, settings={"LRAHOS_BUCKET": f"file:{folder / 'bucket'}"})


def test_the_last_run_is_shown_with_what_drifted(lrahos, crawled):
    ended = lrahos.run("report")
    assert ended.code == 0, ended.err
    assert crawled[2] in ended.out
    assert "Why refused" in ended.out
    _, _, drift = ended.out.partition("Drift against the site's own past")
    rows = [" ".join(line.split()) for line in drift.splitlines() if "valley" in line]
    assert rows[0].startswith("valley pages kept 0 % of 12 100 %")
    assert rows[1].startswith("valley refused")


def test_a_run_without_drift_is_shown_as_ever(lrahos, crawled):
    ended = lrahos.run("report", crawled[1])
    assert ended.code == 0
    assert crawled[1] in ended.out
    assert "Drift" not in ended.out


def test_programs_get_the_report_with_its_drift(lrahos, crawled):
    found = lrahos.run("report", crawled[2], "--json").json
    assert (found["run"], found["fates"]) == (crawled[2], {"rejected": PAGES})
    assert found["drift"][0]["what"] == "kept"
    assert (found["drift"][0]["now"], found["drift"][0]["now_of"]) == (0.0, PAGES)


def test_sites_are_shown_the_worst_first(lrahos):
    ended = lrahos.run("report", "--sites")
    assert ended.code == 0, ended.err
    assert ended.out.startswith("2 sites, 6 crawls in 30 days to 2026-11-03 12:06 UTC, 1 drifted")
    rows = [line.split() for line in ended.out.splitlines() if line.split()[:1] in (["valley"], ["hill"])]
    assert [row[0] for row in rows][:2] == ["valley", "hill"]
    assert rows[1][1] == "3"
    assert rows[1][4:10] == ["30", "0", "36", "36", "100", "%"]


def test_programs_get_all_figures_of_sites(lrahos):
    found = lrahos.run("report", "--sites", "--json", "--limit", "1").json
    assert [site["site"] for site in found["sites"]] == ["valley", "hill"]
    valley = found["sites"][0]
    assert (valley["listed"], valley["fetched"], valley["kept"], valley["refused"]) == (30, 36, 24, 12)
    assert [finding["what"] for finding in valley["findings"]] == ["kept", "refused"]


def test_one_site_can_be_asked_for(lrahos):
    ended = lrahos.run("report", "--sites", "hill", "--json")
    assert [site["site"] for site in ended.json["sites"]] == ["hill"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["report", "--fail-on-drift"], 4),
        (["report", "--sites", "--fail-on-drift"], 4),
        (["report", "--sites", "valley", "--fail-on-drift", "--json"], 4),
        (["report", "--sites", "hill", "--fail-on-drift"], 0),
    ],
)
def test_drift_is_an_error_only_where_that_is_asked_for(lrahos, words, code):
    assert lrahos.run(*words).code == code


def test_a_site_that_was_not_crawled_is_an_error_in_a_line(lrahos):
    ended = lrahos.run("report", "--sites", "vally")
    assert (ended.code, ended.out) == (1, "")
    assert ended.complaints == ["lrahos: no crawl of vally in the last 30 days: --days looks further back"]


def test_two_runs_at_once_are_wrong_usage(lrahos):
    assert lrahos.run("report", "one", "two").code == 2


def test_sites_of_a_bucket_without_crawls(tmp_path):
    ended = CommandLine(folder=tmp_path).run("report", "--sites", LRAHOS_BUCKET=f"file:{tmp_path / 'none'}")
    assert ended.code == 1
    assert "no crawl has ended" in ended.complaints[0]
