"""Archives by splits: every page in exactly one, whatever the bytes look like."""

from __future__ import annotations

import gzip
import itertools
import json
import os
import zlib
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors import gzip_members, sources
from connectors.archives import Damage, Kind, RawPage, Split, page_of_file, plan_splits, read_split, warcs
from connectors.bucket import AWS, S3Options, open_bucket
from connectors.errors import BadInput
from connectors.sources import BytesSource
from connectors.warc import read_record, write_warc
from extractors.records import FetchedPage
from tests.servers import moto_server

# A busy machine is no failure.
PATIENT = settings(deadline=None, suppress_health_check=list(HealthCheck))

PAGE = FetchedPage(
    url="https://news.example/",
    final_url="https://news.example/",
    fetched_at=datetime(2026, 11, 24, 8, 5, tzinfo=UTC),
    status=200,
    headers=(("Content-Type", "text/html"),),
    body=b"<html><p>Words of our own.</p></html>",
)


def record(number: int, body: bytes, kind: str = "response") -> bytes:
    """One WARC record, as other tools write it."""
    block = (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" if kind == "response" else b"") + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://a.example/{number}\r\n"
        f"WARC-Date: 2026-11-24T08:05:00Z\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def compressed(data: bytes, level: int = 6) -> bytes:
    writer = zlib.compressobj(level, zlib.DEFLATED, 31)
    return writer.compress(data) + writer.flush()


def read(splits: Iterable[Split], options: S3Options = AWS) -> list[RawPage | Damage]:
    # As a run's plan would hold them.
    stored = [Split(**json.loads(json.dumps(asdict(split)))) for split in splits]
    return [item for split in stored for item in read_split(split, options)]


def urls(items: Iterable[RawPage | Damage]) -> list[str]:
    return [item.page.url for item in items if isinstance(item, RawPage)]


# A whole WARC file as the body of a page: stored (level 0) its members lie verbatim in the outer one.
EMBEDDED = b"".join(compressed(record(900 + number, b"inner " * number)) for number in range(3))
bodies = st.one_of(
    st.binary(max_size=50),
    st.sampled_from(
        [
            b"plain",
            b"\x1f\x8b\x08\x00" * 5,
            b"\r\n\r\nWARC/1.0\r\nWARC-Type: response\r\n\r\n",
            record(800, b"inner"),
            EMBEDDED,
            EMBEDDED[:-4],
            b"x" + EMBEDDED + b"y",
            EMBEDDED * 2,
            compressed(b"WARC/1.0\r\n\r\n"),
        ]
    ),
)
records = st.lists(
    st.tuples(
        bodies, st.sampled_from(["response", "response", "request", "metadata"]), st.sampled_from([0, 1, 6])
    ),
    max_size=12,
)


@settings(PATIENT, max_examples=150)
@given(made=records, cuts=st.lists(st.floats(0, 1), max_size=6), step=st.sampled_from([16, 100, 4096]))
def test_every_member_is_in_exactly_one_split(made, cuts, step, monkeypatch):
    members = [compressed(record(n, body, kind), level) for n, (body, kind, level) in enumerate(made)]
    data = b"".join(members)
    monkeypatch.setattr(sources, "_MEMORY_STEP", step)
    # The promise holds for members up to this length: make it as tight as it may be.
    monkeypatch.setattr(gzip_members, "LOOK_BACK_BYTES", max(map(len, members), default=1))
    edges = sorted({0, len(data), *(int(cut * len(data)) for cut in cuts)})
    found = []
    for start, end in itertools.pairwise(edges):
        found += warcs.read_members(
            BytesSource(data), Split(path="x", kind=Kind.WARC_GZ, start=start, end=end, size=len(data))
        )
    expected = [f"https://a.example/{n}" for n, (_, kind, _) in enumerate(made) if kind == "response"]
    assert urls(found) == expected
    assert [item.page.body for item in found] == [body for body, kind, _ in made if kind == "response"]
    for item in found:
        assert data[item.offset : item.offset + len(item.member)] == item.member
        assert read_record(item.member) == item.page


@settings(PATIENT, max_examples=100)
@given(made=records.filter(len), pages=st.integers(1, 5), step=st.sampled_from([16, 100, 4096]))
def test_every_record_of_an_uncompressed_file_is_in_exactly_one_split(
    made, pages, step, tmp_path, monkeypatch
):
    monkeypatch.setattr(sources, "_LOCAL_STEP", step)
    file = tmp_path / "x.warc"
    file.write_bytes(b"".join(record(n, body, kind) for n, (body, kind, _) in enumerate(made)))
    found = read(plan_splits(str(file), pages))
    expected = [f"https://a.example/{n}" for n, (_, kind, _) in enumerate(made) if kind == "response"]
    assert urls(found) == expected
    assert [item.page.body for item in found] == [body for body, kind, _ in made if kind == "response"]


@settings(PATIENT, max_examples=150)
@given(
    made=st.lists(st.tuples(st.binary(max_size=60), st.sampled_from([0, 6])), min_size=1, max_size=10),
    cuts=st.lists(st.floats(0, 1), max_size=4),
    hit=st.floats(0, 0.999),
    wrong=st.binary(min_size=1, max_size=8),
)
def test_damage_costs_the_members_it_hits_and_is_told_once(made, cuts, hit, wrong, monkeypatch):
    monkeypatch.setattr(sources, "_MEMORY_STEP", 64)
    members = [compressed(record(n, body), level) for n, (body, level) in enumerate(made)]
    data = bytearray(b"".join(members))
    place = int(hit * len(data))
    data[place : place + len(wrong)] = wrong
    starts = list(itertools.accumulate(map(len, members), initial=0))
    untouched = [
        f"https://a.example/{n}"
        for n, (start, end) in enumerate(itertools.pairwise(starts))
        if end <= place or start >= place + len(wrong)
    ]
    edges = sorted({0, len(data), *(int(cut * len(data)) for cut in cuts)})
    found = []
    for start, end in itertools.pairwise(edges):
        split = Split(path="x", kind=Kind.WARC_GZ, start=start, end=end, size=len(data))
        found += warcs.read_members(BytesSource(bytes(data)), split)
    # Other bytes in a header (a time, say) may leave the member whole.
    assert [url for url in urls(found) if url in untouched] == untouched
    if len(urls(found)) < len(made):
        assert any(isinstance(item, Damage) for item in found)


@PATIENT
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"\x1f\x8b\x08\0", b"WARC/1.0\r\n", compressed(record(1, b"x"))]),
)
def test_no_bytes_make_reading_fail(data, start):
    source = BytesSource(start + data)
    for kind, reader in (
        (Kind.WARC_GZ, warcs.read_members),
        (Kind.WARC, warcs.read_records),
        (Kind.WARC_STREAM, warcs.read_stream),
    ):
        list(reader(source, Split(path="x", kind=kind, start=0, end=source.size, size=source.size)))


