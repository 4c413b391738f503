import asyncio
import contextlib
import gzip
import ipaddress
import ssl
import time
import tracemalloc
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import brotli
import pytest
import zstandard

from connectors import addresses, pace, web
from connectors.discovery import SiteRules, discover
from connectors.errors import BadInput, GiveUp, TryLater
from connectors.web import Web, WebOptions, require_contact
from extractors.records import Fate
from tests.web_server import (
    FakeResolver,
    WebServer,
    closing,
    dripping,
    failing_first,
    hang,
    redirect,
    reset,
    response,
    serving,
)

PAGE = response("<html><body><p>A page of our own.</p></body></html>")
QUICK = {
    "allow_private_hosts": True,
    "delay_seconds": 0.0,
    "deadline_seconds": 1.0,
    "connect_seconds": 1.0,
    "read_seconds": 0.5,
    "max_page_bytes": 1_000_000,
}


@pytest.fixture(autouse=True)
def quick_backoff(monkeypatch):
    monkeypatch.setattr(web, "_FIRST_BACKOFF_SECONDS", 0.01)
    monkeypatch.setattr(pace, "_FIRST_TROUBLE_SECONDS", 0.01)


@pytest.fixture
async def server():
    async with serving(WebServer()) as running:
        running.routes["/"] = PAGE
        yield running


@pytest.fixture
async def client():
    async with Web(WebOptions(**QUICK)) as opened:
        yield opened


async def fate_of(call) -> Fate:
    with pytest.raises(GiveUp) as caught:
        await call
    return caught.value.fate


# --- what a good answer becomes


async def test_a_page_comes_back_as_it_was_sent(server, client):
    server.routes["/a"] = response("<p>Ա</p>", headers={"ETag": '"1"', "X-Odd": "ä"})
    page = await client.fetch(server.url("/a#part"))
    assert page.status == 200
    assert page.body == "<p>Ա</p>".encode()
    assert page.header("etag") == '"1"'
    assert page.header("x-odd") == "ä"
    assert page.url == server.url("/a#part")
    assert page.final_url == server.url("/a")
    assert page.fetched_at.tzinfo is UTC


async def test_the_user_agent_says_who_we_are_and_whom_to_ask(server):
    async with Web(WebOptions(**QUICK, contact="crawl@example.org")) as client:
        await client.fetch(server.url())
    assert server.asked("/")[0].headers["user-agent"] == "lrahos/0.1 (+crawl@example.org)"


async def test_validators_are_sent_and_a_304_has_no_body(server, client):
    server.routes["/a"] = response(status=304, kind="")
    page = await client.fetch(server.url("/a"), etag='"1"', last_modified="Tue, 24 Nov 2026 10:00:00 GMT")
    sent = server.asked("/a")[0].headers
    assert (page.status, page.body) == (304, b"")
    assert sent["if-none-match"] == '"1"'
    assert sent["if-modified-since"] == "Tue, 24 Nov 2026 10:00:00 GMT"


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda body: zlib.compress(body)[2:-4]),
        ("br", brotli.compress),
        ("zstd", zstandard.compress),
        ("gzip, br", lambda body: brotli.compress(gzip.compress(body))),
        ("gzip", lambda body: gzip.compress(body[:100]) + gzip.compress(body[100:])),
        ("gzip", lambda body: body),
    ],
)
async def test_every_content_encoding_is_undone(server, client, encoding, pack):
    body = b"<p>" + b"some words that repeat " * 500 + b"</p>"
    server.routes["/a"] = response(pack(body), headers={"Content-Encoding": encoding})
    assert (await client.fetch(server.url("/a"))).body == body


async def test_one_connection_serves_many_pages_of_a_host(server, client):
    for _ in range(5):
        await client.fetch(server.url())
    assert server.connections == 1


async def test_cookies_last_for_the_session_and_no_longer(server):
    server.routes["/a"] = response("x", headers={"Set-Cookie": "seen=1"})
    for _ in range(2):
        async with Web(WebOptions(**QUICK)) as client:
            await client.fetch(server.url("/a"))
            await client.fetch(server.url("/"))
    assert ["cookie" in request.headers for request in server.asked("/a")] == [False, False]
    assert [request.headers.get("cookie") for request in server.asked("/")] == ["seen=1", "seen=1"]


