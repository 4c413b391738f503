"""A batch of raw pages judged again: compared with what was made of them, stored where that differs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from datetime import date as Day  # noqa: N812  # a job has a field of that name
from functools import partial

from connectors.archives import Damage
from connectors.bucket import Bucket, BucketSpec
from connectors.raw_shards import RawShard, read_raw_shard, read_verdicts
from extractors.records import Article, Fate, FetchedPage, RawPlace, Rejection, Verdict
from flows.batch_work import (
    Candidate,
    Done,
    Harvest,
    Job,
    judge_obeying,
    store_batch,
    write_done,
    write_shards,
)
from flows.differences import Differences, PageDifference, compare
from flows.guard import FIRST_TRY, Guard, Judge, judge_guarded, judge_page
from flows.outcomes import ACCIDENTS, Outcome
from flows.plans import Batch
from flows.profiled_judging import with_profile
from flows.profiling import recurring_lines
from flows.rule_book import RuleBook


@dataclass(frozen=True, slots=True, kw_only=True)
class RejudgeJob:
    """All that a judging process needs to judge a batch of raw pages again."""

    bucket: BucketSpec
    run: str
    date: str  # the plan's day
    batch: Batch
    raw: tuple[RawShard, ...]
    sites: frozenset[str] = frozenset()  # whose pages are judged; all if empty
    since: Day | None = None  # nothing fetched before this day (UTC)
    rules: RuleBook
    publishes: bool  # store what differs, and the marker
    guard: Guard = FIRST_TRY


@dataclass(frozen=True, slots=True, kw_only=True)
class _Again:
    """A page that is judged again."""

    page: FetchedPage
    site: str
    place: RawPlace
    before: Verdict | None  # what was made of it last; None if that is lost
    obeys: bool  # we took it from its site ourselves


def do_job(job: Job | RejudgeJob) -> Done:
    """Judge and store a batch of whatever kind; what judging processes run."""
    return rejudge_batch(job) if isinstance(job, RejudgeJob) else store_batch(job)


def rejudge_batch(job: RejudgeJob, judge: Judge = judge_page) -> Done:
    """Judge the pages with today's code, rules and profiles; tell what differs, publish it if asked.

    Pages of which a reader would see no change are not stored again: their last verdict stands. So it does
    where judging fails; that is counted among the accidents.
    """
    started, clock = datetime.now(UTC), time.perf_counter()
    bucket, harvest, differences = job.bucket.open(), Harvest(), Differences()
    failed: list[str] = []
    for number, again in enumerate(_pages(bucket, job, harvest)):
        harvest.sums.page_bytes += len(again.page.body)
        knowing = with_profile(judge, recurring_lines(job.bucket, job.run, again.site))
        page_judge = partial(judge_guarded, knowing, guard=job.guard, number=number)
        verdict = judge_obeying(page_judge, again.page, job.rules.of(again.site), obeys=again.obeys)
        if isinstance(verdict, Article):
            verdict = harvest.marked(verdict, is_copy=False)
        elif verdict.reason in ACCIDENTS and again.before is not None:
            failed.append(f"{verdict.url}: {verdict.detail}")
            if not _is_accident(again.before):  # one that was is counted with the verdict that stands
                harvest.sums.accidents[verdict.reason] += 1
            verdict = again.before
        difference = _compare(again, verdict)
        differences.note(again.site, difference)
        _settle(again, verdict, difference, harvest)
    if failed:  # one line a batch: where all fail, a line a page would be all that a report consists of
        harvest.sums.warnings.append(f"pages not judged, they stay as they were: {len(failed)}. {failed[0]}")
    harvest.sums.add_outcomes(harvest.outcomes)
    stored = {verdict.url for verdict, _ in harvest.verdicts}
    done = Done(
        number=job.batch.number,
        # all are in the sums; of a bucket's millions of pages only those that are stored are told one by one
        outcomes=tuple(outcome for outcome in harvest.outcomes if outcome.url in stored),
        sums=harvest.sums,
        seconds=time.perf_counter() - clock,
        differences=differences,
    )
    if job.publishes:
        keys = write_shards(bucket, _as_job(job), harvest)
        # what leads from these verdicts to their pages, as with any batch
        write_done(bucket, job.run, done, {**keys, "raw": [shard.key for shard in job.raw]}, started)
    return done


def _pages(bucket: Bucket, job: RejudgeJob, harvest: Harvest) -> Iterator[_Again]:
    """The wanted pages of the batch's raw shards, each with its last verdict."""
    verdicts = read_verdicts(bucket, job.raw)
    for shard in job.raw:
        for found in read_raw_shard(bucket, shard):
            if isinstance(found, Damage):
                harvest.sums.warnings.append(f"{found.path}: {found.message}")
                continue
            before = verdicts.get((found.place.shard, found.place.offset))
            site = before.site if before else job.rules.site_of(found.page.final_url or found.page.url)
            if (job.sites and site not in job.sites) or _is_before(found.page, job.since):
                continue
            yield _Again(
                page=found.page,
                site=site,
                place=found.place,
                before=before,
                obeys=shard.run.startswith("ingest-"),
            )


def _compare(again: _Again, verdict: Verdict) -> PageDifference | None:
    """What differs once it is stored: Parquet has no lone surrogates, and a page may have them every time."""
    difference = compare(again.before, verdict, again.site)
    if difference is None or difference.what != "changed" or not isinstance(verdict, Article):
        return difference
    from connectors.shards import articles_to_parquet, read_articles  # noqa: PLC0415  # imports Arrow

    return compare(again.before, read_articles(articles_to_parquet([verdict]))[0], again.site)


def _settle(again: _Again, verdict: Verdict, difference: PageDifference | None, harvest: Harvest) -> None:
    """Give the page its fate, and keep the verdict if it is another than the last."""
    outcome = Outcome(url=again.page.url, site=again.site, fate=Fate.UNCHANGED)
    if isinstance(verdict, Rejection):
        outcome = replace(outcome, fate=Fate.REJECTED, detail=f"{verdict.reason}: {verdict.detail}")
        before = again.before
        is_new = not isinstance(before, Rejection) or before.reason is not verdict.reason
        harvest.sums.add_rejection(verdict)
    else:
        outcome = replace(outcome, id=verdict.id, content_hash=verdict.content_hash)
        is_new = difference is not None
    if difference is not None and isinstance(verdict, Article):
        outcome = replace(outcome, fate=Fate.STORED if difference.what == "gained" else Fate.UPDATED)
        harvest.sums.add_article(verdict)
    harvest.outcomes.append(outcome)
    if is_new:
        light = replace(again.page, body=b"")
        harvest.verdicts.append(
            (verdict, Candidate(page=light, site=again.site, record=b"", source=again.place))
        )


def _as_job(job: RejudgeJob) -> Job:
    """The same as a job that writes: its pages stay where they lie."""
    return Job(
        bucket=job.bucket, run=job.run, date=job.date, batch=job.batch, rules=job.rules, keeps_raw=False
    )


def _is_accident(verdict: Verdict) -> bool:
    return isinstance(verdict, Rejection) and verdict.reason in ACCIDENTS


def _is_before(page: FetchedPage, day: Day | None) -> bool:
    return day is not None and page.fetched_at.astimezone(UTC).date() < day
