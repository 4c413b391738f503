"""Why a crawl has nothing to fetch."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from connectors.found import Found, SiteRules
from connectors.frontier import Frontier
from extractors.records import Fate, Rules
from flows.crawl import CrawlOrder
from flows.crawl_sites import CrawlSite
from flows.discovering import Discovery
from flows.idle import why_idle
from flows.memory import SiteMemory
from flows.outcomes import Outcome
from flows.parameters import Wanted
from flows.plans import Target

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
URL = "https://valley.example/2026/11/24/story-{}.html"
LISTED = Discovery(found={"valley": [Found(url=URL.format(0), source="feed:x")]})


@pytest.fixture
def memory():
    """Two stories, one stored just now and one a fortnight old, which nobody asks for again."""
    memory = SiteMemory("valley", Frontier(), "")
    memory.due(LISTED.found["valley"], NOW, limit=None, only_found=False)
    memory.learn(Outcome(url=URL.format(0), site="valley", fate=Fate.STORED), NOW)
    return memory


def idle(memory, *, now=NOW, is_whole=True, discovery=LISTED, targets=(), since=None):
    site = CrawlSite(name="valley", rules=SiteRules(), judging=Rules(), is_whole=is_whole)
    order = CrawlOrder(sites=(site,), wanted=Wanted(since=since), run="ingest-1", now=now)
    return why_idle(order, {"valley": memory}, discovery, targets)


def test_known_stories_and_the_next_visit_are_told_of(memory):
    assert idle(memory) == [
        "nothing to fetch: 1 story is known, and the next visit is due at 2026-11-24 09:00 UTC"
    ]


def test_of_urls_that_were_given_only_what_they_list_counts(memory):
    other = "https://valley.example/2026/11/24/other.html"
    memory.frontier.see(memory._key(other), other, NOW - timedelta(days=1))
    memory.learn(Outcome(url=other, site="valley", fate=Fate.STORED), NOW - timedelta(minutes=30))
    assert "2 stories are known" in idle(memory)[0]
    assert "1 story is known" in idle(memory, is_whole=False)[0]


def test_stories_that_are_never_visited_again_are_told_of(memory):
    later = NOW + timedelta(days=30)
    memory.learn(Outcome(url=URL.format(0), site="valley", fate=Fate.UNCHANGED), later)
    assert idle(memory, now=later) == ["nothing to fetch: 1 story is known, and none is visited again"]


def test_stories_that_are_too_old_for_the_run_are_told_of(memory):
    later = NOW + timedelta(hours=2)
    assert idle(memory, now=later, since=date(2026, 11, 25)) == [
        "nothing to fetch: 1 story is known, and none that is due is from 2026-11-25 or later"
    ]


def test_a_site_that_lists_nothing_is_told_of():
    empty = SiteMemory("valley", Frontier(), "")
    assert idle(empty, discovery=Discovery()) == ["nothing to fetch: no story is listed"]


def test_nothing_is_said_where_there_is_something_to_fetch_or_nothing_could_be_read(memory):
    assert idle(memory, targets=[Target(url=URL.format(1), site="valley")]) == []
    assert idle(memory, discovery=Discovery(unread=["valley"])) == []
