"""Rendering: what a page's scripts draw, by a real browser that reaches nothing by itself.

Imported only where a site asks for it: it needs Playwright, ``lrahos[render]``.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import tempfile
from dataclasses import replace
from typing import Self

from playwright.async_api import (
    Browser,
    BrowserContext,
    CDPSession,
    Error,
    Page,
    Playwright,
    WebSocketRoute,
    async_playwright,
)

from connectors.errors import BadInput
from connectors.render_requests import PageRequests, ScriptCache
from connectors.responses import media_type
from connectors.robots import opt_outs
from connectors.web import Web
from extractors.records import FetchedPage

RENDERED = "X-Lrahos-Rendered"  # header of a page whose body is what a browser made of it
TABS = 2  # pages rendered at the same time

_HTML = frozenset({"", "text/html", "application/xhtml+xml"})
_FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--dns-prefetch-disable",
    "--blink-settings=imagesEnabled=false",
    # Requests are answered before they reach the network. What goes round that (sockets, WebRTC,
    # preconnects) finds no name, no address and no way round a proxy that is not there.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://nowhere.invalid:9",
    "--proxy-bypass-list=<-loopback>",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",  # the same, as other versions call it
    "--js-flags=--max-old-space-size=512",  # MB; a page that wants more ends, the browser goes on
)
_START_SECONDS = 60.0  # a first start on a busy machine
_CLOSE_SECONDS = 10.0  # then the whole browser is ended, and started anew for the next page
_LOOK_SECONDS = 0.25  # between two looks at what is drawn
_QUIET_SECONDS = 1.0  # without a request and without new text: the page is drawn
_LONG_QUIET_SECONDS = 5.0  # the same where a clock still changes, or hardly anything is drawn yet
_ENOUGH_LETTERS = 250  # less is no article to judge: something may still come
_BUSY_SECONDS = 10.0  # a script that does not let anybody look for so long is stopped

# what speaks UDP is taken away as well: were a version of the browser not to know the switches above
_NO_UDP = (
    "for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'WebTransport']) delete self[name]"
)
_LETTERS = "document.body ? document.body.innerText.length : 0"
# letters, not bytes: never more than bytes, so nothing that fits is lost; what is too big stays in the browser
_SNAPSHOT = """(most => {
  const root = document.documentElement;
  const html = root ? root.outerHTML : "";
  return html.length > most ? "" : html;
})(%d)"""

_log = logging.getLogger(__name__)


class Renderer:
    """One browser for the length of a run: ``async with Renderer(web, chromium) as renderer``."""

    def __init__(self, web: Web, chromium: str) -> None:
        self._web = web
        self._chromium = chromium  # path of the program
        self._scripts = ScriptCache()
        self._tabs = asyncio.Semaphore(TABS)
        self._starting = asyncio.Lock()
        self._ends = contextlib.AsyncExitStack()
        self._driver: Playwright | None = None
        self._browser: Browser | None = None
        self._home = ""

    async def __aenter__(self) -> Self:
        """Start the browser. Raises ``BadInput`` if it does not start."""
        self._home = self._ends.enter_context(
            tempfile.TemporaryDirectory(prefix="lrahos-browser-", ignore_cleanup_errors=True)
        )
        try:
            self._driver = await self._ends.enter_async_context(async_playwright())
            await self._living()
        except BaseException:
            await self._ends.aclose()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._browser is not None:
            await self._end(self._browser)
        await self._ends.aclose()

    async def render(self, page: FetchedPage, *, delay_seconds: float | None = None) -> FetchedPage:
        """The page with the drawn document as its body; as it is where nothing could be drawn.

        Args:
            page: as fetched; it is not asked for again.
            delay_seconds: between two requests to a host, None for the default.
        """
        if page.status != 200 or media_type(page.header("content-type")) not in _HTML:
            return page
        async with self._tabs:
            try:
                browser = await self._living()
                body = await self._draw(browser, page, delay_seconds)
            except (Error, TimeoutError) as error:
                _log.warning("%s: not rendered: %s", page.url, _line(error))
                return page
        if not 0 < len(body) <= self._web.options.max_page_bytes:
            _log.warning("%s: not rendered: nothing is drawn, or too much", page.url)
            return page
        return replace(page, headers=_headers(page, browser.version), body=body)

    async def _draw(self, browser: Browser, page: FetchedPage, delay_seconds: float | None) -> bytes:
        requests = PageRequests(self._web, self._scripts, page, delay_seconds)
        context = await self._context(browser)
        try:
            # nobody listens to dialogs: Playwright refuses them then
            await context.add_init_script(_NO_UDP)
            await context.route("**/*", requests.take)
            await context.route_web_socket("**/*", _refuse_socket)
            tab = await context.new_page()
            context.on("page", _refuse_tab)
            return await self._look(await context.new_cdp_session(tab), tab, requests, page)
        finally:
            await requests.stop()
            await self._close(context, browser)
            await requests.release()

    async def _look(self, session: CDPSession, tab: Page, requests: PageRequests, page: FetchedPage) -> bytes:
        """What is drawn when the page has come to rest, or at its deadline."""
        try:
            async with asyncio.timeout(self._web.options.deadline_seconds):
                await tab.goto(page.final_url, wait_until="commit", timeout=0)
                await _settle(session, requests)
        except TimeoutError:  # it may be in an endless loop: what it drew before counts
            async with asyncio.timeout(_BUSY_SECONDS):
                await session.send("Runtime.terminateExecution")
        html = str(await _ask(session, _SNAPSHOT % self._web.options.max_page_bytes) or "")
        # the document type is no part of the tree; "replace" is for half a pair of surrogates
        return f"<!DOCTYPE html>\n{html}".encode("utf-8", "replace") if html else b""

    async def _context(self, browser: Browser) -> BrowserContext:
        """A place of its own for a page: no cookies, no storage of others."""
        try:
            async with asyncio.timeout(_START_SECONDS):
                return await browser.new_context(
                    user_agent=self._web.options.user_agent, accept_downloads=False, service_workers="block"
                )
        except TimeoutError:
            await self._end(browser)
            raise

    async def _living(self) -> Browser:
        """The browser; a new one if it has died."""
        async with self._starting:
            if self._browser is None or not self._browser.is_connected():
                self._browser = await self._start()
            return self._browser

    async def _start(self) -> Browser:
        assert self._driver is not None, "render within `async with`"  # noqa: S101
        try:
            return await self._driver.chromium.launch(
                executable_path=self._chromium,
                args=list(_FLAGS),
                chromium_sandbox=os.geteuid() != 0,  # as root its sandbox does not start
                ignore_default_args=["--disable-popup-blocking"],
                # nothing of ours is a page's business: no credentials in the browser's environment
                env={"HOME": self._home, "PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8"},
                timeout=_START_SECONDS * 1000,
            )
        except Error as error:
            raise BadInput(
                f"{self._chromium} does not start ({_line(error)}): set LRAHOS_CHROMIUM to one that does"
            ) from error

    async def _close(self, context: BrowserContext, browser: Browser) -> None:
        try:
            async with asyncio.timeout(_CLOSE_SECONDS):
                await context.close()
        except (Error, TimeoutError):
            await self._end(browser)

    async def _end(self, browser: Browser) -> None:
        """End the browser; the next page gets a new one. What does not end so ends with Playwright."""
        if self._browser is browser:
            self._browser = None
        with contextlib.suppress(Error, TimeoutError):
            async with asyncio.timeout(_CLOSE_SECONDS):
                await browser.close()


def _headers(page: FetchedPage, version: str) -> tuple[tuple[str, str], ...]:
    """The page's headers, as they hold for what is drawn."""
    own = {"content-type", RENDERED.lower()}
    kept = [(name, value) for name, value in page.headers if name.lower() not in own]
    # what the page asked of robots holds, whatever its scripts made of its head
    asked = [("X-Robots-Tag", word) for word in sorted(opt_outs(page)) if ":" not in word]
    return (*kept, *asked, ("Content-Type", "text/html; charset=utf-8"), (RENDERED, f"chromium {version}"))


