"""Raw pages as WARC 1.1, one gzip member a record, so that any record can be read alone.

https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
The same pages give the same bytes: doing a batch again overwrites its raw shard with itself.
"""

from __future__ import annotations

import base64
import hashlib
import io
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from http import HTTPStatus

from fastwarc.stream_io import GzipWriter

from connectors.errors import BadInput
from connectors.gzip_members import Member, read_member
from connectors.sources import BytesSource, Window
from connectors.warc_records import FINAL_URI, KEPT_AS, MAGIC, page_of, parse_header
from extractors.records import FetchedPage

# Measured on 300 pages of 240 kB (tests/benchmarks/benchmark_bucket.py): level 1 takes .8 ms of CPU a page
# for 1:3.6, 3 takes 1.5 ms for 1:4.8, 6 takes 2.3 ms for 1:5.1; judging takes some 20 ms.
_GZIP_LEVEL = 3
# Headers that tell how the body was encoded on its way: it is stored decoded.
_ENCODING_HEADERS = frozenset({"content-encoding", "transfer-encoding"})
_OPENING = b"software: lrahos\r\nformat: WARC File Format 1.1\r\n"


def write_warc(pages: Iterable[FetchedPage]) -> tuple[bytes, list[int]]:
    """A raw shard, and where in it the record of each page begins (bytes)."""
    return join_members([_member(_response(page)) for page in pages])


def pack_page(page: FetchedPage) -> bytes:
    """One page as a gzip member: small to hold, ready for ``join_members`` and ``read_record``."""
    return _member(_response(page))


def join_members(members: Iterable[bytes]) -> tuple[bytes, list[int]]:
    """A raw shard of records that are compressed already, and where each begins (bytes).

    A batch from an archive copies its records this way: compressing them again would cost more than
    reading them.
    """
    shard = [_member(_warcinfo())]
    offsets: list[int] = []
    position = len(shard[0])
    for member in members:
        offsets.append(position)
        shard.append(member)
        position += len(member)
    return b"".join(shard), offsets


def read_record(data: bytes, offset: int = 0) -> FetchedPage:
    """The page whose record begins at ``offset``. Raises ``BadInput`` if there is none."""
    page = _parsed(read_member(Window(BytesSource(data)), offset))
    if page is None:
        raise BadInput(f"the record at byte {offset} holds no page")
    return page


def read_warc(data: bytes) -> Iterator[FetchedPage]:
    """The pages of a raw shard, in order. Raises ``BadInput`` at the first broken record."""
    window = Window(BytesSource(data))
    position = 0
    while position < len(data):
        member = read_member(window, position)
        page = _parsed(member)
        if page is not None:
            yield page
        position = member.end


def _parsed(member: Member) -> FetchedPage | None:
    header = parse_header(member.content)
    return page_of(header, member.content[header.block_start : header.block_start + header.block_length])


def _response(page: FetchedPage) -> bytes:
    digest = base64.b32encode(hashlib.sha1(page.body, usedforsecurity=False).digest()).decode()
    block = _http_head(page) + page.body
    date = _date(page.fetched_at)
    fields = [
        ("WARC-Type", "response"),
        # From what the record holds: the same page gets the same name.
        ("WARC-Record-ID", f"<{_name(f'{page.url} {date} {digest}')}>"),
        ("WARC-Date", date),
        ("WARC-Target-URI", _one_line(page.url)),
        ("WARC-Payload-Digest", f"sha1:{digest}"),
        ("Content-Type", "application/http; msgtype=response"),
        ("Content-Length", str(len(block))),
    ]
    if page.final_url != page.url:
        fields.insert(4, (FINAL_URI, _one_line(page.final_url)))
    return _record(fields, block)


def _warcinfo() -> bytes:
    """Who wrote this; the same in every shard, so it carries no date of its own."""
    fields = [
        ("WARC-Type", "warcinfo"),
        ("WARC-Record-ID", f"<{_name('lrahos')}>"),
        ("WARC-Date", _date(datetime.fromtimestamp(0, UTC))),
        ("Content-Type", "application/warc-fields"),
        ("Content-Length", str(len(_OPENING))),
    ]
    return _record(fields, _OPENING)


def _record(fields: list[tuple[str, str]], block: bytes) -> bytes:
    head = "".join(f"{name}: {value}\r\n" for name, value in fields)
    return b"".join([MAGIC, b"1\r\n", _encoded(head), b"\r\n", block, b"\r\n\r\n"])


def _http_head(page: FetchedPage) -> bytes:
    try:
        phrase = HTTPStatus(page.status).phrase
    except ValueError:
        phrase = "Unknown"
    untrue = _untrue_headers(page)
    lines = [f"HTTP/1.1 {page.status} {phrase}"]
    for name, value in page.headers:
        lines.append(f"{KEPT_AS if name.lower() in untrue else ''}{name}: {_one_line(value)}")
    return _encoded("\r\n".join([*lines, "", ""]))


def _untrue_headers(page: FetchedPage) -> frozenset[str]:
    """Names of headers that do not hold for the body as it is stored, in lower case."""
    length = str(len(page.body))
    lengths = {value.strip() for name, value in page.headers if name.lower() == "content-length"}
    return _ENCODING_HEADERS | ({"content-length"} if lengths - {length} else set())


def _member(record: bytes) -> bytes:
    target = io.BytesIO()
    writer = GzipWriter(target, compression_level=_GZIP_LEVEL)
    writer.write(record)
    writer.finish()
    return target.getvalue()


def _name(content: str) -> str:
    digest = hashlib.sha1(_encoded(content), usedforsecurity=False).digest()
    return uuid.UUID(bytes=digest[:16], version=5).urn


def _encoded(text: str) -> bytes:
    """Bytes that were no UTF-8 as they came; what no bytes can have been, replaced."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")


def _date(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _one_line(text: str) -> str:
    return " ".join(text.replace("\x00", " ").splitlines()) if not text.isprintable() else text
