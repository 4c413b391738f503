"""A site's newest runs against its own past, on made histories."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from made_history import MadeSite, draw_site, history

from flows.drift import find_drift
from flows.shifts import DAY
from flows.site_figures import SiteFigures, letters_of, share_of
from flows.site_findings import Drift, Finding, Unit
from flows.site_runs import SiteRun, cuts

BEFORE, AFTER = 18, 4  # days


def changed(seed: int = 1, *, before: dict[str, float] | None = None, **after: float) -> list[SiteRun]:
    """A site of 60 stories a day that changes after 18 days of 22."""
    site = MadeSite(**{"a_day": 60, "seed": seed, "spread": 0.08, "weekend": 0.8, **(before or {})})
    return history(site, days=BEFORE + AFTER, changed=lambda one: replace(one, **after), since_days=BEFORE)


def kinds(found: tuple[Finding, ...]) -> list[tuple[Drift, str]]:
    return [(one.what, one.subject) for one in found]


@pytest.mark.parametrize(
    ("after", "what"),
    [
        ({"kept": 0.2}, (Drift.KEPT, "")),
        ({"kept": 0.2}, (Drift.REFUSED, "media-page")),
        ({"failed": 0.5}, (Drift.FAILED, "")),
        ({"unsigned": 1.0}, (Drift.UNSIGNED, "")),
        ({"undated": 0.6}, (Drift.UNDATED, "")),
        ({"review": 0.5}, (Drift.REVIEW, "")),
        ({"second_language": 0.6}, (Drift.LANGUAGE, "en")),
        ({"letters": 900.0}, (Drift.SHORTER, "")),
        ({"letters": 7000.0}, (Drift.LONGER, "")),
        ({"cut": 0.45}, (Drift.CUT, "")),
        ({"a_day": 0.0}, (Drift.SILENT, "")),
    ],
)
def test_a_change_is_found_and_named(after, what):
    assert what in kinds(find_drift("valley", changed(**after)))


@pytest.mark.parametrize(
    "after",
    [
        {"kept": 1.0},
        {"failed": 0.0},
        {"unsigned": 0.0},
        {"review": 0.0},
        {"cut": 0.01},
    ],
)
def test_what_gets_better_is_no_drift(after):
    before = {"kept": 0.6, "failed": 0.3, "unsigned": 0.6, "review": 0.3, "cut": 0.3}
    name = next(iter(after))
    assert find_drift("valley", changed(before={name: before[name]}, **after)) == ()


def test_titles_that_went_missing_are_found():
    runs = changed()
    for run in runs[-8:]:
        run.figures.untitled = run.figures.articles
    (found,) = find_drift("valley", runs)
    assert (found.what, found.now, found.before) == (Drift.UNTITLED, 1.0, 0.0)


def test_a_stable_site_is_left_alone_whatever_it_is_like():
    alarmed = {}
    for seed in range(40):
        runs = history(draw_site(seed))
        for end in (len(runs) // 3, len(runs) * 2 // 3, len(runs)):
            if found := find_drift("valley", runs[:end]):
                alarmed[seed, end] = found
    assert len(alarmed) <= 3  # of 120; benchmark_drift.py measures it on more


def test_a_finding_says_what_it_was_measured_on():
    runs = changed(kept=0.1)
    found = next(one for one in find_drift("valley", runs) if one.what is Drift.KEPT)
    assert (found.site, found.unit) == ("valley", Unit.SHARE)
    assert found.now < 0.35
    assert found.before > 0.8
    assert found.now_of >= 20
    assert found.before_of > 500
    assert found.strength < -4
    assert found.since < "2026-11-24"
    assert Finding.from_json(found.to_json()).to_json() == found.to_json()


def test_lengths_and_debris_are_given_as_medians():
    shorter = next(one for one in find_drift("valley", changed(letters=900.0)) if one.what is Drift.SHORTER)
    assert shorter.unit is Unit.LETTERS
    assert 700 < shorter.now < 1200
    assert 2000 < shorter.before < 3100
    cut = next(one for one in find_drift("valley", changed(cut=0.45)) if one.what is Drift.CUT)
    assert cut.before < 0.1
    assert 0.2 < cut.now < 0.4


def test_the_worst_is_said_first():
    found = find_drift("valley", changed(kept=0.2, unsigned=1.0, failed=0.5))
    order = list(Drift)
    assert [order.index(one.what) for one in found] == sorted(order.index(one.what) for one in found)
    assert found[0].what is Drift.KEPT


def test_an_alarm_lasts_as_long_as_the_change_is_new():
    site = MadeSite(a_day=60, seed=3, spread=0.08)
    runs = history(site, days=30, changed=lambda one: replace(one, kept=0.1), since_days=18)
    first = runs[0].at
    after = [
        Drift.KEPT
        in {one.what for one in find_drift("valley", [run for run in runs if run.at < first + day * DAY])}
        for day in range(17, 26)
    ]
    assert after == [False, False, True, True, True, True, True, True, True]


def test_nothing_is_said_of_a_site_without_a_past():
    assert find_drift("valley", []) == ()
    assert find_drift("valley", changed()[:1]) == ()
    assert find_drift("valley", [run(0, stored=5), run(1, rejected=5)]) == ()


def run(day: float, *, figures: SiteFigures | None = None, **fates: int) -> SiteRun:
    return SiteRun(run=f"ingest-{day}", at=day * DAY, fates=fates, figures=figures)


def test_two_runs_are_enough_to_see_a_template_break():
    found = find_drift("valley", [run(0, stored=40), run(1, rejected=30)])
    assert kinds(found) == [(Drift.KEPT, "")]


def test_reports_without_figures_are_measured_on_their_fates():
    runs = [run(day, stored=20, rejected=1) for day in range(10)]
    assert kinds(find_drift("valley", [*runs, run(10, stored=1, rejected=20)])) == [(Drift.KEPT, "")]
    new = SiteFigures(listed=30, languages=Counter(hy=20), reasons=Counter({"too-short": 1}))
    assert find_drift("valley", [*runs, run(10, stored=20, rejected=1, figures=new)]) == ()


def test_reasons_are_not_measured_on_reports_that_have_none():
    runs = [run(day, stored=10, rejected=10) for day in range(10)]
    new = SiteFigures(languages=Counter(hy=10), reasons=Counter({"media-page": 10}))
    assert find_drift("valley", [*runs, run(10, stored=10, rejected=10, figures=new)]) == ()


def test_one_languages_rise_is_not_told_as_anothers_fall_too():
    found = find_drift("valley", changed(second_language=0.6))
    assert [one.what for one in found] == [Drift.LANGUAGE]


def test_texts_that_are_a_little_shorter_are_left_alone():
    assert (
        find_drift(
            "valley",
            changed(before={"a_day": 900, "spread": 0.0, "hours": 24.0, "weekend": 0.5}, letters=1700.0),
        )
        == ()
    )


def test_quiet_runs_do_not_push_a_change_out_of_sight():
    runs = [run(day, stored=20) for day in range(10)]
    broken = [*runs, run(10, rejected=20), *(run(10 + hour / 24) for hour in range(1, 20))]
    assert kinds(find_drift("valley", broken)) == [(Drift.KEPT, "")]


def test_now_is_at_most_a_week_and_before_leaves_that_week_out():
    found = cuts([(day * DAY, 10) for day in range(20)], 19 * DAY)
    assert found == [(12, 19), (12, 18), (12, 12)]


def test_a_short_past_is_taken_as_it_is():
    assert cuts([(day * DAY, 30) for day in range(3)], 2 * DAY)[0] == (2, 2)


def test_a_week_without_pages_leaves_nothing_to_compare():
    assert cuts([(day * DAY, 30) for day in range(3)], 20 * DAY) == []
    assert cuts([], 0) == []


def test_steps_are_where_their_values_are():
    assert letters_of(0) < 2
    assert share_of(0) == 0
    assert share_of(20) == 1
