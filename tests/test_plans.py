"""Plans: what is packed into which batch, and how it is stored."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors import layout
from connectors.archives import Split
from connectors.archives.records import Kind
from connectors.bucket import open_bucket
from connectors.errors import MissingKey
from flows.plans import (
    MANY,
    Batch,
    Plan,
    Target,
    done_batches,
    new_run,
    pack_targets,
    read_plan,
    same_run,
    write_plan,
)

NOW = datetime(2026, 11, 24, 8, 5, tzinfo=UTC)


def targets(site, count):
    return [Target(url=f"https://{site}/{number}", site=site) for number in range(count)]


def plan(*batches, created="2026-11-24T08:05:00+00:00"):
    return Plan(run="ingest-1", kind="ingest", created=created, batches=batches)


@given(
    counts=st.lists(st.integers(min_value=1, max_value=130), max_size=8),
    pages=st.integers(min_value=1, max_value=60),
)
def test_every_url_is_in_one_batch_and_no_batch_is_too_long(counts, pages):
    wanted = [target for site, count in enumerate(counts) for target in targets(f"site{site}", count)]
    batches = pack_targets(wanted, pages)
    packed = [target.url for batch in batches for target in batch.targets]
    assert Counter(packed) == Counter(target.url for target in wanted)
    assert all(0 < len(batch.targets) <= pages for batch in batches)
    assert [batch.number for batch in batches] == list(range(len(batches)))


def test_a_batch_bears_the_name_of_its_one_site():
    assert [batch.name for batch in pack_targets(targets("valley", 250), 100)] == ["valley"] * 3


def test_small_sites_share_batches():
    wanted = [*targets("a", 3), *targets("b", 4), *targets("c", 100)]
    batches = pack_targets(wanted, 100)
    assert [(batch.name, len(batch.targets)) for batch in batches] == [("c", 100), (MANY, 7)]


def test_a_shared_batch_of_one_site_bears_its_name():
    (batch,) = pack_targets(targets("valley", 3), 100)
    assert batch.name == "valley"


def test_nothing_to_do_is_no_batch():
    assert pack_targets([], 100) == ()


@pytest.fixture
def bucket(tmp_path):
    return open_bucket(f"file:{tmp_path}")


def test_a_plan_is_read_as_it_was_written(bucket):
    split = Split(path="a.warc.gz", kind=Kind.FILES, end=2, size=9, paths=("a", "b"))
    target = Target(url="https://a/ß", site="a", source="feed", etag='"1"', content_hash="ff")
    written = plan(Batch(number=0, name="a", targets=(target,)), Batch(number=1, name="archive", split=split))
    assert write_plan(bucket, written)
    assert read_plan(bucket, "ingest-1") == written


def test_a_url_that_is_no_unicode_does_not_spoil_a_plan(bucket):
    written = plan(Batch(number=0, name="a", targets=(Target(url="https://a/\udcff", site="a"),)))
    assert write_plan(bucket, written)
    assert read_plan(bucket, "ingest-1") == written


def test_the_first_plan_of_a_run_stays(bucket):
    assert write_plan(bucket, plan())
    assert not write_plan(bucket, plan(created="2026-11-25T08:05:00+00:00"))
    assert read_plan(bucket, "ingest-1").date == "2026-11-24"


def test_a_run_without_a_plan_has_none(bucket):
    with pytest.raises(MissingKey):
        read_plan(bucket, "ingest-1")


def test_batches_with_markers_are_done(bucket):
    assert done_batches(bucket, "ingest-1") == frozenset()
    for number in (0, 11):
        bucket.put(layout.marker("ingest-1", number), b"{}")
    bucket.put(layout.marker("ingest-10", 5), b"{}")
    assert done_batches(bucket, "ingest-1") == {0, 11}


def test_runs_sort_by_time_wherever_they_were_started():
    early = new_run("ingest", NOW.astimezone(timezone(timedelta(hours=14))), "a")
    late = new_run("ingest", (NOW + timedelta(seconds=1)).astimezone(timezone(timedelta(hours=-9))), "a")
    assert early < late
    assert early.startswith("ingest-20261124T080500-")


def test_two_runs_of_one_second_differ():
    assert new_run("ingest", NOW, "a") != new_run("ingest", NOW, "b")


def test_the_same_inputs_are_the_same_run_and_others_are_not():
    assert same_run("backfill", ["a", "b"]) == same_run("backfill", ["a", "b"])
    assert same_run("backfill", ["a", "b"]) != same_run("backfill", ["b", "a"])
    assert same_run("backfill", ["a", "b"]) != same_run("backfill", ["ab"])


def test_the_name_of_a_run_can_stand_in_a_key():
    for run in (new_run("ingest", NOW, "ü/="), same_run("backfill", ["\udcff"])):
        assert layout.safe_name(run) == run
