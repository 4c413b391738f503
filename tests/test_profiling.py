"""Profiles over runs: learned from what a run stored, used by the next one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from made_pages import fetched, story
from made_runs import BOOK, RUN, job_of

from connectors import layout
from connectors.bucket import Bucket, BucketSpec
from connectors.bucket_directory import DirectoryBucket
from connectors.profiles import Profile
from connectors.shards import read_articles
from extractors.records import Article, CutReason, FetchedPage
from flows.batch_work import store_batch
from flows.plans import Batch, Plan
from flows.profiled_judging import with_profile
from flows.profiling import learn_profiles

PROMO = "Our newsroom is paid for by its readers; if you value this, become a member today."
PLAN = Plan(
    run=RUN, kind="ingest", created="2026-11-24T08:05:00+00:00", batches=(Batch(number=0, name="valley"),)
)


def page(number: int) -> FetchedPage:
    """A story that ends with a line of the site's own."""
    made = story(number)
    last = f"{made.paragraphs[-1]}</p>"
    return fetched(made, body=made.html.replace(last, f"{last}<p>{PROMO}</p>").encode())


@pytest.fixture
def spec(tmp_path: Path) -> BucketSpec:
    return BucketSpec(url=f"file:{tmp_path / 'bucket'}")


@pytest.fixture
def bucket(spec: BucketSpec) -> Bucket:
    """A bucket with one batch of six stories."""
    store_batch(job_of(spec.url, [page(number) for number in range(6)]))
    return spec.open()


def stored_articles(bucket: Bucket, run: str) -> list[Article]:
    keys = [key for key in bucket.list_keys(layout.ARTICLES) if run in key]
    return [found for key in keys for found in read_articles(bucket.get(key))]


def test_the_next_run_cuts_what_the_last_one_learned(spec, bucket):
    assert all(found.text.endswith(PROMO) for found in stored_articles(bucket, RUN))
    assert learn_profiles(bucket, PLAN).lines == {"valley": 1}
    store_batch(replace(job_of(spec.url, [page(10)]), run="ingest-20261124T090500-abc123"))
    [found] = stored_articles(bucket, "ingest-20261124T090500-abc123")
    assert PROMO not in found.text
    [cut] = [cut for cut in found.cuts if cut.reason is CutReason.RECURRING]
    assert (cut.text, cut.rule) == (PROMO, "profile:recurring:6-stories")


def test_what_is_cut_in_later_runs_is_counted_on(spec, bucket):
    learn_profiles(bucket, PLAN)
    for hour in range(2):
        run = f"ingest-20261124T1{hour}0000-abc123"
        store_batch(replace(job_of(spec.url, [page(20 + 5 * hour + n) for n in range(5)]), run=run))
        learn_profiles(bucket, replace(PLAN, run=run))
    [line] = Profile.from_json(bucket.get(layout.profile("valley"))).recurring.values()
    assert (line.text, line.stories) == (PROMO, 16)


def test_a_sites_profile_says_nothing_of_other_sites(spec, bucket):
    learn_profiles(bucket, PLAN)
    store_batch(replace(job_of(spec.url, [page(10)], site="hills"), run="ingest-20261124T090500-abc123"))
    [found] = stored_articles(bucket, "ingest-20261124T090500-abc123")
    assert found.text.endswith(PROMO)


def test_a_run_that_is_finished_twice_has_taught_once(bucket):
    learn_profiles(bucket, PLAN)
    before = bucket.get(layout.profile("valley"))
    assert learn_profiles(bucket, PLAN).lines == {}
    assert bucket.get(layout.profile("valley")) == before


def test_an_archive_begins_no_profile_of_a_site_that_it_hardly_has(tmp_path):
    spec = BucketSpec(url=f"file:{tmp_path / 'few'}")
    store_batch(job_of(spec.url, [page(1), page(2)]))
    learn_profiles(spec.open(), replace(PLAN, kind="backfill"))
    assert not spec.open().exists(layout.profile("valley"))
    learn_profiles(spec.open(), PLAN)
    assert spec.open().exists(layout.profile("valley"))


def test_pages_of_nobody_knows_which_site_teach_nothing(tmp_path):
    spec = BucketSpec(url=f"file:{tmp_path / 'files'}")
    store_batch(job_of(spec.url, [page(number) for number in range(4)], site="local"))
    assert learn_profiles(spec.open(), PLAN).lines == {}
    assert list(spec.open().list_keys(layout.SITES)) == []


def test_a_broken_profile_is_reported_kept_aside_and_begun_anew(bucket):
    bucket.put(layout.profile("valley"), b"{half a pro")
    learned = learn_profiles(bucket, PLAN)
    assert "valley: sites/valley/profile.json could not be read and is begun anew" in learned.notes[0]
    assert learned.lines == {"valley": 1}
    assert bucket.get(layout.broken_profile("valley")) == b"{half a pro"


def test_a_broken_profile_does_not_stop_judging(spec, bucket):
    bucket.put(layout.profile("valley"), b"{half a pro")
    store_batch(replace(job_of(spec.url, [page(10)]), run="ingest-20261124T090500-abc123"))
    assert len(stored_articles(bucket, "ingest-20261124T090500-abc123")) == 1


def test_a_newer_lrahos_profile_is_left_as_it_is(bucket):
    newer = b'{"schema_version": 2, "site": "valley"}'
    bucket.put(layout.profile("valley"), newer)
    learned = learn_profiles(bucket, PLAN)
    assert "a newer lrahos wrote it" in learned.notes[0]
    assert bucket.get(layout.profile("valley")) == newer


class _BusyBucket(DirectoryBucket):
    """Another machine writes the profile between our reading it and our writing it, so many times."""

    times = 1

    def put_if_match(self, key: str, data: bytes, etag: str) -> bool:
        if self.times:
            self.times -= 1
            theirs = Profile.from_json(self.get(key))
            theirs.learn([], "2026-11-24", f"another run {self.times}")
            self.put(key, theirs.to_json())
        return super().put_if_match(key, data, etag)


@pytest.mark.parametrize(("times", "ours"), [(1, True), (99, False)])
def test_two_machines_lose_nothing_of_each_other(spec, bucket, times, ours):
    bucket.put(layout.profile("valley"), Profile(site="valley").to_json())
    busy = _BusyBucket(spec.url.removeprefix("file:"))
    busy.times = times
    learned = learn_profiles(busy, PLAN)
    found = Profile.from_json(bucket.get(layout.profile("valley")))
    assert any(run.startswith("another run") for run in found.runs)
    assert (RUN in found.runs) is ours
    assert bool(learned.notes) is not ours


def test_a_judge_without_a_profile_is_asked_as_he_is():
    def judge(page, rules):
        raise AssertionError

    assert with_profile(judge, {}) is judge


def test_rules_keep_all_else_when_a_profile_joins_them():
    seen = []

    def judge(page, rules):
        seen.append(rules)
        return story

    with_profile(judge, {"aline": 3})(page(1), BOOK.of("valley"))
    assert seen[0].profile.recurring == {"aline"}
    assert seen[0].site == "valley"
