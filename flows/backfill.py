"""Articles from archives: WARC, WET, HTML files, text dumps, JSON lines; local or in S3."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE

from config.settings import Settings
from flows.archive_plan import plan_archives
from flows.artifacts import publish_report
from flows.batch_work import Job
from flows.parameters import Files
from flows.plans import Batch
from flows.rules_of_sites import load_rule_book
from flows.run_batches import Learn, run_batches
from flows.run_context import RunContext, run_context
from flows.run_end import end_run


@task(name="store-archive-batch", task_run_name="batch-{number}", cache_policy=NO_CACHE)
async def store_archive_batch(
    context: RunContext, number: int, job: Callable[[int], Job], take: Learn
) -> None:
    """Judge one piece of an archive, store what came of it, tell ``take``."""
    take(await context.pool.store(job(number)))


@flow(name="backfill", log_prints=False)
async def backfill(files: Files, keep_raw: bool = True, again: bool = False) -> dict[str, Any]:
    """Judge all pages of the archives and store articles and rejections; returns the run's report.

    The same files again are the same run: batches that are done stay as they are, and a run that
    died is finished. A new version of the extractors makes it a new run.

    Args:
        files: archives, folders, globs, s3:// addresses.
        keep_raw: copy the pages as fetched into the bucket.
        again: judge again what this very backfill has done before.
    """
    started = time.monotonic()
    settings = Settings()
    with run_context(settings, load_rule_book(settings), get_run_logger()) as context:
        context.watcher.phase("Planning")
        plan, notes = plan_archives(context, files, again=again)

        def job(number: int) -> Job:
            return Job(
                bucket=context.spec,
                run=plan.run,
                date=plan.date,
                batch=plan.batches[number],
                rules=context.rules,
                keeps_raw=keep_raw,
            )

        async def do_batch(batch: Batch, take: Learn) -> None:
            await store_archive_batch(context, batch.number, job, take)

        context.watcher.phase("Judging")
        end = await run_batches(context, plan, do_batch, in_flight=settings.jobs + 2)
        seconds = time.monotonic() - started
        report = end_run(context.bucket, plan, end, seconds=seconds, notes=notes)
    await publish_report(report)
    return report.to_json()
