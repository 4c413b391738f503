"""A batch's URLs: each brings a page or its fate."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from made_pages import fetched, story
from made_runs import SilentWatcher
from web_server import WebServer, response, serving

from connectors.warc import read_record
from connectors.web import Web
from connectors.web_options import WebOptions
from extractors.records import Fate
from flows.batch_work import PackedPage
from flows.discovering import Discovery
from flows.fetching import Budget, Fetcher
from flows.outcomes import Outcome
from flows.plans import Batch, Target


@pytest.fixture
async def server():
    async with serving(WebServer()) as found:
        yield found


@asynccontextmanager
async def fetcher(*, discovery=None, budget=None):
    async with Web(WebOptions(allow_private_hosts=True, delay_seconds=0, tries=1)) as web:
        yield Fetcher(
            web,
            SilentWatcher(),
            delays={"valley": 0},
            discovery=discovery or Discovery(),
            budget=budget or Budget(),
        )


def batch(*targets: Target) -> Batch:
    return Batch(number=0, name="valley", targets=targets)


def target(url: str, **more: str) -> Target:
    return Target(url=url, site="valley", **more)


async def test_each_url_ends_as_a_page_or_with_its_fate_in_the_plans_order(server):
    server.routes["/a"], server.routes["/b"] = response("<p>A</p>"), response("<p>B</p>")
    wanted = batch(target(server.url("/a")), target(server.url("/none")), target(server.url("/b")))
    async with fetcher() as one:
        pages, outcomes = await one.fetch(wanted)
    assert [read_record(page.record).body for page in pages] == [b"<p>A</p>", b"<p>B</p>"]
    assert [page.site for page in pages] == ["valley", "valley"]
    assert [(one.url, one.fate) for one in outcomes] == [(server.url("/none"), Fate.NOT_FOUND)]
    assert "404" in outcomes[0].detail


async def test_a_known_page_is_asked_for_with_its_tags_and_may_be_unchanged(server):
    server.routes["/a"] = response(status=304, kind="")
    known = target(
        server.url("/a"), etag='"7"', last_modified="Tue, 24 Nov 2026 08:00:00 GMT", content_hash="ff"
    )
    async with fetcher() as one:
        pages, (outcome,) = await one.fetch(batch(known))
    (asked,) = server.asked("/a")
    assert asked.headers["if-none-match"] == '"7"'
    assert asked.headers["if-modified-since"] == "Tue, 24 Nov 2026 08:00:00 GMT"
    assert pages == []
    assert (outcome.fate, outcome.etag, outcome.content_hash) == (Fate.UNCHANGED, '"7"', "ff")


async def test_what_is_known_of_a_page_goes_on_to_judging(server):
    server.routes["/a"] = response("<p>A</p>")
    async with fetcher() as one:
        (page,), _ = await one.fetch(batch(target(server.url("/a"), content_hash="ff")))
    assert isinstance(page, PackedPage)
    assert page.known_hash == "ff"


async def test_a_page_that_discovery_has_is_not_asked_for_again(server):
    page = replace(fetched(story(1)), url=server.url("/a"))
    async with fetcher(discovery=Discovery(pages={page.url: page})) as one:
        pages, outcomes = await one.fetch(batch(target(page.url)))
    assert (len(pages), outcomes) == (1, [])
    assert server.requests == []


async def test_a_url_that_discovery_could_not_have_keeps_its_fate(server):
    lost = Outcome(url=server.url("/a"), site="valley", fate=Fate.TIMED_OUT, detail="60 s")
    async with fetcher(discovery=Discovery(failed={lost.url: lost})) as one:
        pages, outcomes = await one.fetch(batch(target(lost.url)))
    assert (pages, outcomes) == ([], [lost])
    assert server.requests == []


@pytest.mark.parametrize(
    "budget", [Budget(pages=1), Budget(body_bytes=5), Budget(seconds=0.000001, started=0.0)], ids=str
)
async def test_beyond_its_budget_a_run_asks_for_nothing(server, budget):
    server.routes["/a"] = response("<p>A longer page</p>")
    if not budget.seconds:
        budget.spend(10)
    async with fetcher(budget=budget) as one:
        pages, (outcome,) = await one.fetch(batch(target(server.url("/a"))))
    assert pages == []
    assert outcome.fate is Fate.NOT_REACHED
    assert outcome.detail == budget.limit_reached()
    assert server.requests == []


def test_a_budget_of_nothing_is_no_limit():
    budget = Budget()
    budget.spend(10**12)
    assert budget.limit_reached() == ""
