import gzip
from datetime import UTC, datetime

import pytest

from connectors import search, web
from connectors.discovery import Found, SiteRules, discover, discover_url
from connectors.errors import GiveUp
from connectors.web import Web, WebOptions
from extractors.records import Fate
from tests.web_server import WebServer, closing, redirect, response, serving

OPTIONS = WebOptions(
    allow_private_hosts=True, delay_seconds=0.0, deadline_seconds=2.0, read_seconds=1.0, tries=2
)


@pytest.fixture(autouse=True)
def quick_backoff(monkeypatch):
    monkeypatch.setattr(web, "_FIRST_BACKOFF_SECONDS", 0.01)
    monkeypatch.setattr("connectors.pace._FIRST_TROUBLE_SECONDS", 0.01)


@pytest.fixture
async def server():
    async with serving(WebServer()) as running:
        yield running


@pytest.fixture
async def client():
    async with Web(OPTIONS) as opened:
        yield opened


def story(number: int) -> str:
    return f"/a/bridge-over-the-river-opens/75858{number:02}.html"


def feed(server, *numbers: int) -> bytes:
    items = "".join(
        f"<item><title>Story {number}</title><link>{server.url(story(number))}</link>"
        f"<pubDate>Tue, {number:02} Nov 2026 10:00:00 GMT</pubDate></item>"
        for number in numbers
    )
    return response(
        f"<?xml version='1.0'?><rss version='2.0'><channel>{items}</channel></rss>", kind="text/xml"
    )


def sitemap(server, *numbers: int) -> bytes:
    rows = "".join(
        f"<url><loc>{server.url(story(number))}</loc><lastmod>2026-11-{number:02}</lastmod></url>"
        for number in numbers
    )
    return response(f"<urlset>{rows}</urlset>", kind="application/xml")


def index(server, **children: str) -> bytes:
    rows = "".join(
        f"<sitemap><loc>{server.url('/' + name)}.xml</loc><lastmod>{date}</lastmod></sitemap>"
        for name, date in children.items()
    )
    return response(f"<sitemapindex>{rows}</sitemapindex>", kind="application/xml")


def section(*numbers: int, head: str = "") -> bytes:
    links = "".join(f'<li><a href="{story(number)}">Story number {number}</a></li>' for number in numbers)
    menu = '<nav><a href="/world">World</a><a href="/about-us">About us</a><a href="https://other.example/a/1234567.html">x</a></nav>'
    return response(f"<html><head>{head}</head><body>{menu}<ul>{links}</ul></body></html>")


def numbers(found: list[Found]) -> list[int]:
    return [int(one.url.removesuffix(".html")[-2:]) for one in found]


# --- a site


async def test_feeds_sitemaps_and_sections_are_joined_and_each_story_found_once(server, client):
    server.routes |= {
        "/feed": feed(server, 3, 4),
        "/s.xml": sitemap(server, 1, 2, 3),
        "/world": section(4, 5),
    }
    rules = SiteRules(
        feeds=(server.url("/feed"),), sitemaps=(server.url("/s.xml"),), sections=(server.url("/world"),)
    )
    found = await discover(client, rules)
    assert sorted(numbers(found)) == [1, 2, 3, 4, 5]
    assert numbers(found)[0] == 5  # a link on a section page, without a date, counts as today's
    three = next(one for one in found if one.title == "Story 3")
    assert three.source == f"feed:{server.url('/feed')}"
    assert three.published == datetime(2026, 11, 3, 10, tzinfo=UTC)
    assert three.last_modified == datetime(2026, 11, 3, tzinfo=UTC)


async def test_limit_takes_the_newest_and_since_leaves_the_older_out(server, client):
    server.routes["/s.xml"] = sitemap(server, *range(1, 20))
    rules = SiteRules(sitemaps=(server.url("/s.xml"),), limit=5)
    assert numbers(await discover(client, rules)) == [19, 18, 17, 16, 15]
    assert numbers(await discover(client, rules, limit=2)) == [19, 18]
    since = datetime(2026, 11, 18, tzinfo=UTC)
    assert numbers(await discover(client, rules, since=since)) == [19, 18]


async def test_patterns_decide_before_anything_is_fetched(server, client):
    server.routes["/s.xml"] = sitemap(server, *range(1, 9))
    rules = SiteRules(sitemaps=(server.url("/s.xml"),), allow=(r"/a/.+\.html$",), deny=(r"0[2-7]\.html",))
    assert numbers(await discover(client, rules)) == [8, 1]


async def test_stories_in_other_languages_are_left_out_where_their_listing_says_so(server, client):
    row = "<url><loc>{}</loc><n:news xmlns:n='x'><n:publication><n:language>{}</n:language></n:publication></n:news></url>"
    rows = "".join(
        row.format(server.url(story(n)), language) for n, language in enumerate(["hy", "en", "hy-AM", ""])
    )
    server.routes["/s.xml"] = response(f"<urlset>{rows}</urlset>", kind="text/xml")
    found = await discover(client, SiteRules(sitemaps=(server.url("/s.xml"),), languages=("hy",)))
    assert sorted(numbers(found)) == [0, 2, 3]


