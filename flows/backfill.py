"""Articles from archives: WARC, WET, HTML files, text dumps, JSON lines; local or in S3."""

from __future__ import annotations

import time
from typing import Any

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE

from config.settings import Settings
from flows.archive_plan import plan_archives
from flows.artifacts import publish_report
from flows.batch_work import Done, Job
from flows.parameters import BackfillParameters
from flows.plans import Batch, Plan
from flows.rules_of_sites import load_rule_book
from flows.run_batches import run_batches
from flows.run_context import RunContext, run_context
from flows.run_end import end_run


@task(name="store-archive-batch", task_run_name="batch-{batch.number}", cache_policy=NO_CACHE)
async def store_archive_batch(context: RunContext, plan: Plan, batch: Batch, keep_raw: bool) -> Done:
    """Judge one piece of an archive and store what came of it."""
    return await context.pool.store(
        Job(
            bucket=context.spec,
            run=plan.run,
            date=plan.date,
            batch=batch,
            rules=context.rules,
            keeps_raw=keep_raw,
        )
    )


@flow(name="backfill", log_prints=False)
async def backfill(parameters: BackfillParameters) -> dict[str, Any]:
    """Judge all pages of the archives and store articles and rejections; returns the run's report.

    The same files again are the same run: batches that are done stay as they are, and a run that
    died is finished. A new version of the extractors makes it a new run.
    """
    started = time.monotonic()
    settings = Settings()
    with run_context(settings, load_rule_book(settings), get_run_logger()) as context:
        context.watcher.phase("Planning")
        plan, notes = plan_archives(context, parameters)

        async def do_batch(batch: Batch) -> Done:
            return await store_archive_batch(context, plan, batch, parameters.keep_raw)

        context.watcher.phase("Judging")
        end = await run_batches(context, plan, do_batch, in_flight=settings.jobs + 2)
        seconds = time.monotonic() - started
        report = end_run(
            context.bucket, plan, end.done, seconds=seconds, unfinished=end.unfinished, notes=notes
        )
    await publish_report(report)
    return report.to_json()
