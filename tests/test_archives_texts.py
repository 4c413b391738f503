"""Pages out of JSON lines, saved HTML and text dumps."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_archives import PATIENT, read, urls

from connectors.archives import page_of_file, plan_splits


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
    assert first.fetched_at == datetime(2026, 11, 24, 8, 5, tzinfo=UTC)
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
