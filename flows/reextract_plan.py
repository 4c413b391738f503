"""The plan of a re-extraction: which raw pages of the bucket are judged again, in which batches."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import extractors
from connectors import layout
from connectors.bucket import Bucket
from connectors.errors import BadInput, MissingKey
from connectors.markers import list_runs
from connectors.raw_shards import RawShard, list_raw_shards
from flows.plans import MANY, Batch, Plan, read_plan, same_run, write_plan
from flows.rule_book import RuleBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Reextraction:
    """What is to be judged again."""

    plan: Plan
    raw: dict[str, RawShard]  # by key
    notes: tuple[str, ...] = ()


def choose_raw(bucket: Bucket, sites: Sequence[str] = (), since: date | None = None) -> list[RawShard]:
    """The raw shards that may hold wanted pages. Raises ``BadInput`` if there are none."""
    found = list_raw_shards(bucket)
    chosen = [shard for shard in found if _may_hold(shard, sites, since)]
    if not chosen:
        wanted = (f" of {', '.join(sites)}" if sites else "") + (f" since {since}" if since else "")
        raise BadInput(
            f"no raw pages{wanted} in {bucket.url}: they are kept by `lrahos ingest` and `backfill`"
        )
    return chosen


def plan_reextraction(
    bucket: Bucket, book: RuleBook, chosen: Sequence[RawShard], *, pages: int, wanted: Sequence[str]
) -> Reextraction:
    """Batches of about ``pages`` pages; the run's name follows from the pages, the code and the rules.

    Asking for the same again finds what is done. Profiles change when a run ends, so that the names of
    the bucket's runs stand for them.
    """
    batches = tuple(
        Batch(number=number, name=layout.name_of_raw(group[0].key), raw=tuple(shard.key for shard in group))
        for number, group in enumerate(_groups(chosen, pages))
    )
    inputs = [
        _code_digest(),
        _rules_digest(book),
        *(run for run in list_runs(bucket) if not layout.is_reextraction(run)),
        *("\t".join(batch.raw) for batch in batches),
        *wanted,
    ]
    plan = Plan(
        run=same_run(layout.REEXTRACT, inputs),
        kind=layout.REEXTRACT,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        batches=batches,
    )
    return Reextraction(plan=plan, raw={shard.key: shard for shard in chosen})


def publish_plan(bucket: Bucket, order: Reextraction) -> Reextraction:
    """Write the plan, or take the one that was written before: its day names the shards.

    A run that ended with an alarm is no answer: its pages are judged again, in a run of another name.
    """
    while _has_failed(bucket, order.plan.run):
        order = replace(order, plan=replace(order.plan, run=same_run(layout.REEXTRACT, [order.plan.run])))
    if write_plan(bucket, order.plan):
        return order
    plan = read_plan(bucket, order.plan.run)
    if bucket.exists(layout.report(plan.run)):
        note = f"all of it was published before, on {plan.date}"
    else:
        note = f"goes on with a run of {plan.date} that did not end"
    return Reextraction(plan=plan, raw=order.raw, notes=(note,))


def _has_failed(bucket: Bucket, run: str) -> bool:
    try:
        return bool(json.loads(bucket.get(layout.report(run))).get("alarm"))
    except MissingKey:
        return False


def _may_hold(shard: RawShard, sites: Sequence[str], since: date | None) -> bool:
    """Whether pages of these sites, fetched since then, may be in the shard; reading it tells for sure."""
    if not shard.run.startswith("ingest-"):
        return True  # an archive's shards are named after the archive, and its pages are older than its run
    day = layout.day_of_raw(shard.key)
    if since is not None and date.fromisoformat(day) + timedelta(days=1) < since:  # a run may pass midnight
        return False
    return not sites or layout.name_of_raw(shard.key) in {MANY, *map(layout.safe_name, sites)}


def _groups(shards: Iterable[RawShard], pages: int) -> Iterable[list[RawShard]]:
    """Shards of one name together, up to so many pages: no small files."""
    open_groups: dict[str, list[RawShard]] = {}
    for shard in shards:
        group = open_groups.setdefault(layout.name_of_raw(shard.key), [])
        if group and sum(one.pages for one in group) + shard.pages > pages:
            yield group
            group = open_groups[layout.name_of_raw(shard.key)] = []
        group.append(shard)
    yield from open_groups.values()


def _rules_digest(book: RuleBook) -> str:
    values = [
        asdict(book.default),
        {site: asdict(rules) for site, rules in book.sites.items()},
        dict(book.hosts),
    ]
    return hashlib.sha256(json.dumps(values, default=sorted, sort_keys=True).encode()).hexdigest()


def _code_digest() -> str:
    """Of all that judging runs on: a version number is forgotten, and weights have none."""
    folder = Path(extractors.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        digest.update(f"{path.relative_to(folder).as_posix()}\n".encode() + path.read_bytes())
    return digest.hexdigest()
