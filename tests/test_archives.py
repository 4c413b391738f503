"""Archives by splits: every page in exactly one, whatever the bytes look like."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType
from hypothesis import given, settings
from hypothesis import strategies as st
from made_archives import PATIENT, archive_in, compressed, read, record, urls

from connectors import gzip_members, sources
from connectors.archives import Damage, Kind, RawPage, Split, plan_splits, read_split, warcs
from connectors.errors import BadInput
from connectors.sources import BytesSource
from connectors.warc import read_record, write_warc
from extractors.records import FetchedPage


@pytest.fixture
def archive(tmp_path):
    return archive_in(tmp_path)


PAGE = FetchedPage(
    url="https://news.example/",
    final_url="https://news.example/",
    fetched_at=datetime(2026, 11, 24, 8, 5, tzinfo=UTC),
    status=200,
    headers=(("Content-Type", "text/html"),),
    body=b"<html><p>Words of our own.</p></html>",
)


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


def test_a_file_that_changed_since_the_plan_is_told(archive):
    splits = plan_splits(str(archive), 100)
    archive.write_bytes(archive.read_bytes()[:-1])
    with pytest.raises(BadInput, match="when the run was planned"):
        read(splits)


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
