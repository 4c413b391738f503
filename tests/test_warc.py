"""Raw pages as WARC: written, read back, and read by others."""

from __future__ import annotations

import gzip
import io
import zlib
from dataclasses import replace
from datetime import UTC, datetime

import brotli
import pytest
import zstandard
from fastwarc.warc import ArchiveIterator, WarcRecordType
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.errors import BadInput
from connectors.http_bodies import decoded
from connectors.warc import join_members, read_record, read_warc, write_warc
from connectors.warc_records import page_of, parse_fields, parse_header
from extractors.records import FetchedPage

# A busy machine is no failure.
PATIENT = settings(deadline=None, suppress_health_check=list(HealthCheck))

PAGE = FetchedPage(
    url="https://news.example/a?x=1",
    final_url="https://www.news.example/a",
    fetched_at=datetime(2026, 11, 24, 8, 5, 0, 123456, tzinfo=UTC),
    status=200,
    headers=(
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Encoding", "gzip"),
        ("Content-Length", "77"),
        ("Set-Cookie", "a=1"),
        ("Set-Cookie", "b=2"),
    ),
    body="<html><p>Լուրեր</p></html>".encode(),
)

_header_text = st.sampled_from(["0", "2"]) | st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1, max_size=20
)
_header_name = st.text("abcdefghijklmnopqrstuvwxyzABCDEF-", min_size=1, max_size=15).filter(
    lambda name: not name.lower().startswith("x-crawl-")
)
pages = st.builds(
    FetchedPage,
    url=st.sampled_from(["https://a.example/", "https://a.example/ä?b=c d", "http://b.example/#x"]),
    final_url=st.sampled_from(["https://a.example/", "https://c.example/é"]),
    fetched_at=st.datetimes(timezones=st.just(UTC)),
    status=st.sampled_from([200, 204, 301, 404, 503, 599]),
    headers=st.lists(
        st.tuples(
            _header_name | st.sampled_from(["Transfer-Encoding", "content-length", "Content-Length"]),
            _header_text,
        )
    ).map(tuple),
    body=st.binary(max_size=300) | st.just(b"WARC/1.1\r\n\r\n") | st.just(b"\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"),
)


@PATIENT
@given(st.lists(pages, max_size=4))
def test_every_page_comes_back_as_it_was(written):
    shard, offsets = write_warc(written)
    assert list(read_warc(shard)) == written
    assert [read_record(shard, offset) for offset in offsets] == written


@PATIENT
@given(st.lists(pages, max_size=3))
def test_the_same_pages_give_the_same_bytes(written):
    assert write_warc(written) == write_warc(written)


@PATIENT
@given(st.lists(pages, max_size=3))
def test_other_readers_find_whole_valid_records(written):
    shard, offsets = write_warc(written)
    records = list(ArchiveIterator(io.BytesIO(shard), record_types=WarcRecordType.response, parse_http=False))
    found = []
    for record in ArchiveIterator(io.BytesIO(shard), record_types=WarcRecordType.response):
        found.append((record.stream_pos, record.headers["WARC-Target-URI"], record.http_headers.status_code))
        assert record.verify_payload_digest()
        assert record.reader.read() == written[len(found) - 1].body
    assert len(records) == len(written)
    assert found == [(o, p.url, p.status) for o, p in zip(offsets, written, strict=True)]


def test_other_readers_do_not_decode_a_body_twice():
    shard, _ = write_warc([PAGE])
    record = next(iter(ArchiveIterator(io.BytesIO(shard), WarcRecordType.response, auto_decode="all")))
    assert record.reader.read() == PAGE.body


def test_where_redirects_ended_is_kept():
    shard, offsets = write_warc([PAGE])
    assert read_record(shard, offsets[0]).final_url == "https://www.news.example/a"
    assert b"Lrahos-Final-URI: https://www.news.example/a" in gzip.decompress(shard)


def test_a_header_cannot_add_lines():
    evil = replace(PAGE, url="https://a.example/\r\nWARC-Type: x", headers=(("A", "b\r\n\r\nc"),))
    shard, offsets = write_warc([evil])
    found = read_record(shard, offsets[0])
    assert found.headers == (("A", "b  c"),)
    assert found.body == PAGE.body


def test_records_are_copied_without_compressing_them_again():
    shard, offsets = write_warc([PAGE, PAGE])
    members = [shard[offsets[0] : offsets[1]], shard[offsets[1] :]]
    assert join_members(members) == (shard, offsets)


@pytest.mark.parametrize("offset", [1, 10_000])
def test_a_place_without_a_record_is_told(offset):
    shard, _ = write_warc([PAGE])
    with pytest.raises(BadInput):
        read_record(shard, offset)


def test_a_record_that_holds_no_page_is_told():
    shard, _ = write_warc([PAGE])
    with pytest.raises(BadInput):
        read_record(shard, 0)


def test_a_shard_that_is_cut_off_is_told():
    shard, _ = write_warc([PAGE, PAGE])
    with pytest.raises(BadInput, match="cut off"):
        list(read_warc(shard[:-3]))


def _response(block: bytes, **fields: str) -> FetchedPage | None:
    values = {
        "WARC-Type": "response",
        "WARC-Target-URI": "http://a.example/",
        "WARC-Date": "2026-11-24T08:05:00Z",
        "Content-Length": str(len(block)),
    } | {name.replace("_", "-"): value for name, value in fields.items()}
    head = b"WARC/1.0\r\n" + "".join(f"{k}: {v}\r\n" for k, v in values.items()).encode() + b"\r\n"
    return page_of(parse_header(head + block), block)