@pytest.fixture
def archive(tmp_path):
    """Ten pages among requests, one member a record."""
    data = b"".join(
        compressed(record(n, b"page %d" % n)) + compressed(record(n, b"GET /", "request")) for n in range(10)
    )
    file = tmp_path / "news.warc.gz"
    file.write_bytes(data)
    return file


def test_a_compressed_file_is_cut_without_being_read(archive):
    splits = plan_splits(str(archive), 2)
    assert 3 <= len(splits) <= 8
    assert {split.kind for split in splits} == {Kind.WARC_GZ}
    assert urls(read(splits)) == [f"https://a.example/{n}" for n in range(10)]


class CountingSource(BytesSource):
    requests = 0
    read_bytes = 0

    def read_at(self, start: int, length: int) -> bytes:
        self.requests += 1
        data = super().read_at(start, length)
        self.read_bytes += len(data)
        return data


def test_a_split_far_away_takes_few_requests(monkeypatch):
    monkeypatch.setattr(sources, "_MEMORY_STEP", 400_000)
    monkeypatch.setattr(gzip_members, "LOOK_BACK_BYTES", 50_000)
    page = bytes(range(256)) * 40
    data = b"".join(compressed(record(n, page), level=0) for n in range(200))
    source = CountingSource(data)
    split = Split(path="x", kind=Kind.WARC_GZ, start=500_000, end=1_000_000, size=len(data))
    assert len(list(warcs.read_members(source, split))) > 40
    assert source.requests <= 3
    assert source.read_bytes <= 1_000_000


def test_a_record_that_is_too_long_is_passed_over_and_told(archive, monkeypatch):
    data = archive.read_bytes()
    archive.write_bytes(compressed(record(99, bytes(200_000))) + data)
    monkeypatch.setattr(gzip_members, "MAX_CONTENT_BYTES", 100_000)
    *pages, damage = read(plan_splits(str(archive), 100))
    assert len(pages) == 10
    assert "too long" in damage.message


