"""Shares now and before: what is a change, and what is a day like another."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import shifts
from flows.shifts import DAY, LEAST_CHANGE, SURE, Count, Shift, past_of


def days(*shares: float, pages: int = 100, start: int = 0) -> list[Count]:
    """A run a day, with so many pages and this share of hits."""
    return [Count((start + day) * DAY, round(share * pages), pages) for day, share in enumerate(shares)]


def compare(now: list[Count], before: list[Count]) -> Shift | None:
    past = past_of(before)
    return shifts.compare(now, past) if past else None


def is_sure(now: list[Count], before: list[Count]) -> bool:
    shift = compare(now, before)
    return shift is not None and shift.is_sure


def test_a_share_that_falls_to_nothing_is_sure():
    shift = compare(days(0.0, pages=20, start=10), days(*[0.9] * 10))
    assert shift.is_sure
    assert shift.strength < -SURE
    assert (shift.now.share, shift.before.share) == (0.0, 0.9)


def test_two_pages_are_no_proof():
    assert compare(days(0.0, pages=2, start=10), days(*[0.95] * 10)) is None


def test_without_a_past_nothing_is_said():
    assert compare(days(0.0), []) is None
    assert compare(days(0.0), days(1.0, pages=5)) is None


def test_one_day_of_past_shows_a_break_but_no_smaller_change():
    assert is_sure(days(0.0, start=1), days(0.9))
    assert not is_sure(days(0.6, start=1), days(0.9))


def test_days_that_differ_make_the_same_change_a_day_like_another():
    steady, restless = days(*[0.8, 0.82, 0.78] * 6), days(*[0.95, 0.5, 0.8] * 6)
    now = days(0.5, pages=60, start=18)
    assert is_sure(now, steady)
    assert not is_sure(now, restless)


def test_a_weekend_that_is_always_other_is_no_change():
    week = [0.9] * 5 + [0.5] * 2
    assert not is_sure(days(0.5, start=28), days(*week * 4))


def test_a_day_on_which_something_was_broken_is_no_measure_of_the_others():
    past = days(*[0.9] * 10, 0.0, *[0.9] * 9)
    assert compare(days(0.9, start=20), past).before.share == pytest.approx(0.9)
    assert is_sure(days(0.3, start=20), past)


def test_a_change_that_is_sure_but_small_is_left_alone():
    shift = compare(days(*[0.06] * 7, pages=5000, start=30), days(*[0.0] * 30, pages=5000))
    assert shift.strength > SURE
    assert shift.now.share < LEAST_CHANGE
    assert not shift.is_sure


def test_runs_of_a_page_each_are_looked_at_together():
    hourly = [Count(at=hour * DAY / 24, hits=1, of=1) for hour in range(240)]
    silent = [Count(at=10 * DAY + hour * DAY / 24, hits=0, of=1) for hour in range(20)]
    assert is_sure(silent, hourly)


def test_a_past_that_one_big_day_makes_counts_as_one_day():
    backlog = [*days(1.0, pages=1000), *days(1.0, 1.0, pages=20, start=1)]
    even = days(*[1.0] * 3, pages=1040 // 3)
    now = days(*[0.84] * 3, pages=140, start=10)
    assert abs(compare(now, backlog).strength) < 0.8 * abs(compare(now, even).strength)


@given(st.integers(0, 10_000), st.floats(0, 1), st.integers(8, 200))
def test_swapping_hits_and_misses_turns_the_change_around(seed, share, pages):
    rng = random.Random(seed)
    past = days(*[rng.random() for _ in range(8)])
    now = days(share, pages=pages, start=8)

    def other(counts):
        return [Count(at=one.at, hits=one.of - one.hits, of=one.of) for one in counts]

    assert compare(other(now), other(past)).strength == pytest.approx(-compare(now, past).strength)
