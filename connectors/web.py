"""Fetching: one session a run, every request polite, bounded and kept away from closed addresses."""

from __future__ import annotations

import asyncio
import logging
import random
import ssl
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Self
from urllib.parse import urldefrag, urljoin

import aiohttp
from aiohttp.abc import AbstractResolver
from w3lib.url import safe_url_string
from yarl import URL

from connectors.addresses import Guard, GuardedResolver
from connectors.bodies import Sink, read_body
from connectors.errors import BadInput, GiveUp, TryLater
from connectors.pace import Pace, host_key
from connectors.responses import (
    REDIRECTS,
    Kinds,
    error_for,
    failure_of,
    looks_torn,
    media_type,
    readable_headers,
)
from connectors.robots import MAX_ROBOTS_BYTES, Robots, RobotsRules
from connectors.web_options import WebOptions, require_contact
from extractors.records import Fate, FetchedPage

__all__ = ["Kinds", "Traffic", "Web", "WebOptions", "require_contact"]

_MAX_HEADER_BYTES = 32_768  # a line; aiohttp's own 8 KiB are less than some sites' security policies
_MAX_ROBOTS_REDIRECTS = 5  # RFC 9309, 2.3.1.2
_FIRST_BACKOFF_SECONDS = 1.0  # doubled at each further try, with jitter
_KEEPALIVE_SECONDS = 4.0  # under the 5 s after which many servers hang up, just when we ask
_LIST_DEADLINES = 5  # a large sitemap takes longer than a page may
_TORN_TRIES = 2  # a page without an end is asked for so often again
_MAX_TORN_PAGES = 2  # then the host is known to write none
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5"


@dataclass(slots=True)
class Traffic:
    """What a session did so far."""

    requests: int = 0
    received_bytes: int = 0  # of bodies, as they came over the wire
    retries: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ask:
    """One question, however many hops its answer takes."""

    headers: dict[str, str] = field(default_factory=dict)
    delay_seconds: float
    kinds: Kinds
    max_bytes: int
    max_redirects: int
    deadline_seconds: float
    is_for_robots: bool = False  # robots are not asked about robots.txt; a long one is cut, not refused
    sink: Sink | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    location: str  # absolute, where a redirect leads; "" if it is none


