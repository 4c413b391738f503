"""Pages drawn by scripts, and what a page may not do while a browser draws it.

Most of it needs Playwright and an installed Chromium, and is skipped, saying so, where they are not.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace

import pytest
import pytest_asyncio
from made_pages import fetched, story
from made_runs import SilentWatcher
from web_server import FakeResolver, WebServer, response, serving

from config.settings import Settings
from connectors.chromium import USUAL_NAMES, find_chromium
from connectors.errors import BadInput
from connectors.robots import opt_outs
from connectors.warc import read_record
from connectors.web import Web, WebOptions
from extractors import judge
from extractors.records import Article, FetchedPage, Reason, Rejection, Rules
from extractors.tree import decode
from flows.crawl_sites import choose_sites
from flows.discovering import Discovery
from flows.fetching import PAGES_AT_ONCE_WHERE_RENDERED, Budget, Fetcher
from flows.parameters import Wanted
from flows.plans import Batch, Target
from flows.rules_of_sites import load_rule_book

CHROMIUM = next((path for path in map(shutil.which, USUAL_NAMES) if path), "")
HAS_PLAYWRIGHT = importlib.util.find_spec("playwright") is not None
_skip = pytest.mark.skipif(
    not (CHROMIUM and HAS_PLAYWRIGHT), reason="needs lrahos[render] and an installed Chromium"
)
_one_loop = pytest.mark.asyncio(
    loop_scope="module"
)  # these tests share a browser, which takes seconds to start
STORY = story(3)
SHELL = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Valley Post</title></head>
<body><div id="app"></div><script src="/app.js"></script></body></html>"""
# as such sites do it: the page is empty, a script asks for the story and draws it
APP = """
fetch("/story.json").then(answer => answer.json()).then(story => {
  document.title = story.title;
  document.getElementById("app").innerHTML = "<main><article><h1>" + story.title + "</h1>" +
    story.paragraphs.map(line => "<p>" + line + "</p>").join("") + "</article></main>";
});
"""


@pytest.fixture(autouse=True)
def impatience(monkeypatch):
    """A server on this machine answers at once, and nobody waits for what a short page may still do."""
    if HAS_PLAYWRIGHT:
        for name, seconds in (("_QUIET", 0.4), ("_LONG_QUIET", 0.8), ("_BUSY", 3.0)):
            monkeypatch.setattr(f"connectors.rendering.{name}_SECONDS", seconds)


def needs_browser(test):
    return _skip(_one_loop(test))


@pytest_asyncio.fixture(loop_scope="module")
async def server():
    async with serving(WebServer()) as found:
        found.routes["/app.js"] = response(APP, kind="text/javascript")
        found.routes["/story.json"] = response(
            json.dumps({"title": STORY.title, "paragraphs": STORY.paragraphs}), kind="application/json"
        )
        yield found


@asynccontextmanager
async def rendering(*, resolver=None, **options):
    from connectors.rendering import Renderer

    own = WebOptions(**{"allow_private_hosts": True, "delay_seconds": 0, "tries": 1, **options})
    async with Web(own, resolver=resolver) as web, Renderer(web, CHROMIUM) as renderer:
        yield renderer


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def renderer():
    async with rendering() as one:
        yield one


def page_at(url: str, html: str = SHELL, **more) -> FetchedPage:
    return replace(fetched(STORY, body=html.encode()), url=url, final_url=url, **more)


def is_rendered(page: FetchedPage) -> bool:
    return page.header("X-Lrahos-Rendered") != ""


@needs_browser
async def test_a_story_that_only_a_script_draws_becomes_an_article(server, renderer):
    page = page_at(server.url("/a"))
    before = judge(page, Rules())
    assert isinstance(before, Rejection)
    assert before.reason in {Reason.SCRIPT_ONLY, Reason.EMPTY, Reason.TOO_SHORT}
    drawn = await renderer.render(page)
    await renderer.render(replace(page, url=server.url("/b"), final_url=server.url("/b")))
    verdict = judge(drawn, Rules())
    assert isinstance(verdict, Article)
    assert verdict.title == STORY.title
    assert verdict.text.split("\n") == list(STORY.paragraphs)
    assert drawn.header("X-Lrahos-Rendered").startswith("chromium ")
    # the page itself is not asked for again, a script once a run, data each time
    assert [request.target for request in server.requests] == [
        "/robots.txt",
        "/app.js",
        "/story.json",
        "/story.json",
    ]
    assert all("lrahos" in request.headers["user-agent"] for request in server.requests)


