"""The plan of a backfill: which pieces of which archives are a batch each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import PurePath
from urllib.parse import urlsplit

from connectors import layout
from connectors.archives import Split, plan_splits
from connectors.bucket import Bucket
from connectors.errors import BadInput
from connectors.markers import read_markers
from extractors.records import EXTRACTOR_VERSION
from flows.plans import LEAST_PAGES, Batch, Plan, read_plan, same_run, write_plan
from flows.run_context import RunContext

FEW_SPLITS = 64  # of 100 pages: some minutes' work for two processes


def plan_archives(context: RunContext, files: Sequence[str], *, again: bool) -> tuple[Plan, tuple[str, ...]]:
    """The plan over these files, the stored one if there is one, and notes on what that means.

    Raises ``BadInput`` for a file that is not there or cannot be read.
    """
    settings = context.settings
    splits = _splits(context, files, settings.batch_pages)
    if len(splits) < FEW_SPLITS:  # smaller pieces, so that no process waits long for the last one
        splits = _splits(context, files, min(settings.batch_pages, LEAST_PAGES))
    if not splits:
        raise BadInput(f"no pages to read in {', '.join(files)}")
    inputs = [json.dumps(asdict(split), sort_keys=True) for split in splits]
    run = same_run("backfill", [*inputs, EXTRACTOR_VERSION])
    plan = Plan(
        run=run,
        kind="backfill",
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        batches=tuple(
            Batch(number=number, name=_name_of(split), split=split) for number, split in enumerate(splits)
        ),
    )
    if write_plan(context.bucket, plan):
        return plan, ()
    plan = read_plan(context.bucket, run)  # its day names the shards
    if again:
        _forget(context.bucket, run)
        return plan, ("judged again what was done before",)
    if context.bucket.exists(layout.report(run)):
        return plan, (f"all of it was done before, on {plan.date}; --again judges it again",)
    return plan, (f"goes on with a run of {plan.date} that did not end",)


def _splits(context: RunContext, files: Sequence[str], pages: int) -> list[Split]:
    return [split for name in files for split in plan_splits(name, pages, context.spec.options)]


def _forget(bucket: Bucket, run: str) -> None:
    """Undo a run, but for its plan: marker first, then what it led to.

    Today's code may say another language of a page: its old shard would not be overwritten, and who
    reads `articles/` as a table would see both.
    """
    bucket.delete(layout.report(run))
    markers = read_markers(bucket, run)
    bucket.delete(layout.manifest(run))
    for marker in markers:
        bucket.delete(layout.marker(run, marker.batch))
        for key in (*marker.shards, *marker.rejected):
            bucket.delete(key)


def _name_of(split: Split) -> str:
    """A short name for an archive's shards: the file's, without its endings."""
    name = PurePath(urlsplit(split.path).path).name.split(".")[0]
    return name or "archive"