def test_a_member_goes_into_a_raw_shard_as_it_is(archive):
    (split,) = plan_splits(str(archive), 100)
    items = list(read_split(split))
    data = archive.read_bytes()
    assert all(data[item.offset :].startswith(item.member) for item in items)
    assert [read_record(data, item.offset) for item in items] == [item.page for item in items]
    assert {item.place.shard for item in items} == {str(archive)}


def test_our_own_shards_are_archives_too(tmp_path):
    shard, offsets = write_warc([PAGE, replace(PAGE, url="https://news.example/b")])
    (tmp_path / "raw.warc.gz").write_bytes(shard)
    items = read(plan_splits(str(tmp_path / "raw.warc.gz"), 10))
    assert [(item.page, item.offset) for item in items] == [
        (PAGE, offsets[0]),
        (replace(PAGE, url="https://news.example/b"), offsets[1]),
    ]


def test_a_file_cut_off_gives_what_is_whole_and_says_so(archive):
    archive.write_bytes(archive.read_bytes()[:-7])
    *pages, damage = read(plan_splits(str(archive), 100))
    assert len(pages) == 10  # the last record is a request
    assert damage == Damage(path=str(archive), offset=damage.offset, message="the file is cut off", places=1)


def test_many_damaged_places_are_told_in_one(archive):
    data = bytearray(archive.read_bytes())
    members = [start for start in range(len(data)) if data[start : start + 3] == b"\x1f\x8b\x08"]
    for start in members[2::4]:
        data[start + 30] ^= 0xFF
    archive.write_bytes(bytes(data))
    items = read(plan_splits(str(archive), 100))
    damages = [item for item in items if isinstance(item, Damage)]
    assert len(damages) == 1
    assert damages[0] is items[-1]
    assert damages[0].places == 5
    assert len(items) == 5 + 1


