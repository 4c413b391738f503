import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.canonical import canonical_url, story_key

STORY = "https://news.example/a/bridge-opens/7585813.html"
ID = r"/a/(?:[^/?#]+/)?(\d+)\.html"


@pytest.mark.parametrize(
    "url",
    [
        STORY,
        "http://www.news.example/a/bridge-opens/7585813.html",
        "https://m.news.example:443/a/bridge-opens/7585813.html#comments",
        "https://news.example/a/bridge-opens/7585813.html?fbclid=abc&utm_source=x&utm_medium=y",
        "https://news.example/amp/a/bridge-opens/7585813.html",
        "https://NEWS.example//a/bridge-opens/7585813.html/",
        "https://news.example/a/bridge%2Dopens/7585813.html",
    ],
)
def test_the_urls_of_one_story_are_one(url):
    assert canonical_url(url) == STORY


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://news.example/?id=1", "https://news.example/?id=2"),
        ("https://news.example/a?page=1", "https://news.example/a?page=2"),
        ("https://news.example/a", "https://news.example/b"),
        ("https://a.news.example/x", "https://b.news.example/x"),
        ("https://news.example:8080/x", "https://news.example/x"),
        ("https://news.example/amplifier", "https://news.example/lifier"),
        ("https://news.example/a%2Fb", "https://news.example/a/b/c"),
        ("https://m.example/x", "https://example/x"),
    ],
)
def test_what_tells_stories_apart_is_kept(one, other):
    assert canonical_url(one) != canonical_url(other)


def test_the_order_of_parameters_does_not_matter():
    assert canonical_url("https://news.example/?b=2&a=1") == canonical_url("https://news.example/?a=1&b=2")


def test_a_story_id_outlives_slug_mirror_and_amp():
    urls = [
        STORY,
        "https://mirror.example/a/7585813.html",
        "https://news.example/amp/a/new-slug/7585813.html?x=1",
    ]
    assert {story_key(url, ID) for url in urls} == {"id:7585813"}


def test_without_an_id_the_url_is_the_key():
    assert story_key("https://news.example/about?utm_source=x", ID) == "https://news.example/about"


@given(st.text(max_size=80))
def test_no_text_breaks_it_and_twice_is_once(text):
    once = canonical_url(f"https://news.example/{text}")
    assert canonical_url(once) == once
    story_key(text, ID)