async def test_one_story_under_many_slugs_is_one_find(server, client):
    urls = "\n".join(
        server.url(path) for path in ("/a/one/7.html", "/a/two/7.html", "/a/7.html", "/a/8.html")
    )
    server.routes["/s.txt"] = response(urls, kind="text/plain")
    rules = SiteRules(sitemaps=(server.url("/s.txt"),), story_id_pattern=r"/a/(?:[^/]+/)?(\d+)\.html")
    assert len(await discover(client, rules)) == 2


async def test_an_index_is_followed_newest_first_and_stops_at_what_is_too_old(server, client):
    server.routes["/s.xml"] = index(server, old="2026-10-01", new="2026-11-20", middle="2026-11-10")
    server.routes |= {
        "/new.xml": sitemap(server, 20, 19),
        "/middle.xml": sitemap(server, 10, 9),
        "/old.xml": sitemap(server, 1),
    }
    rules = SiteRules(sitemaps=(server.url("/s.xml"),))
    assert numbers(await discover(client, rules, since=datetime(2026, 11, 5, tzinfo=UTC))) == [20, 19, 10, 9]
    assert not server.asked("/old.xml")


async def test_an_index_is_left_as_soon_as_enough_newer_stories_are_known(server, client):
    server.routes["/s.xml"] = index(server, new="2026-11-20", old="2026-11-10")
    server.routes |= {"/new.xml": sitemap(server, 20, 19, 18), "/old.xml": sitemap(server, 10)}
    assert numbers(await discover(client, SiteRules(sitemaps=(server.url("/s.xml"),)), limit=3)) == [
        20,
        19,
        18,
    ]
    assert not server.asked("/old.xml")


async def test_packed_sitemaps_are_unpacked(server, client):
    body = sitemap(server, 1, 2).partition(b"\r\n\r\n")[2]
    server.routes["/s.xml.gz"] = response(gzip.compress(body), kind="application/x-gzip")
    assert numbers(await discover(client, SiteRules(sitemaps=(server.url("/s.xml.gz"),)))) == [2, 1]


async def test_a_sitemap_may_be_a_feed_and_the_other_way_round(server, client):
    server.routes |= {"/feed": sitemap(server, 1), "/s.xml": feed(server, 2)}
    rules = SiteRules(feeds=(server.url("/feed"),), sitemaps=(server.url("/s.xml"),))
    assert numbers(await discover(client, rules)) == [2, 1]


async def test_indexes_that_loop_come_to_an_end(server, client):
    server.routes |= {
        "/s.xml": index(server, s="", t=""),
        "/t.xml": index(server, s="", u=""),
        "/u.xml": sitemap(server, 1),
    }
    assert numbers(await discover(client, SiteRules(sitemaps=(server.url("/s.xml"),)))) == [1]
    assert len(server.asked("/s.xml")) == 1


async def test_indexes_without_an_end_come_to_an_end(server, client, monkeypatch):
    monkeypatch.setattr(search, "MAX_SITEMAPS", 20)

    async def endless(request, writer):
        number = int(request.target.strip("/s.xml") or 0)
        writer.write(closing(index(server, **{f"s{number * 3 + child}": "" for child in (1, 2, 3)})))
        await writer.drain()

    server.fallback = endless
    server.routes["/robots.txt"] = response("", kind="text/plain")
    assert await discover(client, SiteRules(sitemaps=(server.url("/s.xml"),))) == []
    assert len(server.requests) <= 21


async def test_a_home_page_leads_to_its_links_feeds_and_sitemaps(server, client):
    server.routes["/"] = section(
        1, 2, head='<link rel="alternate" type="application/rss+xml" href="/api/all">'
    )
    server.routes |= {"/api/all": feed(server, 3), "/news-map.xml": sitemap(server, 4)}
    server.routes["/robots.txt"] = response(f"Sitemap: {server.url('/news-map.xml')}", kind="text/plain")
    assert sorted(numbers(await discover(client, SiteRules(home=server.url("/"))))) == [1, 2, 3, 4]


async def test_the_usual_places_are_looked_at_when_nothing_is_named(server, client):
    server.routes |= {"/": section(), "/rss": feed(server, 1), "/sitemap.xml": sitemap(server, 2)}
    assert sorted(numbers(await discover(client, SiteRules(home=server.url("/"))))) == [1, 2]


async def test_a_start_point_that_fails_is_told_and_the_others_go_on(server, client):
    server.routes["/s.xml"] = sitemap(server, 1)
    told = []
    rules = SiteRules(feeds=(server.url("/gone"),), sitemaps=(server.url("/s.xml"),))
    assert numbers(await discover(client, rules, on_problem=told.append)) == [1]
    assert len(told) == 1
    assert "/gone: 404" in told[0]


