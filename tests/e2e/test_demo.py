"""The demo, as `make demo` runs it: with Prefect's server in its own process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from command_line import CommandLine, Ended

from flows.demo_site import EXPECTED, Expected
from flows.demo_site.documents import MISSING_PATH, VIDEO_PATH

ARTICLES = [page for page in EXPECTED if page.reason is None]
MODERN = [page for page in ARTICLES if page.dateline]  # of the site's two page templates
PANGEA = [page for page in ARTICLES if page.caption and not page.dateline]
# The home and section pages lead to stories; they are no stories themselves, and are not judged.
REFUSED = [page for page in EXPECTED if page.path in (VIDEO_PATH, MISSING_PATH)]


@dataclass(frozen=True)
class Demo:
    """The demo run twice, and what it left."""

    first: Ended
    second: Ended
    command: CommandLine

    def verdict(self, page: Expected) -> dict[str, Any]:
        """The one verdict on a page."""
        found = self.first.json
        own = [one for one in found["articles"] + found["rejections"] if _path(one["url"]) == page.path]
        assert len(own) == 1, f"{len(own)} verdicts on {page.path}"
        return own[0]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, prefect_home: Path) -> Demo:
    folder = tmp_path_factory.mktemp("demo")
    command = CommandLine(
        folder=folder,
        settings={"PREFECT_HOME": str(prefect_home), "LRAHOS_BUCKET": "file:data", "LRAHOS_JOBS": "1"},
    )
    return Demo(first=command.run("demo", "--json"), second=command.run("demo", "--json"), command=command)


def _path(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def test_the_demo_ends_well_and_says_what_it_does(demo):
    assert demo.first.code == 0, demo.first.err
    assert "is served at http://127.0.0.1:" in demo.first.err
    assert "Traceback" not in demo.first.err


@pytest.mark.parametrize("page", ARTICLES, ids=lambda page: page.path)
def test_each_story_comes_in_whole_and_clean(demo, page):
    article = demo.verdict(page)
    assert article["kind"] == "article", article["detail"]
    lines = article["text"].split("\n")
    assert article["title"] == page.title
    assert article["published"] == page.published
    assert tuple(article["authors"]) == page.authors
    assert article["dateline"] == page.dateline
    assert article["text"].startswith(page.begins)
    assert article["text"].endswith(page.ends)
    places = [article["text"].find(paragraph) for paragraph in page.paragraphs]
    assert -1 not in places
    assert places == sorted(places)
    assert not set(lines) & {text for text in page.debris if text}


@pytest.mark.parametrize("page", PANGEA, ids=lambda page: page.path)
def test_a_caption_stands_apart_from_its_credit(demo, page):
    assert page.caption in [image["caption"] for image in demo.verdict(page)["images"]]


@pytest.mark.parametrize("page", MODERN, ids=lambda page: page.path)
def test_a_caption_stands_apart_from_a_credit_in_its_own_text(demo, page):
    assert page.caption in [image["caption"] for image in demo.verdict(page)["images"]]


@pytest.mark.parametrize("page", ARTICLES, ids=lambda page: page.path)
def test_each_story_is_in_its_language(demo, page):
    assert demo.verdict(page)["language"] == page.language


@pytest.mark.parametrize("page", REFUSED, ids=lambda page: page.path)
def test_what_is_no_article_is_refused_for_its_reason(demo, page):
    verdict = demo.verdict(page)
    assert verdict["kind"] == "rejection"
    assert verdict["reason"] == page.reason
    assert verdict["detail"]


def test_a_second_demo_stores_nothing_twice(demo):
    assert demo.second.code == 0, demo.second.err
    first, second = demo.first.json, demo.second.json
    if _hosts(first) != _hosts(second):
        pytest.skip("the demo's port was taken by somebody else the second time")
    assert "stored" not in second["report"]["fates"]
    assert second["articles"] == first["articles"]


def test_the_export_has_each_story_once(demo):
    ended = demo.command.run("export", "--format", "jsonl", "-")
    assert ended.code == 0
    urls = [line.split('"', 4)[3] for line in ended.out.splitlines()]
    assert sorted(map(_path, urls)) == sorted(page.path for page in ARTICLES)


def _hosts(found: dict[str, Any]) -> set[str]:
    return {article["url"].split("/")[2] for article in found["articles"]}