@needs_browser
async def test_a_page_of_any_encoding_with_dialogs_and_downloads_is_drawn_as_utf_8(server, renderer):
    html = (
        "<html><head><meta charset=windows-1251></head><body><p>Новый мост</p><script>"
        "alert('stop'); document.body.append('через реку'); location.href = '/file.zip'; window.open('/');"
        "</script></body></html>"
    )
    page = page_at(server.url("/a"), headers=(("Content-Type", "text/html"), ("ETag", '"7"')))
    drawn = await renderer.render(replace(page, body=html.encode("windows-1251")))
    assert is_rendered(drawn)
    assert drawn.header("etag") == '"7"'
    assert "Новый мост" in decode(drawn)
    assert "через реку" in decode(drawn)
    assert server.requests == []


@needs_browser
async def test_what_a_page_asks_of_robots_holds_though_its_script_takes_it_away(server, renderer):
    html = (
        '<html><head><meta name="robots" content="max-snippet:-1, noai"></head><body><p>Drawn.</p>'
        "<script>document.querySelector('meta').remove()</script></body></html>"
    )
    drawn = await renderer.render(page_at(server.url("/a"), html))
    assert is_rendered(drawn)
    assert b"max-snippet" not in drawn.body
    assert "noai" in opt_outs(drawn)


@needs_browser
async def test_robots_txt_holds_for_what_a_script_asks_for(server, renderer):
    server.routes["/robots.txt"] = response("User-agent: *\nDisallow: /story.json", kind="text/plain")
    drawn = await renderer.render(page_at(server.url("/a")))
    assert is_rendered(drawn)
    assert len(server.asked("/app.js")) == 1
    assert server.asked("/story.json") == []


@contextmanager
def silence() -> Iterator[int]:
    """A port of 127.0.0.1 that nobody may speak to, by TCP or UDP."""
    with socket.socket() as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
        tcp.bind(("127.0.0.1", 0))
        tcp.listen()
        port = tcp.getsockname()[1]
        udp.bind(("127.0.0.1", port))
        yield port
        for listener, hear in ((tcp, tcp.accept), (udp, lambda: udp.recvfrom(1))):
            listener.setblocking(False)
            with pytest.raises(BlockingIOError):
                hear()


# each in a script element of its own: one that throws stops no other
WAYS = (
    'fetch("http://{host}/fetch", {{mode: "no-cors"}}).catch(() => 0)',
    'fetch("http://{host}/post", {{mode: "no-cors", method: "POST", body: "x"}}).catch(() => 0)',
    'new WebSocket("ws://{host}/socket")',
    'new EventSource("http://{host}/events")',
    'navigator.sendBeacon("http://{host}/beacon", "x")',
    'new Image().src = "http://{host}/picture.png"',
    'new Worker(URL.createObjectURL(new Blob(["fetch(\\"http://{host}/worker\\"); '
    'new WebSocket(\\"ws://{host}/worker\\")"])))',
    "const peer = new RTCPeerConnection({{iceServers: [{{urls: 'stun:{host}'}}, "
    "{{urls: 'turn:{host}?transport=tcp', username: 'x', credential: 'x'}}]}}); "
    "peer.createDataChannel('x'); peer.createOffer().then(offer => peer.setLocalDescription(offer))",
    'new WebTransport("https://{host}/transport")',
    'new Worker(URL.createObjectURL(new Blob(["new WebTransport(\\"https://{host}/worker\\")"])))',
    "const frame = document.documentElement.appendChild(document.createElement('iframe')); "
    "const other = new frame.contentWindow.RTCPeerConnection({{iceServers: [{{urls: 'stun:{host}'}}]}}); "
    "other.createDataChannel('x'); other.createOffer().then(offer => other.setLocalDescription(offer))",
    "document.links[0].click()",
    'window.open("http://{host}/window")',
    'location.href = "http://{host}/elsewhere"',
)
TAGS = (
    '<link rel="preconnect" href="http://{host}"><link rel="dns-prefetch" href="http://{host}">'
    '<link rel="prefetch" href="http://{host}/p"><link rel="preload" as="script" href="http://{host}/q.js">'
    '<link rel="stylesheet" href="http://{host}/s.css"><link rel="modulepreload" href="http://{host}/m.js">'
    '<script src="http://{host}/script.js"></script><iframe src="http://{host}/frame"></iframe>'
    '<iframe srcdoc="<img src=http://{host}/nested>"></iframe><img src="http://{host}/image">'
    '<object data="http://{host}/object"></object><video src="http://{host}/video"></video>'
    '<script type="speculationrules">{{"prefetch": [{{"source": "list", "urls": ["http://{host}/x"]}}], '
    '"prerender": [{{"source": "list", "urls": ["http://{host}/y"]}}]}}</script>'
    '<a href="#here" ping="http://{host}/ping">here</a><link rel="manifest" href="http://{host}/manifest">'
    '<link rel="icon" href="http://{host}/icon.png">'
    '<meta http-equiv="refresh" content="0;url=http://{host}/refresh">'
)


