"""Response bodies, read and unpacked piece by piece under a cap."""

from __future__ import annotations

from collections.abc import Callable

import aiohttp

from connectors.decoding import ENCODING_ERRORS, UnknownEncodingError, decoder_for
from connectors.errors import GiveUp, TryLater
from extractors.records import Fate

Sink = Callable[[bytes], bool]  # takes a plain piece of the body; False: enough


async def read_body(
    url: str,
    response: aiohttp.ClientResponse,
    *,
    max_bytes: int,
    is_cut: bool = False,
    sink: Sink | None = None,
    on_received: Callable[[int], None],
) -> bytes:
    """The plain body, or b"" if a sink took it; never holds more than the cap and one piece.

    Args:
        url: for messages.
        response: with its headers read, and nothing of its body.
        max_bytes: cap before and after decompression.
        is_cut: a body over the cap is cut there instead of refused.
        sink: takes the body instead.
        on_received: told the size of each piece as it comes over the wire.

    Raises:
        GiveUp: ``BAD_RESPONSE``: over the cap, or an encoding that is broken or unknown.
        TryLater: the compressed stream ends too early.
    """
    length = response.content_length
    if length is not None and length > max_bytes and not is_cut:
        raise GiveUp(f"{url}: {length} bytes, over the cap of {max_bytes}", fate=Fate.BAD_RESPONSE)
    kept: list[bytes] = []
    wire_bytes = plain_bytes = 0
    try:
        decoder = decoder_for(response.headers.get("Content-Encoding", ""))
        async for chunk in response.content.iter_any():
            wire_bytes += len(chunk)
            on_received(len(chunk))
            for piece in decoder.feed(chunk):
                plain_bytes += len(piece)
                if max(plain_bytes, wire_bytes) > max_bytes:
                    if is_cut:
                        return b"".join([*kept, piece])[:max_bytes]
                    raise GiveUp(f"{url}: over the cap of {max_bytes} bytes", fate=Fate.BAD_RESPONSE)
                if sink is None:
                    kept.append(piece)
                elif not sink(piece):
                    return b""
    except (*ENCODING_ERRORS, UnknownEncodingError) as error:
        raise GiveUp(f"{url}: broken encoding: {error}", fate=Fate.BAD_RESPONSE) from error
    if not decoder.is_complete():
        raise TryLater(f"{url}: the body ends too early", fate=Fate.UNREACHABLE)
    return b"".join(kept)