async def test_a_site_without_any_start_point_left_is_an_error(server, client):
    with pytest.raises(GiveUp) as caught:
        await discover(client, SiteRules(feeds=(server.url("/gone"),)))
    assert caught.value.fate is Fate.NOT_FOUND


async def test_links_that_ask_not_to_be_followed_are_not(server, client):
    server.routes["/world"] = section(1, 2, head='<meta name="robots" content="nofollow">')
    assert await discover(client, SiteRules(sections=(server.url("/world"),))) == []


async def test_given_urls_come_first(server, client):
    server.routes["/feed"] = feed(server, 20)
    rules = SiteRules(feeds=(server.url("/feed"),), urls=(server.url(story(1)),))
    assert [one.source for one in await discover(client, rules)] == ["given", f"feed:{server.url('/feed')}"]


# --- a bare URL


async def test_a_bare_feed_or_sitemap_means_its_entries(server, client):
    server.routes |= {
        "/feed": feed(server, 1, 2),
        "/s.xml": sitemap(server, 3),
        "/i.xml": index(server, s=""),
    }
    assert numbers(await discover_url(client, server.url("/feed"))) == [2, 1]
    assert numbers(await discover_url(client, server.url("/s.xml"))) == [3]
    assert numbers(await discover_url(client, server.url("/i.xml"))) == [3]


async def test_a_bare_story_means_itself_and_is_fetched_once(server, client):
    server.routes[story(1)] = section(2, 3, 4, 5)
    (found,) = await discover_url(client, server.url(story(1)))
    assert found.url == server.url(story(1))
    assert found.page.status == 200
    assert b"Story number 5" in found.page.body
    assert len(server.asked(story(1))) == 1


async def test_a_bare_page_that_declares_itself_an_article_is_one(server, client):
    server.routes["/bridge"] = section(2, 3, 4, 5, head='<meta property="og:type" content="article">')
    (found,) = await discover_url(client, server.url("/bridge"))
    assert found.page is not None


async def test_a_bare_page_with_few_story_links_is_taken_for_a_story(server, client):
    server.routes["/bridge"] = section(2)
    (found,) = await discover_url(client, server.url("/bridge"))
    assert found.url == server.url("/bridge")


async def test_a_bare_section_means_its_stories(server, client):
    server.routes["/world"] = section(1, 2, 3)
    assert sorted(numbers(await discover_url(client, server.url("/world")))) == [1, 2, 3]


async def test_a_bare_home_page_means_all_that_it_leads_to(server, client):
    server.routes |= {"/": section(1, 2, 3), "/map.xml": sitemap(server, 4)}
    server.routes["/robots.txt"] = response("Sitemap: /map.xml", kind="text/plain")
    assert sorted(numbers(await discover_url(client, server.url("/")))) == [1, 2, 3, 4]


async def test_a_home_page_that_is_not_there_still_has_its_feed_and_sitemap(server, client):
    server.routes |= {"/feed.xml": feed(server, 1), "/map.xml": sitemap(server, 2)}
    server.routes["/robots.txt"] = response(f"Sitemap: {server.url('/map.xml')}", kind="text/plain")
    assert numbers(await discover_url(client, server.url("/"))) == [2]
    server.routes["/robots.txt"] = response("", kind="text/plain")
    async with Web(OPTIONS) as fresh:
        assert numbers(await discover_url(fresh, server.url(""))) == [1]


async def test_a_home_page_behind_a_redirect_brings_its_own_host(server, client):
    server.routes |= {"/": redirect("/en/"), "/en/": section(1, 2, 3)}
    assert sorted(numbers(await discover_url(client, server.url("/")))) == [1, 2, 3]


async def test_a_home_page_that_only_sends_on_is_followed(server, client):
    server.routes["/"] = response(
        '<meta http-equiv="refresh" content="0; url=/en/"><a href="/en/">English</a>'
    )
    server.routes["/en/"] = section(1, 2, 3)
    assert sorted(numbers(await discover_url(client, server.url("/")))) == [1, 2, 3]
    assert sorted(numbers(await discover(client, SiteRules(home=server.url("/"))))) == [1, 2, 3]


async def test_a_bare_url_that_is_not_there_is_an_error(server, client):
    for path in ("/", "/gone", story(1)):
        with pytest.raises(GiveUp) as caught:
            await discover_url(client, server.url(path))
        assert caught.value.fate is Fate.NOT_FOUND


async def test_limit_and_since_hold_for_bare_urls_too(server, client):
    server.routes["/s.xml"] = sitemap(server, *range(1, 9))
    assert numbers(await discover_url(client, server.url("/s.xml"), limit=2)) == [8, 7]
    since = datetime(2026, 11, 7, tzinfo=UTC)
    assert numbers(await discover_url(client, server.url("/s.xml"), since=since)) == [8, 7]
