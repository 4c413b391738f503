"""Binaries are told from text by their bytes, whatever the content type says; feeds by their root element."""

import gzip
import io
import random
import sqlite3
import zipfile
import zlib

import pytest

from extractors import judge
from extractors.records import Article, Reason
from extractors.signatures import find_binary, find_feed
from tests.language_texts import ARTICLES
from tests.story_pages import page, story

NOISE = random.Random(3).randbytes(40_000)
ENCODINGS = {
    "ru": ("cp1251", "koi8_r", "iso8859_5", "cp866"),
    "uk": ("cp1251", "koi8_u"),
    "de": ("cp1252", "iso8859_15", "mac_roman"),
    "tr": ("cp1254", "iso8859_9"),
    "ar": ("cp1256",),
    "fa": ("utf-8",),
}
EASTERN = {
    "橋は火曜日に開通した。市長は「長い工事だった」と話した。": (
        "shift_jis",
        "euc_jp",
        "iso2022_jp",
        "cp932",
    ),
    "다리가 화요일에 개통되었다. 시장은 공사가 길었다고 말했다.": ("euc_kr", "cp949", "iso2022_kr"),
    "大桥星期二通车。市长说工程很长。": ("gb18030", "gbk", "hz"),
    "大橋星期二通車。市長說工程很長。": ("big5", "big5hkscs"),
    "สะพานเปิดใช้งานเมื่อวันอังคาร": ("cp874", "tis_620"),
}


def zipped():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("story.html", story())
    return file.getvalue()


def database():
    connection = sqlite3.connect(":memory:")
    connection.execute("create table stories (title)")
    return connection.serialize()


BINARIES = {
    "PDF": b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Length 9>>\nstream\n" + NOISE,
    "PDF without noise": b"\n%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"
    + b"(These words are the text of a page.) Tj\n" * 40,
    "PNG": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + NOISE,
    "JPEG": b"\xff\xd8\xff\xe0\0\x10JFIF\0" + NOISE,
    "GIF": b"GIF89a\x01\0\x01\0" + NOISE,
    "ZIP": zipped(),
    "gzip": gzip.compress(story().encode()),
    "MP4": b"\0\0\0\x18ftypmp42" + NOISE,
    "ELF": b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x03\0>\0" + b"puts\0main\0" * 400,
    "RAR": b"Rar!\x1a\x07\0" + NOISE,
    "7z": b"7z\xbc\xaf\x27\x1c" + NOISE,
    "MP3": b"ID3\x04\0\0\0\0\x1f" + NOISE,
    "WAV": b"RIFF\x24\x08\0\0WAVEfmt " + NOISE,
    "Ogg": b"OggS\0\x02" + NOISE,
    "font": b"wOF2\0\x01\0\0" + NOISE,
    "class": b"\xca\xfe\xba\xbe\0\0\0\x34" + b"\x01\0\x04Code\x01\0\x10LineNumberTable" * 90,
    "SQLite": database(),
    "unknown": b"DIRC\0\0\0\2" + b"\0\0\xfe\0k\5\xcf.README.md\0\0" * 300,
    "compressed": zlib.compress(NOISE),
    "noise": NOISE,
}


@pytest.mark.parametrize("content_type", ["text/html; charset=utf-8", "text/plain", "", "application/xml"])
@pytest.mark.parametrize("name", BINARIES)
def test_a_binary_is_no_text_whatever_its_content_type_says(name, content_type):
    verdict = judge(page(BINARIES[name], content_type=content_type))
    assert verdict.reason is Reason.NOT_TEXT
    assert verdict.detail


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(" ".join(ARTICLES[language]), name) for language, names in ENCODINGS.items() for name in names]
    + [(text, name) for text, names in EASTERN.items() for name in names]
    + [(" ".join(ARTICLES["hy"]), name) for name in ("utf-8", "utf-16", "utf-32")]
    + [(text, name) for text in EASTERN for name in ("utf-16", "utf-8-sig")],
)
def test_text_in_any_encoding_is_no_binary(text, encoding):
    for whole in (text * 20, f"<!doctype html><html><head><title>{text}</title></head><p>{text * 20}"):
        assert not find_binary(whole.encode(encoding, "ignore"))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_page_of_two_bytes_a_letter_needs_no_byte_order_mark(encoding):
    verdict = judge(page(story().encode(encoding)))
    assert isinstance(verdict, Article)


def test_armenian_text_in_its_old_encoding_is_no_binary():
    assert not find_binary(b"<p>" + bytes(range(0xB2, 0xFE)) * 40)


@pytest.mark.parametrize(
    "start", ["ID3 tags explained", "BMW recalls", "OTTO Group", "RIFF raff", "MZ reports", "PK"]
)
def test_words_like_a_signature_are_text(start):
    assert not find_binary(f"{start}: the makers said on Tuesday.\n{' '.join(ARTICLES['en'])}".encode())


def test_a_stray_control_character_loses_no_article():
    markup = story().replace("<p>", "<p>\0\x01")
    assert isinstance(judge(page(markup)), Article)


FEEDS = {
    "rss": '<?xml version="1.0"?><!-- made today --><rss version="2.0"><channel><title>Post</title>{}</channel></rss>',
    "atom": '<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title>{}</feed>',
    "rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">{}</rdf:RDF>',
    "sitemap": '<?xml version="1.0"?><?xml-stylesheet href="a.xsl"?><urlset>{}</urlset>',
    "index": "<sitemapindex>{}</sitemapindex>",
}


@pytest.mark.parametrize("content_type", ["text/html", "application/xml", "text/plain", ""])
@pytest.mark.parametrize("kind", FEEDS)
def test_a_feed_or_sitemap_is_no_article(kind, content_type):
    item = f"<item><title>A bridge</title><description>{' '.join(ARTICLES['en'])}</description></item>"
    verdict = judge(page(FEEDS[kind].format(item * 3).encode(), content_type=content_type))
    assert verdict.reason is Reason.NOT_ARTICLE
    assert "root element" in verdict.detail


@pytest.mark.parametrize(
    "markup", ["<html><rss>", "<!DOCTYPE html><feed-me>", "A text on <rss> feeds", "<svg></svg><html>", ""]
)
def test_what_only_mentions_a_feed_is_none(markup):
    assert not find_feed(markup)
