"""What a user names as archives: files, folders, patterns, addresses, and what of them cannot be read."""

from __future__ import annotations

import os

import pytest
from made_archives import archive_in, compressed, read, record, urls

from connectors import sources
from connectors.archives import Damage, Kind, RawPage, plan_splits
from connectors.bucket import S3Options, open_bucket
from connectors.errors import BadInput
from tests.servers import moto_server


@pytest.fixture
def archive(tmp_path):
    return archive_in(tmp_path)


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


def test_an_archive_on_the_web_is_told():
    with pytest.raises(BadInput, match="download"):
        plan_splits("https://a.example/news.warc.gz", 10)


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
