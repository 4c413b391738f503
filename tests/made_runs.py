"""Runs without Prefect and without processes: what tests of a run's steps share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from config.settings import Settings
from connectors.bucket import BucketSpec
from connectors.warc import pack_page
from extractors.records import FetchedPage, Rules
from flows.batch_work import Done, Job, PackedPage, store_batch
from flows.plans import Batch
from flows.rule_book import RuleBook
from flows.run_context import RunContext

RUN = "ingest-20261124T080500-abc123"
BOOK = RuleBook(default=Rules())


class SilentWatcher:
    """Hears everything, keeps the phases."""

    def __init__(self) -> None:
        self.phases: list[str] = []

    def phase(self, text: str) -> None:
        self.phases.append(text)

    def total(self, batches: int, pages: int | None) -> None:
        pass

    def crawling(self, web: object) -> None:
        pass

    def fetched(self, pages: int, size: int) -> None:
        pass

    def done(self, batch: Done) -> None:
        pass


class HerePool:
    """Judges in this process."""

    async def store(self, job: Job) -> Done:
        return store_batch(job)


def context_in(folder: Path, **settings: object) -> RunContext:
    """What a run works with, with a bucket in this folder."""
    url = f"file:{folder / 'bucket'}"
    known = Settings(bucket=url, allow_private_hosts=True, delay_seconds=0, **settings)
    return RunContext(
        settings=known,
        bucket=BucketSpec(url=url).open(),
        rules=BOOK,
        pool=HerePool(),
        watcher=SilentWatcher(),
    )


def job_of(
    bucket: str, pages: Sequence[FetchedPage], *, number: int = 0, site: str = "valley", known_hash: str = ""
) -> Job:
    """A crawl's batch of these pages."""
    packed = (PackedPage(site=site, record=pack_page(page), known_hash=known_hash) for page in pages)
    return Job(
        bucket=BucketSpec(url=bucket),
        run=RUN,
        date="2026-11-24",
        batch=Batch(number=number, name=site),
        pages=tuple(packed),
        rules=BOOK,
    )
