"""One site in one run, as reports tell it; and which of its runs are "now"."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from extractors.records import Fate
from flows.shifts import BLOCK, DAY, LEAST_NOW
from flows.site_figures import SiteFigures

_WEEK = 7 * DAY
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


@dataclass(frozen=True, slots=True, kw_only=True)
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

    @property
    def kept(self) -> int:
        """Pages of which an article was stored."""
        return self._count(KEPT)

    @property
    def judged(self) -> int:
        """Pages that were new or changed, and looked at."""
        return self._count((*KEPT, Fate.REJECTED))

    @property
    def fetched(self) -> int:
        """URLs that were had."""
        return self._count(FETCHED)

    @property
    def failed(self) -> int:
        """URLs that could not be had."""
        return self._count(FAILED)

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Two parts of a site's runs, each in the order of time; runs without pages are in neither."""

    now: tuple[SiteRun, ...]
    before: tuple[SiteRun, ...]


def windows(runs: Sequence[SiteRun], size: Callable[[SiteRun], int]) -> list[Window]:
    """Cuts between now and before: now being 8 pages, 20, 100, or all of a week.

    None goes back more than a week. "Before" leaves the week before the newest run out, if it can: a
    change of three days ago is not to be measured against itself.
    """
    with_pages = [run for run in runs if size(run)]
    if not with_pages:
        return []
    start = runs[-1].at - _WEEK
    old = tuple(run for run in with_pages if run.at < start)
    is_enough = sum(size(run) for run in old) >= _LEAST_BEFORE
    starts = []
    for pages in _PAGES:
        first, taken = len(with_pages), 0
        while first and taken < pages and with_pages[first - 1].at >= start:
            first -= 1
            taken += size(with_pages[first])
        starts.append(first)
    return [
        Window(now=tuple(with_pages[first:]), before=old if is_enough else tuple(with_pages[:first]))
        for first in dict.fromkeys(starts)
    ]
