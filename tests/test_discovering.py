"""Finding stories over all sites of a run: what fails is noted and stops nothing."""

from __future__ import annotations

from datetime import date

import pytest
from made_pages import story
from servers import free_port
from web_server import WebServer, response, serving

from connectors.found import SiteRules
from connectors.harvest import GIVEN
from connectors.web import Web
from connectors.web_options import WebOptions
from extractors.records import Fate, Rules
from flows.crawl_sites import CrawlSite
from flows.discovering import discover_sites
from flows.parameters import Wanted

WANTED = Wanted()


@pytest.fixture
async def server():
    async with serving(WebServer()) as found:
        yield found


@pytest.fixture
async def web():
    async with Web(WebOptions(allow_private_hosts=True, delay_seconds=0, tries=1)) as found:
        yield found


def feed(server, path, *numbers, day="Tue, 24 Nov 2026 08:00:00 GMT"):
    items = "".join(
        f"<item><title>Story {number}</title><link>{server.url(f'/story-{number}.html')}</link>"
        f"<pubDate>{day}</pubDate></item>"
        for number in numbers
    )
    server.routes[path] = response(
        f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>', kind="application/rss+xml"
    )
    return server.url(path)


def site(name, *feeds, urls=(), is_whole=True):
    return CrawlSite(
        name=name, rules=SiteRules(name=name, feeds=feeds), judging=Rules(), urls=urls, is_whole=is_whole
    )


def numbers(found):
    return sorted(int(one.url.rpartition("-")[2].partition(".")[0]) for one in found)


async def test_each_sites_stories_are_found_under_its_name(web, server):
    sites = [site("a", feed(server, "/a.xml", 1, 2)), site("b", feed(server, "/b.xml", 3))]
    discovery = await discover_sites(web, sites, WANTED)
    assert {name: numbers(found) for name, found in discovery.found.items()} == {"a": [1, 2], "b": [3]}
    assert discovery.problems == []


async def test_a_site_that_cannot_be_read_is_noted_and_the_others_are_read(web, server):
    dead = f"http://127.0.0.1:{free_port()}/feed.xml"
    sites = [site("dead", dead), site("b", feed(server, "/b.xml", 3))]
    discovery = await discover_sites(web, sites, WANTED)
    assert discovery.found["dead"] == []
    assert numbers(discovery.found["b"]) == [3]
    assert any(problem.startswith("dead: ") for problem in discovery.problems)


async def test_a_given_story_comes_with_its_page(web, server):
    made = story(1, host=server.url("").rstrip("/"))
    server.routes["/" + made.url.split("/", 3)[3]] = response(made.html)
    discovery = await discover_sites(web, [site("a", urls=(made.url,), is_whole=False)], WANTED)
    assert [(one.url, one.source) for one in discovery.found["a"]] == [(made.url, GIVEN)]
    assert discovery.pages[made.url].body == made.html.encode()


async def test_a_given_url_that_cannot_be_had_keeps_its_fate(web, server):
    url = server.url("/none.html")
    discovery = await discover_sites(web, [site("a", urls=(url,), is_whole=False)], WANTED)
    assert discovery.failed[url].fate is Fate.NOT_FOUND
    assert [one.url for one in discovery.found["a"]] == [url]


async def test_bare_urls_ask_nothing_of_their_sites_lists(web, server):
    url = feed(server, "/a.xml", 1)
    other = feed(server, "/b.xml", 2)
    discovery = await discover_sites(web, [site("a", url, urls=(other,), is_whole=False)], WANTED)
    assert numbers(discovery.found["a"]) == [2]
    assert server.asked("/a.xml") == []


async def test_a_whole_site_and_a_url_of_it_are_both_looked_at(web, server):
    url, other = feed(server, "/a.xml", 1), feed(server, "/b.xml", 1, 2)
    discovery = await discover_sites(web, [site("a", url, urls=(other,))], WANTED)
    assert numbers(discovery.found["a"]) == [1, 2]


async def test_stories_before_the_first_day_are_left_out(web, server):
    sites = [site("a", feed(server, "/a.xml", 1, day="Mon, 23 Nov 2026 23:59:00 GMT"))]
    assert (await discover_sites(web, sites, Wanted(since=date(2026, 11, 24)))).found["a"] == []
    assert len((await discover_sites(web, sites, Wanted(since=date(2026, 11, 23)))).found["a"]) == 1


async def test_no_more_stories_of_a_site_are_found_than_are_wanted(web, server):
    sites = [site("a", feed(server, "/a.xml", 1, 2, 3)), site("b", feed(server, "/b.xml", 4, 5, 6))]
    discovery = await discover_sites(web, sites, Wanted(limit=2))
    assert [len(found) for found in discovery.found.values()] == [2, 2]


async def test_why_a_site_cannot_be_read_is_told_once(web, server):
    server.routes["/robots.txt"] = response("busy", status=502)
    closed = CrawlSite(
        name="closed",
        rules=SiteRules(name="closed", home=server.url("/"), feeds=(server.url("/feed.xml"),)),
        judging=Rules(),
    )
    discovery = await discover_sites(web, [closed], WANTED)
    assert discovery.unread == ["closed"]
    assert len(discovery.problems) == 1
    assert discovery.problems[0].startswith("closed: nothing could be read: ")
    assert discovery.problems[0].count("robots.txt: 502") == 1


async def test_different_causes_are_all_told(web, server):
    server.routes["/a.xml"] = response("no", status=403)
    server.routes["/b.xml"] = response("no", status=500)
    discovery = await discover_sites(web, [site("a", server.url("/a.xml"), server.url("/b.xml"))], WANTED)
    assert len(discovery.problems) == 1
    assert "/a.xml: 403; " in discovery.problems[0]
    assert discovery.problems[0].endswith("/b.xml: 500")


async def test_a_site_of_which_something_can_be_read_is_read(web, server):
    dead = server.url("/none.xml")
    discovery = await discover_sites(web, [site("a", dead, feed(server, "/b.xml", 3))], WANTED)
    assert discovery.unread == []
    assert discovery.problems == [f"a: {dead}: 404"]


async def test_urls_that_all_fail_are_told_of(web, server):
    feed(server, "/a.xml", 1)
    dead = f"http://127.0.0.1:{free_port()}/story"
    alone = site("a", urls=(dead,), is_whole=False)
    beside = site("b", urls=(dead, server.url("/a.xml")), is_whole=False)
    discovery = await discover_sites(web, [alone, beside], WANTED)
    assert discovery.unread == ["a"]
    assert [problem.partition(": ")[0] for problem in discovery.problems] == ["a"]
