from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from connectors.errors import BadInput
from connectors.frontier import Frontier
from connectors.revisits import NEVER, State, after_visit
from extractors.records import Fate

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def seen(count: int = 1, **changes) -> Frontier:
    frontier = Frontier()
    for number in range(count):
        frontier.see(f"k{number}", f"https://news.example/{number}", NOW - number * HOUR, **changes)
    return frontier


def test_a_story_is_new_once():
    frontier = Frontier()
    assert frontier.see("k", "https://news.example/1", NOW)
    assert not frontier.see("k", "https://m.news.example/1", NOW + HOUR, published=NOW - HOUR)
    entry = frontier.get("k")
    assert len(frontier) == 1
    assert entry.url == "https://m.news.example/1"
    assert (entry.first_seen, entry.last_seen) == (int(NOW.timestamp()), int((NOW + HOUR).timestamp()))
    assert entry.published == int((NOW - HOUR).timestamp())
    assert frontier.get("other") is None


def test_what_was_written_is_read_back():
    frontier = seen(5)
    frontier.visited(
        "k1",
        Fate.STORED,
        NOW,
        etag='"1"',
        last_modified="Tue, 24 Nov 2026 12:00:00 GMT",
        content_hash="ab" * 32,
    )
    again = Frontier.from_parquet(frontier.to_parquet())
    assert len(again) == 5
    assert [again.get(f"k{number}") for number in range(5)] == [
        frontier.get(f"k{number}") for number in range(5)
    ]
    assert again.get("k1").etag == '"1"'
    assert again.get("k1").content_hash == "ab" * 8


def test_changes_after_reading_are_kept_too():
    frontier = Frontier.from_parquet(seen(3).to_parquet())
    frontier.visited("k0", Fate.STORED, NOW)
    frontier.see("k9", "https://news.example/9", NOW)
    again = Frontier.from_parquet(frontier.to_parquet())
    assert len(frontier) == len(again) == 4
    assert again.get("k0").state is State.KNOWN
    assert again.get("k9").state is State.NEW


@pytest.mark.parametrize("stored", [b"", b"PAR1", b"rubbish" * 100])
def test_bytes_that_are_no_frontier_are_told(stored):
    with pytest.raises(BadInput, match="start the site anew"):
        Frontier.from_parquet(stored)


def test_new_stories_come_first_and_the_newest_of_them_before_all():
    frontier = seen(4)
    frontier.visited("k0", Fate.STORED, NOW)
    frontier.see("k3", "https://news.example/3", NOW, published=NOW)
    order = [entry.url[-1] for entry in frontier.due(NOW + 2 * HOUR, limit=10)]
    assert order == ["3", "1", "2", "0"]
    assert [entry.url[-1] for entry in frontier.due(NOW + 2 * HOUR, limit=2)] == ["3", "1"]


def test_a_story_just_fetched_is_not_due():
    frontier = seen(1)
    frontier.visited("k0", Fate.STORED, NOW)
    assert frontier.due(NOW + HOUR / 2, limit=10) == []
    assert len(frontier.due(NOW + HOUR, limit=10)) == 1


def test_revisits_come_further_and_further_apart_and_end():
    frontier = seen(1)
    visits = []
    now = NOW
    while True:
        frontier.visited("k0", Fate.UNCHANGED, now)
        next_visit = frontier.get("k0").next_visit
        if next_visit == NEVER:
            break
        visits.append(next_visit - int(now.timestamp()))
        now = datetime.fromtimestamp(next_visit, UTC)
    assert visits == sorted(visits)
    assert visits[:4] == [3600, 3600, 7200, 14400]
    assert 6 <= len(visits) <= 10
    assert now - NOW <= timedelta(days=14)


@pytest.mark.parametrize("fate", [Fate.NOT_FOUND])
def test_a_story_that_is_gone_is_retired(fate):
    frontier = seen(1)
    frontier.visited("k0", fate, NOW)
    assert frontier.get("k0").state is State.GONE
    assert frontier.due(NOW + 10_000 * HOUR, limit=10) == []
    assert not frontier.see("k0", "https://news.example/0", NOW + HOUR)
    assert frontier.get("k0").next_visit == NEVER
    assert frontier.due(NOW + 10_000 * HOUR, limit=10) == []


def test_a_retired_story_that_its_listing_changes_wakes_up():
    frontier = seen(1)
    frontier.visited("k0", Fate.NOT_FOUND, NOW)
    frontier.wake("k0", NOW + HOUR)
    assert len(frontier.due(NOW + HOUR, limit=10)) == 1


@pytest.mark.parametrize("fate", [Fate.SERVER_ERROR, Fate.UNREACHABLE, Fate.TIMED_OUT])
def test_a_failure_is_tried_again_later_and_later_and_not_for_ever(fate):
    frontier = seen(1)
    waits = []
    for _ in range(11):
        frontier.visited("k0", fate, NOW)
        waits.append(frontier.get("k0").next_visit - int(NOW.timestamp()))
    assert waits == sorted(waits)
    assert waits[0] == 900
    frontier.visited("k0", fate, NOW)
    assert frontier.get("k0").state is State.GONE


def test_a_good_visit_forgets_failures():
    frontier = seen(1)
    frontier.visited("k0", Fate.TIMED_OUT, NOW)
    frontier.visited("k0", Fate.STORED, NOW)
    assert frontier.get("k0").failures == 0


def test_a_url_that_was_not_reached_stays_as_it_was():
    frontier = seen(1)
    before = frontier.get("k0")
    frontier.visited("k0", Fate.NOT_REACHED, NOW)
    frontier.visited("never seen", Fate.STORED, NOW)
    assert frontier.get("k0") == before
    assert len(frontier) == 1


def test_a_304_keeps_what_is_known_of_the_page():
    frontier = seen(1)
    frontier.visited("k0", Fate.STORED, NOW, etag='"1"', content_hash="ab" * 32)
    frontier.visited("k0", Fate.UNCHANGED, NOW + HOUR)
    entry = frontier.get("k0")
    assert replace(entry, next_visit=0) == replace(
        entry, next_visit=0, etag='"1"', content_hash="ab" * 8, last_fetched=int((NOW + HOUR).timestamp())
    )


@pytest.mark.parametrize("fate", [fate for fate in Fate if fate is not Fate.NOT_REACHED])
def test_every_fate_has_a_next_step(fate):
    state, next_visit, failures = after_visit(fate, now=1_000_000, born=990_000, failures=0)
    assert next_visit > 1_000_000
    assert (failures == 0) == (state in {State.KNOWN, State.REJECTED})


def test_the_counts_add_up():
    frontier = seen(5)
    frontier.visited("k0", Fate.STORED, NOW)
    frontier.visited("k1", Fate.NOT_FOUND, NOW)
    assert frontier.counts() == {State.NEW: 3, State.KNOWN: 1, State.GONE: 1}
