"""What sites look like on the terminal."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from rich.console import Console

from flows.history import History
from flows.site_findings import Drift, Finding, Unit
from flows.site_summary import SiteSummary
from flows.site_view import drift_table, sentence, sites_view, sparkline, words_of

END = datetime(2026, 11, 24, tzinfo=UTC)
HISTORY = History(start=END - timedelta(days=30), end=END, runs=120, unreadable=0, sites={})
SITE = SiteSummary(
    site="valley",
    runs=120,
    last_run="2026-11-24T00:00:00+00:00",
    last_article="2026-11-23T21:15:00Z",
    listed=30,
    listed_usual=30,
    fetched=1200,
    failed=3,
    not_reached=0,
    refused=100,
    kept=1000,
    kept_share=0.9,
    kept_share_before=0.92,
    trend=(*[None] * 5, *range(10)),
    findings=(),
)
FINDING = Finding(
    site="valley",
    what=Drift.KEPT,
    unit=Unit.SHARE,
    now=0.05,
    before=0.9,
    now_of=20,
    before_of=812,
    since="2026-11-22T06:00:00+00:00",
    strength=-7.5,
)


def shown(view, width):
    console = Console(file=io.StringIO(), width=width)
    console.print(view)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [80, 120])
def test_a_site_fits_in_a_row(width):
    text = shown(sites_view(HISTORY, [SITE], limit=40, width=width), width)
    row = next(line for line in text.splitlines() if "valley" in line)
    for part in ("11-23", "30", "1,200", "1,000", "90 %", "92 %", "▁"):
        assert part in row
    assert "nothing drifted" in text
    assert "Drift" not in text


@pytest.mark.parametrize("width", [80, 120])
def test_what_drifted_stands_under_the_sites_with_its_measurement(width):
    text = shown(sites_view(HISTORY, [replace(SITE, findings=(FINDING,))], limit=40, width=width), width)
    assert "1 drifted" in text
    row = next(line for line in text.splitlines() if "5 % of 20" in line)
    assert row.split() == ["valley", "pages", "kept", "5", "%", "of", "20", "90", "%", "11-22", "06:00"]


def test_of_thousands_of_sites_the_first_are_shown_and_the_others_counted():
    sites = [
        replace(SITE, site=f"site{number:04d}", findings=(FINDING,) if number < 50 else ())
        for number in range(3000)
    ]
    text = shown(sites_view(HISTORY, sites, limit=40, width=120), 120)
    assert text.startswith("3,000 sites, 120 crawls in 30 days to 2026-11-24 00:00 UTC, 50 drifted")
    assert "… 2,960 more, 10 of them drifted" in text
    assert len(text.splitlines()) < 100


def test_findings_beyond_the_limit_are_counted():
    text = shown(drift_table([FINDING] * 25), 100)
    assert text.count("pages kept") == 20
    assert "… 5 more" in text


def test_reports_that_cannot_be_read_are_said():
    assert "2 reports cannot be read" in shown(
        sites_view(replace(HISTORY, unreadable=2), [SITE], limit=4, width=80), 80
    )


def test_every_kind_of_drift_has_its_words():
    for what in Drift:
        assert words_of(replace(FINDING, what=what))


def test_a_finding_is_a_sentence():
    silent = replace(FINDING, what=Drift.SILENT, unit=Unit.DAYS, now=4.04, before=0.8)
    assert sentence(silent) == "valley: no new article: 4.0 days, before 0.8 at most (since 11-22 06:00 UTC)"
    language = replace(FINDING, what=Drift.LANGUAGE, subject="en")
    assert sentence(language) == "valley: in language en: 5 % of 20, before 90 % (since 11-22 06:00 UTC)"
    short = replace(FINDING, what=Drift.SHORTER, unit=Unit.LETTERS, now=812.4, before=2500.0)
    assert "812 letters, before 2,500" in sentence(short)


def test_names_of_the_world_are_no_markup():
    assert "[red]valley" in shown(drift_table([replace(FINDING, site="[red]valley")]), 80)


def test_a_trend_has_a_bar_a_cell_and_a_blank_where_nothing_ran():
    assert sparkline((None, 0, 5, 10)) == " ▁▅█"
    assert sparkline((1000, 10, 10, 10, 0)) == "█▅▅▅▁"  # a first run's backlog does not flatten the rest
    assert sparkline((None, None)) == "  "
    assert sparkline((0, 0)) == "▁▁"
