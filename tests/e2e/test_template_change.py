"""A site whose template changes between two crawls: nobody has to look for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

import httpx
import pytest
from command_line import CommandLine, Ended
from made_pages import Story
from news_server import NewsServer, news_server

STORIES = 24  # of each crawl


@dataclass(frozen=True)
class Crawls:
    """A crawl of the site as it was, and one after its stories were drawn by a script."""

    lrahos: CommandLine
    first: dict[str, Any]
    second: Ended


def redesign(news: NewsServer, one: Story) -> None:
    """Put the story online in the new template, which a browser would have to draw."""
    empty = re.sub(r"(?s)<main>.*</main>", '<div id="app"></div><script src="/app.js"></script>', one.html)
    news.publish("/" + one.url.split("/", 3)[3], empty)


@pytest.fixture(scope="module")
def crawls(tmp_path_factory, lrahos_in) -> Crawls:
    folder = tmp_path_factory.mktemp("template")
    sites = folder / "sites"
    sites.mkdir()
    with news_server() as news:
        text = f"home: {news.url()}\nfeeds: [/feed.xml]\nlanguages: [en]\n"
        (sites / "valley.yaml").write_text(text, encoding="utf-8")
        made = lrahos_in(folder)
        lrahos = replace(made, settings={**made.settings, "LRAHOS_SITES_DIR": str(sites)})
        news.feed("/feed.xml", [news.story(number) for number in range(STORIES)])
        first = lrahos.run("ingest", "valley", "--json")
        assert first.code == 0, first.err
        fresh = [news.story(number) for number in range(STORIES, 2 * STORIES)]
        for one in fresh:
            redesign(news, one)
        news.feed("/feed.xml", fresh)
        second = lrahos.run("ingest", "valley")
    return Crawls(lrahos=lrahos, first=first.json, second=second)


def test_a_first_crawl_has_no_past_to_drift_from(crawls):
    assert crawls.first["fates"] == {"stored": STORIES}
    assert crawls.first["drift"] == []
    figures = crawls.first["site_figures"]["valley"]
    assert (figures["listed"], figures["languages"]) == (STORIES, {"en": STORIES})


def test_the_crawl_after_the_change_ends_well_and_says_what_drifted(crawls):
    assert crawls.second.code == 0, crawls.second.err
    _, _, drift = crawls.second.out.partition("Drift against the site's own past")
    assert f"valley pages kept 0 % of {STORIES} 100 %" in " ".join(drift.split())


def test_who_asks_for_an_error_gets_one(crawls):
    ended = crawls.lrahos.run("report", "--sites", "--fail-on-drift", "--json")
    assert ended.code == 4
    (site,) = ended.json["sites"]
    assert (site["listed"], site["fetched"], site["kept"]) == (STORIES, 2 * STORIES, STORIES)
    assert [finding["what"] for finding in site["findings"]] == ["kept", "refused"]


def test_prefect_shows_it_beside_the_run(crawls, prefect_server):
    answer = httpx.post(
        f"{prefect_server}/artifacts/filter",
        json={"artifacts": {"key": {"any_": ["lrahos-ingest"]}}},
        timeout=30,
    )
    shown = [artifact["data"] for artifact in answer.json() if "valley" in artifact["data"]]
    assert any(f"- valley: pages kept: 0 % of {STORIES}, before 100 %" in text for text in shown)
