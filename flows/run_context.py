"""What a run works with: settings, the bucket, rules, judging processes."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from config.debris_phrases import load_phrases
from config.settings import Settings
from connectors.bucket import Bucket, BucketSpec, S3Options
from extractors.records import Rules
from flows.judging_pool import JudgingPool
from flows.progress import LogWatcher, Watcher, watching
from flows.rule_book import RuleBook


@dataclass(eq=False)  # not frozen, no values: Prefect must not look into it as it does into plain data
class RunContext:
    """Everything that a run's batches share; made at the top of a flow, passed down."""

    settings: Settings
    spec: BucketSpec
    bucket: Bucket
    rules: RuleBook
    pool: JudgingPool
    watcher: Watcher


def bucket_spec(settings: Settings) -> BucketSpec:
    """The bucket that the settings name."""
    return BucketSpec(
        url=settings.bucket,
        options=S3Options(
            endpoint=settings.s3_endpoint,
            region=settings.s3_region,
            addressing=settings.s3_addressing,
            checksums=settings.s3_checksums,
        ),
    )


def default_rules(settings: Settings) -> Rules:
    """Rules for a page of a site that nothing is known of."""
    return Rules(phrases=load_phrases(), always_langdetect=settings.always_langdetect)


@contextmanager
def run_context(
    settings: Settings,
    rules: RuleBook,
    logger: logging.Logger | logging.LoggerAdapter[logging.Logger],
) -> Iterator[RunContext]:
    """Open the bucket, prove that it can be written, start the judging processes.

    Raises:
        BucketRefused: before anything else is done, with what to change.
        BadInput: for a bucket address that is none.
    """
    spec = bucket_spec(settings)
    bucket = spec.open()
    bucket.check()
    with take_pool(settings.jobs) as pool:
        yield RunContext(
            settings=settings,
            spec=spec,
            bucket=bucket,
            rules=rules,
            pool=pool,
            watcher=watching.get() or LogWatcher(logger),
        )


_ready: list[JudgingPool] = []


def prestart_pool(jobs: int) -> None:
    """Start judging processes while Prefect still loads; the next run takes them over."""
    pool = JudgingPool(jobs)
    pool.warm_up()
    _ready.append(pool)


def take_pool(jobs: int) -> JudgingPool:
    """The processes started before, or new ones."""
    return _ready.pop() if _ready else JudgingPool(jobs)


def drop_pools() -> None:
    """End processes that no run has taken over."""
    while _ready:
        _ready.pop().__exit__(None, None, None)

