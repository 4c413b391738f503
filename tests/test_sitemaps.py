import gzip
import tracemalloc
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors import sitemaps
from connectors.sitemaps import ListReader

URL = "https://news.example/sitemap.xml"


def read(body: bytes, step: int = 1000):
    listed = []
    reader = ListReader(URL, listed.append)
    for start in range(0, len(body), step):
        if not reader.take(body[start : start + step]):
            break
    reader.finish()
    return reader, listed


NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://news.example/a/1.html?x=1&amp;y=2 </loc><lastmod>2026-11-24</lastmod>
<news:news><news:publication><news:name>News</news:name><news:language>HY</news:language></news:publication>
<news:publication_date>2026-11-24T10:00:00+04:00</news:publication_date><news:title>Bridge &amp; river</news:title></news:news>
<image:image><image:loc>https://news.example/1.jpg</image:loc><image:title>A bridge</image:title></image:image>
<xhtml:link rel="alternate" hreflang="EN" href="/en/a/1.html"/></url>
<url><image:image><image:loc>https://news.example/2.jpg</image:loc></image:image></url>
<url><loc>/a/3.html</loc></url>
</urlset>"""


@pytest.mark.parametrize("step", [1, 7, 64, 10_000])
def test_a_news_sitemap_tells_title_date_and_language_before_anything_is_fetched(step):
    reader, listed = read(NEWS.encode(), step)
    assert reader.is_sitemap
    first = listed[0].found
    assert first.url == "https://news.example/a/1.html?x=1&y=2"
    assert first.title == "Bridge & river"
    assert first.published == datetime(2026, 11, 24, 6, tzinfo=UTC)
    assert first.last_modified == datetime(2026, 11, 24, tzinfo=UTC)
    assert first.language == "hy"
    assert listed[0].alternates == (("en", "https://news.example/en/a/1.html"),)
    assert listed[-1].found.url == "https://news.example/a/3.html"


def test_an_index_lists_sitemaps():
    index = b"<sitemapindex><sitemap><loc>https://news.example/1.xml</loc><lastmod>2026-11-24T10:00Z</lastmod></sitemap></sitemapindex>"
    _, (listed,) = read(index)
    assert listed.is_sitemap
    assert listed.found.last_modified == datetime(2026, 11, 24, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "body",
    [
        b"<urlset><url><loc>https://news.example/1?a=1&b=2</loc></url><url><loc>https://news.example/2</loc></url></urlset>",
        b"<urlset><url><loc>https://news.example/1?a=1&amp;b=2</loc></url><url><loc>https://news.example/2</loc></url>",
        b"\n \n<?xml version='1.0'?><urlset><url><loc>https://news.example/1?a=1&amp;b=2</loc><url><loc>https://news.example/2</loc></url></urlset>",
        b"<s:urlset><s:url><s:loc><![CDATA[https://news.example/1?a=1&b=2]]></s:loc></s:url><s:url><s:loc>https://news.example/2</s:loc></s:url></s:urlset>",
        b"<urlset><url><loc>https://news.example/1?a=1&#38;b=2</loc></url><url><loc>https://news.example/2&nbsp;</loc></url></urlset>",
        b"\xef\xbb\xbf<urlset>\x01<url><loc>https://news.example/1?a=1&amp;b=2</loc></url><url><loc>https://news.example/2</loc></url></urlset>",
        "<?xml version='1.0' encoding='UTF-16'?><urlset><url><loc>https://news.example/1?a=1&amp;b=2</loc></url><url><loc>https://news.example/2</loc></url></urlset>".encode(
            "utf-16"
        ),
        b"https://news.example/1?a=1&b=2\r\nhttps://news.example/2\r\n\r\n",
    ],
)
@pytest.mark.parametrize("step", [11, 100_000])
@pytest.mark.parametrize("is_packed", [False, True])
def test_broken_and_odd_sitemaps_are_read_whole(body, step, is_packed):
    reader, listed = read(gzip.compress(body) if is_packed else body, step)
    assert reader.is_sitemap
    assert [one.found.url for one in listed] == ["https://news.example/1?a=1&b=2", "https://news.example/2"]


@pytest.mark.parametrize(
    "body",
    [
        b"<rss version='2.0'><channel></channel></rss>",
        b"<!doctype html><p>Hi</p>",
        b"{}",
        b"one\nhttps://a.example/",
    ],
)
def test_what_is_no_sitemap_is_kept_for_others(body):
    reader, listed = read(body, 5)
    assert not reader.is_sitemap
    assert listed == []
    assert reader.other == body


def test_entities_are_not_unfolded():
    nested = b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(8))
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + nested
    bomb += b'<!ENTITY f SYSTEM "file:///etc/passwd">]><urlset><url><loc>https://news.example/&i;&f;</loc></url></urlset>'
    tracemalloc.start()
    try:
        _, listed = read(bomb)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
    assert all(len(one.found.url) < 200 and "root" not in one.found.url for one in listed)


def test_files_are_not_read_into_urls(tmp_path):
    (tmp_path / "file").write_text("from-the-disk", encoding="utf-8")
    body = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file://{tmp_path}/file"><!ENTITY g "inner">]>'
    )
    body += "<urlset><url><loc>https://news.example/&f;&g;</loc></url></urlset>"
    _, listed = read(body.encode())
    assert not any("disk" in one.found.url or "inner" in one.found.url for one in listed)


def test_memory_does_not_grow_with_the_sitemap():
    entry = b"<url><loc>https://news.example/a/some-slug/%07d.html</loc><lastmod>2026-11-24</lastmod></url>"
    count = 0

    def take(_):
        nonlocal count
        count += 1

    reader = ListReader(URL, take)
    reader.take(b"<urlset>")
    tracemalloc.start()
    try:
        for start in range(0, 10_000, 1000):
            reader.take(b"".join(entry % number for number in range(start, start + 1000)))
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()
    assert count == 10_000


def test_an_endless_sitemap_ends_at_the_cap(monkeypatch):
    monkeypatch.setattr(sitemaps, "MAX_SITEMAP_BYTES", 100_000)
    reader = ListReader(URL, lambda _: None)
    reader.take(b"<urlset>")
    pieces = 0
    while reader.take(b"<url><loc>https://news.example/1</loc></url>" * 100):
        pieces += 1
        assert pieces < 100


def test_a_packed_bomb_ends_at_the_cap(monkeypatch):
    monkeypatch.setattr(sitemaps, "MAX_SITEMAP_BYTES", 1_000_000)
    bomb = gzip.compress(b"<urlset>" + b"<x></x>" * 20_000_000)
    reader = ListReader(URL, lambda _: None)
    assert not reader.take(bomb)


@given(st.binary(max_size=300), st.integers(1, 50))
def test_no_bytes_break_the_reader(body, step):
    read(body, step)
    read(b"<urlset><url><loc>" + body + b"</loc></url>", step)