class Web:
    """The web, for the length of a run: ``async with Web(options) as web: await web.fetch(url)``."""

    def __init__(self, options: WebOptions, *, resolver: AbstractResolver | None = None) -> None:
        self.options = options
        self.traffic = Traffic()
        self.pace = Pace(patience_seconds=options.patience_seconds)
        self._guard = Guard(allow_private=options.allow_private_hosts, ports=options.ports)
        self._resolver = resolver
        self._robots = Robots(self._fetch_robots, self.pace.set_robots_delay)
        self._gate = asyncio.Semaphore(options.connections)
        self._torn_hosts: Counter[str] = Counter()  # pages that stayed without an end
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        options = self.options
        logging.getLogger("aiohttp.client").setLevel(logging.ERROR)  # it warns of each cookie it cannot read
        # behind a proxy every connection is to the proxy, which may well be on a private address
        guarded = Guard(allow_private=True) if options.proxy else self._guard
        connector = aiohttp.TCPConnector(
            limit=0,  # ``_gate`` holds it: waiting for a connection must not count as the host's time
            resolver=GuardedResolver(guarded, self._resolver),
            socket_factory=guarded.open_socket,
            ssl=_trust(options.ca_bundle),
            ttl_dns_cache=300,
            keepalive_timeout=_KEEPALIVE_SECONDS,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.CookieJar(unsafe=options.allow_private_hosts),
            timeout=aiohttp.ClientTimeout(
                total=None, sock_connect=options.connect_seconds, sock_read=options.read_seconds
            ),
            headers={
                "User-Agent": options.user_agent,
                "Accept": _ACCEPT,
                "Accept-Encoding": "gzip, deflate, br, zstd",
            },
            auto_decompress=False,
            trust_env=False,
            max_line_size=_MAX_HEADER_BYTES,
            max_field_size=_MAX_HEADER_BYTES,
            proxy=options.proxy or None,
        )
        # aiohttp asks again at once after a reset; here, pace decides when (it has no public switch)
        self._session._retry_connection = False
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()

    async def fetch(
        self,
        url: str,
        *,
        etag: str = "",
        last_modified: str = "",
        delay_seconds: float | None = None,
        kinds: Kinds = Kinds.PAGES,
    ) -> FetchedPage:
        """
        Ask once, following redirects; a 304 comes back as a page without a body.

        Raises:
            TryLater: 5xx, 429, time-outs, broken connections; ``after_seconds`` if the server said.
            GiveUp: everything that another try would not change; ``fate`` says what it was.
            BadInput: the proxy does not take us.
        """
        headers = {}
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        return await self._travel(url, self._ask(delay_seconds, kinds, headers=headers))

    async def fetch_patiently(
        self,
        url: str,
        *,
        etag: str = "",
        last_modified: str = "",
        delay_seconds: float | None = None,
        kinds: Kinds = Kinds.PAGES,
    ) -> FetchedPage:
        """
        ``fetch`` with ``options.tries`` tries; a ``TryLater`` that stays becomes a ``GiveUp``.

        Raises:
            GiveUp: with the fate of the last try.
            BadInput: the proxy does not take us.
        """

        async def once() -> FetchedPage:
            return await self.fetch(
                url, etag=etag, last_modified=last_modified, delay_seconds=delay_seconds, kinds=kinds
            )

        page = await self._patiently(url, once)
        host = host_key(page.final_url)
        if self._torn_hosts[host] >= _MAX_TORN_PAGES:  # this one never writes its end tags
            return page
        for _ in range(_TORN_TRIES):
            if not looks_torn(page):
                return page
            again = await self._patiently(url, once)
            self.traffic.retries += 1
            page = max(page, again, key=lambda one: len(one.body))
        self._torn_hosts[host] += looks_torn(page)
        return page

    async def stream_patiently(
        self, url: str, make_sink: Callable[[], Sink], *, max_bytes: int, delay_seconds: float | None = None
    ) -> FetchedPage:
        """
        Like ``fetch_patiently``, but hand the body to a sink piece by piece and keep none of it.

        Args:
            url: a feed or sitemap, whatever its content type says.
            make_sink: makes the taker of plain pieces; called again for each try.
            max_bytes: cap before and after decompression.
            delay_seconds: the site's, None for the default.
        """

        async def once() -> FetchedPage:
            ask = self._ask(delay_seconds, Kinds.LISTS)
            deadline = _LIST_DEADLINES * ask.deadline_seconds
            ask_list = replace(ask, sink=make_sink(), max_bytes=max_bytes, deadline_seconds=deadline)
            return await self._travel(url, ask_list)

        return await self._patiently(url, once)

    async def robots(self, url: str) -> RobotsRules:
        """
        What the robots.txt of the URL's origin says: rules, delay, sitemaps.

        Raises:
            GiveUp, TryLater: the host cannot be reached, or may not be.
        """
        self._guard.check_url(_normalise(url))
        return await self._robots.rules(url)

    def _ask(self, delay_seconds: float | None, kinds: Kinds, headers: dict[str, str] | None = None) -> _Ask:
        options = self.options
        return _Ask(
            headers=headers or {},
            delay_seconds=options.delay_seconds if delay_seconds is None else delay_seconds,
            kinds=kinds,
            max_bytes=options.max_page_bytes,
            max_redirects=options.max_redirects,
            deadline_seconds=options.deadline_seconds,
        )

    async def _fetch_robots(self, url: str) -> FetchedPage:
        ask = replace(
            self._ask(None, Kinds.LISTS),
            max_bytes=MAX_ROBOTS_BYTES,
            max_redirects=_MAX_ROBOTS_REDIRECTS,
            is_for_robots=True,
        )
        return await self._patiently(url, lambda: self._travel(url, ask))

    async def _patiently(self, url: str, once: Callable[[], Awaitable[FetchedPage]]) -> FetchedPage:
        for tried in range(1, self.options.tries + 1):
            try:
                return await once()
            except TryLater as error:
                pause = error.after_seconds or 0.0
                is_last = tried == self.options.tries or pause > self.options.patience_seconds
                if is_last or self.pace.is_dead(url):
                    raise GiveUp(str(error), fate=error.fate) from error
            self.traffic.retries += 1
            backoff = _FIRST_BACKOFF_SECONDS * 2 ** (tried - 1) * random.uniform(0.5, 1.0)
            await asyncio.sleep(max(pause, backoff))
        raise AssertionError("options.tries is at least 1")

    async def _travel(self, url: str, ask: _Ask) -> FetchedPage:
        """Follow redirects by hand: each hop is checked like a URL that was asked for."""
        here = _normalise(url)
        seen: list[str] = []
        left = ask.deadline_seconds
        while True:
            target = self._guard.check_url(here)
            if not ask.is_for_robots:
                await self._robots.check(here)
            async with self.pace.turn(here, ask.delay_seconds), self._gate:
                start = time.monotonic()
                answer = await self._request(here, target, ask, left)
                left -= time.monotonic() - start
            if not answer.location:
                break
            seen.append(here)
            here = _normalise(answer.location)
            # once more is allowed: some sites set a cookie and send the browser back
            if len(seen) > ask.max_redirects or seen.count(here) > 1:
                raise GiveUp(f"{url}: redirects without an end", fate=Fate.BAD_RESPONSE)
            if left <= 0:
                raise TryLater(f"{url}: redirects took too long", fate=Fate.TIMED_OUT)
        return FetchedPage(
            url=url,
            final_url=here,
            fetched_at=datetime.now(UTC),
            status=answer.status,
            headers=answer.headers,
            body=answer.body,
        )

    async def _request(self, url: str, target: URL, ask: _Ask, deadline_seconds: float) -> _Answer:
        """One request and its whole answer; tells the host's pace how it went."""
        if self._session is None:
            raise RuntimeError("Web is used inside `async with`")
        self.traffic.requests += 1
        start = time.monotonic()
        try:
            async with (
                asyncio.timeout(deadline_seconds),
                self._session.get(target, headers=ask.headers, allow_redirects=False) as response,
            ):
                first_byte = time.monotonic() - start
                answer = await self._read(url, response, ask)
        except TryLater as error:
            self._note_failure(url, error)
            raise
        except (aiohttp.ClientError, OSError, ValueError, TimeoutError) as error:
            ours = error_for(url, error)
            if isinstance(ours, TryLater):
                self._note_failure(url, ours)
            raise ours from error
        self.pace.answered(url, first_byte)
        return answer

    def _note_failure(self, url: str, error: TryLater) -> None:
        if error.fate is not Fate.SERVER_ERROR:
            self.pace.failed(url, points=2)
            return
        self.pace.failed(url, points=0 if error.after_seconds is not None else 1)
        if error.after_seconds:
            self.pace.pause(url, error.after_seconds)

    def _count_bytes(self, received: int) -> None:
        self.traffic.received_bytes += received

    async def _read(self, url: str, response: aiohttp.ClientResponse, ask: _Ask) -> _Answer:
        headers = readable_headers(response.raw_headers)
        status = response.status
        failure = failure_of(url, status, response.headers.get("Retry-After", ""), datetime.now(UTC))
        if failure is not None:
            raise failure
        location = ""
        body = b""
        if status in REDIRECTS:
            location = response.headers.get("Location", "").strip()
            if not location:
                raise GiveUp(f"{url}: a redirect to nowhere", fate=Fate.BAD_RESPONSE)
            location = urljoin(url, location)
        elif status == 304:
            if not ask.headers:
                raise GiveUp(f"{url}: 304, and nobody asked whether it changed", fate=Fate.BAD_RESPONSE)
        else:
            content_type = media_type(response.headers.get("Content-Type", ""))
            if not ask.kinds.value.fullmatch(content_type):
                raise GiveUp(f"{url}: {content_type}", fate=Fate.NOT_TEXT)
            body = await read_body(
                url,
                response,
                max_bytes=ask.max_bytes,
                is_cut=ask.is_for_robots,
                sink=ask.sink,
                on_received=self._count_bytes,
            )
        return _Answer(status=status, headers=headers, body=body, location=location)


def _normalise(url: str) -> str:
    """The URL as it goes over the wire: escaped like a browser does, no fragment."""
    try:
        return safe_url_string(urldefrag(url.strip()).url)
    except ValueError as error:
        raise GiveUp(f"{url[:200]}: no usable URL: {error}", fate=Fate.BAD_RESPONSE) from error


def _trust(ca_bundle: str) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=ca_bundle or None)
    except (OSError, ssl.SSLError) as error:
        raise BadInput(f"LRAHOS_CA_BUNDLE={ca_bundle} is no file of certificates: {error}") from error
