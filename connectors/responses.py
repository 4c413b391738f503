"""What a status, a header or a broken connection means for the URL."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum

import aiohttp

from connectors.addresses import ForbiddenAddressError
from connectors.errors import BadInput, GiveUp, TryLater
from extractors.records import Fate, FetchedPage

REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Kinds(Enum):
    """Which content types an asker can use."""

    PAGES = re.compile(r"|text/(html|plain|xml)|application/(.+\+)?(xml|json)|(text|application)/(.+\+)?xml")
    LISTS = re.compile(r"(?!image/|video/|audio/|font/|application/pdf).*")  # feeds, sitemaps: any label


def failure_of(url: str, status: int, retry_after: str, now: datetime) -> GiveUp | TryLater | None:
    """The error that a status stands for, None for success, "not modified" and redirects."""
    if status in {404, 410}:
        return GiveUp(f"{url}: {status}", fate=Fate.NOT_FOUND)
    if status == 407:
        raise BadInput(
            "the proxy wants a user and a password: set LRAHOS_PROXY=http://USER:PASSWORD@HOST:PORT"
        )
    if status in {408, 425, 429} or 500 <= status < 600:
        after = parse_retry_after(retry_after, now)
        return TryLater(f"{url}: {status}", fate=Fate.SERVER_ERROR, after_seconds=after)
    if 400 <= status < 500:
        return GiveUp(f"{url}: {status}", fate=Fate.REFUSED)
    if 200 <= status < 300 or status == 304 or status in REDIRECTS:
        return None
    return GiveUp(f"{url}: unusable status {status}", fate=Fate.BAD_RESPONSE)


def parse_retry_after(value: str, now: datetime) -> float | None:
    """Seconds to wait, from either form of Retry-After (RFC 9110, 10.2.3); None if there is none."""
    value = value.strip()
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]+)?", value):
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - now).total_seconds())


def looks_torn(page: FetchedPage) -> bool:
    """Whether an HTML page breaks off before its end: proxies and caches cut some without an error.

    Of 122 pages of 25 news hosts one had no end tag of its own.
    """
    if page.status != 200 or b"<html" not in page.body[:2000].lower():
        return False
    tail = page.body[-4000:].lower()
    return b"</html" not in tail and b"</body" not in tail


def media_type(content_type: str) -> str:
    """The type alone, lower case, without parameters."""
    return content_type.partition(";")[0].strip().lower()


def error_for(  # noqa: PLR0911 - a table, one row an error
    url: str, error: Exception
) -> GiveUp | TryLater | BadInput:
    """Our error for one of aiohttp's, asyncio's or the system's."""
    match error:
        case TimeoutError():
            return TryLater(f"{url}: no whole answer in time", fate=Fate.TIMED_OUT)
        case aiohttp.ClientHttpProxyError(status=407):
            return BadInput("the proxy refuses our user and password: check LRAHOS_PROXY")
        case aiohttp.ClientHttpProxyError():
            return TryLater(f"{url}: the proxy answers {error.status}", fate=Fate.UNREACHABLE)
        case aiohttp.ClientProxyConnectionError():
            return TryLater(f"{url}: the proxy cannot be reached: {error.os_error}", fate=Fate.UNREACHABLE)
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientConnectorSSLError():
            return GiveUp(f"{url}: TLS is not to be trusted: {_line(str(error))}", fate=Fate.UNREACHABLE)
        case aiohttp.ClientConnectorError() if isinstance(error.os_error, ForbiddenAddressError):
            return GiveUp(f"{url}: its name leads to a closed address", fate=Fate.FORBIDDEN_ADDRESS)
        case aiohttp.ClientResponseError():
            return GiveUp(f"{url}: broken HTTP: {_line(error.message)}", fate=Fate.BAD_RESPONSE)
        case aiohttp.InvalidURL() | ValueError():
            return GiveUp(f"{url}: no usable URL: {_line(str(error))}", fate=Fate.BAD_RESPONSE)
    return TryLater(f"{url}: {type(error).__name__}: {_line(str(error))}", fate=Fate.UNREACHABLE)


def readable_headers(raw: Iterable[tuple[bytes, bytes]]) -> tuple[tuple[str, str], ...]:
    """Headers as text: UTF-8 where it is that, else Latin-1, which takes any byte."""
    return tuple((_text(key), _text(value)) for key, value in raw)


def _line(message: str) -> str:
    """One short line of a library's message."""
    return " ".join(message.split())[:200]


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
