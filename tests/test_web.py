import asyncio
import contextlib
import gzip
import ipaddress
import ssl
import zlib
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import brotli
import pytest
import zstandard

from connectors.errors import BadInput
from connectors.web import Web, WebOptions, require_contact
from extractors.records import Fate
from tests import web_sessions
from tests.web_server import (
    PAGE,
    QUICK,
    FakeResolver,
    WebServer,
    closing,
    dripping,
    fate_of,
    redirect,
    response,
    serving,
)

quick_backoff, server, client = web_sessions.quick_backoff, web_sessions.server, web_sessions.client


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