NOTHING = "there is nothing in it"
NO_RECORD = "not the beginning of a WARC record"
NO_JSON = "no JSON: Expecting value: line 1 column 1 (char 0)"
UNREADABLE = {
    "junk.warc": (b"no archive\n" * 9, NO_RECORD),
    "empty.warc": (b"", NOTHING),
    "junk.warc.gz": (b"<html>no archive", NO_RECORD),
    "text.warc.gz": (compressed(b"no archive\n" * 9), NO_RECORD),
    "empty.warc.gz": (b"", NOTHING),
    "empty.wet.gz": (b"", NOTHING),
    "junk.jsonl": (b"no archive\n" * 9, NO_JSON),
    "empty.jsonl": (b"", NOTHING),
    "text.jsonl.gz": (compressed(b"no archive\n" * 9), NO_JSON),
    "hollow.jsonl.gz": (compressed(b""), NOTHING),
    "empty.ndjson.gz": (b"", NOTHING),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_named_file_of_which_nothing_can_be_read_is_an_error_whatever_its_kind(tmp_path, name):
    data, message = UNREADABLE[name]
    path = tmp_path / name
    path.write_bytes(data)
    for spelling in (str(path), f"file://{path}"):
        with pytest.raises(BadInput) as refusal:
            plan_splits(spelling, 100)
        assert str(refusal.value) == f"{path}: {message}"


@pytest.mark.parametrize("pattern", ["", "*", "**/*"])
def test_in_folders_and_patterns_each_such_file_costs_itself_alone_and_is_told(tmp_path, archive, pattern):
    wrong = {str(tmp_path / name): message for name, (_, message) in UNREADABLE.items()}
    for name, (data, _) in UNREADABLE.items():
        (tmp_path / name).write_bytes(data)
    if pattern:  # a folder means its archives alone
        (tmp_path / "notes.bin").write_bytes(b"\0\1")
        wrong[str(tmp_path / "notes.bin")] = "neither WARC, WET, HTML, text (.txt) nor JSON lines"
    items = read(plan_splits(str(tmp_path / pattern), 100))
    damages = [item for item in items if isinstance(item, Damage)]
    assert {damage.path: damage.message for damage in damages} == wrong
    assert len(damages) == len(wrong)
    assert len(items) - len(damages) == 10


def test_a_folder_with_one_file_is_a_folder(tmp_path):
    (tmp_path / "junk.warc.gz").write_bytes(b"no archive")
    (damage,) = read(plan_splits(str(tmp_path), 100))
    assert str(damage) == f"{tmp_path}/junk.warc.gz: {NO_RECORD}"


def test_a_file_that_is_whole_again_when_it_is_read_says_so(tmp_path, archive):
    data = archive.read_bytes()
    archive.write_bytes(b"")
    splits = plan_splits(str(tmp_path), 100)
    archive.write_bytes(data)
    (damage,) = read(splits)
    assert "when the run was planned" in damage.message


def test_lines_and_records_behind_junk_are_read_and_the_junk_is_told(tmp_path):
    for name, data in {
        "x.warc": b"no archive\n" + record(1, b"x"),
        "x.jsonl": b"no json\n" * 9 + b'{"url": "u", "text": "t"}',
        "x.jsonl.gz": compressed(b"no json\n" * 9 + b'{"url": "u", "text": "t"}'),
    }.items():
        (tmp_path / name).write_bytes(data)
        page, damage = read(plan_splits(str(tmp_path / name), 100))
        assert isinstance(page, RawPage)
        assert isinstance(damage, Damage)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_named_page_that_may_not_be_read_is_an_error(tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<p>x")
    page.chmod(0)
    with pytest.raises(BadInput, match=r"page\.html: Permission denied"):
        plan_splits(str(page), 100)


@pytest.mark.parametrize(
    ("places", "said"),
    [(1, "a.warc: cut off"), (2, "a.warc: cut off (2 places)"), (4321, "a.warc: cut off (4,321 places)")],
)
def test_damage_is_one_line(places, said):
    assert str(Damage(path="a.warc", offset=7, message="cut off", places=places)) == said


def test_padding_at_the_end_is_no_damage(archive):
    archive.write_bytes(archive.read_bytes() + bytes(100))
    assert len(read(plan_splits(str(archive), 100))) == 10


@pytest.mark.parametrize("pages", [1, 3, 100])
def test_a_file_compressed_as_a_whole_is_read_by_records(tmp_path, pages):
    file = tmp_path / "whole.warc.gz"
    file.write_bytes(compressed(b"".join(record(n, b"page %d" % n) for n in range(7))))
    splits = plan_splits(str(file), pages)
    assert {split.kind for split in splits} == {Kind.WARC_STREAM}
    items = read(splits)
    assert urls(items) == [f"https://a.example/{n}" for n in range(7)]
    assert {item.member for item in items} == {b""}


def test_a_whole_compressed_file_that_is_cut_off_gives_what_is_whole(tmp_path):
    file = tmp_path / "whole.warc.gz"
    file.write_bytes(
        compressed(b"".join(record(n, bytes(range(256)) * 9) for n in range(50)), level=0)[:-3000]
    )
    items = read(plan_splits(str(file), 10))
    assert urls(items) == [f"https://a.example/{n}" for n in range(len(items) - 1)]
    assert 40 < len(items) < 50
    assert isinstance(items[-1], Damage)


def test_two_records_in_one_member_are_both_read(tmp_path):
    file = tmp_path / "pairs.warc.gz"
    pairs = [compressed(record(n, b"a") + record(n + 1, b"b")) for n in range(0, 6, 2)]
    file.write_bytes(compressed(record(99, b"alone")) + b"".join(pairs))
    items = read(plan_splits(str(file), 2))
    assert urls(items) == ["https://a.example/99", *(f"https://a.example/{n}" for n in range(6))]
    assert [bool(item.member) for item in items] == [True] + [False] * 6


def test_a_record_that_was_stored_in_part_says_so(tmp_path):
    whole = record(1, b"<html>cut")
    file = tmp_path / "x.warc"
    file.write_bytes(whole.replace(b"WARC-Type: response", b"WARC-Type: response\r\nWARC-Truncated: length"))
    (item,) = read(plan_splits(str(file), 10))
    assert item.truncated == "length"
    assert item.page.body == b"<html>cut"


def test_a_wet_file_gives_plain_text(tmp_path):
    file = tmp_path / "x.warc.wet.gz"
    file.write_bytes(
        compressed(record(0, b"info", "warcinfo")) + compressed(record(1, "Լուրեր".encode(), "conversion"))
    )
    (item,) = read(plan_splits(str(file), 10))
    assert item.page.body.decode() == "Լուրեր"
    assert item.page.header("content-type") == "text/plain; charset=utf-8"


@settings(PATIENT, max_examples=100)
@given(
    texts=st.lists(st.text(st.characters(codec="utf-8"), max_size=30), min_size=1, max_size=15),
    pages=st.integers(1, 20),
    end=st.sampled_from(["\n", "\r\n"]),
    is_ended=st.booleans(),
    is_compressed=st.booleans(),
)
def test_every_line_is_in_exactly_one_split(texts, pages, end, is_ended, is_compressed, tmp_path):
    lines = [json.dumps({"url": f"u{n}", "text": text}, ensure_ascii=False) for n, text in enumerate(texts)]
    data = (end.join(lines) + (end if is_ended else "")).encode()
    file = tmp_path / ("x.jsonl.gz" if is_compressed else "x.jsonl")
    file.write_bytes(gzip.compress(data) if is_compressed else data)
    items = read(plan_splits(str(file), pages))
    assert urls(items) == [f"u{n}" for n in range(len(texts))]
    assert [item.page.body.decode() for item in items] == texts


def test_lines_bring_headers_dates_and_status(tmp_path):
    line = {
        "url": "https://a.example/",
        "html": "<p>é</p>",
        "text": "é",
        "status": 404,
        "final_url": "https://a.example/x",
        "fetched_at": "2026-11-24T12:05:00+04:00",
        "headers": {"Content-Type": "text/html; charset=latin-1", "ETag": "1"},
    }
    pairs = {**line, "headers": [["ETag", "1"]]}
    file = tmp_path / "x.jsonl"
    file.write_text(json.dumps(line) + "\n\n" + json.dumps(pairs))
    first, second = (item.page for item in read(plan_splits(str(file), 10)))
    assert first == second
    assert first.fetched_at == PAGE.fetched_at
    assert (first.status, first.final_url) == (404, "https://a.example/x")
    assert first.body == "<p>é</p>".encode()
    assert first.headers == (("Content-Type", "text/html; charset=utf-8"), ("ETag", "1"))


def test_lone_surrogates_of_a_line_do_no_harm(tmp_path):
    file = tmp_path / "x.jsonl"
    file.write_text(r'{"url": "u\ud800", "text": "t\ud800", "headers": {"a\ud800": "b\ud800"}}')
    (item,) = read(plan_splits(str(file), 10))
    assert item.page.url == "u?"
    assert item.page.body == b"t?"
    assert item.page.headers[1] == ("a?", "b?")


def test_bad_lines_are_passed_over_and_told(tmp_path):
    file = tmp_path / "x.jsonl"
    good = '{"url": "u", "text": "t"}'
    file.write_text("\n".join([good, "no json", "[1]", '{"url": "u"}', '{"url": 1, "text": "t"}', good]))
    *pages, damage = read(plan_splits(str(file), 10))
    assert len(pages) == 2
    assert damage.places == 4
    assert damage.offset == len(good) + 1
    assert "no JSON" in damage.message


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ("<link rel=canonical href='https://a.example/x?a=1&amp;b=2'>", "https://a.example/x?a=1&b=2"),
        ('<META content="https://a.example/y" property="og:url"/>', "https://a.example/y"),
        (
            '<meta property=og:url content=https://b.example/><link href="https://a.example/z" rel="x canonical">',
            "https://a.example/z",
        ),
        ("<!-- saved from url=(0021)https://a.example/w -->", "https://a.example/w"),
        ('<link rel="canonical" href="/relative">', ""),
        ('<link rel="canonical" href="javascript:1">', ""),
        ("", ""),
    ],
)
def test_a_saved_page_says_where_it_belongs(tmp_path, head, url):
    file = tmp_path / "é page.html"
    file.write_text(f"<html><head>{head}</head><body>x</body></html>")
    (item,) = read(plan_splits(str(file), 10))
    assert item.page.url == item.page.final_url == (url or file.as_uri())
    assert item.page.body == file.read_bytes()