async def _settle(session: CDPSession, requests: PageRequests) -> None:
    """Return when the page asks for nothing more and its text stays as it is."""
    before = 0
    while not requests.is_over:
        await asyncio.sleep(_LOOK_SECONDS)
        letters = int(await _ask(session, _LETTERS) or 0)
        is_drawn = letters == before and letters >= _ENOUGH_LETTERS
        if requests.quiet_seconds >= (_QUIET_SECONDS if is_drawn else _LONG_QUIET_SECONDS):
            return
        before = letters


async def _ask(session: CDPSession, expression: str) -> str | int | None:
    """The value of an expression, in a world of its own: the page's scripts cannot change what it says."""
    async with asyncio.timeout(_BUSY_SECONDS):
        tree = await session.send("Page.getFrameTree")
        world = await session.send(
            "Page.createIsolatedWorld", {"frameId": tree["frameTree"]["frame"]["id"], "worldName": "lrahos"}
        )
        answer = await session.send(
            "Runtime.evaluate",
            {"expression": expression, "contextId": world["executionContextId"], "returnByValue": True},
        )
    value = answer["result"].get("value")
    return value if isinstance(value, str | int) else None


async def _refuse_socket(socket: WebSocketRoute) -> None:
    await socket.close()


async def _refuse_tab(tab: Page) -> None:
    with contextlib.suppress(Error):
        await tab.close()


def _line(error: Exception) -> str:
    """The first line of a library's message."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
