"""What a page's scripts may ask for, and who asks it: our own session, never the browser.

Each request of a rendered page ends here. Those that are let through are made by ``Web``, so that
robots.txt, pace, address guard, proxy, authorities and size caps hold as for every other request.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import OrderedDict

from playwright.async_api import Error, Request, Route
from yarl import URL

from connectors.errors import BadInput, GiveUp, TryLater
from connectors.web import Kinds, Web
from extractors.records import FetchedPage

MAX_REQUESTS = 100  # of one page; with the next it is taken as it is
_MAX_SEEN = 1000  # likewise, with those that are refused: long pages have hundreds of pictures
_KINDS = frozenset({"script", "xhr", "fetch"})  # pictures, fonts, frames and the like draw no text
_MAX_PAGES_BYTES = 3  # all that a page loads, in sizes of the largest page
_MAX_CACHE_BYTES = 32 * 1024 * 1024
_KEPT_HEADERS = frozenset({"content-type", "content-security-policy"})


class ScriptCache:
    """Scripts of this run: a site's pages share them, and nobody is asked for one twice."""

    def __init__(self) -> None:
        self._found: OrderedDict[str, FetchedPage | None] = OrderedDict()  # None: it cannot be had
        self._size = 0

    def __contains__(self, url: str) -> bool:
        return url in self._found

    def get(self, url: str) -> FetchedPage | None:
        """The script, None if it cannot be had; KeyError if nobody has asked for it."""
        self._found.move_to_end(url)
        return self._found[url]

    def put(self, url: str, found: FetchedPage | None) -> None:
        """Keep it; what was not used for longest goes when there is too much."""
        self._size += _size(found) - _size(self._found.pop(url, None))
        self._found[url] = found
        while self._size > _MAX_CACHE_BYTES:
            self._size -= _size(self._found.popitem(last=False)[1])


class PageRequests:
    """The requests of one page while it is rendered."""

    def __init__(
        self, web: Web, scripts: ScriptCache, page: FetchedPage, delay_seconds: float | None
    ) -> None:
        self._web = web
        self._scripts = scripts
        self._page = page
        self._delay_seconds = delay_seconds  # the site's, None for the default
        self._is_opened = False
        self._asked = 0  # requests that were let through
        self._seen = 0  # all of them
        self._room = web.options.max_page_bytes * _MAX_PAGES_BYTES
        self._open: set[Route] = set()  # not answered yet
        self._tasks: set[asyncio.Task[None]] = set()
        self._last_end = time.monotonic()

    @property
    def is_over(self) -> bool:
        """Whether the page has had all the requests that it may have."""
        return self._asked > MAX_REQUESTS or self._seen > _MAX_SEEN

    @property
    def quiet_seconds(self) -> float:
        """How long nothing has been under way; 0 while something is."""
        return 0.0 if self._tasks else time.monotonic() - self._last_end

    def take(self, route: Route) -> None:
        """Answer a request, or refuse it, while the page goes on."""
        self._seen += 1
        self._open.add(route)
        if self.is_over:  # unanswered: the page is about to be closed, and may have thousands of them
            return
        task = asyncio.ensure_future(self._answer(route))
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    async def stop(self) -> None:
        """Let go of what is under way."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def release(self) -> None:
        """After the page is closed: free what Playwright keeps for each request without an answer."""
        for route in self._open:
            with contextlib.suppress(Error):
                await route.abort()

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._last_end = time.monotonic()

    async def _answer(self, route: Route) -> None:
        with contextlib.suppress(Error):  # the page is gone
            if route.request.is_navigation_request():
                await self._navigate(route)
            elif (found := await self._have(route.request)) is None:
                await route.abort("blockedbyclient")
            else:
                await route.fulfill(status=200, headers=self._headers(found), body=found.body)
        self._open.discard(route)

    async def _navigate(self, route: Route) -> None:
        if self._is_opened:  # 204: the page stays; a refusal would put an error page in its place
            await route.fulfill(status=204)
            return
        self._is_opened = True  # the page itself: it has been fetched, and is not asked for again
        await route.fulfill(status=200, headers=_opening(self._page), body=self._page.body)

    async def _have(self, request: Request) -> FetchedPage | None:
        """What the request asks for; None if it may not, or cannot, be had."""
        if request.resource_type not in _KINDS or request.method != "GET":
            return None
        self._asked += 1
        if self.is_over or self._room <= 0:
            return None
        url, is_script = request.url, request.resource_type == "script"
        found = (
            self._scripts.get(url)
            if is_script and url in self._scripts
            else await self._fetch(url, is_script)
        )
        self._room -= _size(found)
        return found

    async def _fetch(self, url: str, is_script: bool) -> FetchedPage | None:
        try:
            found = await self._web.fetch(url, delay_seconds=self._delay_seconds, kinds=Kinds.LISTS)
        except (TryLater, BadInput):
            return None
        except GiveUp:
            found = None
        if is_script:
            self._scripts.put(url, found)
        return found

    def _headers(self, found: FetchedPage) -> dict[str, str]:
        """Headers for the browser: no cookies, and open to the page, since no server saw its origin."""
        origin = str(URL(self._page.final_url).origin())
        return {
            "content-type": found.header("content-type") or "text/plain",
            "access-control-allow-origin": origin,
            "access-control-allow-credentials": "true",
        }


def _opening(page: FetchedPage) -> dict[str, str]:
    kept = {name.lower(): value for name, value in page.headers if name.lower() in _KEPT_HEADERS}
    return {"content-type": "text/html", **kept}


def _size(found: FetchedPage | None) -> int:
    return len(found.body) if found else 0
