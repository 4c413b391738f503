"""One WARC record, taken apart and made a page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from connectors.errors import BadInput
from connectors.http_bodies import decoded
from extractors.records import FetchedPage

MAGIC = b"WARC/1."  # 1.0 and 1.1
FINAL_URI = "Lrahos-Final-URI"  # ours: where redirects ended, if not at the target
# Bodies are stored decoded; the header that says otherwise is kept under this name, as Common Crawl does.
KEPT_AS = "X-Crawl-"

_MAX_HEADER_BYTES = 64 * 1024
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_STATUS_LINE = re.compile(rb"HTTP/[\d.]+[ \t]+(\d{3})")
_STRAY_BYTE = re.compile("[\udc80-\udcff]")  # as "surrogateescape" has bytes that are no UTF-8
_TEXT_HEADERS = (("Content-Type", "text/plain; charset=utf-8"),)

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcHeader:
    """The head of a record."""

    fields: Headers
    block_start: int  # of the block, from the record's first byte
    block_length: int

    def field(self, name: str) -> str:
        """The first field of this name, whatever its case; "" if absent."""
        return _first(self.fields, name)

    @property
    def holds_page(self) -> bool:
        """Whether this is a response, or the plain text that a WET file makes of one."""
        return self.field("WARC-Type").lower() in {"response", "conversion"}


def parse_header(data: bytes) -> WarcHeader:
    """The head of the record that ``data`` begins with. Raises ``BadInput``."""
    end = _HEADER_END.search(data, 0, _MAX_HEADER_BYTES)
    if not data.startswith(MAGIC) or end is None:
        raise BadInput("not the beginning of a WARC record")
    fields = parse_fields(data[: end.start()].partition(b"\n")[2])
    length = _first(fields, "Content-Length")
    if not length.isascii() or not length.isdigit():
        raise BadInput(f"a WARC record with the length {length!r}")
    return WarcHeader(fields=fields, block_start=end.end(), block_length=int(length))


def parse_fields(data: bytes) -> Headers:
    """``Name: value`` lines in order; a line that begins with white space goes on with the one before."""
    fields: list[tuple[str, str]] = []
    for line in data.decode("utf-8", "surrogateescape").split("\n"):
        text = line.rstrip("\r")
        if text[:1] in {" ", "\t"} and fields:
            name, value = fields[-1]
            fields[-1] = (name, f"{value} {text.strip()}")
            continue
        name, colon, value = text.partition(":")
        if colon and name:
            fields.append((name.strip(), value.strip()))
    return tuple(fields)


def page_of(header: WarcHeader, block: bytes) -> FetchedPage | None:
    """The page that a record holds; None for one that holds none (a request, a DNS answer).

    Raises ``BadInput`` for a record that should hold one and cannot be read.
    """
    if not header.holds_page:
        return None
    url = _url(header.field("WARC-Target-URI"))
    if header.field("WARC-Type").lower() == "conversion":
        return _page(header, url, 200, _TEXT_HEADERS, block)
    status = _STATUS_LINE.match(block)
    if status is None:
        if url.startswith(("http:", "https:")):
            raise BadInput(f"the response of {url} has no HTTP status")
        return None
    end = _HEADER_END.search(block)
    head, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    stored = parse_fields(head.partition(b"\n")[2])
    body = decoded(
        body,
        transfer_encoding=_first(stored, "Transfer-Encoding"),
        content_encoding=_first(stored, "Content-Encoding"),
    )
    return _page(header, url, int(status[1]), _as_received(stored), body)


def _page(header: WarcHeader, url: str, status: int, headers: Headers, body: bytes) -> FetchedPage:
    if not url:
        raise BadInput("a response without WARC-Target-URI")
    return FetchedPage(
        url=url,
        final_url=_url(header.field(FINAL_URI)) or url,
        fetched_at=_date(header.field("WARC-Date")),
        status=status,
        headers=headers,
        body=body,
    )


def _url(field: str) -> str:
    """The URL of a field: without the brackets that WARC 1.0's grammar asks for, stray bytes percent-encoded."""
    return _STRAY_BYTE.sub(lambda byte: f"%{ord(byte[0]) - 0xDC00:02X}", field.strip("<>"))


def _date(text: str) -> datetime:
    try:
        date = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput(f"a WARC record with the date {text!r}") from None
    return date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)


def _as_received(headers: Headers) -> Headers:
    """The headers under their own names again; a length that only the archive wrote goes."""
    kept = {name.lower()[len(KEPT_AS) :] for name, _ in headers if name.lower().startswith(KEPT_AS.lower())}
    if not kept:
        return headers
    return tuple(
        (name[len(KEPT_AS) :] if name.lower().startswith(KEPT_AS.lower()) else name, value)
        for name, value in headers
        if name.lower() not in kept
    )


def _first(fields: Headers, name: str) -> str:
    wanted = name.lower()
    return next((value for key, value in fields if key.lower() == wanted), "")
