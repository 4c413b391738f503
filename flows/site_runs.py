"""One site in one run, as reports tell it; and which of its runs are "now"."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from extractors.records import Fate
from flows.shifts import BLOCK, DAY, LEAST_NOW
from flows.site_figures import SiteFigures

WEEK = 7 * DAY
# Of "now": to see a break at once, a change soon, a small one within the week.
_PAGES = (LEAST_NOW, BLOCK, 5 * BLOCK, math.inf)
_LEAST_BEFORE = 3 * BLOCK
KEPT = (Fate.STORED, Fate.UPDATED)
FAILED = (
    Fate.NOT_FOUND,
    Fate.REFUSED,
    Fate.SERVER_ERROR,
    Fate.UNREACHABLE,
    Fate.TIMED_OUT,
    Fate.BAD_RESPONSE,
    Fate.ROBOTS,
)
FETCHED = (*KEPT, Fate.UNCHANGED, Fate.DUPLICATE, Fate.REJECTED, Fate.NOT_TEXT)
NO_FIGURES = SiteFigures()


@dataclass(frozen=True, kw_only=True)  # without slots: sums are kept, and asked for a dozen times
class SiteRun:
    """One run, as far as one site goes."""

    run: str
    at: float  # Unix seconds; when it was planned
    fates: Mapping[str, int]  # fate: URLs
    figures: SiteFigures | None  # None in reports that were written before there were any

    @property
    def new(self) -> int:
        """Stories stored for the first time."""
        return self.fates.get(Fate.STORED, 0)

    @cached_property
    def kept(self) -> int:
        """Pages of which an article was stored."""
        return self._count(KEPT)

    @cached_property
    def judged(self) -> int:
        """Pages that were new or changed, and looked at."""
        return self._count((*KEPT, Fate.REJECTED))

    @cached_property
    def fetched(self) -> int:
        """URLs that were had."""
        return self._count(FETCHED)

    @cached_property
    def failed(self) -> int:
        """URLs that could not be had."""
        return self._count(FAILED)

    @cached_property
    def articles(self) -> int:
        """Stored articles of which there are figures."""
        return self.figures.articles if self.figures else 0

    @property
    def listed(self) -> int | None:
        """Stories that the site's start points listed; None where they were not asked, or not for all."""
        return self.figures.listed if self.figures else None

    @property
    def known(self) -> SiteFigures:
        """The figures, or none."""
        return self.figures or NO_FIGURES

    def _count(self, fates: Sequence[Fate]) -> int:
        return sum(self.fates.get(fate, 0) for fate in fates)


class Cut(NamedTuple):
    """Where "before" ends and "now" begins in a site's runs: indices; what is between them is in neither."""

    before: int
    now: int


def cuts(sizes: Sequence[tuple[float, int]], newest: float) -> list[Cut]:
    """Cuts between now and before: now being 8 pages, 20, 100, or all of a week.

    None goes back more than a week. "Before" leaves the week before the newest run out, if it can: a
    change of three days ago is not to be measured against itself.

    Args:
        sizes: when each run was (Unix seconds, in the order of time), and how many pages it had.
        newest: when the site's newest run was, with pages or without.
    """
    week = bisect_left(sizes, (newest - WEEK,))
    is_enough = sum(size for _, size in sizes[:week]) >= _LEAST_BEFORE
    starts = []
    for pages in _PAGES:
        start, taken = len(sizes), 0
        while start > week and taken < pages:
            start -= 1
            taken += sizes[start][1]
        starts.append(start)
    return [
        Cut(before=week if is_enough else start, now=start)
        for start in dict.fromkeys(starts)
        if start < len(sizes)
    ]