def _body(headers: str, body: bytes) -> bytes:
    page = _response(f"HTTP/1.1 200 OK\r\n{headers}\r\n\r\n".encode() + body)
    assert page is not None
    return page.body


TEXT = b"<html>" + b"hello " * 100


@pytest.mark.parametrize(
    ("name", "encoded"),
    [
        ("gzip", gzip.compress(TEXT)),
        ("x-gzip", gzip.compress(TEXT[:10]) + gzip.compress(TEXT[10:])),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", zlib.compress(TEXT, wbits=-15)),
        ("br", brotli.compress(TEXT)),
        ("zstd", zstandard.compress(TEXT)),
        ("gzip, br", brotli.compress(gzip.compress(TEXT))),
        ("identity", TEXT),
    ],
)
def test_content_encodings_are_undone(name, encoded):
    assert _body(f"Content-Encoding: {name}", encoded) == TEXT
    assert _body(f"Content-Encoding: {name}", TEXT) == TEXT  # stored decoded, header left as it was


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
def test_of_a_cut_body_the_beginning_is_kept(name):
    whole = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "br": brotli.compress,
        "zstd": zstandard.compress,
    }
    noise = bytes(range(256)) * 40 + TEXT  # long enough that a part can be decoded
    cut = whole[name](noise)[:-10]
    found = decoded(cut, transfer_encoding="", content_encoding=name)
    assert noise.startswith(found) or found == cut
    assert name in {"br", "zstd"} or len(found) > 100


def test_chunks_are_joined():
    chunked = b"6\r\n<html>\r\n5;x=1\r\nhello\r\n0\r\nTrailer: 1\r\n\r\n"
    assert _body("Transfer-Encoding: chunked", chunked) == b"<html>hello"
    assert _body("Transfer-Encoding: chunked", chunked[:22]) == b"<html>hell"
    assert _body("Transfer-Encoding: chunked", b"<html>never chunked") == b"<html>never chunked"
    assert _body("Transfer-Encoding: chunked", b"12 monkeys") == b"12 monkeys"


@PATIENT
@given(st.binary(max_size=200), st.sampled_from(["gzip", "deflate", "br", "zstd", "x", "gzip,br"]))
def test_no_body_makes_decoding_fail(body, encoding):
    for start in (b"", b"\x1f\x8b\x08\0", b"\x28\xb5\x2f\xfd", b"5\r\n"):
        decoded(start + body, transfer_encoding="chunked", content_encoding=encoding)


def test_a_bomb_is_bounded(monkeypatch):
    monkeypatch.setattr("connectors.http_bodies.MAX_BODY_BYTES", 100_000)
    zeros = bytes(3_000_000)
    encoders = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "br": brotli.compress,
        "zstd": zstandard.compress,
    }
    for name, encode in encoders.items():
        found = decoded(encode(zeros), transfer_encoding="", content_encoding=name)
        assert len(found) <= 100_000, name


def test_old_and_odd_records_are_read():
    page = _response(
        b"HTTP/1.0 200\nContent-Type: text/html\n continued\nX\n\nbody", WARC_Target_URI="<http://b.example/>"
    )
    assert page is not None
    assert (page.url, page.status, page.body) == ("http://b.example/", 200, b"body")
    assert page.headers == (("Content-Type", "text/html continued"),)
    assert _response(b"dns answer", WARC_Target_URI="dns:a.example") is None
    assert _response(b"GET / HTTP/1.1", WARC_Type="request") is None


@pytest.mark.parametrize(
    ("block", "fields"),
    [(b"no http", {}), (b"HTTP/1.1 200 OK\r\n\r\n", {"WARC_Date": "yesterday"})],
)
def test_a_record_that_makes_no_sense_is_told(block, fields):
    with pytest.raises(BadInput):
        _response(block, **fields)


@pytest.mark.parametrize(
    "head", [b"", b"WARC/1.0\r\n", b"WARC/1.0\r\nContent-Length: -1\r\n\r\n", b"HTTP/1.1 200\r\n\r\n"]
)
def test_what_is_no_record_is_told(head):
    with pytest.raises(BadInput):
        parse_header(head)


def test_a_url_with_stray_bytes_is_percent_encoded():
    block = b"HTTP/1.1 200 OK\r\n\r\n"
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/caf\xe9?\xc3\xa9\r\n"
    head += b"WARC-Date: 2026-11-24T08:05:00Z\r\nContent-Length: %d\r\n\r\n" % len(block)
    page = page_of(parse_header(head), block)
    assert page is not None
    assert page.url == page.final_url == "http://a.example/caf%E9?é"


def test_no_text_makes_writing_fail():
    page = replace(
        PAGE, url="https://a.example/\ud800\udcff", headers=(("X\ud800", "\ud801"), ("Y", "\udcff"))
    )
    shard, offsets = write_warc([page])
    assert read_record(shard, offsets[0]).body == PAGE.body


def test_header_bytes_of_any_charset_survive():
    ((_, value),) = parse_fields(b"X: caf\xe9\r\n")
    assert value.encode("utf-8", "surrogateescape") == b"caf\xe9"
