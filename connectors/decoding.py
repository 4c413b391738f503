"""
Content encodings undone piece by piece, so that no bomb is ever unpacked whole.

Every decoder yields pieces of bounded size: whoever reads them can stop at a cap, having held
no more than one piece beyond it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Protocol

import brotli  # type: ignore[import-untyped]
import zstandard

PIECE_BYTES = 1 << 18  # most that a decoder puts out at once
_ZSTD_FEED_BYTES = 256  # zstd's smallest block, 4 bytes, unpacks to 128 KiB: 256 bytes to 8 MiB at most
_ZSTD_WINDOW_BYTES = 1 << 23  # what RFC 9659 lets a sender ask of a receiver
_MAX_ENCODINGS = 2  # some servers compress twice; more is an attack

ENCODING_ERRORS = (zlib.error, brotli.error, zstandard.ZstdError)


class UnknownEncodingError(ValueError):
    """A content encoding that nobody asked for."""


class Decoder(Protocol):
    """Turns compressed pieces into plain ones."""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Plain pieces of at most a few MiB, as far as the data given so far goes."""

    def is_complete(self) -> bool:
        """Whether the compressed stream came to its own end."""


class _Plain:
    def feed(self, data: bytes) -> Iterator[bytes]:
        yield data

    def is_complete(self) -> bool:
        return True


class _Zlib:
    """gzip (many members, rubbish after the last one ignored) and both readings of "deflate"."""

    def __init__(self, *, is_gzip: bool) -> None:
        self._is_gzip = is_gzip
        self._inner: zlib._Decompress | None = None
        self._is_plain = False  # said to be compressed and is not: some servers do that
        self._is_over = False

    def _start(self, data: bytes) -> zlib._Decompress:
        if self._is_gzip:
            return zlib.decompressobj(31)
        # RFC 9110 says zlib; a few servers send the bare stream. zlib's first byte is ?8.
        return zlib.decompressobj(15 if data[0] & 0x0F == 8 else -15)

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._inner is None and data and self._is_gzip and data[0] != 0x1F:
            self._is_plain = True
        if self._is_plain:
            yield data
            return
        while data and not self._is_over:
            if self._inner is None:
                self._inner = self._start(data)
            piece = self._inner.decompress(data, PIECE_BYTES)
            if piece:
                yield piece
            if not self._inner.eof:
                data = self._inner.unconsumed_tail
                continue
            data = self._inner.unused_data
            if data[:1] == b"\x1f" and self._is_gzip:
                self._inner = zlib.decompressobj(31)
            else:
                self._is_over = True

    def is_complete(self) -> bool:
        return self._is_plain or self._inner is None or self._inner.eof


class _Brotli:
    def __init__(self) -> None:
        self._inner = brotli.Decompressor()

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._inner.is_finished():
            return
        piece = self._inner.process(data, output_buffer_limit=PIECE_BYTES)
        while piece:
            yield piece
            if self._inner.is_finished():
                return
            piece = self._inner.process(b"", output_buffer_limit=PIECE_BYTES)

    def is_complete(self) -> bool:
        return bool(self._inner.is_finished())


class _Zstd:
    def __init__(self) -> None:
        self._inner = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW_BYTES).decompressobj(
            read_across_frames=True
        )
        self._fed = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        for start in range(0, len(data), _ZSTD_FEED_BYTES):
            piece = self._inner.decompress(data[start : start + _ZSTD_FEED_BYTES])
            if piece:
                yield piece

    def is_complete(self) -> bool:
        return True  # across frames the stream has no end of its own; a torn one is seen by its length


class _Chain:
    """One encoding around another."""

    def __init__(self, outer: Decoder, inner: Decoder) -> None:
        self._outer, self._inner = outer, inner

    def feed(self, data: bytes) -> Iterator[bytes]:
        for piece in self._outer.feed(data):
            yield from self._inner.feed(piece)

    def is_complete(self) -> bool:
        return self._outer.is_complete() and self._inner.is_complete()


def decoder_for(content_encoding: str) -> Decoder:
    """
    A decoder for a Content-Encoding header; "" passes bytes through.

    Raises:
        UnknownEncodingError: an encoding that was not asked for, or too many.
    """
    names = [name.strip().lower() for name in content_encoding.split(",")]
    names = [name for name in names if name not in {"", "identity", "utf-8", "none"}]  # servers say these
    if len(names) > _MAX_ENCODINGS:
        raise UnknownEncodingError(f"{len(names)} content encodings")
    decoder: Decoder = _Plain()
    for name in names:  # listed in the order applied, so the last one is outermost
        one = _single(name)
        decoder = one if isinstance(decoder, _Plain) else _Chain(one, decoder)
    return decoder


def _single(name: str) -> Decoder:
    match name:
        case "gzip" | "x-gzip":
            return _Zlib(is_gzip=True)
        case "deflate":
            return _Zlib(is_gzip=False)
        case "br":
            return _Brotli()
        case "zstd":
            return _Zstd()
    raise UnknownEncodingError(f"content encoding {name[:20]!r}")