def test_a_text_file_is_one_page(tmp_path):
    file = tmp_path / "dump.txt"
    file.write_text("<b>A title</b>\n\nA line.")
    (item,) = read(plan_splits(str(file), 10))
    assert item.page.header("content-type") == "text/plain"
    assert item.page.url == file.as_uri()
    assert page_of_file(str(file), url="https://a.example/").url == "https://a.example/"


def test_folders_and_patterns_mean_the_files_under_them(tmp_path, archive):
    folder = tmp_path / "saved"
    (folder / "deep").mkdir(parents=True)
    for number in range(5):
        (folder / "deep" / f"{number}.html").write_text("<p>x</p>")
    (folder / "a.txt").write_text("x")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / ".hidden.html").write_text("x")
    splits = plan_splits(str(folder), 4)
    assert [len(split.paths) for split in splits] == [4, 2]
    assert len(read(splits)) == 6
    assert len(read(plan_splits(str(tmp_path), 100))) == 16
    assert len(read(plan_splits(f"{tmp_path}/*.gz", 100))) == 10
    assert len(read(plan_splits(f"{folder}/**/[0-2].html", 100))) == 3
    assert len(read(plan_splits(archive.as_uri(), 100))) == 10


@pytest.mark.parametrize(
    "make",
    [
        lambda p: None,
        lambda p: p.mkdir(),
        lambda p: p.write_bytes(b"\x89PNG"),
        lambda p: p.write_bytes(b"\x1f\x8bno gzip"),
    ],
)
def test_what_is_no_archive_is_one_clear_line(tmp_path, make):
    path = tmp_path / "thing"
    make(path)
    with pytest.raises(BadInput, match="thing") as refusal:
        plan_splits(str(path), 10)
    assert "\n" not in str(refusal.value)


