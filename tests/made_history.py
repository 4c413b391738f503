"""Made histories of sites: what runs of a stable site report, with the noise of days, nights and weekends.

Every site is drawn anew: how much it publishes, when, in what languages, how often it is crawled, how much
its days differ. Nothing about it changes but by ``changed``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from flows.shifts import DAY
from flows.site_figures import SiteFigures, debris_step, length_step
from flows.site_runs import SiteRun

START = 1_793_491_200.0  # a Sunday's midnight, Unix seconds
_HOUR = DAY / 24
_KINDS = ("kept", "second", "letters", "review", "unsigned", "undated")
_REASONS = ("media-page", "too-short", "index-page", "not-article")


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeSite:
    """What a site is like."""

    a_day: float = 20.0  # stories
    hours: float = 3.0  # between runs
    weekend: float = 0.5  # of a weekday's stories
    night: float = 0.1  # of an hour by day
    burst: float = 0.3  # by which days differ in number, as a share
    spread: float = 0.14  # by which days differ in kind, on the arcsine scale
    kept: float = 0.9  # of the pages
    unsigned: float = 0.2  # of the articles
    undated: float = 0.01
    review: float = 0.04
    second_language: float = 0.0
    letters: float = 2500.0  # median
    cut: float = 0.08  # mean share of debris
    failed: float = 0.01  # of the URLs
    lists: str = "feed"  # "feed": as many always; "recent": of two days; "page": a home page
    backlog: int = 60  # stories of the first run
    outages: float = 0.003  # of the runs: some of the URLs fail
    seed: int = 0


Change = Callable[[MadeSite], MadeSite]


@dataclass(slots=True)
class _Day:
    """How a day differs."""

    number: float
    kinds: dict[str, float] = field(default_factory=dict)  # by figure: on the arcsine scale


def draw_site(seed: int) -> MadeSite:
    """Any site: from one story in three days to 300 a day, crawled hourly to daily."""
    rng = np.random.default_rng(seed)
    return MadeSite(
        a_day=float(np.exp(rng.uniform(np.log(0.3), np.log(300)))),
        hours=float(rng.choice([1, 3, 6, 24])),
        weekend=float(rng.choice([0.0, 0.3, 0.6, 1.0])),
        night=float(rng.choice([0.0, 0.1, 0.5])),
        burst=float(rng.uniform(0, 0.5)),
        spread=float(rng.uniform(0, 0.25)),
        kept=float(rng.beta(6, 1.5)),
        unsigned=float(rng.choice([0.0, 0.05, 0.3, 0.7, 1.0])),
        undated=float(rng.choice([0.0, 0.0, 0.02, 0.2])),
        review=float(rng.choice([0.0, 0.03, 0.1, 0.3])),
        second_language=float(rng.choice([0.0, 0.0, 0.05, 0.4])),
        letters=float(np.exp(rng.uniform(np.log(600), np.log(6000)))),
        cut=float(rng.uniform(0.01, 0.3)),
        failed=float(rng.choice([0.0, 0.01, 0.05])),
        lists=str(rng.choice(["feed", "recent", "page"])),
        backlog=int(rng.choice([20, 60, 1000])),
        seed=seed,
    )


def history(
    site: MadeSite, *, days: float = 30, changed: Change | None = None, since_days: float = 0.0
) -> list[SiteRun]:
    """The site's runs over so many days; changed since then, if at all."""
    rng = np.random.default_rng(site.seed + 1_000_003)
    other = changed(site) if changed else site
    runs: list[SiteRun] = []
    recent: list[tuple[float, int]] = []
    today: dict[int, _Day] = {}
    weekends = {name: float(rng.normal(0, site.spread)) for name in _KINDS}  # other editors, other stories
    at = START + rng.uniform(0, DAY)
    first = at
    while at < first + days * DAY:
        is_changed = changed is not None and at >= first + since_days * DAY
        now = other if is_changed else site
        date = int(at // DAY)
        if date not in today:
            kinds = {
                name: float(rng.normal(0, site.spread)) + (weekends[name] if _is_weekend(at) else 0.0)
                for name in _KINDS
            }
            today[date] = _Day(number=_gamma(rng, site.burst), kinds=kinds)
        day = today[date]
        new = site.backlog if not runs else int(rng.poisson(_expected(now, runs[-1].at, at) * day.number))
        recent = [*(one for one in recent if one[0] > at - 2 * DAY), (at, new)]
        listed = {
            "feed": 30,
            "recent": sum(count for _, count in recent[-200:]) if len(recent) > 1 else new,
            "page": max(0, int(rng.normal(70, 6))),
        }[now.lists]
        runs.append(_run(rng, now, day, at, new, listed))
        at += now.hours * _HOUR + rng.uniform(-0.02, 0.02) * _HOUR
    return runs


def _expected(site: MadeSite, start: float, end: float) -> float:
    """Stories between two moments, by the hours and days of the week."""
    total, moment = 0.0, start
    while moment < end:
        step = min(_HOUR / 2, end - moment)
        hour = (moment % DAY) / _HOUR
        busy = 1.0 if 7 <= hour < 22 else site.night
        total += (
            site.a_day
            / DAY
            * step
            * busy
            * 24
            / (15 + 9 * site.night)
            * (site.weekend if _is_weekend(moment) else 1.0)
        )
        moment += step
    return total


def _is_weekend(moment: float) -> bool:
    return int(moment // DAY) % 7 in {2, 3}  # the first day of Unix time was a Thursday


def _gamma(rng: np.random.Generator, burst: float) -> float:
    return float(rng.gamma(1 / burst**2, burst**2)) if burst > 0.01 else 1.0


def _run(rng: np.random.Generator, site: MadeSite, day: _Day, at: float, new: int, listed: int) -> SiteRun:
    def some(name: str, count: int, share: float) -> int:
        if share <= 0 or share >= 1:
            return int(share) * count
        angle = np.clip(2 * np.arcsin(np.sqrt(share)) + day.kinds[name], 0, np.pi)
        return int(rng.binomial(count, np.sin(angle / 2) ** 2))

    pages = new + int(rng.binomial(new, 0.2))  # some come again, changed
    failing = 0.3 if rng.random() < site.outages else site.failed
    failed = int(rng.binomial(pages, failing))
    kept = some("kept", pages - failed, site.kept)
    refused = pages - failed - kept
    updated = int(rng.binomial(kept, 0.15))
    second = some("second", kept, site.second_language)
    lengths = np.exp(rng.normal(np.log(site.letters) + day.kinds["letters"], 0.7, kept)).astype(int)
    cut = rng.beta(2, 2 / site.cut, kept)
    mix = rng.multinomial(refused, [0.55, 0.25, 0.15, 0.05])
    figures = SiteFigures(
        listed=listed,
        languages=+Counter(hy=kept - second, en=second),
        reasons=+Counter({reason: int(count) for reason, count in zip(_REASONS, mix, strict=True)}),
        lengths=Counter(length_step(int(letters)) for letters in lengths),
        debris=Counter(debris_step(int(share * 1000), 1000 - int(share * 1000)) for share in cut),
        review=some("review", kept, site.review),
        unsigned=some("unsigned", kept, site.unsigned),
        undated=some("undated", kept, site.undated),
    )
    fates = {"stored": kept - updated, "updated": updated, "rejected": refused, "not-found": failed}
    return SiteRun(
        run=f"ingest-{at:.0f}",
        at=at,
        fates={fate: count for fate, count in fates.items() if count},
        figures=figures,
    )
