"""Bodies of stored HTTP responses, made plain: chunks joined, compression undone.

Archives differ: some keep a body as it came, some store it decoded and leave the headers as they were,
some cut it off. What does not look encoded is therefore left as it is, and of a cut body the part that
can be decoded is returned.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]
import zstandard

# A web page of more is a bomb or no page: judge refuses far smaller ones.
MAX_BODY_BYTES = 64 * 1024 * 1024

_GZIP_MAGIC = b"\x1f\x8b"
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
_MAX_CHUNK_LINE = 256


def decoded(body: bytes, *, transfer_encoding: str, content_encoding: str) -> bytes:
    """The body with both encodings undone, outermost first (RFC 9110, 8.4; RFC 9112, 7).

    Args:
        body: as stored.
        transfer_encoding: the header's value, "" if absent.
        content_encoding: likewise.
    """
    if "chunked" in transfer_encoding.lower():
        body = _joined_chunks(body)
    for name in reversed(content_encoding.lower().split(",")):
        decode = _DECODERS.get(name.strip())
        if decode is not None:
            body = decode(body)
    return body


def _joined_chunks(body: bytes) -> bytes:
    pieces: list[bytes] = []
    position = 0
    while True:
        line_end = body.find(b"\n", position, position + _MAX_CHUNK_LINE)
        size = _chunk_size(body[position:line_end]) if line_end >= 0 else None
        if size is None:
            return b"".join(pieces) if pieces else body  # cut off, or never chunked
        if size == 0:
            return b"".join(pieces)
        pieces.append(body[line_end + 1 : line_end + 1 + size])
        position = line_end + 1 + size
        if body[position : position + 2] == b"\r\n":
            position += 2
        elif body[position : position + 1] == b"\n":
            position += 1


def _chunk_size(line: bytes) -> int | None:
    digits = line.partition(b";")[0].strip()
    if not digits or len(digits) > 8 or digits.strip(b"0123456789abcdefABCDEF"):
        return None
    return int(digits, 16)


def _gunzipped(body: bytes) -> bytes:
    return _inflated(body, zlib.MAX_WBITS | 16) if body.startswith(_GZIP_MAGIC) else body


def _undeflated(body: bytes) -> bytes:
    """HTTP's deflate is zlib's format, but some servers send it bare."""
    return _inflated(body, zlib.MAX_WBITS) or _inflated(body, -zlib.MAX_WBITS) or body


def _inflated(body: bytes, window_bits: int) -> bytes:
    pieces: list[bytes] = []
    room = MAX_BODY_BYTES
    while body and room > 0:  # a gzip body may have several members
        inflater = zlib.decompressobj(window_bits)
        try:
            piece = inflater.decompress(body, room)
        except zlib.error:
            break
        pieces.append(piece)
        room -= len(piece)
        if not inflater.eof:
            break
        body = inflater.unused_data
    return b"".join(pieces)


def _unbrotlied(body: bytes) -> bytes:
    """Brotli has no magic number: what opens a tag and decodes to no end was never encoded."""
    decoder = brotli.Decompressor()
    try:
        plain: bytes = decoder.process(body, output_buffer_limit=MAX_BODY_BYTES)
    except brotli.error:
        return body
    return body if body.lstrip().startswith(b"<") and not decoder.is_finished() else plain or body


def _unzstded(body: bytes) -> bytes:
    if not body.startswith(_ZSTD_MAGIC):
        return body
    reader = zstandard.ZstdDecompressor().stream_reader(body, read_across_frames=True)
    pieces: list[bytes] = []
    room = MAX_BODY_BYTES
    try:
        while room > 0 and (piece := reader.read(min(room, 1 << 20))):
            pieces.append(piece)
            room -= len(piece)
    except zstandard.ZstdError:
        pass  # cut off: what came before counts
    return b"".join(pieces)


_DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": _gunzipped,
    "x-gzip": _gunzipped,
    "deflate": _undeflated,
    "br": _unbrotlied,
    "zstd": _unzstded,
}
