"""How fast each host is asked: one queue a host, delays that adapt, a breaker for dead hosts."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from connectors.errors import TryLater
from extractors.records import Fate

MAX_DELAY_SECONDS = 3600.0  # longest Crawl-delay kept to; a site that wants more is better left alone
_MAX_ADAPTIVE_SECONDS = 60.0  # how far trouble alone slows a host down
_LATENCY_SHARE = 1.0  # a host gets as much rest as it took time to answer
_LATENCY_WEIGHT = 0.3  # of the newest answer in the running mean
_FIRST_TROUBLE_SECONDS = 0.5  # added to the delay after a first failure
_SLOWED_BY = 2.0  # after a 429, 5xx or time-out
_EASED_BY = 0.8  # after a good answer: ten of them undo three slow-downs
_BREAKER_POINTS = 10  # five failed connections, or ten server errors, with no good answer between
_BREAKER_SECONDS = 60.0  # first pause of a dead host; doubles at each further failure
_MAX_BREAKER_SECONDS = 1800.0
DEFAULT_PATIENCE_SECONDS = 300.0  # longest pause that a caller sits out


@dataclass(slots=True)
class _Host:
    """What is known of a host's pace; changed by ``Pace`` alone."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    robots_seconds: float = 0.0  # from Crawl-delay or Request-rate
    trouble_seconds: float = 0.0  # added by failures, eased by good answers
    latency_seconds: float = 0.0  # running mean of the time to the first byte
    last_latency_seconds: float = 0.0
    free_at: float = 0.0  # monotonic; no request before it
    last_end: float = 0.0  # monotonic end of the last answer
    points: int = 0  # towards the breaker
    openings: int = 0  # how often in a row the breaker opened
    requests: int = 0
    site_seconds: float = 0.0  # the delay that was asked for last
    queue: int = 0  # requests that hold the host's place or wait for it


@dataclass(frozen=True, slots=True, kw_only=True)
class HostQueue:
    """What waits for a host, for the run's screen."""

    host: str
    requests: int  # waiting, or under way
    seconds: float  # until the host may be asked again; 0 if its answer is awaited


def host_key(url: str) -> str:
    """The queue that a URL stands in: its host without "www.", with an unusual port."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    return host if parts.port in {None, 80, 443} else f"{host}:{parts.port}"


class Pace:
    """One queue a host over everything that shares this object."""

    def __init__(self, *, patience_seconds: float = DEFAULT_PATIENCE_SECONDS) -> None:
        self._hosts: dict[str, _Host] = {}
        self._patience = patience_seconds

    @asynccontextmanager
    async def turn(self, url: str, delay_seconds: float) -> AsyncIterator[None]:
        """
        Hold the host's only place, after its delay since the end of the last answer.

        Raises:
            TryLater: the host asked for, or earned, a pause that is longer than our patience.
        """
        host = self._host(url)
        host.queue += 1
        host.site_seconds = delay_seconds
        try:
            async with host.lock:
                self._refuse_long_pause(url, host)
                wait = self._wait_seconds(host, delay_seconds)
                if wait > 0:
                    await asyncio.sleep(wait)
                host.requests += 1
                try:
                    yield
                finally:
                    host.last_end = time.monotonic()
        finally:
            host.queue -= 1

    def queues(self) -> list[HostQueue]:
        """Hosts that requests wait for, the longest queue first."""
        now = time.monotonic()
        found = [
            HostQueue(
                host=name, requests=host.queue, seconds=max(0.0, self._free_at(host, host.site_seconds) - now)
            )
            for name, host in self._hosts.items()
            if host.queue
        ]
        return sorted(found, key=lambda queue: (-queue.requests, queue.host))

    def _refuse_long_pause(self, url: str, host: _Host) -> None:
        pause = host.free_at - time.monotonic()
        if pause <= 0:
            return
        if host.points >= _BREAKER_POINTS:
            message = f"{url}: its host failed too often and is left alone for {pause:.0f} s"
            raise TryLater(message, fate=Fate.UNREACHABLE, after_seconds=pause)
        if pause > self._patience:
            message = f"{url}: its host asked for a pause of {pause:.0f} s"
            raise TryLater(message, fate=Fate.SERVER_ERROR, after_seconds=pause)

    def is_dead(self, url: str) -> bool:
        """Whether the breaker is open: the host failed too often and is not asked for now."""
        host = self._host(url)
        return host.points >= _BREAKER_POINTS and host.free_at > time.monotonic()

    def set_robots_delay(self, url: str, seconds: float) -> None:
        """Keep to what robots.txt asks for, up to ``MAX_DELAY_SECONDS``."""
        self._host(url).robots_seconds = min(seconds, MAX_DELAY_SECONDS)

    def pause(self, url: str, seconds: float) -> None:
        """Leave the whole host alone for so long: it sent Retry-After."""
        host = self._host(url)
        host.free_at = max(host.free_at, time.monotonic() + min(seconds, MAX_DELAY_SECONDS))

    def answered(self, url: str, latency_seconds: float) -> None:
        """A good answer: ease the delay, forget failures."""
        host = self._host(url)
        host.points = host.openings = 0
        host.trouble_seconds *= _EASED_BY
        if host.trouble_seconds < 0.05:
            host.trouble_seconds = 0.0
        host.latency_seconds += _LATENCY_WEIGHT * (latency_seconds - host.latency_seconds)
        host.last_latency_seconds = latency_seconds

    def failed(self, url: str, *, points: int) -> None:
        """
        A failure: slow down, and open the breaker when there were too many in a row.

        Args:
            url: what was asked for.
            points: 2 for no answer at all, 1 for a server error, 0 for "too many requests".
        """
        host = self._host(url)
        host.trouble_seconds = min(
            max(_FIRST_TROUBLE_SECONDS, host.trouble_seconds * _SLOWED_BY), _MAX_ADAPTIVE_SECONDS
        )
        host.points += points
        if host.points >= _BREAKER_POINTS and points:
            seconds = min(_BREAKER_SECONDS * 2**host.openings, _MAX_BREAKER_SECONDS)
            host.openings += 1
            host.free_at = max(host.free_at, time.monotonic() + seconds)

    def delay_seconds(self, url: str, delay_seconds: float) -> float:
        """The delay that holds now: never less than the site's own and the host's."""
        return self._delay(self._host(url), delay_seconds)

    def _delay(self, host: _Host, delay_seconds: float) -> float:
        asked = max(delay_seconds, host.robots_seconds)
        slowness = min(host.latency_seconds, host.last_latency_seconds)  # one slow answer is none yet
        rest = min(slowness * _LATENCY_SHARE, _MAX_ADAPTIVE_SECONDS)
        return max(asked, rest) + host.trouble_seconds

    def _wait_seconds(self, host: _Host, delay_seconds: float) -> float:
        return max(0.0, self._free_at(host, delay_seconds) - time.monotonic())

    def _free_at(self, host: _Host, delay_seconds: float) -> float:
        if not host.requests:
            return host.free_at
        return max(host.free_at, host.last_end + self._delay(host, delay_seconds))

    def _host(self, url: str) -> _Host:
        return self._hosts.setdefault(host_key(url), _Host())
