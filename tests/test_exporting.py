"""Export in every form, to files and to standard output."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import replace

import pyarrow.parquet as pq
import pytest
from command_line import CommandLine
from made_pages import fetched, story

from connectors import layout
from connectors.bucket import open_bucket
from connectors.errors import BadInput
from connectors.export import local_time, write_lines
from connectors.markers import Marker, write_marker
from connectors.shards import articles_to_parquet, read_articles
from extractors import judge
from extractors.records import ZoneSource
from flows.exporting import write_export


@pytest.fixture(scope="module")
def articles():
    return [judge(fetched(story(number))) for number in range(3)]


def test_json_lines_begin_with_what_is_looked_for(articles, tmp_path):
    assert write_export(articles, str(tmp_path / "a.jsonl"), "jsonl") == 3
    lines = (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()
    first = json.loads(lines[0])
    assert list(first)[:6] == ["url", "text", "title", "authors", "published", "language"]
    assert [json.loads(line)["title"] for line in lines] == [story(number).title for number in range(3)]


@pytest.fixture(scope="module")
def evening(articles):
    """An article of an evening in the west, changed on a day that is all that is known."""
    return replace(
        articles[0],
        published="2026-11-25T07:30:00Z",
        published_zone="-08:00",
        published_zone_source=ZoneSource.DECLARED,
        modified="2026-11-26",
    )


@pytest.mark.parametrize(
    ("stored", "zone", "local"),
    [
        ("2019-05-03T23:30:00Z", "-07:00", "2019-05-03T16:30:00-07:00"),
        ("2026-11-24T20:20:00Z", "+05:45", "2026-11-25T02:05:00+05:45"),
        ("2026-11-24T02:05:00Z", "-02:30", "2026-11-23T23:35:00-02:30"),
        ("2026-11-24T08:05:00Z", "Z", "2026-11-24T08:05:00Z"),
        ("2026-11-24T08:05:00Z", "", "2026-11-24T08:05:00Z"),  # stored before zones were
        ("2026-11-24", "", "2026-11-24"),
        ("", "", ""),
    ],
)
def test_local_time_is_the_same_moment_on_the_publishers_day(stored, zone, local):
    assert local_time(stored, zone) == local


def test_json_lines_have_the_publishers_own_time(evening, tmp_path):
    write_export([evening], str(tmp_path / "a.jsonl"), "jsonl")
    found = json.loads((tmp_path / "a.jsonl").read_text(encoding="utf-8"))
    assert (found["published"], found["modified"]) == ("2026-11-24T23:30:00-08:00", "2026-11-26")
    assert (found["published_zone"], found["published_zone_source"]) == ("-08:00", "declared")
    assert (found["modified_zone"], found["modified_zone_source"]) == ("", "none")


def test_the_last_change_is_in_local_time_too(evening, capsys):
    changed = replace(evening, modified="2026-11-26T00:10:00Z", modified_zone="-08:00")
    write_export([changed], "-", "jsonl")
    assert json.loads(capsys.readouterr().out)["modified"] == "2026-11-25T16:10:00-08:00"


def test_json_lines_in_utc_are_as_stored(evening, tmp_path, capsys):
    write_export([evening], str(tmp_path / "a.jsonl"), "jsonl", is_utc=True)
    text = (tmp_path / "a.jsonl").read_text(encoding="utf-8")
    assert json.loads(text)["published"] == "2026-11-25T07:30:00Z"
    write_export([evening], "-", "jsonl", is_utc=True)
    assert capsys.readouterr().out == text


def test_parquet_is_as_stored(evening, tmp_path):
    write_export([evening], str(tmp_path / "a.parquet"), "parquet")
    assert read_articles((tmp_path / "a.parquet").read_bytes()) == [evening]


def test_the_command_writes_both(evening, tmp_path):
    settings = {"PREFECT_HOME": str(tmp_path / "prefect"), "LRAHOS_BUCKET": f"file:{tmp_path / 'bucket'}"}
    bucket = open_bucket(settings["LRAHOS_BUCKET"])
    key = layout.articles_shard(language="en", date="2026-11-25", name="valley", run="r1", batch=0)
    bucket.put(key, articles_to_parquet([evening]))
    write_marker(bucket, "r1", Marker(batch=0, shards=(key,), fates={"stored": 1}, started="r1"))
    lrahos = CommandLine(folder=tmp_path, settings=settings)
    local, utc = lrahos.run("export", "-"), lrahos.run("export", "-", "--utc")
    assert json.loads(local.out)["published"] == "2026-11-24T23:30:00-08:00"
    assert json.loads(utc.out)["published"] == "2026-11-25T07:30:00Z"


@pytest.mark.parametrize("form", ["jsonl", "text", "markdown"])
def test_standard_output_gets_what_a_file_gets(articles, tmp_path, capsys, form):
    write_export(articles, str(tmp_path / "a"), form)
    assert write_export(articles, "-", form) == 3
    assert capsys.readouterr().out == (tmp_path / "a").read_text(encoding="utf-8")


def test_markdown_has_a_heading_for_each_article(articles, tmp_path):
    write_export(articles, str(tmp_path / "a.md"), "markdown")
    text = (tmp_path / "a.md").read_text(encoding="utf-8")
    assert [line[2:] for line in text.splitlines() if line.startswith("# ")] == [
        story(number).title for number in range(3)
    ]


def test_parquet_has_a_row_for_each_article(articles, tmp_path):
    assert write_export(articles, str(tmp_path / "a.parquet"), "parquet") == 3
    assert pq.read_table(tmp_path / "a.parquet").column("url").to_pylist() == [one.url for one in articles]


def test_parquet_does_not_go_to_standard_output(articles, capsys):
    with pytest.raises(BadInput, match="needs a FILE"):
        write_export(articles, "-", "parquet")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("form", ["jsonl", "text", "markdown", "parquet"])
def test_an_export_that_fails_leaves_the_file_that_was_there(articles, tmp_path, form):
    def failing():
        yield articles[0]
        raise BadInput("a shard cannot be read")

    path = tmp_path / "a"
    path.write_bytes(b"the last export")
    with pytest.raises(BadInput):
        write_export(failing(), str(path), form)
    assert path.read_bytes() == b"the last export"
    assert [one.name for one in tmp_path.iterdir()] == ["a"]


def test_a_pipe_is_written_to_and_not_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert write_lines(["one\n"], str(pipe)) == 1
        assert os.read(reader, 100) == b"one\n"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_parquet_is_not_called_gz(articles, tmp_path):
    with pytest.raises(BadInput, match=r"without \.gz"):
        write_export(articles, str(tmp_path / "a.parquet.gz"), "parquet")
    assert list(tmp_path.iterdir()) == []
