"""Whether a site has gone silent, or lists less: tests against its own rhythm."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from flows.shifts import DAY

# Chance of a silence like this at the site's own rate; its own longest silence is asked, too.
_UNLIKELY = 1e-4
_LONGER = 1.5  # than any silence before: nights, weekends and most holidays have been seen
_LEAST_QUIET_RUNS = 2  # in a row: one may have met a cache, or a feed on its way
_LEAST_STORIES = 5  # a rate of fewer is none
_LEAST_RUNS = 5
# A past that is shorter has not seen two weekends, and silences up to a long weekend may be ahead.
_WHOLE_RHYTHM = 14 * DAY
_WEEKEND = 3 * DAY
_BACKLOG = 5  # times the median: more in one run is a backlog, no rate
_HALF = 2.0  # listed at least so many times fewer than on nearly all its days
_LEAST_LISTED = 5  # fewer than usual; a list of three that has one is no news
_OUTLIER = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One look at all of a site's start points."""

    at: float  # Unix seconds
    listed: int  # stories that they listed
    new: int  # stories stored for the first time


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """No new story, longer than ever."""

    since: float  # Unix seconds of the last look that found something new
    seconds: float
    runs: int  # looks without anything new
    longest_seconds: float  # silence before
    stories_a_day: float  # before


@dataclass(frozen=True, slots=True, kw_only=True)
class Collapse:
    """The start points list far fewer stories than ever."""

    since: float
    now: int
    usual: float  # the median
    runs: int  # looks that it has lasted, at least


def find_silence(looks: Sequence[Look]) -> Silence | None:
    """The silence that the site is in, if chance and its rhythm do not explain it.

    A negative binomial with the dispersion of its own runs: Poisson where they are as even as that.

    Args:
        looks: in the order of time.
    """
    full = [number for number, look in enumerate(looks) if look.new]
    if not full or full[-1] < _LEAST_RUNS or len(looks) - 1 - full[-1] < _LEAST_QUIET_RUNS:
        return None
    past = looks[: full[-1] + 1]
    last = past[-1]
    seconds, span = looks[-1].at - last.at, last.at - past[0].at
    fresh = _without_backlog([look.new for look in past[1:]])  # the first look found what had gathered
    if span <= 0 or sum(fresh) < _LEAST_STORIES:
        return None
    longest = _longest_silence(past)
    rate = sum(fresh) / span
    least = _LONGER * longest if span >= _WHOLE_RHYTHM else max(_LONGER * longest, _WEEKEND)
    if seconds <= least or _chance_of_none(rate * seconds, _dispersion(past, fresh, rate)) > _UNLIKELY:
        return None
    return Silence(
        since=last.at,
        seconds=seconds,
        runs=len(looks) - len(past),
        longest_seconds=longest,
        stories_a_day=rate * DAY,
    )


def find_collapse(looks: Sequence[Look]) -> Collapse | None:
    """The collapse of what is listed, if the last two looks are far under nearly all before.

    Median and median deviation of the logarithm, and the second percentile: lists that are emptied every
    night or every weekend have been that short before.
    """
    past, latest = looks[:-_LEAST_QUIET_RUNS], looks[-_LEAST_QUIET_RUNS:]
    if len(past) < _LEAST_RUNS or past[-1].at - past[0].at < _WHOLE_RHYTHM:
        return None
    counts = [look.listed for look in past]
    now, usual = max(look.listed for look in latest), median(counts)
    if now > quantiles(counts, n=50, method="inclusive")[0] / _HALF or usual - now < _LEAST_LISTED:
        return None
    logs = [math.log1p(count) for count in counts]
    middle = median(logs)
    spread = 1.4826 * median(abs(log - middle) for log in logs)
    if middle - math.log1p(now) < _OUTLIER * spread:
        return None
    return Collapse(since=latest[0].at, now=now, usual=usual, runs=len(latest))


def _without_backlog(counts: Sequence[int]) -> list[int]:
    """The counts of runs, none above what the site brings in a busy one."""
    most = _BACKLOG * median([count for count in counts if count] or [0])
    return [min(count, int(most)) for count in counts]


def _longest_silence(looks: Sequence[Look]) -> float:
    """Seconds from a look with news to the last one after it without."""
    longest, last = 0.0, looks[0].at
    for look in looks[1:]:
        if look.new:
            last = look.at
        else:
            longest = max(longest, look.at - last)
    return longest


def _dispersion(looks: Sequence[Look], fresh: Sequence[int], rate: float) -> float:
    """Variance over mean of the runs' counts (Pearson's statistic), 1 at least."""
    expected = [rate * (after.at - before.at) for before, after in itertools.pairwise(looks)]
    parts = [(count - mean) ** 2 / mean for count, mean in zip(fresh, expected, strict=True) if mean > 0]
    return max(1.0, sum(parts) / len(parts)) if parts else 1.0


def _chance_of_none(mean: float, dispersion: float) -> float:
    if dispersion <= 1.0 + 1e-6:
        return math.exp(-mean)
    return math.exp(-mean * math.log(dispersion) / (dispersion - 1))
