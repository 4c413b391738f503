from datetime import UTC, datetime

import pytest

from connectors import web
from connectors.errors import GiveUp
from connectors.robots import MAX_ROBOTS_BYTES, opt_outs, parse_robots
from connectors.web import Web, WebOptions
from extractors.records import Fate, FetchedPage
from tests.web_server import WebServer, failing_first, redirect, reset, response, serving

PAGE = response("<p>A page of our own.</p>")
QUICK = WebOptions(
    allow_private_hosts=True, delay_seconds=0.0, deadline_seconds=1.0, read_seconds=0.5, tries=3
)


@pytest.fixture(autouse=True)
def quick_backoff(monkeypatch):
    monkeypatch.setattr(web, "_FIRST_BACKOFF_SECONDS", 0.01)
    monkeypatch.setattr("connectors.pace._FIRST_TROUBLE_SECONDS", 0.01)


async def is_fetched(robots) -> bool:
    """Whether a page is asked for under this robots.txt."""
    async with serving(WebServer(routes={"/a": PAGE})) as server, Web(QUICK) as client:
        server.routes["/robots.txt"] = robots
        try:
            await client.fetch(server.url("/a"))
        except GiveUp as error:
            assert error.fate is Fate.ROBOTS  # noqa: PT017 - either outcome is an answer here
            assert not server.asked("/a")
            return False
        return True


def text(rules: str) -> bytes:
    return response(rules, kind="text/plain")


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow: /\n", False),
        ("User-agent: *\nDisallow:\n", True),
        ("User-agent: *\nDisallow: /\nAllow: /a\n", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: lrahos\nDisallow: /b\n", True),
        ("User-agent: LRAHOS\nDisallow: /\n", False),
        ("User-agent: otherbot\nDisallow: /\n", True),
        ("User-agent: *\nDisallow: /*a$\n", False),
        ("\ufeffUser-agent: *\nDisallow: /\n", False),
        ("User-agent: *\r\nDisallow: /\r\n", False),
        ("<!doctype html><html><body>Welcome!</body></html>", True),
        ("\0\1\2\3", True),
    ],
)
async def test_rules_decide(rules, allowed):
    assert await is_fetched(text(rules)) is allowed


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
async def test_robots_txt_refused_means_open(status):
    assert await is_fetched(response("x", status=status))


@pytest.mark.parametrize("status", [500, 502, 503, 429])
async def test_robots_txt_in_trouble_means_stop(status):
    assert not await is_fetched(response("x", status=status))


async def test_robots_txt_in_passing_trouble_is_asked_for_again():
    assert not await is_fetched(
        failing_first(2, response("x", status=503), text("User-agent: *\nDisallow: /"))
    )


async def test_a_host_without_a_connection_is_unreachable_not_forbidden():
    async with serving(WebServer(fallback=reset)) as server, Web(QUICK) as client:
        with pytest.raises(GiveUp) as caught:
            await client.fetch_patiently(server.url("/a"))
    assert caught.value.fate is Fate.UNREACHABLE


async def test_robots_txt_may_lie_behind_redirects():
    async with serving(WebServer(routes={"/a": PAGE})) as server, Web(QUICK) as client:
        server.routes |= {"/robots.txt": redirect("/r1"), "/r4": text("User-agent: *\nDisallow: /a")}
        server.routes |= {f"/r{n}": redirect(f"/r{n + 1}") for n in range(1, 4)}
        with pytest.raises(GiveUp):
            await client.fetch(server.url("/a"))


async def test_robots_txt_behind_too_many_redirects_means_open():
    assert await is_fetched(redirect("/robots.txt"))


async def test_a_huge_robots_txt_is_read_up_to_the_limit():
    filler = "# a long comment, again and again\n" * (MAX_ROBOTS_BYTES // 30)
    assert not await is_fetched(text("User-agent: *\nDisallow: /\n" + filler))
    assert await is_fetched(text(filler + "User-agent: *\nDisallow: /\n"))


async def test_robots_txt_is_asked_for_once_an_origin():
    async with serving(WebServer(routes={"/a": PAGE})) as server, Web(QUICK) as client:
        for _ in range(3):
            await client.fetch(server.url("/a"))
        assert len(server.asked("/robots.txt")) == 1


@pytest.mark.parametrize(
    ("rules", "seconds"),
    [
        ("User-agent: *\nCrawl-delay: 7", 7),
        ("User-agent: *\nRequest-rate: 1/10", 10),
        ("User-agent: *\nCrawl-delay: 2\nRequest-rate: 1/10", 10),
        ("User-agent: lrahos\nCrawl-delay: 3\n\nUser-agent: *\nCrawl-delay: 30", 3),
        ("User-agent: *\nCrawl-delay: soon", 0),
        ("User-agent: *\nCrawl-delay: -5", 0),
        ("User-agent: *\nDisallow: /x", 0),
    ],
)
def test_the_slower_of_crawl_delay_and_request_rate_counts(rules, seconds):
    assert parse_robots(rules.encode()).delay_seconds == seconds


def test_sitemaps_are_listed_once():
    rules = parse_robots(
        b"Sitemap: https://a.example/s.xml\nsitemap: https://a.example/s.xml\nSitemap: /t.xml\n"
    )
    assert rules.sitemaps == ("https://a.example/s.xml", "/t.xml")


def page(body: str = "", **headers: str) -> FetchedPage:
    return FetchedPage(
        url="https://a.example/",
        final_url="https://a.example/",
        fetched_at=datetime(2026, 11, 24, tzinfo=UTC),
        status=200,
        headers=tuple((name.replace("_", "-"), value) for name, value in headers.items()),
        body=body.encode(),
    )


@pytest.mark.parametrize(
    ("fetched", "wishes"),
    [
        (page(), set()),
        (page(X_Robots_Tag="noindex, NoArchive"), {"noindex", "noarchive"}),
        (page(X_Robots_Tag="otherbot: noindex"), set()),
        (page(X_Robots_Tag="lrahos: noai, noindex"), {"noai", "noindex"}),
        (page(TDM_Reservation="1"), {"tdm-reservation"}),
        (page(TDM_Reservation="0"), set()),
        (page('<meta name="robots" content="noai, noimageai">'), {"noai", "noimageai"}),
        (page("<META content='noindex' NAME=robots />"), {"noindex"}),
        (page('<meta name="lrahos" content="none">'), {"none"}),
        (page('<meta name="googlebot" content="noindex">'), set()),
        (page('<meta name="tdm-reservation" content="1">'), {"tdm-reservation"}),
        (page('<meta name="description" content="noindex">'), set()),
    ],
)
def test_a_page_says_what_it_does_not_want(fetched, wishes):
    assert opt_outs(fetched) == wishes
