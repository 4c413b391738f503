"""What a run works with: settings, the bucket, rules, judging processes."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from config.settings import Settings
from connectors.bucket import Bucket, BucketSpec, S3Options
from flows.judging_pool import JudgingPool
from flows.progress import LogWatcher, Watcher, watching
from flows.rule_book import RuleBook


class RunContext:
    """Everything that a run's batches share; made at the top of a flow, passed down.

    No dataclass: Prefect walks through those, field by field, for every task that is handed one.
    """

    def __init__(
        self, *, settings: Settings, bucket: Bucket, rules: RuleBook, pool: JudgingPool, watcher: Watcher
    ) -> None:
        self.settings = settings
        self.spec = bucket_spec(settings)
        self.bucket = bucket
        self.rules = rules
        self.pool = pool
        self.watcher = watcher


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
    bucket = bucket_spec(settings).open()
    bucket.check()
    with take_pool(settings.jobs) as pool:
        yield RunContext(
            settings=settings,
            bucket=bucket,
            rules=rules,
            pool=pool,
            watcher=watching.get() or LogWatcher(logger),
        )


_ready: list[JudgingPool] = []


def prestart_pool(jobs: int, processes: int) -> None:
    """Start so many of a pool's judging processes while Prefect still loads; the next run takes them over."""
    pool = JudgingPool(jobs)
    pool.warm_up(processes)
    _ready.append(pool)


def take_pool(jobs: int) -> JudgingPool:
    """The processes started before, or new ones."""
    return _ready.pop() if _ready else JudgingPool(jobs)


def drop_pools() -> None:
    """End processes that no run has taken over."""
    while _ready:
        _ready.pop().__exit__(None, None, None)