def test_a_file_without_ending_is_known_by_its_first_bytes(tmp_path, archive):
    for name, data in {
        "a": archive.read_bytes(),
        "b": record(1, b"x"),
        "c": b'{"url": "u", "text": "t"}',
        "d": b"<!doctype html><p>x",
    }.items():
        (tmp_path / name).write_bytes(data)
    assert [plan_splits(str(tmp_path / name), 99)[0].kind for name in "abcd"] == [
        Kind.WARC_GZ,
        Kind.WARC,
        Kind.JSONL,
        Kind.FILES,
    ]


def test_a_file_that_changed_since_the_plan_is_told(archive):
    splits = plan_splits(str(archive), 100)
    archive.write_bytes(archive.read_bytes()[:-1])
    with pytest.raises(BadInput, match="when the run was planned"):
        read(splits)


def test_an_archive_on_the_web_is_told():
    with pytest.raises(BadInput, match="download"):
        plan_splits("https://a.example/news.warc.gz", 10)


@pytest.mark.corpora
def test_other_readers_find_the_same_pages_in_real_archives():
    corpus = Path(__file__).parents[2] / "shared" / "corpora" / "pages.warc.gz"
    if not corpus.exists():
        pytest.skip(f"no {corpus}")
    splits = plan_splits(str(corpus), 100)
    found = [item.page.url for split in splits for item in read_split(split) if isinstance(item, RawPage)]
    with corpus.open("rb") as file:
        expected = [
            record.headers["WARC-Target-URI"]
            for record in ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=False)
        ]
    assert found == expected


def test_an_empty_archive_is_told(tmp_path):
    (tmp_path / "x.warc.gz").write_bytes(b"")
    with pytest.raises(BadInput, match=r"x\.warc\.gz"):
        plan_splits(str(tmp_path / "x.warc.gz"), 10)


@pytest.fixture(scope="module")
def moto():
    with moto_server() as server:
        server.make_bucket("archives")
        yield server


def test_archives_in_s3_are_read_by_ranges(moto, monkeypatch, archive):
    for name, value in moto.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sources, "_REMOTE_STEP", 1000)
    options = S3Options(endpoint=moto.endpoint)
    bucket = open_bucket("s3://archives", options)
    bucket.put("2026/news-1.warc.gz", archive.read_bytes())
    bucket.put("2026/page.html", b'<link rel="canonical" href="https://a.example/p">')
    bucket.put("2026/picture.png", b"")
    expected = [f"https://a.example/{n}" for n in range(10)]
    for url in ("s3://archives/2026/news-1.warc.gz", "s3://archives/2026/*.gz"):
        items = read(plan_splits(url, 3, options), options)
        assert urls(items) == expected
        assert items[0].place.shard == "s3://archives/2026/news-1.warc.gz"
    assert sorted(urls(read(plan_splits("s3://archives/2026/", 3, options), options))) == sorted(
        [*expected, "https://a.example/p"]
    )
    for url in ("s3://archives/2025", "s3://archives/2026/none.warc.gz", "s3://archives/*.zip"):
        with pytest.raises(BadInput):
            plan_splits(url, 3, options)
