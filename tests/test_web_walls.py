"""No address, redirect, list or proxy leads the web session where it must not go."""

from __future__ import annotations

import pytest

from connectors import addresses
from connectors.discovery import SiteRules, discover
from connectors.errors import BadInput
from connectors.web import Web, WebOptions
from extractors.records import Fate
from tests import web_sessions
from tests.web_server import PAGE, QUICK, FakeResolver, WebServer, fate_of, redirect, response, serving

quick_backoff = web_sessions.quick_backoff


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
