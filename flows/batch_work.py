"""A batch's work in a judging process: read, judge, store, mark as done.

The order of writes is what makes a death harmless: raw pages, then articles and rejections, then the
marker. Without the marker the batch is done again, over the same keys.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from connectors.shards import articles_to_parquet, rejections_to_parquet

from connectors import layout
from connectors.archives import is_story_candidate, read_split
from connectors.bucket import Bucket, BucketSpec
from connectors.warc import read_record
from extractors.records import Article, Fate, FetchedPage, RawPlace, Rejection, Verdict
from flows.guard import judge_guarded
from flows.outcomes import Outcome, Sums
from flows.plans import Batch, Plan
from flows.rule_book import RuleBook


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedPage:
    """A fetched page as one gzip member of a WARC file: small to hold, ready to store."""

    site: str
    record: bytes  # one compressed WARC response record
    known_hash: str = ""  # content hash of the article stored for this URL last


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """All that a judging process needs for one batch."""

    bucket: BucketSpec
    run: str
    date: str  # the plan's day
    batch: Batch  # without its targets where pages are given
    pages: tuple[PackedPage, ...] = ()
    outcomes: tuple[Outcome, ...] = ()  # of URLs that brought no page
    rules: RuleBook
    keeps_raw: bool = True
    journal: str = ""  # a file that always holds the number of the page being judged
    poison: frozenset[int] = frozenset()  # pages that killed a process: rejected unread


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a batch came to, for the run's screen, report and frontier."""

    number: int
    outcomes: tuple[Outcome, ...]
    sums: Sums
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    page: FetchedPage
    site: str
    record: bytes
    source: RawPlace  # where the page lies already
    known_hash: str = ""


def store_batch(job: Job) -> Done:
    """Judge a batch's pages and store what came of them.

    Raises ``BucketError`` when the bucket cannot be written; nothing then says that the batch is done.
    """
    started, clock = datetime.now(UTC), time.perf_counter()
    sums, outcomes = Sums(), list(job.outcomes)
    articles: list[Article] = []
    rejections: list[Rejection] = []
    raw = _RawShard(job)
    seen: dict[str, Article] = {}  # by story id
    texts: dict[str, str] = {}  # content hash: id of the first story with it
    for number, candidate in enumerate(_candidates(job, sums)):
        if isinstance(candidate, Outcome):
            outcomes.append(candidate)
            continue
        sums.page_bytes += len(candidate.page.body)
        verdict = judge_guarded(candidate.page, job.rules.of(candidate.site), job, number)
        verdict = replace(verdict, raw=raw.add(candidate))
        outcome, kept = _settle(candidate, verdict, seen, texts)
        outcomes.append(outcome)
        if isinstance(kept, Article):
            articles.append(kept)
            sums.add_article(kept)
        elif isinstance(kept, Rejection):
            rejections.append(kept)
            sums.add_rejection(kept)
    sums.add_outcomes(outcomes)
    bucket = job.bucket.open()
    keys = _write(bucket, job, raw, articles, rejections)
    seconds = time.perf_counter() - clock
    marker = {
        "batch": job.batch.number,
        **keys,
        "started": started.isoformat(),
        "seconds": round(seconds, 3),
        **sums.to_json(),
        "outcomes": [asdict(outcome) for outcome in outcomes],
    }
    bucket.put(layout.marker(job.run, job.batch.number), json.dumps(marker, ensure_ascii=False).encode())
    return Done(number=job.batch.number, outcomes=tuple(outcomes), sums=sums, seconds=seconds)


def read_done(bucket: Bucket, plan: Plan, number: int) -> Done:
    """What an earlier process wrote of a batch. Raises ``MissingKey``."""
    found = json.loads(bucket.get(layout.marker(plan.run, number)))
    outcomes = tuple(Outcome(**{**row, "fate": Fate(row["fate"])}) for row in found["outcomes"])
    return Done(number=number, outcomes=outcomes, sums=Sums.from_json(found), seconds=found["seconds"])


