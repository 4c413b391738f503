"""What a site's runs hand on: which stories are due, and what is known of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from connectors.bucket import open_bucket
from connectors.found import Found
from connectors.harvest import GIVEN
from extractors.records import Fate
from flows.batch_work import Done
from flows.memory import KNOWN_SOURCE, SiteMemory, learn_batch
from flows.outcomes import Outcome, Sums

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
URL = "https://valley.example/2026/11/24/story-{}.html"


@pytest.fixture
def bucket(tmp_path):
    return open_bucket(f"file:{tmp_path}")


@pytest.fixture
def memory(bucket):
    return SiteMemory.load(bucket, "valley")


def found(number, *, source="feed:https://valley.example/feed", **more):
    return Found(url=URL.format(number), source=source, **more)


def due(memory, *finds, now=NOW, limit=None, only_found=False, since=None):
    return memory.due(list(finds), now, limit=limit, only_found=only_found, since=since)


def ended(*fates, site="valley", **more):
    outcomes = tuple(
        Outcome(url=URL.format(number), site=site, fate=fate, **more) for number, fate in enumerate(fates)
    )
    return Done(number=0, outcomes=outcomes, sums=Sums(), seconds=0)


def learn(memory, done):
    learn_batch({memory.site: memory}, done, NOW)


def test_new_stories_are_due_and_say_where_they_were_found(memory):
    (target,) = due(memory, found(0))
    assert (target.url, target.site, target.source) == (
        URL.format(0),
        "valley",
        "feed:https://valley.example/feed",
    )


def test_a_story_that_was_just_stored_is_not_due(memory):
    due(memory, found(0), found(1))
    learn(memory, ended(Fate.STORED))
    assert [target.url for target in due(memory, found(0), found(1))] == [URL.format(1)]


def test_a_given_url_is_due_however_well_it_is_known_and_comes_with_what_is_known(memory):
    due(memory, found(0))
    learn(memory, ended(Fate.STORED, etag='"7"', last_modified="Tue", content_hash="f" * 64))
    (target,) = due(memory, found(0, source=GIVEN))
    assert (target.etag, target.last_modified, target.content_hash) == ('"7"', "Tue", "f" * 16)
    assert target.source == GIVEN


def test_a_story_is_visited_again_later_though_nothing_lists_it(memory):
    due(memory, found(0))
    learn(memory, ended(Fate.STORED))
    later = NOW + timedelta(hours=2)
    (target,) = due(memory, now=later)
    assert target.source == KNOWN_SOURCE
    assert due(memory, now=later, only_found=True) == []


def test_a_story_that_its_listing_says_has_changed_is_due(memory):
    due(memory, found(0))
    learn(memory, ended(Fate.STORED))
    soon = NOW + timedelta(minutes=10)
    assert due(memory, found(0, last_modified=NOW - timedelta(days=1)), now=soon) == []
    assert len(due(memory, found(0, last_modified=soon), now=soon)) == 1


def test_a_page_that_is_gone_is_not_asked_for_again(memory):
    due(memory, found(0))
    learn(memory, ended(Fate.NOT_FOUND))
    assert due(memory, found(0), now=NOW + timedelta(days=30)) == []


def test_what_a_run_did_not_reach_is_due_in_the_next(memory):
    due(memory, found(0))
    learn(memory, ended(Fate.NOT_REACHED))
    assert len(due(memory, found(0))) == 1


def test_no_more_than_the_limit_are_due_given_ones_first(memory):
    finds = [found(number) for number in range(5)]
    targets = due(memory, *finds, found(9, source=GIVEN), limit=3)
    assert len(targets) == 3
    assert targets[0].url == URL.format(9)


def test_a_story_under_two_urls_is_due_once(memory):
    again = Found(url=f"{URL.format(0)}?utm_source=feed", source="sitemap:x")
    assert len(due(memory, found(0), again)) == 1


def test_a_sites_pattern_tells_stories_apart(bucket):
    memory = SiteMemory.load(bucket, "valley", r"/(\d+)\.html")
    slugs = [Found(url=f"https://valley.example/{slug}/77.html", source="feed:x") for slug in ("a", "b")]
    assert len(due(memory, *slugs)) == 1


def test_other_sites_outcomes_are_not_learned(memory):
    due(memory, found(0))
    learn(memory, ended(Fate.STORED, site="coast"))
    assert len(due(memory, found(0))) == 1


def test_a_url_that_was_never_listed_is_learned_too(memory):
    learn(memory, ended(Fate.STORED, content_hash="f" * 64))
    (target,) = due(memory, found(0, source=GIVEN))
    assert target.content_hash == "f" * 16


def test_memory_is_kept_in_the_bucket(bucket, memory):
    due(memory, found(0), found(1))
    learn(memory, ended(Fate.STORED, etag='"7"'))
    memory.save(bucket)
    again = SiteMemory.load(bucket, "valley")
    assert [target.url for target in due(again, found(0), found(1))] == [URL.format(1)]
    assert SiteMemory.load(bucket, "coast").due([], NOW, limit=None, only_found=False) == []


def test_what_was_too_old_for_a_run_is_not_asked_for_again_by_such_a_run_but_by_others(memory):
    due(memory, found(0), found(1))
    old = ended(Fate.OUT_OF_SCOPE, published="2026-11-12T08:00:00Z")
    learn(memory, old)
    assert [target.url for target in due(memory, found(0), found(1), since=date(2026, 11, 13))] == [
        URL.format(1)
    ]
    assert len(due(memory, found(0), found(1), since=date(2026, 11, 12))) == 2
    assert len(due(memory, found(0), found(1))) == 2


def test_a_url_that_was_given_is_asked_for_however_old_it_is(memory):
    learn(memory, ended(Fate.OUT_OF_SCOPE, published="2026-11-12T08:00:00Z"))
    assert len(due(memory, found(0, source=GIVEN), since=date(2026, 11, 13))) == 1


def test_what_has_no_date_is_asked_for_whatever_the_day(memory):
    assert len(due(memory, found(0), since=date(2099, 1, 1))) == 1