def reporting(host: str) -> tuple[tuple[str, str], ...]:
    policy = f"font-src 'none'; style-src 'none'; report-uri http://{host}/report"
    return (("Content-Type", "text/html"), ("Content-Security-Policy", policy))


def hostile(*hosts: str) -> str:
    scripts = "".join(f"<script>{way.format(host=host)}</script>" for host in hosts for way in WAYS)
    tags = "".join(TAGS.format(host=host) for host in hosts)
    return f"<html><head></head><body><p>Drawn.</p>{tags}{scripts}</body></html>"


@needs_browser
async def test_no_way_leads_to_a_closed_address():
    names = FakeResolver({"news.example": ["127.0.0.1"], "inside.example": ["127.0.0.1"]})
    with silence() as port:
        hosts = [
            f"127.0.0.1:{port}",
            f"2130706433:{port}",
            f"[::ffff:7f00:1]:{port}",
            f"inside.example:{port}",
        ]
        async with rendering(
            resolver=names, allow_private_hosts=False, ports=frozenset({80, 443, port})
        ) as renderer:
            drawn = await renderer.render(
                page_at("https://news.example/a", hostile(*hosts), headers=reporting(hosts[0]))
            )
    assert is_rendered(drawn)
    assert b"Drawn." in drawn.body


@needs_browser
async def test_even_where_private_hosts_are_open_only_scripts_and_data_are_asked_for(server, renderer):
    drawn = await renderer.render(
        page_at(server.url("/a"), hostile(f"127.0.0.1:{server.port}"), headers=reporting(server.url()[7:-1]))
    )
    assert is_rendered(drawn)
    assert {request.method for request in server.requests} == {"GET"}
    asked = {request.target for request in server.requests}
    assert asked == {"/robots.txt", "/script.js", "/fetch", "/worker", "/q.js", "/m.js"}


@needs_browser
async def test_an_endless_script_ends_and_what_it_drew_before_counts(server, renderer):
    endless = "<html><body><p>Drawn before.</p><script>while (true) {}</script></body></html>"
    drawn = await renderer.render(page_at(server.url("/a"), endless))
    after = await renderer.render(page_at(server.url("/b")))
    assert b"Drawn before." in drawn.body
    assert STORY.title.encode() in after.body


@needs_browser
async def test_of_ten_thousand_requests_a_hundred_are_made(server, renderer):
    from connectors.render_requests import MAX_REQUESTS

    server.fallback = response("{}", kind="application/json")
    many = "<html><body><p>Drawn.</p><script>for (let n = 0; n < 10000; n++) fetch('/n' + n)</script></body></html>"
    drawn = await renderer.render(page_at(server.url("/a"), many))
    assert b"Drawn." in drawn.body
    assert len([request for request in server.requests if request.target != "/robots.txt"]) <= MAX_REQUESTS


@needs_browser
async def test_a_page_that_grows_too_big_is_judged_as_it_was_fetched(server):
    growths = (
        "document.body.append('x'.repeat(3e6))",
        "const grow = () => { document.body.append('x'.repeat(1e6)); setTimeout(grow, 1) }; grow()",
        "const kept = []; while (true) kept.push(new Array(1e6).fill({}))",  # memory alone
    )
    async with rendering(max_page_bytes=2_000_000) as renderer:
        for growth in growths:
            html = f"<html><body><p>Small.</p><script>{growth}</script></body></html>"
            drawn = await renderer.render(page_at(server.url("/a"), html))
            assert len(drawn.body) < 2_000_000, growth
        after = await renderer.render(page_at(server.url("/b")))
    assert STORY.title.encode() in after.body


@needs_browser
async def test_a_page_that_is_no_html_is_left_alone(server, renderer):
    for page in (
        page_at(server.url("/a"), headers=(("Content-Type", "application/json"),)),
        page_at(server.url("/a"), status=304),
    ):
        assert await renderer.render(page) is page
    assert server.requests == []


