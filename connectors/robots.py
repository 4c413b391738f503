"""What a site allows: robots.txt after RFC 9309, and what a page says of itself."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from connectors.errors import GiveUp, TryLater
from extractors.records import Fate, FetchedPage

AGENT = "lrahos"  # the product token that site owners write in robots.txt
MAX_ROBOTS_BYTES = 512_000  # RFC 9309, 2.5: at least 500 KiB are read, the rest may be ignored
_KEEP_SECONDS = 86_400.0  # RFC 9309, 2.4: no copy is used for more than a day
_KEEP_FAILURE_SECONDS = 600.0  # a host that could not answer is asked again after ten minutes

_META_ROBOTS = re.compile(rb"<meta\b[^>]{0,400}>", re.IGNORECASE)
_META_NAME = re.compile(rb"""\bname\s*=\s*["']?([a-z0-9_-]{1,40})""", re.IGNORECASE)
_META_CONTENT = re.compile(rb"""\bcontent\s*=\s*(?:"([^"]{0,300})"|'([^']{0,300})'|([^\s>]{1,100}))""", re.I)
_HEAD_BYTES = 100_000  # meta elements stand in the head; the body of a page may quote some


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsRules:
    """What one origin's robots.txt says to us."""

    rules: Protego | None  # None where ``refusal`` decides alone, or nothing is refused
    refusal: str  # why nothing may be asked for; "" if the rules decide
    delay_seconds: float  # Crawl-delay or Request-rate, the slower; 0 if neither
    sitemaps: tuple[str, ...]
    fate: Fate = Fate.ROBOTS  # of a URL that is refused

    def allows(self, url: str) -> bool:
        """Whether our agent may ask for the URL."""
        if self.refusal:
            return False
        return self.rules is None or bool(self.rules.can_fetch(url, AGENT))


OPEN = RobotsRules(rules=None, refusal="", delay_seconds=0.0, sitemaps=())


def parse_robots(body: bytes) -> RobotsRules:
    """Read a robots.txt; anything that is none (a web page, rubbish) allows everything."""
    rules = Protego.parse(body[:MAX_ROBOTS_BYTES].decode("utf-8", "replace").removeprefix("\ufeff"))
    rate = rules.request_rate(AGENT)
    delays = [float(rules.crawl_delay(AGENT) or 0)]
    if rate is not None and rate.requests > 0:
        delays.append(rate.seconds / rate.requests)
    return RobotsRules(
        rules=rules,
        refusal="",
        delay_seconds=max(0.0, *delays, 0.0),
        sitemaps=tuple(dict.fromkeys(rules.sitemaps)),
    )


def closed(why: str, fate: Fate = Fate.ROBOTS) -> RobotsRules:
    """Rules of a host whose robots.txt could not be had: nothing may be asked for (RFC 9309, 2.3.1.4)."""
    return RobotsRules(rules=None, refusal=why, delay_seconds=0.0, sitemaps=(), fate=fate)


class Robots:
    """
    robots.txt of every origin met, fetched once and kept for a day at most.

    Args:
        fetch: fetches a URL patiently, without asking robots; raises ``GiveUp`` or ``TryLater``.
        on_delay: told of each origin's URL and its delay in seconds.
    """

    def __init__(
        self,
        fetch: Callable[[str], Awaitable[FetchedPage]],
        on_delay: Callable[[str, float], None],
    ) -> None:
        self._fetch = fetch
        self._on_delay = on_delay
        self._known: dict[str, tuple[float, RobotsRules]] = {}  # origin: valid until (monotonic), rules
        self._locks: dict[str, asyncio.Lock] = {}

    async def rules(self, url: str) -> RobotsRules:
        """
        The rules of the URL's origin.

        Raises:
            TryLater, GiveUp: the host cannot be reached, or may not be.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        async with self._locks.setdefault(origin, asyncio.Lock()):
            until, rules = self._known.get(origin, (0.0, OPEN))
            if until > time.monotonic():
                return rules
            rules = await self._read(origin)
            keep = _KEEP_FAILURE_SECONDS if rules.refusal else _KEEP_SECONDS
            self._known[origin] = (time.monotonic() + keep, rules)
            self._on_delay(url, rules.delay_seconds)
            return rules

    async def check(self, url: str) -> None:
        """
        Return if the URL may be asked for.

        Raises:
            GiveUp: ``ROBOTS`` if it may not, another fate if its host cannot be reached.
        """
        rules = await self.rules(url)
        if not rules.allows(url):
            why = rules.refusal or "robots.txt forbids it"
            raise GiveUp(f"{url}: {why}", fate=rules.fate)

    async def _read(self, origin: str) -> RobotsRules:
        try:
            page = await self._fetch(f"{origin}/robots.txt")
        except (GiveUp, TryLater) as error:
            return _rules_after(error)
        return parse_robots(page.body)


def _rules_after(error: GiveUp | TryLater) -> RobotsRules:
    """4xx means open, 5xx closed; a host without an answer keeps its own error (it is no refusal)."""
    match error.fate:
        # a loop of redirects counts as "unavailable" (2.3.1.2), as do 4xx (2.3.1.3)
        case Fate.NOT_FOUND | Fate.REFUSED | Fate.BAD_RESPONSE | Fate.NOT_TEXT:
            return OPEN
        case Fate.SERVER_ERROR:
            return closed(f"robots.txt cannot be had, so nothing may be fetched: {error}")
        case Fate.FORBIDDEN_ADDRESS:
            return closed(f"robots.txt leads to a closed address: {error}", Fate.FORBIDDEN_ADDRESS)
        case _:
            raise error


def opt_outs(page: FetchedPage) -> frozenset[str]:
    """
    What a page asks of robots, from X-Robots-Tag, meta robots and TDM reservation, lower case.

    Among them: noindex, none, noarchive, nofollow, noai, noimageai, tdm-reservation.
    Directives for other robots are left out.
    """
    found: set[str] = set()
    for key, value in page.headers:
        if key.lower() == "x-robots-tag":
            found |= _for_us(value)
        elif key.lower() == "tdm-reservation" and value.strip() == "1":
            found.add("tdm-reservation")
    for element in _META_ROBOTS.findall(page.body[:_HEAD_BYTES]):
        name = _META_NAME.search(element)
        content = _META_CONTENT.search(element)
        if name is None or content is None:
            continue
        value = next(group for group in content.groups() if group is not None).decode("utf-8", "replace")
        label = name.group(1).decode("ascii").lower()
        if label in {"robots", AGENT}:
            found |= _words(value)
        elif label == "tdm-reservation" and value.strip() == "1":
            found.add("tdm-reservation")
    return frozenset(found)


def _for_us(value: str) -> set[str]:
    """Directives of one header that name no robot, or ours: "otherbot: noindex, nofollow" does not."""
    agent, colon, rest = value.partition(":")
    if colon and "," not in agent and agent.strip().lower() not in {"unavailable_after", "max-snippet"}:
        return _words(rest) if agent.strip().lower() == AGENT else set()
    return _words(value)


def _words(value: str) -> set[str]:
    return {word for word in (part.strip().lower() for part in value.split(",")) if word}
