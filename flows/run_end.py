"""The end of a run: its report, its manifest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from connectors import layout
from connectors.bucket import Bucket
from connectors.corpus import write_manifest
from connectors.errors import MissingKey
from flows.outcomes import Sums
from flows.plans import Plan
from flows.profiling import NOTHING, Learned, learn_profiles
from flows.run_batches import BatchesEnd

# Of the pages judged; and so many. Of 2,174 real pages judging fails on none, so that one in twenty is no page's doing
# but code that is broken or memory that is short. Fewer than five may all be deadly pages, in a small archive too.
ALARMING_SHARE = 1 / 20
ALARMING_PAGES = 5
_CURE = "Look at their details in rejected/ and at this machine's memory; `lrahos reextract --publish`"
_CURES = {
    "backfill": "Look at their details in rejected/ and at this machine's memory; the same backfill with --again",
    layout.REEXTRACT: "They stay as they were; look at the warnings and at this machine's memory; the same command",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """What came of a run; stored as runs/<run>/report.json."""

    run: str
    kind: str
    created: str  # ISO 8601 UTC
    seconds: float  # of this process's work; 0 if all was done before
    batches: int
    unfinished: tuple[str, ...]  # what could not be done, one sentence each
    sums: Sums
    alarm: str = (
        ""  # what to say where judging failed on more than odd pages, here or in a run finished by this one
    )
    notes: tuple[str, ...] = ()  # what a reader should know: sites skipped, earlier runs finished
    unread: tuple[str, ...] = ()  # sites of which nothing could be read; the notes say why
    learned: Mapping[str, int] = field(default_factory=dict)  # site: lines that turned out to recur

    @property
    def remarks(self) -> tuple[str, ...]:
        """The notes, and what was learned, in sentences."""
        lines, sites = sum(self.learned.values()), len(self.learned)
        what = "1 line recurs" if lines == 1 else f"{lines} lines recur"
        where = "its site" if sites == 1 else f"{sites} sites"
        learned = f"learned that {what} over {where}: later runs cut that, `lrahos reextract` cuts it here"
        return (*self.notes, learned) if lines else self.notes

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "run": self.run,
            "kind": self.kind,
            "created": self.created,
            "seconds": round(self.seconds, 1),
            "batches": self.batches,
            "unfinished": list(self.unfinished),
            "alarm": self.alarm,
            "notes": list(self.notes),
            "unread": list(self.unread),
            "learned": dict(self.learned),
            "pages": self.sums.pages,
            "articles": sum(self.sums.languages.values()),
            **self.sums.to_json(),
        }

    @classmethod
    def from_json(cls, found: dict[str, Any]) -> RunReport:
        """The report that ``to_json`` wrote."""
        return cls(
            run=found["run"],
            kind=found["kind"],
            created=found["created"],
            seconds=found["seconds"],
            batches=found["batches"],
            unfinished=tuple(found["unfinished"]),
            alarm=found.get("alarm", ""),
            notes=tuple(found.get("notes", ())),
            unread=tuple(found.get("unread", ())),
            learned=dict(found.get("learned", {})),
            sums=Sums.from_json(found),
        )


def alarm_of(kind: str, sums: Sums) -> str:
    """What to say of a run in which judging failed on more than odd pages; "" if it did not."""
    failed, judged = sums.accidents.total(), sums.judged
    if failed < ALARMING_PAGES or failed <= ALARMING_SHARE * judged:
        return ""
    counts = ", ".join(f"{count:,} {reason}" for reason, count in sums.accidents.most_common())
    return (
        f"judging failed on {failed:,} of {judged:,} pages ({counts}): too many to be the pages' fault. "
        f"{_CURES.get(kind, _CURE)} then judges them again"
    )


def add_up(
    plan: Plan,
    end: BatchesEnd,
    *,
    seconds: float,
    notes: Sequence[str] = (),
    alarms: Sequence[str] = (),
) -> RunReport:
    """The report of a run, stored nowhere; ``alarms`` are those of runs that this one has finished."""
    sums = end.sums
    for site, count in plan.listed.items():
        sums.figures_of(site).listed = count
    return RunReport(
        run=plan.run,
        kind=plan.kind,
        created=plan.created,
        seconds=seconds,
        batches=len(plan.batches),
        unfinished=tuple(end.unfinished),
        alarm="; ".join(filter(None, (alarm_of(plan.kind, sums), *alarms))),
        notes=tuple(notes),
        unread=plan.unread,
        sums=sums,
    )


def end_run(
    bucket: Bucket,
    plan: Plan,
    end: BatchesEnd,
    *,
    seconds: float,
    notes: Sequence[str] = (),
    alarms: Sequence[str] = (),
) -> RunReport:
    """Fold a run's markers into one object, store its report.

    A run with unfinished batches gets neither manifest nor stored report: the next run goes on with it.
    What the others stored is learned from first: a run that dies over that is finished, and learns, again.
    """
    report = add_up(plan, end, seconds=seconds, notes=notes, alarms=alarms)
    if end.unfinished:
        return report
    learned = _learn(bucket, plan)
    report = replace(report, notes=(*report.notes, *learned.notes), learned=learned.lines)
    write_manifest(bucket, plan.run)
    ended = {"ended": datetime.now(UTC).isoformat(timespec="seconds"), **report.to_json()}
    bucket.put(layout.report(plan.run), json.dumps(ended, ensure_ascii=False, indent=1).encode())
    return report


def _learn(bucket: Bucket, plan: Plan) -> Learned:
    """What the run taught, now or when it ended before; pages that are judged again have taught already."""
    if plan.kind == layout.REEXTRACT:
        return NOTHING
    try:
        return Learned(lines=read_report(bucket, plan.run).learned)
    except MissingKey:
        return learn_profiles(bucket, plan)


def read_report(bucket: Bucket, run: str) -> RunReport:
    """The stored report of a run. Raises ``MissingKey``."""
    return RunReport.from_json(json.loads(bucket.get(layout.report(run))))


def list_reports(bucket: Bucket) -> list[RunReport]:
    """The reports of all ended runs, newest first."""
    found = _reports(bucket, bucket.list_folders(layout.RUNS))
    return sorted(found, key=lambda report: report.created, reverse=True)


def newest_report(bucket: Bucket) -> RunReport | None:
    """The report of the run that was planned last; None if none has ended.

    Names of crawls hold their time, so that few of their reports are read; of other runs, all.
    """
    runs = [*bucket.list_folders(layout.RUNS)]
    crawls = sorted((run for run in runs if run.startswith("ingest-")), reverse=True)
    others = _reports(bucket, (run for run in runs if not run.startswith("ingest-")))
    found = [*others, *islice(_reports(bucket, crawls), 1)]
    return max(found, key=lambda report: report.created, default=None)


def _reports(bucket: Bucket, runs: Iterable[str]) -> Iterator[RunReport]:
    for run in runs:
        try:
            yield read_report(bucket, run)
        except MissingKey:  # it has not ended, or is gone
            continue
