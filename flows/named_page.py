"""The one page that a user names: a file, a URL, or standard input."""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from config.settings import Settings
from connectors.archives.documents import page_of_bytes, page_of_file
from connectors.errors import BadInput
from extractors.records import FetchedPage
from flows.console import err
from flows.run_context import bucket_spec

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+):(?=//|/)", re.IGNORECASE)  # two letters: C:/ is a drive
_HOST_FIRST = re.compile(r"www\.[^/\s]+|[\w-]+(?:\.[\w-]+)+(?::\d+)?/", re.IGNORECASE)
_STANDARD_INPUT = "file:///dev/stdin"
_WARC = b"WARC/"


def named_page(name: str, url: str, settings: Settings) -> FetchedPage:
    """The page of a FILE (at ``url`` if given), of a ``file:``, ``s3://`` or web address, or of ``-``.

    Raises:
        BadInput: it cannot be read, or is an address of another kind.
        TryLater, GiveUp: the web does not give it.
    """
    address = fold_scheme(name)
    scheme = address.partition(":")[0] if _SCHEME.match(address) else ""
    if name == "-":
        return page_of_bytes(sys.stdin.buffer.read(), url=url, own=_STANDARD_INPUT)
    if scheme in ("http", "https"):
        return _fetch(address, settings)
    if scheme not in ("", "file", "s3"):
        raise BadInput(f"{name}: a page is read from a file or over http and https; download it first")
    path = _path_of(address) if scheme == "file" else address
    if not scheme and not Path(path).exists() and _HOST_FIRST.match(path):
        raise BadInput(f"{name}: no such file; if it is on the web, write https://{name}")
    page = page_of_file(path, bucket_spec(settings).options, url=url)
    if page.body.startswith(_WARC):
        raise BadInput(f"{name} is an archive of pages: lrahos backfill reads it")
    return page


def fold_scheme(address: str) -> str:
    """An address with its scheme in small letters: ``HTTPS://`` is ``https://`` (RFC 3986, 3.1)."""
    found = _SCHEME.match(address)
    return found[0].lower() + address[found.end() :] if found else address


def is_web_address(url: str) -> bool:
    """Whether it is an http or https URL with a host."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:  # brackets that do not close
        return False


def _path_of(address: str) -> str:
    parts = urlsplit(address)
    if parts.netloc not in ("", "localhost"):  # RFC 8089
        raise BadInput(
            f"{address}: a file on another machine; of this one it is file:///{parts.netloc}{parts.path}"
        )
    return url2pathname(parts.path)


def _fetch(url: str, settings: Settings) -> FetchedPage:
    from connectors.web import Web, require_contact  # noqa: PLC0415  # not needed for files
    from flows.web_options import web_options  # noqa: PLC0415

    options = web_options(settings)
    require_contact(options, [url])

    async def fetch() -> FetchedPage:
        async with Web(options) as web:
            return await web.fetch_patiently(url)

    with err.status(f"Fetching {url}"):
        return asyncio.run(fetch())
