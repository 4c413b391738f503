"""The one page that a user names, by whatever a terminal, a browser or a mail program calls it."""

from __future__ import annotations

import json

import pytest
from made_pages import story
from typer.testing import CliRunner

from config.settings import Settings
from connectors.archives import page_of_file
from connectors.errors import BadInput
from extractors import judge
from extractors.records import Rejection
from flows.cli import app
from flows.named_page import fold_scheme, named_page

MADE = story(1)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LRAHOS_BUCKET", "file:bucket")
    (tmp_path / "page one.html").write_text(MADE.html, encoding="utf-8")
    (tmp_path / "dump.txt").write_text("\n".join(MADE.paragraphs), encoding="utf-8")
    return tmp_path


def extract(*words: str, stdin: bytes = b""):
    return CliRunner().invoke(app, ["extract", *words], input=stdin)


def complaint(name: str) -> str:
    with pytest.raises(BadInput) as found:
        named_page(name, "", Settings())
    return str(found.value)


@pytest.mark.parametrize("opening", ["file://", "FILE://", "file://localhost", "file:"])
def test_a_files_address_is_read_like_its_path(folder, opening):
    address = opening + (folder / "page one.html").as_uri().removeprefix("file://")
    assert "%20" in address
    assert named_page(address, "", Settings()) == named_page("page one.html", "", Settings())
    assert named_page("page one.html", "", Settings()).body == MADE.html.encode()


def test_a_file_on_another_machine_is_not_looked_for_on_this_one():
    said = "file://news/dump.txt: a file on another machine; of this one it is file:///news/dump.txt"
    assert complaint("file://news/dump.txt") == said


@pytest.mark.parametrize(
    "name",
    ["www.news.example", "www.news.example/a", "WWW.News.example/a", "news.example/a", "news.example:80/"],
)
def test_what_could_be_on_the_web_is_told_how_to_be_written(name):
    assert complaint(name) == f"{name}: no such file; if it is on the web, write https://{name}"


def test_a_file_whose_name_looks_like_a_host_is_read(folder):
    (folder / "www.news.example").write_text(MADE.html, encoding="utf-8")
    assert named_page("www.news.example", "", Settings()).url == MADE.url


@pytest.mark.parametrize("name", ["missing.html", "folder/missing.html", "../news.html"])
def test_a_file_that_is_not_there_is_no_host(name):
    assert complaint(name) == f"{name}: No such file or directory"


def test_an_address_of_another_kind_is_refused():
    assert "over http and https" in complaint("ftp://news.example/a.html")


@pytest.mark.parametrize(
    ("given", "folded"),
    [
        ("HTTP://News.example/A", "http://News.example/A"),
        ("Https://news.example", "https://news.example"),
        ("C:/News.html", "C:/News.html"),
        ("News.html", "News.html"),
    ],
)
def test_of_an_address_the_scheme_alone_is_folded(given, folded):
    assert fold_scheme(given) == folded


def test_an_address_in_capitals_is_asked_for_on_the_web():
    ended = extract("HTTPS://news.example/a")  # no contact is set, so that nothing goes out
    assert "LRAHOS_CONTACT" in str(ended.exception)


def test_an_archive_is_told_who_reads_it(folder):
    (folder / "news.warc").write_bytes(b"WARC/1.1\r\nWARC-Type: response\r\n\r\n")
    assert complaint("news.warc") == "news.warc is an archive of pages: lrahos backfill reads it"


@pytest.mark.parametrize("form", ["html", "text"])
def test_standard_input_is_judged_like_a_file(form):
    body = MADE.html if form == "html" else "\n".join(MADE.paragraphs)
    ended = extract("-", "--json", "--url", "https://news.example/a", stdin=body.encode())
    assert ended.exit_code == 0
    found = json.loads(ended.stdout)
    assert found["url"] == "https://news.example/a"
    assert found["text"].startswith(MADE.paragraphs[0])


def test_a_page_on_standard_input_lies_where_it_says():
    ended = extract("-", "--json", stdin=MADE.html.encode())
    assert json.loads(ended.stdout)["url"] == MADE.url


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("",), "it is empty"),
        (("dump.txt", "--json", "--markdown"), "choose one of them"),
        (("dump.txt", "--url", "foo"), "foo is no http or https URL"),
        (("dump.txt", "--url", "file:///a"), "file:///a is no http or https URL"),
        (("dump.txt", "--url", "https://[::1"), "https://[::1 is no http or https URL"),
        (("https://news.example/", "--url", "https://news.example/"), "it is for a FILE"),
    ],
)
def test_words_that_cannot_be_meant_are_a_usage_error(words, said):
    ended = extract(*words)
    assert ended.exit_code == 2
    assert said in " ".join(ended.output.replace("│", " ").split())


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"),
        (b"GIF89a\1\0", "image/gif"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x1cftypisom", "video/mp4"),
        (b"PK\3\4\x14\0", "application/zip"),
        (b"\x1f\x8b\x08\0", "application/gzip"),
    ],
)
@pytest.mark.parametrize("name", ["download", "download.html", "download.txt"])
def test_a_file_that_is_no_text_is_called_what_its_first_bytes_say(folder, name, start, kind):
    (folder / name).write_bytes(start + bytes(range(256)))
    page = page_of_file(name)
    assert page.header("content-type") == kind
    verdict = judge(page)
    assert isinstance(verdict, Rejection)
    assert kind in verdict.detail


@pytest.mark.parametrize(
    "text", ["GIF8 was the old name.", "PK and RIFF are letters.", "ID3 is a tag.", "%PDF"]
)
def test_a_text_that_begins_with_such_letters_is_one(folder, text):
    (folder / "note").write_text(text, encoding="utf-8")
    assert page_of_file("note").header("content-type") == "text/plain"
