"""A batch's work in a judging process: read, judge, store, mark as done.

The order of writes is what makes a death harmless: raw pages, then articles and rejections, then the
marker. Without the marker the batch is done again, over the same keys.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from functools import partial

from connectors import layout
from connectors.archives import Damage, is_story_candidate, read_split
from connectors.bucket import Bucket, BucketSpec
from connectors.robots import opt_outs
from connectors.warc import join_members, pack_page, read_record
from extractors.records import NOT_KEPT, Article, Fate, FetchedPage, RawPlace, Rejection, Rules, Verdict
from flows.differences import Differences
from flows.guard import FIRST_TRY, Guard, Judge, judge_guarded, judge_page
from flows.opt_outs import opted_out, with_requests
from flows.outcomes import Outcome, Sums
from flows.plans import Batch, Plan
from flows.profiled_judging import with_profile
from flows.profiling import recurring_lines
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
    since: str = ""  # ISO day, UTC: articles that were published before are not stored
    guard: Guard = FIRST_TRY


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a batch came to, for the run's screen, report and frontier."""

    number: int
    outcomes: tuple[Outcome, ...]
    sums: Sums
    seconds: float
    differences: Differences | None = None  # of a re-extraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A page that is to be judged, or was."""

    page: FetchedPage
    site: str
    record: bytes  # its gzip member in a WARC file; b"" if it has none yet
    source: RawPlace  # where the page lies already
    known_hash: str = ""


@dataclass(slots=True)
class Harvest:
    """What a batch's pages came to, until it is stored."""

    verdicts: list[tuple[Verdict, Candidate]] = field(default_factory=list)  # those that are stored
    outcomes: list[Outcome] = field(default_factory=list)
    sums: Sums = field(default_factory=Sums)
    stories: dict[str, Article] = field(default_factory=dict)  # by id
    texts: dict[str, str] = field(default_factory=dict)  # content hash: id of the first story with it

    def marked(self, article: Article, *, is_copy: bool) -> Article:
        """The article, naming the story of this batch whose text it repeats."""
        first = self.texts.setdefault(article.content_hash, article.id)
        return replace(article, duplicate_of=first if is_copy or first != article.id else "")


def store_batch(job: Job, judge: Judge = judge_page) -> Done:
    """Judge a batch's pages and store what came of them.

    Raises ``BucketError`` when the bucket cannot be written; nothing then says that the batch is done.
    """
    started, clock = datetime.now(UTC), time.perf_counter()
    harvest = Harvest(outcomes=list(job.outcomes))
    for number, candidate in enumerate(_candidates(job, harvest.sums)):
        if isinstance(candidate, Outcome):
            harvest.outcomes.append(candidate)
            continue
        harvest.sums.page_bytes += len(candidate.page.body)
        rules = job.rules.of(candidate.site)
        knowing = with_profile(judge, recurring_lines(job.bucket, job.run, candidate.site))
        page_judge = partial(judge_guarded, knowing, guard=job.guard, number=number)
        verdict = judge_obeying(page_judge, candidate.page, rules, obeys=bool(job.pages))
        if isinstance(verdict, Article) and "" < verdict.published[:10] < job.since:
            harvest.outcomes.append(_too_old(candidate, verdict, job.since))
            continue
        # the body is in the record: a batch's bodies together are what memory would be full of
        record = candidate.record or pack_page(candidate.page)
        _settle(replace(candidate, record=record), verdict, harvest, is_archive=job.batch.split is not None)
    harvest.sums.add_outcomes(harvest.outcomes)
    bucket = job.bucket.open()
    keys = write_shards(bucket, job, harvest)
    done = Done(
        number=job.batch.number,
        outcomes=tuple(harvest.outcomes),
        sums=harvest.sums,
        seconds=time.perf_counter() - clock,
    )
    write_done(bucket, job.run, done, keys, started)
    return done


def judge_obeying(judge: Judge, page: FetchedPage, rules: Rules, *, obeys: bool) -> Verdict:
    """The page's verdict, unless it asks not to be taken.

    An archive's pages were taken by somebody else: what they ask for is recorded, like all the rest.
    """
    asked = opt_outs(page)
    refused = asked & rules.refused_directives if obeys else frozenset()
    if refused:
        return opted_out(page, rules, refused)
    return with_requests(judge(page, rules), asked)


def write_done(
    bucket: Bucket, run: str, done: Done, keys: Mapping[str, Sequence[str]], started: datetime
) -> None:
    """Write the batch's marker: it is done now."""
    marker = {
        "batch": done.number,
        **keys,
        "started": started.isoformat(),
        "seconds": round(done.seconds, 3),
        **done.sums.to_json(),
        "outcomes": [asdict(outcome) for outcome in done.outcomes],
        **({"differences": done.differences.to_json()} if done.differences else {}),
    }
    bucket.put(layout.marker(run, done.number), json.dumps(marker, ensure_ascii=False).encode())


