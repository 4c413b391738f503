"""Silence and lists that collapse, against the site's own rhythm."""

from __future__ import annotations

from flows.rhythm import Look, find_collapse, find_silence
from flows.shifts import DAY

HOUR = DAY / 24
WEEK = [6, 5, 7, 6, 5, 0, 0]  # stories a day, of a newsroom with free weekends


def looks(*new: int, every: float = DAY, listed: int = 30) -> list[Look]:
    return [Look(at=number * every, listed=listed, new=count) for number, count in enumerate(new)]


def lists(*listed: int, every: float = DAY) -> list[Look]:
    return [Look(at=number * every, listed=count, new=3) for number, count in enumerate(listed)]


def test_a_source_that_falls_silent_is_found_with_its_measurement():
    silence = find_silence(looks(30, *WEEK[1:], *WEEK, *WEEK, 6, 0, 0, 0, 0, 0))
    assert silence.since == 21 * DAY
    assert (silence.seconds, silence.runs, silence.longest_seconds) == (5 * DAY, 5, 2 * DAY)
    assert 3 < silence.stories_a_day < 6


def test_a_weekend_like_those_before_is_no_silence():
    assert find_silence(looks(30, *WEEK[1:], *WEEK, *WEEK)) is None


def test_a_free_weekend_of_a_busy_site_is_no_silence_however_unlikely_at_its_rate():
    assert find_silence(looks(*[30, 30, 30, 30, 30, 0, 0] * 4)) is None


def test_a_source_that_publishes_in_bursts_may_wait_for_the_next():
    assert find_silence(looks(30, *[12, 0, 0, 0, 0] * 5, 12, *[0] * 7)) is None


def test_a_backlog_does_not_hide_a_silence():
    assert find_silence(looks(30, 20, 600, *[20] * 15, *[0] * 3)) is not None


def test_a_night_of_hourly_runs_is_no_silence():
    day = [0] * 8 + [3] * 14 + [0] * 2
    assert find_silence(looks(*day * 14, *[0] * 10, every=HOUR)) is None


def test_an_hourly_source_is_missed_after_half_a_day_more_than_its_nights():
    day = [0] * 8 + [3] * 14 + [0] * 2
    silence = find_silence(looks(*day * 20, *[0] * 14, every=HOUR))
    assert 15 * HOUR < silence.seconds < 24 * HOUR


def test_the_first_weekend_of_a_young_site_is_no_silence():
    assert find_silence(looks(60, 9, 8, 9, 10, 9, 0, 0, 0)) is None


def test_one_run_without_news_is_no_silence():
    assert find_silence(looks(*[20] * 20, 0)) is None
    assert find_silence(looks(*[20] * 20, 0, 0)) is not None


def test_a_source_that_seldom_publishes_may_be_silent_for_long():
    assert find_silence(looks(*[1, 0, 0, 0, 0] * 6, *[0] * 8)) is None


def test_sites_without_a_rate_or_a_past_are_not_judged():
    assert find_silence([]) is None
    assert find_silence(looks(*[0] * 40)) is None
    assert find_silence(looks(500, *[0] * 40)) is None
    assert find_silence(looks(500, 1, 0, 1, 0, 1, *[0] * 30)) is None


def test_a_backlog_is_no_rate():
    assert find_silence(looks(20, 400, 400, *[1, 0] * 14, *[0] * 4)) is None


def test_a_crawl_that_stood_still_is_not_the_sites_silence():
    before = looks(30, *[6] * 20)
    late = [Look(at=one.at + 40 * DAY, listed=30, new=6) for one in before]
    assert find_silence([*before, *late]) is None


def test_lists_that_break_are_found_when_they_stay_so():
    assert find_collapse(lists(*[30] * 15, 30, 0)) is None
    collapse = find_collapse(lists(*[30] * 15, 0, 1))
    assert (collapse.now, collapse.usual, collapse.since) == (1, 30, 15 * DAY)


def test_lists_that_are_short_every_weekend_do_not_collapse():
    assert find_collapse(lists(*[40, 40, 42, 41, 40, 12, 5] * 3, 40, 40, 41, 40, 40, 12, 5)) is None


def test_lists_whose_length_is_anything_do_not_collapse():
    assert find_collapse(lists(*[20, 400, 100, 30] * 5, 8, 8)) is None


def test_lists_of_a_few_stories_and_young_sites_are_not_judged():
    assert find_collapse(lists(*[3] * 20, 0, 0)) is None
    assert find_collapse(lists(*[30] * 10, 0, 0)) is None
    assert find_collapse(lists(0, 0)) is None
