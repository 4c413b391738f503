"""Pages out of WARC and WET files, by splits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from connectors.archives.records import Damage, RawPage, Split
from connectors.errors import BadInput
from connectors.gzip_members import begins_member, first_member, next_member, read_member
from connectors.gzip_streams import GzipStream
from connectors.sources import Source, Window
from connectors.warc_records import MAGIC, WarcHeader, page_of, parse_header
from extractors.records import RawPlace

MAX_RECORD_BYTES = 128 * 1024 * 1024
_HEAD_BYTES = 64 * 1024
_BETWEEN = b"\r\n"  # records are followed by two of these; some writers count differently
_RECORD_START = b"\n" + MAGIC


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Where a record of an uncompressed file lies."""

    start: int
    header: WarcHeader
    end: int  # of its block

    @property
    def length(self) -> int:
        """Bytes of head and block."""
        return self.end - self.start


def read_members(source: Source, split: Split) -> Iterator[RawPage | Damage]:
    """The pages whose gzip members begin in the split's range of bytes."""
    window = Window(source)
    position = first_member(window, split.start, split.end, MAGIC)
    while position < split.end:
        if not begins_member(window, position):
            found = next_member(window, position, split.end, MAGIC)
            if found < split.end or window.read(position, 1 << 16).strip(b"\0"):  # padding is no damage
                yield _damage(source, position, "no gzip member where one should begin")
            position = found
            continue
        try:
            member = read_member(window, position)
        except BadInput as error:
            yield _damage(source, position, str(error))
            position = next_member(window, position + 1, split.end, MAGIC)
            continue
        if member.is_too_long:
            yield _damage(source, position, "a record that is too long")
        else:
            yield from _pages(source, member.content, position, member.raw)
        position = member.end


def read_records(source: Source, split: Split) -> Iterator[RawPage | Damage]:
    """The pages whose records begin in the split's range of an uncompressed file."""
    window = Window(source)
    for record in walk(window, split.start, split.end):
        if isinstance(record, Damage):
            yield record
        elif record.header.holds_page:
            yield from _pages(source, window.read(record.start, record.length), record.start, b"")


def read_stream(source: Source, split: Split) -> Iterator[RawPage | Damage]:
    """The pages of the split's records in a file that was compressed as a whole."""
    for number, record in enumerate(walk_stream(source, split.end)):
        if number < split.start:
            continue
        if isinstance(record, Damage):
            yield record
        else:
            yield from _pages(source, record, 0, b"")


def walk(window: Window, start: int, end: int) -> Iterator[Record | Damage]:
    """The records that begin in a range of an uncompressed file; ``start`` is a record's beginning."""
    position = start
    while position < end:
        while window.read(position, 2) == _BETWEEN:
            position += 2
        if position >= end:
            return
        try:
            record = _record_at(window, position)
        except BadInput as error:
            yield _damage(window.source, position, str(error))
            found = window.find(_RECORD_START, position, end)
            position = found + 1 if found >= 0 else end
            continue
        if record.length > MAX_RECORD_BYTES and record.header.holds_page:
            yield _damage(window.source, position, "a record that is too long")
        else:
            yield record
        position = record.end


def walk_stream(source: Source, limit: int | None = None) -> Iterator[bytes | Damage]:
    """Each record of a file that was compressed as a whole, up to the ``limit``-th; damage ends it."""
    stream = GzipStream(source)
    number = 0
    try:
        while limit is None or number < limit:
            while (head := stream.peek(_HEAD_BYTES)).startswith(_BETWEEN):
                stream.read(2)
            if not head:
                return
            header = parse_header(head)
            if header.block_length > MAX_RECORD_BYTES:
                raise BadInput("a record that is too long")
            record = stream.read(header.block_start + header.block_length)
            if len(record) < header.block_start + header.block_length:
                raise BadInput("the file is cut off")
            yield record
            number += 1
    except BadInput as error:
        yield _damage(source, 0, str(error))


def _record_at(window: Window, position: int) -> Record:
    header = parse_header(window.read(position, _HEAD_BYTES))
    end = position + header.block_start + header.block_length
    if end > window.source.size:
        raise BadInput("the file is cut off")
    return Record(start=position, header=header, end=end)


def _pages(source: Source, content: bytes, offset: int, member: bytes) -> Iterator[RawPage | Damage]:
    """The pages of the records in ``content``: one as a rule; some writers pack more into a member."""
    position = 0
    while position < len(content):
        try:
            header = parse_header(content[position : position + _HEAD_BYTES])
            start, end = position + header.block_start, position + header.block_start + header.block_length
            if end > len(content):
                raise BadInput("a record that is shorter than it says")
            page = page_of(header, content[start:end])
        except BadInput as error:
            yield _damage(source, offset, str(error))
            return
        is_alone = position == 0 and not content[end:].strip()
        if page is not None:
            yield RawPage(
                page=page,
                place=RawPlace(shard=source.name, offset=offset),
                member=member if is_alone else b"",
                truncated=header.field("WARC-Truncated"),
            )
        position = end
        while content[position : position + 2] == _BETWEEN:
            position += 2


def _damage(source: Source, offset: int, message: str) -> Damage:
    return Damage(path=source.name, offset=offset, message=message, places=1)