@needs_browser
async def test_when_the_browser_has_died_the_next_page_gets_a_new_one(server, renderer):
    await (await renderer._living()).close()
    drawn = await renderer.render(page_at(server.url("/a")))
    assert STORY.title.encode() in drawn.body


@needs_browser
async def test_a_program_that_is_no_browser_is_told_in_one_line():
    from connectors.rendering import Renderer

    async with Web(WebOptions(allow_private_hosts=True)) as web:
        with pytest.raises(BadInput, match="LRAHOS_CHROMIUM") as told:
            async with Renderer(web, shutil.which("false")):
                pass
    assert "\n" not in str(told.value)


class FakeRenderer:
    def __init__(self) -> None:
        self.at_once = self.most = 0

    async def render(self, page: FetchedPage, *, delay_seconds: float | None) -> FetchedPage:
        return replace(page, body=page.body + f" drawn, {delay_seconds} s".encode())


@_one_loop
async def test_only_pages_of_sites_that_ask_for_it_are_rendered(server):
    server.routes["/a"] = server.routes["/b"] = response("<p>A</p>")
    async with Web(WebOptions(allow_private_hosts=True, delay_seconds=0, tries=1)) as web:
        fetcher = Fetcher(
            web,
            SilentWatcher(),
            delays={"drawn": 0.01},
            discovery=Discovery(),
            budget=Budget(),
            renderers={"drawn": FakeRenderer()},
        )
        targets = (Target(url=server.url("/a"), site="drawn"), Target(url=server.url("/b"), site="plain"))
        pages, _ = await fetcher.fetch(Batch(number=0, name="valley", targets=targets))
    assert [read_record(page.record).body for page in pages] == [b"<p>A</p> drawn, 0.01 s", b"<p>A</p>"]


@_one_loop
async def test_pages_of_a_rendered_site_are_not_all_asked_for_before_the_first_is_drawn(server):
    server.fallback = response("<p>A</p>")
    asked_before: list[int] = []

    class Counting(FakeRenderer):
        async def render(self, page, *, delay_seconds):
            asked_before.append(len([one for one in server.requests if one.target != "/robots.txt"]))
            return page

    async with Web(WebOptions(allow_private_hosts=True, delay_seconds=0, tries=1)) as web:
        fetcher = Fetcher(
            web,
            SilentWatcher(),
            delays={},
            discovery=Discovery(),
            budget=Budget(),
            renderers={"drawn": Counting()},
        )
        targets = tuple(Target(url=server.url(f"/{number}"), site="drawn") for number in range(10))
        await fetcher.fetch(Batch(number=0, name="drawn", targets=targets))
    assert len(asked_before) == 10
    assert all(asked < done + 1 + PAGES_AT_ONCE_WHERE_RENDERED for done, asked in enumerate(asked_before))


@pytest.fixture
def site_settings(tmp_path):
    (tmp_path / "drawn.yaml").write_text("home: http://127.0.0.1/\nrender: true\n")
    (tmp_path / "plain.yaml").write_text("home: http://127.0.0.2/\n")
    return Settings(sites_dir=str(tmp_path), chromium=str(tmp_path / "none"), allow_private_hosts=True)


def chosen(settings, *sites):
    return choose_sites(settings, Wanted(sites=sites), load_rule_book(settings))


def test_a_browser_that_is_missing_is_told_before_the_run_and_only_where_one_is_asked_for(
    site_settings, monkeypatch
):
    assert [site.renders for site in chosen(site_settings, "plain")] == [False]
    monkeypatch.setattr("importlib.util.find_spec", lambda name: True)
    with pytest.raises(BadInput, match="LRAHOS_CHROMIUM="):
        chosen(site_settings, "drawn")
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(BadInput, match="drawn asks for rendering, and there is no Chromium"):
        find_chromium("", "drawn")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(BadInput, match=r"lrahos\[render\]"):
        chosen(site_settings, "drawn")


def test_a_browser_that_is_named_is_taken_before_the_usual_ones(site_settings, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: True)
    assert find_chromium(sys.executable, "drawn") == sys.executable
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}" if name in USUAL_NAMES[1:] else None)
    assert find_chromium("", "drawn") == f"/bin/{USUAL_NAMES[1]}"


def test_a_run_without_rendering_loads_no_playwright():
    code = "import flows.ingest, sys; sys.exit('playwright' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