async def test_letters_beyond_ascii_are_escaped_and_escapes_are_left_alone(server, client):
    server.routes["/%D5%AC%D5%B8%D6%82%D6%80?a=%2F&b=%C3%A9"] = PAGE
    await client.fetch(server.url("/լուր?a=%2F&b=é"))


async def test_a_name_in_another_script_is_asked_for_as_dns_knows_it(server):
    resolver = FakeResolver({"xn--h1ahn.xn--p1acf": ["127.0.0.1"]})
    server.routes["/a"] = PAGE
    async with Web(WebOptions(**QUICK), resolver=resolver) as client:
        assert (await client.fetch(f"http://мир.рус:{server.port}/a")).status == 200
    assert server.asked("/a")[0].headers["host"] == f"xn--h1ahn.xn--p1acf:{server.port}"


async def test_the_systems_own_resolver_is_used_by_default(server, client):
    server.routes["/a"] = PAGE
    assert (await client.fetch(f"http://localhost:{server.port}/a")).status == 200


async def test_waiting_for_a_free_connection_is_not_held_against_a_host():
    async with contextlib.AsyncExitStack() as stack:
        slow = dripping(b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\n\r\n", b"x", 0.1)
        servers = [await stack.enter_async_context(serving(WebServer())) for _ in range(3)]
        servers[0].routes["/a"] = servers[1].routes["/a"] = slow
        servers[2].routes["/a"] = PAGE
        client = await stack.enter_async_context(Web(WebOptions(**QUICK, connections=1)))
        calls = (client.fetch(one.url("/a")) for one in servers)
        *_, last = await asyncio.gather(*calls, return_exceptions=True)
        assert last.status == 200


# --- what a bad answer becomes


async def test_a_304_that_nobody_asked_for_is_a_bad_response(server, client):
    server.routes["/a"] = response(status=304, kind="")
    assert await fate_of(client.fetch_patiently(server.url("/a"))) is Fate.BAD_RESPONSE


@pytest.mark.parametrize(
    ("status", "fate"),
    [
        (404, Fate.NOT_FOUND),
        (410, Fate.NOT_FOUND),
        (401, Fate.REFUSED),
        (403, Fate.REFUSED),
        (451, Fate.REFUSED),
        (418, Fate.REFUSED),
        (300, Fate.BAD_RESPONSE),
    ],
)
async def test_a_status_that_stays_ends_the_url(server, client, status, fate):
    server.routes["/a"] = response("x", status=status)
    assert await fate_of(client.fetch_patiently(server.url("/a"))) is fate
    assert len(server.asked("/a")) == 1


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
async def test_a_status_that_may_pass_is_tried_again(server, client, status):
    server.routes["/a"] = failing_first(2, response("x", status=status), PAGE)
    page = await client.fetch_patiently(server.url("/a"))
    assert page.status == 200
    assert len(server.asked("/a")) == 3
    assert client.traffic.retries == 2


async def test_a_host_that_fails_every_time_is_a_server_error(server, client):
    server.routes["/a"] = response("x", status=503)
    assert await fate_of(client.fetch_patiently(server.url("/a"))) is Fate.SERVER_ERROR
    assert len(server.asked("/a")) == 4


async def test_one_try_says_when_the_next_may_be(server, client):
    server.routes["/a"] = response("x", status=429, headers={"Retry-After": "17"})
    with pytest.raises(TryLater) as caught:
        await client.fetch(server.url("/a"))
    assert caught.value.after_seconds == 17
    assert caught.value.fate is Fate.SERVER_ERROR


async def test_a_retry_after_in_seconds_is_waited_for_by_the_whole_host(server, client):
    server.routes["/a"] = failing_first(1, response("x", status=503, headers={"Retry-After": "1"}), PAGE)
    await client.fetch(server.url("/"))
    first = asyncio.create_task(client.fetch_patiently(server.url("/a")))
    while not server.asked("/a"):
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)
    await asyncio.gather(first, client.fetch(server.url("/")))
    refused = server.asked("/a")[0].at
    later = [request.at for request in server.requests if request.at > refused]
    assert len(later) == 2
    assert min(later) - refused >= 0.95


