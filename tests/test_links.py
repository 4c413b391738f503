import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors import links
from connectors.links import looks_like_story, read_links, story_score

URL = "https://news.example/section/"

PAGE = """<!doctype html><html><head><base href="https://news.example/base/">
<link rel="alternate" type="application/rss+xml" href="/feed.xml"><link rel="ALTERNATE" type="application/atom+xml" href="atom">
<link rel="alternate" hreflang="en" href="/en/"><link rel="canonical" href="/section">
<meta property="og:type" content="website"><meta http-equiv="refresh" content="0; url='/elsewhere'"></head>
<body><a href="one.html#top">First <b>story</b></a><a href=" /two.html ">Two</a><a href="#x">no</a><a>no</a>
<a href="javascript:x()">no</a><a href="mailto:a@news.example">no</a><a rel="nofollow sponsored" href="//ads.example/x">ad</a>
<a href="http://[broken">no</a></body></html>"""


def test_a_pages_links_feeds_and_declarations_are_read():
    page = read_links(PAGE.encode(), URL)
    assert [link.url for link in page.links] == [
        "https://news.example/base/one.html",
        "https://news.example/two.html",
        "https://ads.example/x",
    ]
    assert page.links[0].text == "First story"
    assert [link.is_nofollow for link in page.links] == [False, False, True]
    assert page.feeds == ("https://news.example/feed.xml", "https://news.example/base/atom")
    assert page.canonical == "https://news.example/section"
    assert page.refresh == "https://news.example/elsewhere"
    assert not page.is_declared_article
    assert not page.is_nofollow


@pytest.mark.parametrize(
    "meta",
    [
        '<meta property="og:type" content="article">',
        '<meta property="article:published_time" content="2026-11-24">',
    ],
)
def test_a_page_may_declare_itself_an_article(meta):
    assert read_links(meta.encode(), URL).is_declared_article


@pytest.mark.parametrize("content", ["300", "300; url=/x", "0", ""])
def test_a_page_that_reloads_itself_is_no_redirect(content):
    assert read_links(f'<meta http-equiv="refresh" content="{content}">'.encode(), URL).refresh == ""


def test_a_page_may_ask_not_to_follow_its_links():
    assert read_links(b'<meta name="robots" content="index, NOFOLLOW"><a href="/x">x</a>', URL).is_nofollow


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/a/bridge-over-the-river-opens/7585813.html",
        "https://news.example/a/7585813.html",
        "https://news.example/2026/11/24/bridge-opens/",
        "https://news.example/2026/11/24/world/bridge-over-the-river-opens-today.html",
        "https://news.example/world/20261124-bridge-opens-to-traffic",
        "https://news.example/politics/article253202060/Bridge-over-river-opens.html",
        "https://news.example/world/bridge-over-the-river-opens-after-ten-years",
        "https://news.example/story/0b1d2f3a4c5e6f70/bridge-over-river",
        "https://news.example/%D5%AC%D5%B8%D6%82%D6%80-%D5%B4%D5%A5%D5%AF-%D5%A5%D6%80%D5%AF-%D5%A5%D6%80%D5%A5%D6%84-%D5%B9%D5%B8%D6%80-%D5%B0%D5%AB%D5%B6%D5%A3",
    ],
)
def test_the_shape_of_a_story_is_enough(url):
    assert looks_like_story(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/",
        "https://news.example/world",
        "https://news.example/world/europe/",
        "https://news.example/world?page=2",
        "https://news.example/tag/rivers",
        "https://news.example/2026/11/24/",
        "https://news.example/2026/11/",
        "https://news.example/2026",
        "https://news.example/about-us",
        "https://news.example/terms-of-use",
        "https://news.example/image-of-the-bridge-over-the-river-at-night.jpg",
        "https://news.example/sitemap-news-of-the-day-7585813.xml",
        "https://news.example/bridge-over-the-river-report-final-2026.pdf",
        "https://news.example/index.html",
    ],
)
def test_sections_files_and_service_pages_are_no_stories_even_with_a_short_label(url):
    assert not looks_like_story(url, "World")


def test_a_headline_helps_a_url_that_says_little():
    url = "https://news.example/world/bridge-opens-today"
    assert not looks_like_story(url, "World")
    assert looks_like_story(url, "The bridge over the river opens after ten years")
    assert looks_like_story("https://news.example/doc/771504", "เปิดสะพานข้ามแม่น้ำหลังจากรอสิบปีเต็ม")


def test_a_headline_alone_makes_no_story():
    assert not looks_like_story("https://news.example/world", "All our stories about the world of today")


async def test_a_tag_of_thousands_of_attributes_holds_nothing_up(monkeypatch):
    monkeypatch.setattr(links, "_MAX_SECONDS", 0.05)
    body = b"<html><a " + b"".join(b"a%d=1 " % number for number in range(20_000)) + b' href="/x">'
    assert await links.find_links(body, URL) == links.NOTHING


def test_an_anchor_that_is_never_closed_is_cut():
    (link,) = read_links(b"<a href='/x'>" + b"word <i>" * 100_000, URL).links
    assert len(link.text) <= 500


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_url_or_label_breaks_the_rules(path, text):
    story_score(f"https://news.example/{path}")
    looks_like_story(path, text)


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(body):
    read_links(body, URL)
    read_links(b"<html><base href='" + body + b"'><a href='" + body + b"'>", URL)
