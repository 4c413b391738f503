import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.canonical import story_key
from extractors.identity import canonical_url, story_id

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
def test_the_urls_of_one_story_have_one_key(url):
    assert story_key(url) == story_key(STORY)


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
    ],
)
def test_what_tells_stories_apart_is_kept(one, other):
    assert story_key(one) != story_key(other)


def test_a_story_id_outlives_slug_mirror_and_amp():
    urls = [
        STORY,
        "https://mirror.example/a/7585813.html",
        "https://news.example/amp/a/new-slug/7585813.html?x=1",
    ]
    assert len({story_key(url, ID) for url in urls}) == 1


def test_the_key_follows_the_article_of_the_page():
    assert story_key(STORY, ID) == story_id(canonical_url(STORY), "", ID)


@given(st.text(max_size=200))
def test_any_string_has_a_key(url):
    assert len(story_key(url)) == 32
