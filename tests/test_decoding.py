import contextlib
import gzip
import zlib

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from connectors.decoding import ENCODING_ERRORS, UnknownEncodingError, decoder_for

PACK = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
    "": bytes,
}


def unpack(encoding, packed, step):
    decoder = decoder_for(encoding)
    pieces = [
        piece for start in range(0, len(packed), step) for piece in decoder.feed(packed[start : start + step])
    ]
    return b"".join(pieces), decoder


@given(st.sampled_from(sorted(PACK)), st.binary(max_size=5000), st.integers(1, 700))
def test_packing_and_unpacking_by_pieces_gives_the_same_bytes(encoding, body, step):
    plain, decoder = unpack(encoding, PACK[encoding](body), step)
    assert plain == body
    assert decoder.is_complete()


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_pieces_stay_small_however_well_the_body_packs(encoding):
    packed = PACK[encoding](bytes(30_000_000))
    decoder = decoder_for(encoding)
    sizes = [len(piece) for piece in decoder.feed(packed)]
    assert sum(sizes) == 30_000_000
    assert max(sizes) <= 9_000_000


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_a_stream_cut_short_is_not_complete(encoding):
    packed = PACK[encoding](bytes(range(256)) * 500)
    _, decoder = unpack(encoding, packed[:-10], 100)
    assert not decoder.is_complete()


@given(st.sampled_from(["gzip", "deflate", "br", "zstd"]), st.binary(min_size=1, max_size=300))
def test_rubbish_is_an_error_of_a_known_kind_or_nothing(encoding, rubbish):
    with contextlib.suppress(ENCODING_ERRORS):
        unpack(encoding, rubbish, 50)


@pytest.mark.parametrize("encoding", ["compress", "aws-chunked", "gzip, br, gzip"])
def test_encodings_that_nobody_asked_for_are_refused(encoding):
    with pytest.raises(UnknownEncodingError):
        decoder_for(encoding)


@pytest.mark.parametrize("encoding", ["", "identity", "Identity", "none", "utf-8"])
def test_labels_that_mean_nothing_pass_bytes_through(encoding):
    assert list(decoder_for(encoding).feed(b"as it is")) == [b"as it is"]
