"""Whether a share is another now than before: two proportions, with room for days that differ.

Pages of one day resemble each other: a site's kept share goes up and down from day to day more than
independent pages would make it. So pages are looked at in blocks of a day or more, and what the earlier
blocks differ by beyond chance counts against every change. All of it on the arcsine scale, where the spread
of a share does not depend on the share (2 arcsin √p has the variance 1/n).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import NamedTuple

DAY = 86_400.0  # seconds
BLOCK = 20  # pages that make a share worth comparing: .2 of spread on the arcsine scale
LEAST_NOW = 8  # of the newest pages, where there are no more: even all of fewer are no proof
# Days differ by .14 on the arcsine scale (seven points at one in two, three at one in twenty) as far as a site's
# own past does not say otherwise; that counts as so many blocks of evidence, because few blocks tell little.
_USUAL_SPREAD = 0.02
_USUAL_BLOCKS = 4
_LEAST_SPREAD = 0.005
_OUTLIER = 4.0  # spreads from the median: a day on which something was broken is no measure of the others
SURE = 4.0  # spreads: set on the false alarms that benchmark_drift.py measures
LEAST_CHANGE = 0.1  # of all pages: what is less is not worth a person's morning, however sure


class Count(NamedTuple):
    """So many of so many pages; a tuple, because a month of hourly runs makes some thousands for each site."""

    at: float  # Unix seconds; of a block, when it began
    hits: int
    of: int

    @property
    def share(self) -> float:
        """0 to 1; 0 of nothing."""
        return self.hits / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What a share was, and how much its days differ."""

    total: Count  # without days that stand apart
    spread: float  # the variance between blocks beyond chance
    weight: float  # of the spread that the total inherits


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A share now and before."""

    now: Count
    before: Count
    strength: float  # spreads between the two; negative where the share fell

    @property
    def is_sure(self) -> bool:
        """Whether chance is no explanation, and the change big enough to matter."""
        return abs(self.strength) >= SURE and abs(self.now.share - self.before.share) >= LEAST_CHANGE


def past_of(counts: Sequence[Count]) -> Past | None:
    """The past that earlier runs make, in the order of time; None where they have too few pages."""
    blocks = _blocks(counts)
    if not blocks:
        return None
    spread = _spread(blocks)
    usual = _usual(blocks, spread)
    return Past(total=_sum(usual), spread=spread, weight=_weight(usual))


def compare(now: Sequence[Count], past: Past) -> Shift | None:
    """The change from the past to now, in the order of time; None where there are too few pages now."""
    newest = _sum(now)
    if newest.of < LEAST_NOW:
        return None
    days = _weight(_blocks(now) or [newest]) + past.weight
    error = math.sqrt(1 / newest.of + 1 / past.total.of + past.spread * days)
    return Shift(now=newest, before=past.total, strength=(_angle(newest) - _angle(past.total)) / error)


def _blocks(counts: Sequence[Count]) -> list[Count]:
    """Neighbours added up until each block has pages enough and a day; what is left joins the last."""
    blocks: list[Count] = []
    start = 0.0
    hits = of = 0
    for count in counts:
        if of >= BLOCK and count.at - start >= DAY / 2:
            blocks.append(Count(start, hits, of))
            hits = of = 0
        if not of:
            start = count.at
        hits, of = hits + count.hits, of + count.of
    if of >= BLOCK:
        return [*blocks, Count(start, hits, of)]
    return [*blocks[:-1], _sum((blocks[-1], Count(start, hits, of)))] if blocks else []


def _weight(blocks: Sequence[Count]) -> float:
    """What the blocks' common share inherits of their spread: 1 of one, 1/n of n even ones."""
    return sum(block.of**2 for block in blocks) / _sum(blocks).of ** 2


def _sum(counts: Sequence[Count]) -> Count:
    at = counts[0].at if counts else 0.0
    return Count(at, sum(one.hits for one in counts), sum(one.of for one in counts))


def _spread(blocks: Sequence[Count]) -> float:
    """The variance between blocks beyond chance: four of five are no farther from the median than 1.28 of it.

    A weekend's two days of seven are meant to show in it, the odd day on which something was broken is not.
    """
    angles = [_angle(block) for block in blocks]
    middle = median(angles)
    far = [abs(angle - middle) for angle in angles]
    fifth = quantiles(far, n=5, method="inclusive")[3] if len(far) > 1 else 0.0
    own = max(0.0, (fifth / 1.2816) ** 2 - median(1 / block.of for block in blocks))
    weight = len(blocks) - 1  # one block shows no spread
    return max(_LEAST_SPREAD, (own * weight + _USUAL_SPREAD * _USUAL_BLOCKS) / (weight + _USUAL_BLOCKS))


def _usual(blocks: Sequence[Count], spread: float) -> Sequence[Count]:
    """The blocks that do not stand apart."""
    middle = median(_angle(block) for block in blocks)
    return [
        block
        for block in blocks
        if abs(_angle(block) - middle) <= _OUTLIER * math.sqrt(spread + 1 / block.of)
    ] or blocks


def _angle(count: Count) -> float:
    """The share on the arcsine scale, with Anscombe's correction for few pages (Biometrika 35, 1948)."""
    return 2 * math.asin(math.sqrt((count.hits + 0.375) / (count.of + 0.75)))
