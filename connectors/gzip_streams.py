"""A gzip file read from its beginning, whatever its members are."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from connectors.errors import BadInput
from connectors.sources import Source, Window

_PIECE_BYTES = 64 * 1024
_INFLATE_BYTES = 1024 * 1024


class GzipStream:
    """The inflated bytes of a source, read forwards in bounded memory.

    A cut or broken file raises ``BadInput`` once what came before is used up.
    """

    def __init__(self, source: Source) -> None:
        self._inflated = _inflated(Window(source))
        self._buffer = bytearray()
        self._error: BadInput | None = None

    def peek(self, length: int) -> bytes:
        """The next ``length`` bytes without using them up; fewer at the end only."""
        while len(self._buffer) < length and self._fill():
            pass
        if not self._buffer and self._error is not None:
            raise self._error
        return bytes(self._buffer[:length])

    def read(self, length: int) -> bytes:
        """The next ``length`` bytes; fewer at the end only."""
        data = self.peek(length)
        del self._buffer[: len(data)]
        return data

    def lines(self) -> Iterator[bytes]:
        """The lines without their ends; a last one that is cut off is not one."""
        start = 0
        while True:
            end = self._buffer.find(b"\n", start)
            if end >= 0:
                line = bytes(self._buffer[:end])
                del self._buffer[: end + 1]
                start = 0
                yield line
                continue
            start = len(self._buffer)
            if not self._fill():
                break
        if self._error is not None:
            raise self._error
        if self._buffer:
            yield bytes(self._buffer)

    def _fill(self) -> bool:
        try:
            piece = next(self._inflated, None)
        except BadInput as error:
            self._error = error
            return False
        if piece is None:
            return False
        self._buffer += piece
        return True


def _inflated(window: Window) -> Iterator[bytes]:
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    is_between = True  # members
    for piece in window.pieces(0, _PIECE_BYTES):
        rest = piece
        while rest:
            if is_between and not rest.strip(b"\0"):
                break  # padding
            try:
                inflated = inflater.decompress(rest, _INFLATE_BYTES)
            except zlib.error as error:
                raise BadInput(f"broken gzip data ({error})") from error
            is_between = inflater.eof
            rest = inflater.unused_data if is_between else inflater.unconsumed_tail
            if is_between:
                inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
            if inflated:
                yield inflated
    if not is_between:
        raise BadInput("the file is cut off")
