"""Export in every form, to files and to standard output."""

from __future__ import annotations

import json
import os
import stat

import pyarrow.parquet as pq
import pytest
from made_pages import fetched, story

from connectors.errors import BadInput
from connectors.export import write_lines
from extractors import judge
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