async def test_a_retry_after_as_a_date_is_understood(server, client):
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    server.routes["/a"] = response("x", status=503, headers={"Retry-After": date})
    with pytest.raises(TryLater) as caught:
        await client.fetch(server.url("/a"))
    assert 90 < caught.value.after_seconds <= 100


async def test_a_host_that_wants_hours_of_rest_is_left_alone_for_the_run(server, client):
    server.routes["/a"] = response("x", status=429, headers={"Retry-After": "3000"})
    assert await fate_of(client.fetch_patiently(server.url("/a"))) is Fate.SERVER_ERROR
    assert await fate_of(client.fetch_patiently(server.url("/"))) is Fate.SERVER_ERROR
    assert not server.asked("/")


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", "video/mp4", "application/octet-stream"])
async def test_what_is_no_text_is_not_downloaded(server, client, kind):
    server.routes["/a"] = response(b"\0" * 500_000, kind=kind)
    assert await fate_of(client.fetch_patiently(server.url("/a"))) is Fate.NOT_TEXT
    assert client.traffic.received_bytes < 100_000


async def test_a_connection_reset_is_tried_again(server, client):
    server.routes["/a"] = failing_first(2, reset, PAGE)
    assert (await client.fetch_patiently(server.url("/a"))).status == 200
    assert len(server.asked("/a")) == 3


async def test_a_closed_port_is_unreachable(server):
    async with serving(WebServer()) as gone:
        closed = gone.url("/a")
    async with Web(WebOptions(**QUICK, tries=2)) as client:
        assert await fate_of(client.fetch_patiently(closed)) is Fate.UNREACHABLE


async def test_a_name_that_does_not_exist_is_unreachable():
    async with Web(WebOptions(**QUICK, tries=2), resolver=FakeResolver({})) as client:
        assert await fate_of(client.fetch_patiently("http://nowhere.example/")) is Fate.UNREACHABLE


async def test_a_dead_host_is_asked_no_more(server):
    server.routes["/robots.txt"] = response("", kind="text/plain")
    server.fallback = reset
    async with Web(WebOptions(**QUICK)) as client:
        fates = [await fate_of(client.fetch_patiently(server.url(f"/{n}"))) for n in range(20)]
    assert set(fates) == {Fate.UNREACHABLE}
    assert len(server.requests) <= 1 + 5


async def test_a_body_shorter_than_announced_is_torn(server, client):
    server.routes["/a"] = dripping_once(
        b"HTTP/1.1 200 X\r\nContent-Length: 1000\r\nContent-Type: text/html\r\n\r\nshort"
    )
    assert await fate_of(client.fetch_patiently(server.url("/a"))) is Fate.UNREACHABLE


async def test_a_compressed_body_that_ends_too_early_is_torn(server, client):
    whole = gzip.compress(b"".join(b"%d words " % n for n in range(2000)))
    server.routes["/a"] = response(whole[: len(whole) // 2], headers={"Content-Encoding": "gzip"})
    assert await fate_of(client.fetch_patiently(server.url("/a"))) is Fate.UNREACHABLE


async def test_a_page_cut_without_an_error_is_asked_for_again(server, client):
    whole = "<html><body>" + "<p>Words.</p>" * 100 + "</body></html>"
    server.routes["/a"] = failing_first(2, response(whole[:300]), response(whole))
    assert (await client.fetch_patiently(server.url("/a"))).body == whole.encode()


async def test_a_host_that_never_ends_its_pages_is_believed_after_two(server, client):
    for name in "abcd":
        server.routes[f"/{name}"] = response("<html><p>Words.")
        await client.fetch_patiently(server.url(f"/{name}"))
    assert [len(server.asked(f"/{name}")) for name in "abcd"] == [3, 3, 1, 1]


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "snappy", "gzip, gzip, gzip"])
async def test_a_broken_or_unknown_encoding_is_a_bad_response(server, client, encoding):
    server.routes["/a"] = response(b"\x1f\x8bno such thing" * 30, headers={"Content-Encoding": encoding})
    assert await fate_of(client.fetch(server.url("/a"))) is Fate.BAD_RESPONSE


async def test_headers_without_an_end_are_a_bad_response(server, client):
    server.routes["/a"] = dripping(b"HTTP/1.1 200 X\r\nX-Long: ", b"x" * 100_000, 0.0)
    assert await fate_of(client.fetch(server.url("/a"))) is Fate.BAD_RESPONSE