def read_done(bucket: Bucket, plan: Plan, number: int) -> Done:
    """What an earlier process wrote of a batch. Raises ``MissingKey``."""
    found = json.loads(bucket.get(layout.marker(plan.run, number)))
    outcomes = tuple(Outcome(**{**row, "fate": Fate(row["fate"])}) for row in found["outcomes"])
    return Done(
        number=number,
        outcomes=outcomes,
        sums=Sums.from_json(found),
        seconds=found["seconds"],
        differences=Differences.from_json(found["differences"]) if "differences" in found else None,
    )


def _candidates(job: Job, sums: Sums) -> Iterator[Candidate | Outcome]:
    """Pages to judge, and outcomes of those that are none."""
    for packed in job.pages:
        yield Candidate(
            page=read_record(packed.record),
            site=packed.site,
            record=packed.record,
            source=NOT_KEPT,
            known_hash=packed.known_hash,
        )
    if job.batch.split is None:
        return
    for found in read_split(job.batch.split, job.bucket.options):
        if isinstance(found, Damage):
            sums.warnings.append(str(found))
            continue
        site = job.rules.site_of(found.page.final_url or found.page.url)
        if is_story_candidate(found.page):
            yield Candidate(page=found.page, site=site, record=found.member, source=found.place)
        else:
            yield Outcome(url=found.page.url, site=site, fate=Fate.NOT_TEXT)


def _settle(candidate: Candidate, verdict: Verdict, harvest: Harvest, *, is_archive: bool) -> None:
    """Give the page its one fate, and keep of the verdict what is to be stored.

    A crawl stores a story once, whatever URLs led to it. An archive's other URLs of a story are kept
    and marked: whoever looks one up there finds it here.
    """
    page = candidate.page
    light = replace(candidate, page=replace(page, body=b""))
    outcome = Outcome(
        url=page.url,
        site=candidate.site,
        fate=Fate.STORED,
        etag=page.header("etag"),
        last_modified=page.header("last-modified"),
    )
    if isinstance(verdict, Rejection):
        detail = f"{verdict.reason}: {verdict.detail}"
        harvest.outcomes.append(replace(outcome, fate=Fate.REJECTED, detail=detail))
        harvest.verdicts.append((verdict, light))
        harvest.sums.add_rejection(verdict)
        return
    outcome = replace(outcome, id=verdict.id, content_hash=verdict.content_hash, published=verdict.published)
    twin = harvest.stories.get(verdict.id)
    is_copy = twin is not None and twin.content_hash == verdict.content_hash
    # a site's memory keeps the first digits only
    if candidate.known_hash and verdict.content_hash.startswith(candidate.known_hash):
        outcome = replace(outcome, fate=Fate.UNCHANGED, detail="same text as stored")
    elif is_copy and twin is not None and (twin.url == verdict.url or not is_archive):
        outcome = replace(outcome, fate=Fate.DUPLICATE, detail=f"same story and text as {twin.url}")
    else:
        if candidate.known_hash:
            outcome = replace(outcome, fate=Fate.UPDATED)
        harvest.stories.setdefault(verdict.id, verdict)
        harvest.verdicts.append((harvest.marked(verdict, is_copy=is_copy), light))
        harvest.sums.add_article(verdict)
    harvest.outcomes.append(outcome)


def _too_old(candidate: Candidate, article: Article, since: str) -> Outcome:
    """The end of an article from before the day that the run asked for; its date is what a site remembers."""
    return Outcome(
        url=candidate.page.url,
        site=candidate.site,
        fate=Fate.OUT_OF_SCOPE,
        detail=f"published {article.published[:10]}, before {since}",
        id=article.id,
        published=article.published,
    )


def write_shards(bucket: Bucket, job: Job, harvest: Harvest) -> dict[str, list[str]]:
    """Store raw pages, then verdicts; the keys written."""
    from connectors.shards import articles_to_parquet, rejections_to_parquet  # noqa: PLC0415  # imports Arrow

    name, number = job.batch.name, job.batch.number
    keys: dict[str, list[str]] = {"shards": [], "rejected": [], "raw": []}
    verdicts = [replace(verdict, raw=candidate.source) for verdict, candidate in harvest.verdicts]
    if job.keeps_raw and verdicts:
        shard, offsets = join_members([candidate.record for _, candidate in harvest.verdicts])
        key = layout.raw_shard(site=name, date=job.date, run=job.run, batch=number)
        bucket.put(key, shard)
        keys["raw"].append(key)
        verdicts = [
            replace(verdict, raw=RawPlace(shard=key, offset=offset))
            for verdict, offset in zip(verdicts, offsets, strict=True)
        ]
    by_language: dict[str, list[Article]] = {}
    for verdict in verdicts:
        if isinstance(verdict, Article):
            by_language.setdefault(verdict.language, []).append(verdict)
    for language, articles in sorted(by_language.items()):
        key = layout.articles_shard(language=language, date=job.date, name=name, run=job.run, batch=number)
        bucket.put(key, articles_to_parquet(articles))
        keys["shards"].append(key)
    rejections = [verdict for verdict in verdicts if isinstance(verdict, Rejection)]
    if rejections:
        key = layout.rejected_shard(date=job.date, name=name, run=job.run, batch=number)
        bucket.put(key, rejections_to_parquet(rejections))
        keys["rejected"].append(key)
    return keys
