"""A site's newest runs against its own earlier ones: what drifted.

Pure: no bucket, no clock. "Now" is the newest run, with as many before it as it takes to have 8 pages, 20,
100, or a week's; "before" is what is older. The tests and their thresholds stand in ``shifts`` and
``rhythm``; how often they raise a false alarm, and what they find, is measured in benchmark_drift.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from flows.rhythm import Look, find_collapse, find_silence
from flows.shifts import BLOCK, DAY, Count, Shift, compare, past_of
from flows.site_figures import SiteFigures, letters_of, share_of
from flows.site_findings import Drift, Finding, Unit
from flows.site_runs import WEEK, SiteRun, cuts

# Of the median length and of the median article's letters. Lengths come in steps of 19 %: two steps are chance.
_SHORTER, _LONGER = 2 / 3, 3 / 2
_MORE_CUT = 0.1

_Number = Callable[[SiteRun], int]
_Histogram = Callable[[SiteFigures], Counter[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Share:
    """A share of a site's pages that should stay what it is."""

    what: Drift
    of: _Number
    hits: _Number
    subject: str = ""
    good: int = -1  # 1: a fall is drift; -1: a rise; 0: both


def _articles(run: SiteRun) -> int:
    return run.articles


_SHARES = (
    _Share(what=Drift.KEPT, of=lambda run: run.judged, hits=lambda run: run.kept, good=1),
    _Share(what=Drift.FAILED, of=lambda run: run.fetched + run.failed, hits=lambda run: run.failed),
    _Share(what=Drift.UNTITLED, of=_articles, hits=lambda run: run.known.untitled),
    _Share(what=Drift.UNDATED, of=_articles, hits=lambda run: run.known.undated),
    _Share(what=Drift.UNSIGNED, of=_articles, hits=lambda run: run.known.unsigned),
    _Share(what=Drift.REVIEW, of=_articles, hits=lambda run: run.known.review),
)

_HISTOGRAMS: tuple[tuple[Drift, _Histogram], ...] = (
    (Drift.SHORTER, lambda figures: figures.lengths),
    (Drift.CUT, lambda figures: figures.debris),
)


def find_drift(site: str, runs: Sequence[SiteRun]) -> tuple[Finding, ...]:
    """All that drifted at a site, the worst first; nothing where there is no past to compare with.

    Args:
        site: its name.
        runs: of this site, in the order of time.
    """
    if not runs:
        return ()
    found = [*_rhythm(site, runs), *_shares(site, runs), *_medians(site, runs)]
    return tuple(sorted(found, key=lambda finding: finding.rank))


def _rhythm(site: str, runs: Sequence[SiteRun]) -> Iterator[Finding]:
    looks = [Look(at=run.at, listed=run.listed, new=run.new) for run in runs if run.listed is not None]
    if silence := find_silence(looks):
        yield Finding(
            site=site,
            what=Drift.SILENT,
            unit=Unit.DAYS,
            now=silence.seconds / DAY,
            before=silence.longest_seconds / DAY,
            now_of=silence.runs,
            before_of=len(looks) - silence.runs,
            since=_iso(silence.since),
        )
    if collapse := find_collapse(looks):
        yield Finding(
            site=site,
            what=Drift.LISTED,
            unit=Unit.STORIES,
            now=collapse.now,
            before=collapse.usual,
            now_of=collapse.runs,
            before_of=len(looks) - collapse.runs,
            since=_iso(collapse.since),
        )


def _shares(site: str, runs: Sequence[SiteRun]) -> Iterator[Finding]:
    for share in (*_SHARES, *_refusals(runs)):
        yield from _drift_of(site, runs, share)
    languages = [finding for share in _languages(runs) for finding in _drift_of(site, runs, share)]
    yield from _largest(languages)  # one's rise is another's fall


def _refusals(runs: Sequence[SiteRun]) -> Iterator[_Share]:
    latest = [run.known.reasons for run in runs if run.at >= runs[-1].at - WEEK]
    for reason in sorted({reason for reasons in latest for reason in reasons}):
        yield _Share(
            what=Drift.REFUSED,
            of=lambda run: run.judged if run.figures else 0,
            hits=_number(lambda figures: figures.reasons, reason),
            subject=reason,
        )