async def test_a_thousand_headers_are_a_bad_response(server, client):
    many = "".join(f"X-{n}: 1\r\n" for n in range(1000)).encode()
    server.routes["/a"] = dripping_once(b"HTTP/1.1 200 X\r\n" + many + b"\r\n")
    assert await fate_of(client.fetch(server.url("/a"))) is Fate.BAD_RESPONSE


async def test_what_is_no_http_is_a_bad_response(server, client):
    server.routes["/a"] = dripping_once(b"SSH-2.0-OpenSSH_9.0\r\n\r\n")
    assert await fate_of(client.fetch(server.url("/a"))) is Fate.BAD_RESPONSE


def dripping_once(raw: bytes):
    async def answer(_, writer):
        writer.write(raw)
        await writer.drain()

    return answer


# --- time


@pytest.mark.parametrize(
    "answer",
    [
        hang,
        dripping(b"HTTP/1.1 200 X\r\n", b"X-A: 1\r\n", 0.1),
        dripping(b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\n\r\n", b"x", 0.1),
    ],
    ids=["silence", "slow headers", "slow body"],
)
async def test_a_slow_answer_meets_its_deadline(server, client, answer):
    server.routes["/a"] = answer
    started = time.monotonic()
    with pytest.raises(TryLater) as caught:
        await client.fetch(server.url("/a"))
    assert caught.value.fate is Fate.TIMED_OUT
    assert time.monotonic() - started < 10  # an answer without a deadline never ends


async def test_redirects_share_one_deadline(server):
    async def slow(request, writer):
        await asyncio.sleep(0.3)
        number = int(request.target.removeprefix("/r"))
        writer.write(closing(redirect(f"/r{number + 1}")))
        await writer.drain()

    for number in range(20):
        server.routes[f"/r{number}"] = slow
    options = WebOptions(**{**QUICK, "deadline_seconds": 0.7}, max_redirects=20)
    async with Web(options) as client:
        with pytest.raises(TryLater) as caught:
            await client.fetch(server.url("/r0"))
    assert caught.value.fate is Fate.TIMED_OUT
    assert len(server.requests) < 6


# --- size


@pytest.mark.parametrize("length", ["Content-Length: 5000000\r\n", ""])
async def test_a_page_over_the_cap_is_refused_wherever_it_says_so(server, client, length):
    head = f"HTTP/1.1 200 X\r\nContent-Type: text/html\r\n{length}\r\n".encode()
    server.routes["/a"] = dripping(head, b"x" * 65536, 0.0)
    assert await fate_of(client.fetch(server.url("/a"))) is Fate.BAD_RESPONSE
    assert client.traffic.received_bytes < 2_000_000


def _zstd_bomb() -> bytes:
    return zstandard.ZstdCompressor(level=19).compress(bytes(200_000_000))


@pytest.mark.parametrize(
    ("encoding", "bomb"),
    [
        ("gzip", lambda: gzip.compress(bytes(60_000_000), 9)),
        ("deflate", lambda: zlib.compress(bytes(60_000_000), 9)),
        ("br", lambda: brotli.compress(bytes(60_000_000), quality=5)),
        ("zstd", _zstd_bomb),
        ("gzip, gzip", lambda: gzip.compress(gzip.compress(bytes(200_000_000), 9), 9)),
    ],
    ids=["gzip", "deflate", "br", "zstd", "twice"],
)
async def test_a_bomb_is_stopped_before_it_unfolds(server, client, encoding, bomb):
    server.routes["/a"] = response(bomb(), headers={"Content-Encoding": encoding})
    tracemalloc.start()
    try:
        assert await fate_of(client.fetch(server.url("/a"))) is Fate.BAD_RESPONSE
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 40_000_000


# --- redirects


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirects_are_followed_and_the_end_is_told(server, client, status):
    server.routes["/a"] = redirect("b?x=1", status)
    server.routes["/b?x=1"] = PAGE
    page = await client.fetch(server.url("/a"))
    assert page.url == server.url("/a")
    assert page.final_url == server.url("/b?x=1")


@pytest.mark.parametrize(
    "routes",
    [
        {"/a": redirect("/a")},
        {"/a": redirect("/b"), "/b": redirect("/a")},
        {"/a": redirect("")},
        {"/a": redirect("http://")},
        {"/a": redirect("http://[::1")},
    ],
)
async def test_redirects_without_an_end_are_a_bad_response(server, client, routes):
    server.routes |= routes
    assert await fate_of(client.fetch(server.url("/a"))) is Fate.BAD_RESPONSE
    assert len(server.requests) < 8


async def test_a_chain_longer_than_allowed_is_a_bad_response(server, client):
    server.routes |= {f"/{n}": redirect(f"/{n + 1}") for n in range(50)}
    assert await fate_of(client.fetch(server.url("/0"))) is Fate.BAD_RESPONSE
    assert len(server.requests) == 1 + 9  # robots.txt, and the first URL with eight redirects


async def test_a_site_may_send_a_browser_back_with_a_cookie(server, client):
    async def gate(request, writer):
        passed = "seen=1" in request.headers.get("cookie", "")
        back = response(status=302, kind="", headers={"Set-Cookie": "seen=1", "Location": "/a"})
        writer.write(closing(PAGE if passed else back))
        await writer.drain()

    server.routes["/a"] = gate
    assert (await client.fetch(server.url("/a"))).status == 200


@pytest.mark.parametrize(
    "target", ["ftp://example.org/x", "file:///etc/passwd", "gopher://example.org/", "data:,x"]
)
async def test_redirects_leave_http_for_nothing(server, client, target):
    server.routes["/a"] = redirect(target)
    assert await fate_of(client.fetch(server.url("/a"))) is Fate.FORBIDDEN_ADDRESS


# --- nowhere else


@pytest.fixture
async def walled(monkeypatch):
    """A site on 127.0.0.2, which stands for the public web, and a listener behind the wall."""
    closed = tuple(one for one in addresses._CLOSED_V4 if str(one) != "127.0.0.0/8")
    monkeypatch.setattr(addresses, "_CLOSED_V4", (*closed, addresses.ipaddress.IPv4Network("127.0.0.0/31")))
    async with serving(WebServer(host="127.0.0.2")) as site, serving(WebServer(host="127.0.0.1")) as silent:
        names = {
            "site.example": ["127.0.0.2"],
            "evil.example": ["127.0.0.1"],
            "both.example": ["127.0.0.1", "127.0.0.2"],
            "mapped.example": ["::ffff:127.0.0.1"],
            "localhost": ["127.0.0.1"],
        }
        options = WebOptions(
            **{**QUICK, "allow_private_hosts": False}, ports=frozenset({site.port, silent.port})
        )
        async with Web(options, resolver=FakeResolver(names)) as client:
            yield client, site, silent
        assert silent.connections == 0


FORBIDDEN_HOSTS = [
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "017700000001",
    "127.0.0.1.",
    "①②⑦.⓪.⓪.①",
    "127。0。0。1",
    "0.0.0.0",
    "0",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[64:ff9b::7f00:1]",
    "[::127.0.0.1]",
    "localhost",
    "LOCALHOST.",
    "evil.example",
    "mapped.example",
]


@pytest.mark.parametrize("host", FORBIDDEN_HOSTS)
async def test_no_spelling_of_a_closed_address_is_connected_to(walled, host):
    client, _, silent = walled
    fate = await fate_of(client.fetch(f"http://{host}:{silent.port}/"))
    assert fate is Fate.FORBIDDEN_ADDRESS


@pytest.mark.parametrize("host", FORBIDDEN_HOSTS)
async def test_no_redirect_leads_to_a_closed_address(walled, host):
    client, site, silent = walled
    site.routes["/a"] = redirect(f"http://{host}:{silent.port}/")
    fate = await fate_of(client.fetch(f"http://site.example:{site.port}/a"))
    assert fate in {Fate.FORBIDDEN_ADDRESS, Fate.BAD_RESPONSE}
    assert site.asked("/a")


async def test_a_redirect_without_a_scheme_is_checked_too(walled):
    client, site, silent = walled
    site.routes["/a"] = redirect(f"//127.0.0.1:{silent.port}/")
    assert await fate_of(client.fetch(f"http://site.example:{site.port}/a")) is Fate.FORBIDDEN_ADDRESS


async def test_robots_txt_leads_to_no_closed_address(walled):
    client, site, silent = walled
    site.routes["/robots.txt"] = redirect(f"http://127.0.0.1:{silent.port}/robots.txt")
    site.routes["/a"] = PAGE
    assert await fate_of(client.fetch(f"http://site.example:{site.port}/a")) is Fate.FORBIDDEN_ADDRESS
    assert not site.asked("/a")


async def test_feeds_sitemaps_and_pages_lead_to_no_closed_address(walled):
    client, site, silent = walled
    here, behind = f"http://site.example:{site.port}", f"http://127.0.0.1:{silent.port}"
    link = f'<link rel="alternate" type="application/rss+xml" href="{behind}/feed">'
    refresh = f'<meta http-equiv="refresh" content="0; url={behind}/home">'
    site.routes["/robots.txt"] = response(
        f"Sitemap: {behind}/s.xml\nSitemap: {here}/s.xml", kind="text/plain"
    )
    index = f"<sitemapindex><sitemap><loc>{behind}/t.xml</loc></sitemap></sitemapindex>"
    site.routes["/s.xml"] = response(index, kind="text/xml")
    site.routes["/feed"] = response("<rss/>", kind="text/xml")
    site.routes["/"] = response(f"<html><head>{link}</head></html>")
    site.routes["/refresh"] = response(f"<html><head>{refresh}</head></html>")
    told: list[str] = []
    rules = SiteRules(home=f"{here}/", sections=(f"{here}/refresh",), urls=(f"{behind}/a/1234567.html",))
    (given,) = await discover(client, rules, on_problem=told.append)
    assert len(told) == 4
    assert all("closed address" in problem for problem in told)
    assert await fate_of(client.fetch_patiently(given.url)) is Fate.FORBIDDEN_ADDRESS


async def test_of_a_name_with_open_and_closed_addresses_only_the_open_one_is_used(walled):
    client, site, _ = walled
    site.routes["/a"] = PAGE
    assert (await client.fetch(f"http://both.example:{site.port}/a")).status == 200


async def test_ports_that_nobody_opened_are_closed(walled):
    client, _, _ = walled
    assert await fate_of(client.fetch("http://site.example:22/")) is Fate.FORBIDDEN_ADDRESS


@pytest.mark.parametrize("url", ["ftp://site.example/", "file:///etc/passwd", "http://user:pw@site.example/"])
async def test_other_schemes_and_credentials_are_refused(walled, url):
    client, _, _ = walled
    assert await fate_of(client.fetch(url)) is Fate.FORBIDDEN_ADDRESS


@pytest.mark.parametrize(
    "url", ["", "no url", "http://", "http:///x", "http://a b/", "http://a\\@127.0.0.1/"]
)
async def test_what_is_no_url_is_a_bad_response_or_refused(walled, url):
    client, _, _ = walled
    assert await fate_of(client.fetch(url)) in {Fate.BAD_RESPONSE, Fate.FORBIDDEN_ADDRESS}


# --- through a proxy


@pytest.fixture
async def proxied():
    """A proxy on loopback, and a session that keeps its guard up."""
    async with serving(WebServer()) as proxy:
        address = f"http://lrahos:word@{proxy.host}:{proxy.port}"
        options = WebOptions(**{**QUICK, "allow_private_hosts": False}, proxy=address)
        async with Web(options) as client:
            yield client, proxy


async def test_a_proxy_on_loopback_is_used_with_its_password(proxied):
    client, proxy = proxied
    proxy.routes["http://news.example/a"] = PAGE
    assert (await client.fetch("http://news.example/a")).status == 200
    assert proxy.asked("http://news.example/a")[0].headers["proxy-authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    "host",
    [host for host in FORBIDDEN_HOSTS if ".example" not in host] + ["metadata.google.internal", "redis"],
)
async def test_a_proxy_is_not_asked_for_closed_addresses(proxied, host):
    client, proxy = proxied
    proxy.routes["http://news.example/a"] = redirect(f"http://{host}/")
    assert await fate_of(client.fetch(f"http://{host}/")) is Fate.FORBIDDEN_ADDRESS
    assert await fate_of(client.fetch("http://news.example/a")) is Fate.FORBIDDEN_ADDRESS
    assert {request.target for request in proxy.requests} == {
        "http://news.example/robots.txt",
        "http://news.example/a",
    }


async def test_a_proxy_that_wants_a_password_stops_the_run(proxied):
    client, proxy = proxied
    proxy.fallback = response("who are you?", status=407, headers={"Proxy-Authenticate": "Basic"})
    with pytest.raises(BadInput, match="LRAHOS_PROXY"):
        await client.fetch_patiently("http://news.example/a")
    with pytest.raises(BadInput, match="LRAHOS_PROXY"):
        await client.fetch_patiently("https://news.example/a")


# --- politeness


async def test_one_host_is_asked_one_thing_at_a_time_and_not_before_its_delay(server):
    async with Web(WebOptions(**{**QUICK, "delay_seconds": 0.1})) as client:
        await asyncio.gather(*(client.fetch(server.url("/")) for _ in range(5)))
    times = [request.at for request in server.requests]
    assert len(times) == 6
    assert all(later - earlier >= 0.095 for earlier, later in pairwise(times))


async def test_a_sites_own_delay_overrides_the_default(server):
    async with Web(WebOptions(**QUICK)) as client:
        for _ in range(3):
            await client.fetch(server.url("/"), delay_seconds=0.1)
    times = [request.at for request in server.asked("/")]
    assert all(later - earlier >= 0.095 for earlier, later in pairwise(times))


async def test_robots_txt_slows_us_down(server, client):
    server.routes["/robots.txt"] = response("User-agent: *\nCrawl-delay: 0.2\n", kind="text/plain")
    for _ in range(3):
        await client.fetch(server.url("/"))
    times = [request.at for request in server.requests]
    assert len(times) == 4
    assert all(later - earlier >= 0.195 for earlier, later in pairwise(times))


async def test_robots_txt_is_obeyed_on_every_hop(server, client):
    server.routes["/robots.txt"] = response("User-agent: lrahos\nDisallow: /private\n", kind="text/plain")
    server.routes["/a"] = redirect("/private/b")
    server.routes["/private/b"] = PAGE
    assert await fate_of(client.fetch(server.url("/private/b"))) is Fate.ROBOTS
    assert await fate_of(client.fetch(server.url("/a"))) is Fate.ROBOTS
    assert not server.asked("/private/b")
    assert len(server.asked("/robots.txt")) == 1


def test_a_contact_is_wanted_before_somebody_elses_site_is_crawled():
    require_contact(WebOptions(contact="crawl@example.org"), ["https://news.example/"])
    require_contact(WebOptions(), ["http://127.0.0.1:8000/", "localhost", "http://[::1]/"])
    for url in ["https://news.example/", "news.example"]:
        with pytest.raises(BadInput, match="LRAHOS_CONTACT"):
            require_contact(WebOptions(contact=" "), [url])


def _self_signed(folder) -> tuple[ssl.SSLContext, str]:
    """A certificate for 127.0.0.1 that nobody else vouches for, and the file that it lies in."""
    x509 = pytest.importorskip("cryptography.x509")
    hashes = pytest.importorskip("cryptography.hazmat.primitives.hashes")
    ec = pytest.importorskip("cryptography.hazmat.primitives.asymmetric.ec")
    form = pytest.importorskip("cryptography.hazmat.primitives.serialization")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder(
            name, name, key.public_key(), 1, now - timedelta(days=1), now + timedelta(days=1)
        )
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    secret = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
    path.write_bytes(secret + built.public_bytes(form.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context, str(path)


async def test_tls_is_verified_and_a_bundle_of_ones_own_is_trusted(tmp_path):
    context, bundle = _self_signed(tmp_path)
    async with serving(WebServer(routes={"/a": PAGE}), tls=context) as server:
        url = server.url("/a").replace("http:", "https:")
        async with Web(WebOptions(**QUICK)) as client:
            assert await fate_of(client.fetch_patiently(url)) is Fate.UNREACHABLE
        assert not server.requests
        async with Web(WebOptions(**QUICK, ca_bundle=bundle)) as client:
            assert (await client.fetch_patiently(url)).status == 200


async def test_a_bundle_of_certificates_that_is_none_is_told():
    with pytest.raises(BadInput, match="LRAHOS_CA_BUNDLE"):
        async with Web(WebOptions(ca_bundle="/nonexistent.pem")):
            pass