def _candidates(job: Job, sums: Sums) -> Iterator[_Candidate | Outcome]:
    """Pages to judge, and outcomes of those that are none."""
    nowhere = RawPlace(shard="", offset=0)
    for packed in job.pages:
        yield _Candidate(
            page=read_record(packed.record, 0),
            site=packed.site,
            record=packed.record,
            source=nowhere,
            known_hash=packed.known_hash,
        )
    if job.batch.split is None:
        return
    result = read_split(job.batch.split, job.bucket.options)
    for found in result:
        site = job.rules.site_of(found.page.final_url or found.page.url)
        if is_story_candidate(found.page):
            source = RawPlace(shard=job.batch.split.path, offset=found.offset)
            yield _Candidate(page=found.page, site=site, record=found.member, source=source)
        else:
            yield Outcome(url=found.page.url, site=site, fate=Fate.NOT_TEXT)
    sums.warnings.extend(result.warnings)


def _settle(
    candidate: _Candidate, verdict: Verdict, seen: dict[str, Article], texts: dict[str, str]
) -> tuple[Outcome, Verdict | None]:
    """The page's one fate, and what of the verdict is stored."""
    page = candidate.page
    outcome = Outcome(
        url=page.url,
        site=candidate.site,
        fate=Fate.STORED,
        etag=page.header("etag"),
        last_modified=page.header("last-modified"),
    )
    if isinstance(verdict, Rejection):
        return replace(outcome, fate=Fate.REJECTED, detail=f"{verdict.reason}: {verdict.detail}"), verdict
    outcome = replace(
        outcome,
        id=verdict.id,
        content_hash=verdict.content_hash,
        published=verdict.published,
        site=verdict.site,
    )
    if verdict.content_hash == candidate.known_hash:
        return replace(outcome, fate=Fate.UNCHANGED, detail="same text as stored"), None
    twin = seen.get(verdict.id)
    if twin is not None and twin.content_hash == verdict.content_hash:
        return replace(outcome, fate=Fate.DUPLICATE, detail=f"same story and text as {twin.url}"), None
    seen.setdefault(verdict.id, verdict)
    first = texts.setdefault(verdict.content_hash, verdict.id)
    if first != verdict.id:
        verdict = replace(verdict, duplicate_of=first)
    if candidate.known_hash:
        outcome = replace(outcome, fate=Fate.UPDATED)
    return outcome, verdict


class _RawShard:
    """The batch's pages as fetched, as they will lie in the bucket."""

    def __init__(self, job: Job) -> None:
        self.key = layout.raw_shard(site=job.batch.name, date=job.date, run=job.run, batch=job.batch.number)
        self.keeps = job.keeps_raw
        self.records: list[bytes] = []
        self._size = 0

    def add(self, candidate: _Candidate) -> RawPlace:
        """Keep the page's record; where it will lie."""
        if not self.keeps or not candidate.record:
            return candidate.source
        place = RawPlace(shard=self.key, offset=self._size)
        self.records.append(candidate.record)
        self._size += len(candidate.record)
        return place


def _write(
    bucket: Bucket, job: Job, raw: _RawShard, articles: Sequence[Article], rejections: Sequence[Rejection]
) -> dict[str, list[str]]:
    """Store raw pages, then verdicts; the keys written."""
    where = {"date": job.date, "name": job.batch.name, "run": job.run, "batch": job.batch.number}
    keys: dict[str, list[str]] = {"shards": [], "rejected": [], "raw": []}
    if raw.records:
        bucket.put(raw.key, b"".join(raw.records))
        keys["raw"].append(raw.key)
    for language, own in sorted(_by_language(articles).items()):
        key = layout.articles_shard(language=language, **where)  # type: ignore[arg-type]
        bucket.put(key, articles_to_parquet(own))
        keys["shards"].append(key)
    if rejections:
        key = layout.rejected_shard(**where)  # type: ignore[arg-type]
        bucket.put(key, rejections_to_parquet(rejections))
        keys["rejected"].append(key)
    return keys


def _by_language(articles: Iterable[Article]) -> dict[str, list[Article]]:
    found: dict[str, list[Article]] = {}
    for article in articles:
        found.setdefault(article.language, []).append(article)
    return found


def journal_page(path: str) -> int | None:
    """The number of the page that a dead process was judging; None if it had not begun."""
    try:
        return int(Path(path).read_text(encoding="ascii") or -1)
    except (OSError, ValueError):
        return None