def _languages(runs: Sequence[SiteRun]) -> Iterator[_Share]:
    for language in sorted({language for run in runs for language in run.known.languages}):
        yield _Share(
            what=Drift.LANGUAGE,
            of=_articles,
            hits=_number(lambda figures: figures.languages, language),
            subject=language,
            good=0,
        )


def _number(counts: Callable[[SiteFigures], Counter[str]], name: str) -> _Number:
    return lambda run: counts(run.known)[name]


def _drift_of(site: str, runs: Sequence[SiteRun], share: _Share) -> Iterator[Finding]:
    counts = [Count(run.at, share.hits(run), of) for run in runs if (of := share.of(run))]
    found = []
    for shift in _shifts(counts, runs[-1].at):
        if shift.is_sure and shift.strength * share.good <= 0:
            found.append(replace(_measured(site, share.what, shift), subject=share.subject))
    yield from _largest(found)


def _shifts(counts: Sequence[Count], newest: float) -> Iterator[Shift]:
    """The shift at each cut between now and before."""
    past, end = None, -1
    for cut in cuts([(count.at, count.of) for count in counts], newest):
        if cut.before != end:
            past, end = past_of(counts[: cut.before]), cut.before
        shift = compare(counts[cut.now :], past) if past else None
        if shift is not None:
            yield shift


def _medians(site: str, runs: Sequence[SiteRun]) -> Iterator[Finding]:
    """Lengths and debris: how many articles lie above what was the median, and where the median is now."""
    known = [run for run in runs if run.articles]
    for what, counts in _HISTOGRAMS:
        steps = [counts(run.known) for run in known]
        found, past, before, end = [], None, -1, -1
        for cut in cuts([(run.at, run.articles) for run in known], runs[-1].at):
            if cut.before != end:
                before, end = _median(steps[: cut.before]), cut.before
                past = past_of(_above(known[:end], steps[:end], before))
            shift = compare(_above(known[cut.now :], steps[cut.now :], before), past) if past else None
            if shift is not None and shift.is_sure:
                found += _moved(_measured(site, what, shift), _median(steps[cut.now :]), before)
        yield from _largest(found)


def _moved(found: Finding, now: int, before: int) -> list[Finding]:
    """The finding, if the median has moved by enough steps."""
    if found.what is Drift.CUT:
        cut, usual = share_of(now), share_of(before)
        return [replace(found, now=cut, before=usual)] if cut - usual >= _MORE_CUT else []
    letters, usual = letters_of(now), letters_of(before)
    if _SHORTER < letters / usual < _LONGER:
        return []
    what = Drift.SHORTER if letters < usual else Drift.LONGER
    return [replace(found, what=what, unit=Unit.LETTERS, now=letters, before=usual)]


def _largest(found: Sequence[Finding]) -> list[Finding]:
    """Of several that say the same the one that shows it whole, on pages enough.

    A break fills a day, and half of its week.
    """
    return sorted(found, key=lambda one: (one.now_of < BLOCK, -abs(one.now - one.before)))[:1]


def _measured(site: str, what: Drift, shift: Shift) -> Finding:
    return Finding(
        site=site,
        what=what,
        unit=Unit.SHARE,
        now=shift.now.share,
        before=shift.before.share,
        now_of=shift.now.of,
        before_of=shift.before.of,
        since=_iso(shift.now.at),
        strength=shift.strength,
    )


def _median(steps: Sequence[Counter[int]]) -> int:
    """The step that the median article is in."""
    total: dict[int, int] = {}
    for counts in steps:
        for step, count in counts.items():
            total[step] = total.get(step, 0) + count
    half, passed = sum(total.values()) / 2, 0
    for step, count in sorted(total.items()):
        passed += count
        if passed >= half:
            return step
    return 0


def _above(runs: Sequence[SiteRun], steps: Sequence[Counter[int]], middle: int) -> list[Count]:
    """The articles of each run that lie above a step."""
    return [
        Count(run.at, sum(count for step, count in counts.items() if step > middle), run.articles)
        for run, counts in zip(runs, steps, strict=True)
    ]


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
