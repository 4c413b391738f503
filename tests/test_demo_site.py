"""The demo site: what it serves, and that it serves the same again."""

import http.client
from dataclasses import replace
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import feedparser
import pytest
from lxml import etree
from made_pages import fetched, story

from extractors import judge
from extractors.records import Reason
from flows.demo_site import EXPECTED, serve, serve_in_thread
from flows.demo_site.documents import find_document
from flows.demo_site.stories import stories
from flows.verdict_view import readers_time, verdict_json

NEWS = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}


@pytest.fixture(scope="module")
def base_url():
    with serve_in_thread() as url:
        yield url


def get(base_url, path, **headers):
    connection = http.client.HTTPConnection(urlsplit(base_url).netloc, timeout=10)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


def test_every_expected_page_is_served(base_url):
    for page in EXPECTED:
        status, headers, body = get(base_url, page.path)
        assert status == 200
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert len(body) > 1000


def test_the_site_has_languages_scripts_and_refused_pages_enough():
    assert len({story.language for story in stories()}) >= 6
    assert {"hy", "ru", "en", "ka"} <= {story.language for story in stories()}
    assert any(story.language != story.menu for story in stories())
    assert {page.reason for page in EXPECTED} >= {
        None,
        Reason.MEDIA_PAGE,
        Reason.INDEX_PAGE,
        Reason.ERROR_PAGE,
    }


def test_one_of_its_articles_is_dated_by_the_clock_of_its_place():
    """So that the demo shows that a reader's day and time are kept."""
    (told,) = (story for story in stories() if not story.published.endswith("Z"))
    page = replace(fetched(story(1)), body=find_document(told.path, "https://courier.example").body)
    article = judge(page)
    assert (article.published, article.published_zone) == ("2026-11-15T10:00:00Z", "+04:00")
    assert readers_time(article.published, article.published_zone) == "2026-11-15 14:00 +04:00"
    assert verdict_json(article)["published"] == told.published


def test_each_story_has_four_paragraphs_or_more():
    assert all(len(story.paragraphs) >= 4 for story in stories())


def test_a_known_page_is_not_sent_again(base_url):
    path = stories()[0].path
    _, headers, _ = get(base_url, path)
    status, again, body = get(base_url, path, **{"If-None-Match": headers["ETag"]})
    assert (status, body) == (304, b"")
    assert again["ETag"] == headers["ETag"]
    assert get(base_url, path, **{"If-None-Match": '"other"'})[0] == 200


def test_an_unknown_page_is_not_found(base_url):
    assert get(base_url, "/a/nothing/1.html")[0] == 404


def test_pages_are_the_same_each_time():
    for page in EXPECTED:
        assert find_document(page.path, "http://x.example") == find_document(page.path, "http://x.example")


def test_the_sitemap_lists_every_article_with_its_news_tags(base_url):
    tree = etree.fromstring(get(base_url, "/sitemap.xml")[2])
    listed = [place.text.removeprefix(base_url) for place in tree.iterfind(".//s:loc", NEWS)]
    assert {story.path for story in stories()} <= set(listed)
    assert len(tree.findall(".//n:publication_date", NEWS)) == len(stories())


def test_the_feed_lists_every_article(base_url):
    feed = feedparser.parse(get(base_url, "/feed.xml")[2])
    assert not feed.bozo
    assert {entry.link.removeprefix(base_url) for entry in feed.entries} == {
        story.path for story in stories()
    }


def test_robots_txt_allows_articles_and_forbids_searches(base_url):
    robots = RobotFileParser()
    robots.parse(get(base_url, "/robots.txt")[2].decode().splitlines())
    assert robots.can_fetch("lrahos", f"{base_url}{stories()[0].path}")
    assert not robots.can_fetch("lrahos", f"{base_url}/search?q=bridge")
    assert robots.site_maps() == [f"{base_url}/sitemap.xml"]


async def test_it_serves_from_a_running_loop_too():
    async with serve() as url:
        assert url.startswith("http://127.0.0.1:")


def test_a_taken_port_is_told(base_url):
    port = urlsplit(base_url).port
    with pytest.raises(OSError, match=str(port)), serve_in_thread(port):
        pass
