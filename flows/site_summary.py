"""A site over some days in one row: runs, last article, listed, fetched, kept, and what drifted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from statistics import median
from typing import Any

from extractors.records import Fate
from flows.drift import find_drift
from flows.history import History
from flows.site_findings import Finding
from flows.site_runs import Cut, SiteRun, cuts

CELLS = 15  # of the trend: two days each in a month


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSummary:
    """One site's row."""

    site: str
    runs: int
    last_run: str  # ISO 8601 UTC
    last_article: str  # date of the newest one, as published; else when one was stored last; "" if none was
    listed: int | None  # by its start points in the newest run that asked them all; None if none did
    listed_usual: float | None  # median over the runs
    fetched: int  # URLs that were had, in all runs
    failed: int  # that could not be had; the same one in several runs counts in each
    not_reached: int  # that the runs' budgets left to the next
    refused: int  # looked at and not kept
    kept: int  # articles stored, new ones and new versions
    kept_share: float | None  # of the pages looked at, in the newest runs; None if there were none
    kept_share_before: float | None
    trend: tuple[int | None, ...]  # articles kept over the days, oldest first; None where there was no run
    findings: tuple[Finding, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {**asdict(self), "findings": [finding.to_json() for finding in self.findings]}


def summaries(history: History) -> list[SiteSummary]:
    """All sites: those that drifted first, the worst of them first; then by what of their kept share is lost."""
    span = (history.start.timestamp(), history.end.timestamp())
    return sorted((_summary(site, runs, span) for site, runs in history.sites.items()), key=_order)


def findings_of(sites: Iterable[SiteSummary]) -> list[Finding]:
    """Everything that drifted, site by site as they come."""
    return [finding for site in sites for finding in site.findings]


def _summary(site: str, runs: Sequence[SiteRun], span: tuple[float, float]) -> SiteSummary:
    listed = [run.listed for run in runs if run.listed is not None]
    judged = [run for run in runs if run.judged]
    both = cuts([(run.at, run.judged) for run in judged], runs[-1].at)[:2]
    cut = both[-1] if both else Cut(0, len(judged))  # of 20 pages, if there are as many
    return SiteSummary(
        site=site,
        runs=len(runs),
        last_run=_iso(runs[-1].at),
        last_article=_last_article(runs),
        listed=listed[-1] if listed else None,
        listed_usual=median(listed) if listed else None,
        fetched=sum(run.fetched for run in runs),
        failed=sum(run.failed for run in runs),
        not_reached=sum(run.fates.get(Fate.NOT_REACHED, 0) for run in runs),
        refused=sum(run.fates.get(Fate.REJECTED, 0) for run in runs),
        kept=sum(run.kept for run in runs),
        kept_share=_kept_share(judged[cut.now :]),
        kept_share_before=_kept_share(judged[: cut.before]),
        trend=_trend(runs, *span),
        findings=find_drift(site, runs),
    )


def _order(site: SiteSummary) -> tuple[bool, tuple[int, float], float, str]:
    rank = site.findings[0].rank if site.findings else (0, 0.0)
    lost = (site.kept_share_before or 0.0) - (site.kept_share or 0.0)
    return (not site.findings, rank, -lost, site.site)


def _kept_share(runs: Sequence[SiteRun]) -> float | None:
    judged = sum(run.judged for run in runs)
    return round(sum(run.kept for run in runs) / judged, 4) if judged else None


def _last_article(runs: Sequence[SiteRun]) -> str:
    newest = max((run.known.newest for run in runs), default="")
    return newest or next((_iso(run.at) for run in reversed(runs) if run.kept), "")


def _trend(runs: Sequence[SiteRun], start: float, end: float) -> tuple[int | None, ...]:
    cells: list[int | None] = [None] * CELLS
    for run in runs:
        cell = min(CELLS - 1, int(CELLS * (run.at - start) / (end - start))) if end > start else CELLS - 1
        cells[cell] = (cells[cell] or 0) + run.kept
    return tuple(cells)


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
