from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.feeds import _without_entities, read_feed

URL = "https://news.example/feed"

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>News</title><language>hy</language>
<item><title>Bridge &amp; river</title><link>https://news.example/a/1.html</link>
<pubDate>Tue, 24 Nov 2026 10:00:00 +0400</pubDate></item>
<item><title>Second</title><link>/a/2.html</link><dc:date>2026-11-23T00:00:00Z</dc:date></item>
<item><title>By guid</title><guid isPermaLink="true">https://news.example/a/3.html</guid></item>
<item><title>No link at all</title></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>
<entry><title type="html">Bridge</title><link rel="alternate" href="https://news.example/a/1"/>
<link rel="edit" href="https://news.example/edit/1"/><id>urn:1</id>
<published>2026-11-24T06:00:00Z</published><updated>2026-11-24T08:30:00+02:00</updated></entry></feed>"""

JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "News", "language": "ka", "items": [
{"id": "1", "url": "https://news.example/a/1", "title": "Bridge", "date_published": "2026-11-24T10:00:00+04:00"},
{"id": "https://news.example/a/2"}, {"id": "3"}, "rubbish"]}"""


def test_an_rss_feed_gives_links_titles_and_dates_in_utc():
    entries = read_feed(RSS.encode(), URL)
    assert [entry.url.rpartition("/")[2] for entry in entries] == ["1.html", "2.html", "3.html"]
    assert entries[0].title == "Bridge & river"
    assert entries[0].published == datetime(2026, 11, 24, 6, tzinfo=UTC)
    assert entries[0].language == "hy"
    assert entries[0].source == f"feed:{URL}"
    assert entries[1].url == "https://news.example/a/2.html"
    assert entries[1].date == datetime(2026, 11, 23, tzinfo=UTC)
    assert entries[2].date is None


def test_an_atom_feed_gives_both_dates():
    (entry,) = read_feed(ATOM.encode(), URL)
    assert entry.url == "https://news.example/a/1"
    assert entry.published == datetime(2026, 11, 24, 6, tzinfo=UTC)
    assert entry.last_modified == datetime(2026, 11, 24, 6, 30, tzinfo=UTC)


def test_a_json_feed_is_read_and_rubbish_in_it_skipped():
    entries = read_feed(JSON.encode(), URL)
    assert [entry.url for entry in entries] == ["https://news.example/a/1", "https://news.example/a/2"]
    assert entries[0].published == datetime(2026, 11, 24, 6, tzinfo=UTC)
    assert entries[0].language == "ka"


@pytest.mark.parametrize(
    "broken",
    [
        RSS.replace("&amp;", "&"),
        RSS.replace("/1.html", "/1.html?a=1&b=2"),
        RSS.removesuffix("</channel></rss>"),
        "\n\n  " + RSS,
        RSS.replace("Second", "Second&nbsp;&hellip;"),
        RSS.replace("Second", "Second \x01"),
        RSS.replace("<title>Second</title>", "<title>Second"),
    ],
)
def test_a_broken_feed_keeps_its_entries(broken):
    entries = read_feed(broken.encode(), URL)
    assert len(entries) >= 2
    assert entries[0].url.startswith("https://news.example/a/1.html")
    assert "b=2" in entries[0].url or "?" not in entries[0].url


def test_a_feed_may_be_in_another_encoding():
    feed = RSS.replace('version="1.0"', 'version="1.0" encoding="windows-1251"', 1).replace(
        "Second", "Вторая"
    )
    assert read_feed(feed.encode("windows-1251"), URL)[1].title == "Вторая"


def test_entities_are_not_unfolded_and_files_not_read():
    nested = "".join(
        f'<!ENTITY {name} "{("&" + under + ";") * 10}">'
        for under, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    bomb = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{nested}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        "<rss version='2.0'><channel><item><title>&i;&f;</title><link>https://news.example/1</link></item></channel></rss>"
    )
    for encoding in ("utf-8", "utf-16"):
        entries = read_feed(bomb.encode(encoding), URL)
        assert all(len(entry.title) < 100 and "root" not in entry.title for entry in entries)


MANY = "".join(f"<category>{number}</category>" for number in range(50_000))


@pytest.mark.parametrize(
    "inside",
    [
        f"{MANY}<item><link>/a</link></item>",
        f"<item><link>/a</link>{MANY}</item>",
        "<item><link>/a</link></item>" * 50_000,
        "<item><link>/a</link><title>" + "&lt;" * 500_000 + "</title></item>",
    ],
    ids=["channel", "entry", "entries", "title"],
)
def test_of_a_feed_made_to_take_hours_only_what_is_read_reaches_feedparser(inside):
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel>{inside}</channel></rss>'
    assert len(_without_entities(feed.encode())) < 200_000
    assert 1 <= len(read_feed(feed.encode(), URL)) <= 5000


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"{",
        b"[]",
        b'{"version": 1}',
        b"<html><body>Hello</body></html>",
        b"/etc/passwd",
        b"https://a.example/",
    ],
)
def test_what_is_no_feed_has_no_entries(body):
    assert read_feed(body, URL) == []


def test_links_that_lead_nowhere_on_the_web_are_left_out():
    feed = RSS.replace("https://news.example/a/1.html", "javascript:alert(1)").replace(
        "/a/2.html", "http://[bad"
    )
    assert [entry.url for entry in read_feed(feed.encode(), URL)] == ["https://news.example/a/3.html"]


def test_impossible_dates_are_no_dates():
    feed = RSS.replace("Tue, 24 Nov 2026 10:00:00 +0400", "Tue, 99 Foo 0001").replace(
        "2026-11-23T", "0001-01-01T"
    )
    assert {entry.date for entry in read_feed(feed.encode(), URL)} == {None}


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(body):
    read_feed(body, URL)
    read_feed(b'<?xml version="1.0"?><rss version="2.0"><channel><item>' + body, URL)
