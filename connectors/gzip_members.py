"""The members of a gzip file, found from any place in it.

A WARC file is compressed record by record, so it can be cut anywhere and read by several processes,
if each finds where the next member begins. Magic bytes are no proof of that: compressed data holds them
by chance, and a page may be a WARC file itself. So a reader begins well before its range, and follows
whole members, each with the right checksum, from there: the false ones end inside the true one around them.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from connectors.errors import BadInput
from connectors.sources import Window

# A member that lies across a place is passed over whole if it is no longer than this, because the chain
# then begins before it. In a longer one only a stored WARC file could be taken for records of the archive.
# Compressed pages of news are 35 kB on average; following 256 kB of them costs 10 ms a split.
LOOK_BACK_BYTES = 256 * 1024
# What a member may inflate to; of a longer one only the end is found.
MAX_CONTENT_BYTES = 128 * 1024 * 1024

_MAGIC = b"\x1f\x8b\x08"
_PIECE_BYTES = 64 * 1024
_INFLATE_BYTES = 16 * 1024 * 1024
_RESERVED_FLAGS = 0xE0  # RFC 1952, 2.3.1.2: must be zero


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One gzip member."""

    start: int  # of its first byte in the file
    end: int  # just behind its last
    raw: bytes  # as it is in the file
    content: bytes  # inflated
    is_too_long: bool  # content was over the limit, and neither is here


def begins_member(window: Window, position: int) -> bool:
    """Whether the bytes at ``position`` could begin a member."""
    head = window.read(position, 4)
    return len(head) == 4 and head.startswith(_MAGIC) and not head[3] & _RESERVED_FLAGS


def read_member(window: Window, start: int) -> Member:
    """The member that begins at ``start``. Raises ``BadInput`` if it is broken or cut off."""
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    raw: list[bytes] = []
    content: list[bytes] = []
    length = 0
    position = start
    for piece in window.pieces(start, _PIECE_BYTES):
        rest = piece
        while rest and not inflater.eof:
            try:
                inflated = inflater.decompress(rest, _INFLATE_BYTES)
            except zlib.error as error:
                raise BadInput(f"broken gzip data ({error})") from error
            length += len(inflated)
            content.append(inflated)
            rest = inflater.unconsumed_tail
        raw.append(piece[: len(piece) - len(inflater.unused_data)])
        position += len(raw[-1])
        is_too_long = length > MAX_CONTENT_BYTES
        if is_too_long:
            raw, content = raw[-1:], []
        if inflater.eof:
            return Member(
                start=start,
                end=position,
                raw=b"" if is_too_long else b"".join(raw),
                content=b"".join(content),
                is_too_long=is_too_long,
            )
    raise BadInput("the file is cut off")


def content_start(window: Window, start: int, length: int) -> bytes:
    """The first ``length`` bytes of a member's content; fewer if it ends or breaks before."""
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    content = b""
    for piece in window.pieces(start, _PIECE_BYTES):
        try:
            content += inflater.decompress(piece, length - len(content))
        except zlib.error:
            break
        if inflater.eof or len(content) >= length:
            break
    return content


def next_member(window: Window, start: int, end: int, opening: bytes) -> int:
    """Where the next member begins whose content starts with ``opening``; ``end`` if none before."""
    position = start
    while (position := window.find(_MAGIC, position, end)) >= 0:
        if begins_member(window, position) and content_start(window, position, len(opening)) == opening:
            return position
        position += 1
    return end


def first_member(window: Window, start: int, end: int, opening: bytes) -> int:
    """Where the first member in ``start`` to ``end`` begins; ``end`` or behind it if none does.

    A member that lies across ``start`` belongs to whoever reads up to there, so ranges that touch share
    no member and miss none.
    """
    if start == 0:
        return 0
    position = max(0, start - LOOK_BACK_BYTES)
    if position > 0:
        position = next_member(window, position, end, opening)
    while position < start:
        try:
            position = read_member(window, position).end
        except BadInput:
            position = next_member(window, position + 1, end, opening)
            continue
        if position < start and not begins_member(window, position):
            position = next_member(window, position, end, opening)
    return position
