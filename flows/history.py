"""What reports tell of sites over the last days: one small object a crawl is read, never a shard."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from connectors import layout
from connectors.bucket import Bucket
from connectors.errors import MissingKey
from flows.drift import find_drift
from flows.run_end import RunReport
from flows.site_figures import SiteFigures
from flows.site_findings import Finding
from flows.site_runs import SiteRun

DAYS = 30  # four weekends: what a rhythm is read from
_READERS = 16  # a store answers one question in 5 to 50 ms, and many at a time
_CRAWL = re.compile(r"ingest-(\d{8}T\d{6})-")


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What crawls of some days came to, site by site."""

    start: datetime  # aware
    end: datetime  # when the newest crawl was planned
    runs: int  # crawls that have ended
    unreadable: int  # reports that are none
    sites: Mapping[str, list[SiteRun]]  # each in the order of time


@dataclass(frozen=True, slots=True, kw_only=True)
class _Report:
    sites: Mapping[str, SiteRun] = field(default_factory=dict)
    has_ended: bool = True
    is_readable: bool = True


def read_history(
    bucket: Bucket, *, days: int = DAYS, until: str = "", sites: Collection[str] = ()
) -> History:
    """The crawls of the days before the newest one.

    Backfills and re-extractions are left out: an archive has no rhythm, and neither is the site's doing.

    Args:
        bucket: where the reports lie.
        days: so many before the end.
        until: a crawl's name, the last to be read; the newest if "".
        sites: whose runs are kept; all if empty.
    """
    planned = sorted(_planned(bucket))
    if until:
        planned = [one for one in planned if one[1] <= until]
    if not planned:
        never = datetime.fromtimestamp(0, UTC)
        return History(start=never, end=never, runs=0, unreadable=0, sites={})
    end = planned[-1][0]
    start = end - timedelta(days=days)
    names = [name for at, name in planned if at >= start]
    found: dict[str, list[SiteRun]] = {}
    runs = unreadable = 0
    with ThreadPoolExecutor(_READERS) as readers:
        for report in readers.map(lambda name: _read(bucket, name, frozenset(sites)), names):
            runs += bool(report.is_readable and report.has_ended)
            unreadable += not report.is_readable
            for site, run in report.sites.items():
                found.setdefault(site, []).append(run)
    return History(start=start, end=end, runs=runs, unreadable=unreadable, sites=found)


def drift_of_run(bucket: Bucket, report: RunReport, *, days: int = DAYS) -> tuple[Finding, ...]:
    """What drifted at the sites of this crawl, measured at its end, the worst first; () of other runs."""
    if not _CRAWL.match(report.run) or report.unfinished:
        return ()
    sites = {*report.sums.sites, *report.sums.figures}
    history = read_history(bucket, days=days, until=report.run, sites=sites)
    found = [finding for site, runs in history.sites.items() for finding in find_drift(site, runs)]
    return tuple(sorted(found, key=lambda finding: (finding.rank, finding.site)))


def _planned(bucket: Bucket) -> Iterator[tuple[datetime, str]]:
    """The crawls of the bucket, and when each was planned: their names say so."""
    for name in bucket.list_folders(layout.RUNS):
        if found := _CRAWL.match(name):
            yield datetime.strptime(found[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC), name


def _read(bucket: Bucket, run: str, sites: Collection[str]) -> _Report:
    """A crawl's report, of these sites, or of all."""
    try:
        return _Report(sites=_site_runs(json.loads(bucket.get(layout.report(run))), sites))
    except MissingKey:
        return _Report(has_ended=False)
    except (
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
    ):  # whatever lies there, it is no report of ours
        return _Report(is_readable=False)


def _site_runs(report: Mapping[str, Any], sites: Collection[str]) -> dict[str, SiteRun]:
    """Each site's part of a report. What an older version wrote has no figures."""
    figures = report.get("site_figures")
    fates = report["sites"]
    at = datetime.fromisoformat(report["created"]).timestamp()
    return {
        site: SiteRun(
            run=report["run"],
            at=at,
            fates=fates.get(site, {}),
            figures=None if figures is None else SiteFigures.from_json(figures.get(site, {})),
        )
        for site in {**fates, **(figures or {})}
        if not sites or site in sites
    }
