"""Raw pages of the bucket judged again with today's code, rules and profiles: look first, publish after."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE

from config.settings import Settings
from flows.artifacts import publish_report
from flows.parameters import Since, Sites
from flows.plans import Batch
from flows.reextract_plan import choose_raw, plan_reextraction, publish_plan
from flows.rejudging import RejudgeJob
from flows.rules_of_sites import load_rule_book
from flows.run_batches import Learn, run_batches
from flows.run_context import RunContext, run_context
from flows.run_end import add_up, end_run


@task(name="judge-batch-again", task_run_name="batch-{number}", cache_policy=NO_CACHE)
async def judge_batch_again(
    context: RunContext, number: int, job: Callable[[int], RejudgeJob], take: Learn
) -> None:
    """Judge some raw pages again, store what differs if that is asked, tell ``take``."""
    take(await context.pool.store(job(number)))


@flow(name="reextract", log_prints=False)
async def reextract(
    sites: Sites = [],  # noqa: B006  # Prefect hands each run its own
    since: Since = None,
    publish: bool = False,
) -> dict[str, Any]:
    """Judge raw pages again and tell what differs; returns the report, with ``differences``.

    Published, the new verdicts are a run of their own: readers get them in place of the old ones.

    Args:
        sites: names of sites; all if none.
        since: nothing fetched before this day (UTC).
        publish: store what differs; else nothing is written.
    """
    started = time.monotonic()
    settings = Settings()
    book = load_rule_book(settings)
    with run_context(settings, book, get_run_logger()) as context:
        context.watcher.phase("Planning")
        order = plan_reextraction(
            context.bucket,
            book,
            choose_raw(context.bucket, sites, since),
            pages=settings.batch_pages,
            # who only looks must not find what was published
            wanted=[*sorted(sites), str(since), "publish" if publish else "look"],
        )
        if publish:
            order = publish_plan(context.bucket, order)
        plan = order.plan

        def job(number: int) -> RejudgeJob:
            return RejudgeJob(
                bucket=context.spec,
                run=plan.run,
                date=plan.date,
                batch=plan.batches[number],
                raw=tuple(order.raw[key] for key in plan.batches[number].raw),
                sites=frozenset(sites),
                since=since,
                rules=context.rules,
                publishes=publish,
            )

        async def do_batch(batch: Batch, take: Learn) -> None:
            await judge_batch_again(context, batch.number, job, take)

        context.watcher.phase("Judging again")
        end = await run_batches(context, plan, do_batch, in_flight=settings.jobs + 2)
        finish = partial(end_run, context.bucket) if publish else add_up
        seconds = time.monotonic() - started
        report = finish(plan, end, seconds=seconds, notes=order.notes)
    await publish_report(report)
    return {**report.to_json(), "published": publish, "differences": end.differences.to_json()}
