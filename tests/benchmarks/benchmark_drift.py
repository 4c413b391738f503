"""False alarms on stable sites, changes found, and what reading a month of reports costs.

    python tests/benchmarks/benchmark_drift.py [--sites N]

Stable sites are drawn at random (tests/made_history.py): 0.3 to 300 stories a day, crawled hourly to daily for a
month, with nights, weekends, days that differ in number and in kind, backlogs, hours in which a host fails.
Each is looked at after twelve of its runs, young or old; any finding is a false alarm. The thresholds of
flows/shifts.py and flows/rhythm.py were set so that fewer than one in a hundred of these looks has one.

Changes are made on the 16th day of sites of 5, 20 and 100 stories a day, crawled every 1, 3, 6 and 24 hours,
whose days differ by the usual spread (.14 on the arcsine scale).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1]))

from made_history import MadeSite, draw_site, history

from connectors import layout
from connectors.bucket import open_bucket
from flows.drift import find_drift
from flows.history import read_history
from flows.plans import new_run
from flows.shifts import DAY
from flows.site_findings import Drift
from flows.site_summary import summaries

LOOKS = 12
CHANGES = (
    ("kept share .9 to .1", {}, {"kept": 0.1}, Drift.KEPT),
    ("kept share .9 to .5", {}, {"kept": 0.5}, Drift.KEPT),
    ("kept share .9 to .7", {}, {"kept": 0.7}, Drift.KEPT),
    ("no author .2 to .9", {}, {"unsigned": 0.9}, Drift.UNSIGNED),
    ("no date 0 to .5", {"undated": 0.0}, {"undated": 0.5}, Drift.UNDATED),
    ("no date .01 to .2", {}, {"undated": 0.2}, Drift.UNDATED),
    ("texts half as long", {}, {"letters": 1250.0}, Drift.SHORTER),
    ("debris .08 to .3", {}, {"cut": 0.3}, Drift.CUT),
    ("other language 0 to .5", {}, {"second_language": 0.5}, Drift.LANGUAGE),
    ("URLs failing .01 to .3", {}, {"failed": 0.3}, Drift.FAILED),
    ("for review .04 to .3", {}, {"review": 0.3}, Drift.REVIEW),
    ("no story any more", {}, {"a_day": 0.0}, Drift.SILENT),
)
AFTER = (1, 2, 3, 7)  # days


def false_alarms(sites: Iterable[int]) -> tuple[int, int, Counter[str]]:
    """Looks at stable sites, looks with a finding, and what was found."""
    looks = alarmed = 0
    kinds: Counter[str] = Counter()
    for seed in sites:
        runs = history(draw_site(seed))
        for end in random.Random(seed).sample(range(1, len(runs)), min(LOOKS, len(runs) - 1)):
            found = find_drift("site", runs[: end + 1])
            looks += 1
            alarmed += bool(found)
            kinds.update({finding.what for finding in found})
    return looks, alarmed, kinds


def found_after(
    before: dict[str, float], after: dict[str, float], what: Drift, *, a_day: float, sites: int
) -> list[float]:
    """The share of sites at which a change is found so many days later."""
    hits: Counter[int] = Counter()
    for seed in range(sites):
        site = MadeSite(seed=seed, a_day=a_day, hours=(1.0, 3.0, 6.0, 24.0)[seed % 4], **before)
        runs = history(site, days=23, changed=lambda one: replace(one, **after), since_days=16)
        for days in AFTER:
            seen = [run for run in runs if run.at <= runs[0].at + (16 + days) * DAY]
            hits[days] += what in {finding.what for finding in find_drift("site", seen)}
    return [hits[days] / sites for days in AFTER]


def reading(console: Console, sites: int, runs: int) -> None:
    """What `lrahos report --sites` does, timed."""
    made = [history(replace(draw_site(seed), hours=24.0), days=8)[3] for seed in range(sites)]
    figures = {f"site{number:05d}": run.figures.to_json() for number, run in enumerate(made) if run.figures}
    fates = {f"site{number:05d}": dict(run.fates) for number, run in enumerate(made)}
    start = datetime(2026, 11, 1, tzinfo=UTC)
    with tempfile.TemporaryDirectory() as folder:
        bucket = open_bucket(f"file:{folder}")
        for number in range(runs):
            at = start + timedelta(hours=number * 720 / runs)
            run = new_run("ingest", at, str(number))
            report = {"run": run, "created": at.isoformat(), "sites": fates, "site_figures": figures}
            bucket.put(layout.report(run), json.dumps(report).encode())
        clock = time.perf_counter()
        found = read_history(bucket)
        read = time.perf_counter() - clock
        summaries(found)
        whole = time.perf_counter() - clock
    console.print(f"{runs} reports of {sites} sites: read in {read:.1f} s, compared in {whole - read:.1f} s")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--sites", type=int, default=100, help="stable sites; a fifth as many for each change"
    )
    sites = parser.parse_args().sites
    console = Console()
    looks, alarmed, kinds = false_alarms(range(sites))
    detail = ", ".join(f"{what} {count}" for what, count in kinds.most_common())
    console.print(
        f"{alarmed} false alarms in {looks} looks at stable sites, {100 * alarmed / looks:.2f} %: {detail}"
    )
    table = Table(title=f"% of changes found after {', '.join(map(str, AFTER))} days, by stories a day")
    table.add_column("change")
    for a_day in (5, 20, 100):
        table.add_column(str(a_day), justify="right")
    for name, before, after, what in CHANGES:
        cells = [
            found_after(before, after, what, a_day=a_day, sites=max(4, sites // 5)) for a_day in (5, 20, 100)
        ]
        table.add_row(name, *(" ".join(f"{100 * share:.0f}" for share in cell) for cell in cells))
    console.print(table)
    reading(console, sites=89, runs=720)
    reading(console, sites=3000, runs=120)


if __name__ == "__main__":
    main()
