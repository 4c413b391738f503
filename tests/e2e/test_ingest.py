"""Crawls of a site of our own that misbehaves, changes and hangs, by the command line."""

from __future__ import annotations

import json
import os
import signal
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from command_line import CommandLine, Ended, wait_for
from made_pages import Story
from news_server import news_server
from web_server import hang, redirect, reset, response

from connectors import layout
from connectors.bucket import Bucket, open_bucket
from flows.plans import done_batches, read_plan

SITE = "127.0.0.1"


@pytest.fixture
def news():
    with news_server() as server:
        yield server


def bucket_of(lrahos: CommandLine) -> Bucket:
    return open_bucket(lrahos.settings["LRAHOS_BUCKET"])


def exported(lrahos: CommandLine, *words: str) -> list[dict[str, Any]]:
    ended = lrahos.run("export", "-", *words)
    assert ended.code == 0, ended.err
    return [json.loads(line) for line in ended.out.splitlines()]


def well_ended(ended: Ended) -> dict[str, Any]:
    assert ended.code == 0, ended.err
    assert "Traceback" not in ended.err
    return ended.json


@dataclass(frozen=True)
class Crawls:
    """Three crawls of one site, and what was asked of it in each."""

    first: dict[str, Any]
    first_asked: list[str]
    second: dict[str, Any]
    second_asked: list[str]
    third: dict[str, Any]
    third_asked: list[str]
    third_not_modified: list[str]  # paths that were asked for with the tag they had
    listed: list[Story]
    mapped: list[Story]
    single: Story
    changed: Story
    articles: list[dict[str, Any]]
    versions: list[dict[str, Any]]


@pytest.fixture(scope="module")
def crawls(tmp_path_factory, lrahos_in) -> Crawls:
    lrahos = lrahos_in(tmp_path_factory.mktemp("crawls"))
    with news_server() as news:
        listed = [news.story(number) for number in range(3)]
        mapped = [news.story(number) for number in range(3, 5)]
        single = news.story(5)
        feed = news.feed("/feed.xml", listed)
        sitemap = news.sitemap("/map.xml", mapped)
        news.answer("/closed", response("no", status=403))
        news.answer("/broken", reset)
        news.answer("/circle", redirect("/circle"))
        news.publish("/photo.png", "x" * 500, "image/png")
        odd = [news.url(path) for path in ("/none", "/closed", "/broken", "/circle", "/photo.png")]
        words = ("ingest", feed, sitemap, single.url, *odd, "--json")
        first = well_ended(lrahos.run(*words))
        first_asked = news.paths()
        news.forget()
        second = well_ended(lrahos.run("ingest", feed, sitemap, single.url, "--json"))
        second_asked = news.paths()
        news.forget()
        news.sitemap("/map.xml", mapped, changed="2099-01-01T00:00:00Z")
        changed = news.story(3, revision=1)
        third = well_ended(lrahos.run("ingest", sitemap, "--json"))
        asked = news.requests
    return Crawls(
        first=first,
        first_asked=first_asked,
        second=second,
        second_asked=second_asked,
        third=third,
        third_asked=[request.target for request in asked],
        third_not_modified=[request.target for request in asked if "if-none-match" in request.headers],
        listed=listed,
        mapped=mapped,
        single=single,
        changed=changed,
        articles=exported(lrahos),
        versions=exported(lrahos, "--all-versions"),
    )


def path_of(story: Story) -> str:
    return "/" + story.url.split("/", 3)[3]


def test_every_url_of_a_crawl_has_one_fate_that_is_counted(crawls):
    assert crawls.first["fates"] == {
        "stored": 6,
        "not-found": 1,
        "refused": 1,
        "unreachable": 1,
        "bad-response": 1,
        "not-text": 1,
    }
    assert crawls.first["sites"] == {SITE: crawls.first["fates"]}
    assert crawls.first["pages"] == 11


def test_a_story_that_was_given_is_asked_for_once(crawls):
    assert Counter(crawls.first_asked)[path_of(crawls.single)] == 1


def test_a_second_crawl_asks_for_what_was_given_and_for_nothing_known(crawls):
    assert Counter(crawls.second_asked) == Counter(["/feed.xml", "/map.xml", path_of(crawls.single)])
    assert crawls.second["fates"] == {"unchanged": 1}


def test_stories_that_are_listed_as_changed_are_asked_for_with_their_tags(crawls):
    known = sorted(path_of(story) for story in crawls.mapped)
    assert sorted(crawls.third_not_modified) == known
    assert crawls.third["fates"] == {"updated": 1, "unchanged": 1}


def test_the_export_shows_the_newest_version_of_each_story_once(crawls):
    texts = {article["url"]: article["text"] for article in crawls.articles}
    stories = [*crawls.listed, *crawls.mapped[1:], crawls.single, crawls.changed]
    assert len(crawls.articles) == len(stories)
    assert texts == {story.url: "\n".join(story.paragraphs) for story in stories}


def test_the_older_version_is_still_there_for_who_asks(crawls):
    own = [article for article in crawls.versions if article["url"] == crawls.changed.url]
    assert len(own) == 2
    assert len({article["id"] for article in own}) == 1
    assert len({article["content_hash"] for article in own}) == 2


def test_sites_are_crawled_by_their_files(lrahos, news, tmp_path):
    stories = [news.story(number) for number in range(4)]
    news.feed("/feed.xml", stories)
    sites = tmp_path / "sites"
    sites.mkdir()
    (sites / "valley.yaml").write_text(
        f"home: {news.url()}\nfeeds: [/feed.xml]\nlimit: 2\nlanguages: [en]\n", encoding="utf-8"
    )
    mine = replace(lrahos, settings={**lrahos.settings, "LRAHOS_SITES_DIR": str(sites)})
    unknown = mine.run("ingest", "valey")
    assert unknown.code == 1
    assert unknown.complaints == ["lrahos: no site is called valey: did you mean valley?"]
    plan = well_ended(mine.run("ingest", "--dry-run", "--json"))
    assert len(plan["urls"]) == 2
    assert not bucket_of(lrahos).exists(layout.frontier("valley"))
    report = well_ended(mine.run("ingest", "valley", "--json"))
    assert report["sites"] == {"valley": {"stored": 2}}
    assert {article["site"] for article in exported(lrahos, "--site", "valley")} == {"valley"}


def test_a_site_that_cannot_be_read_at_all_has_an_exit_code_of_its_own(lrahos, news, tmp_path):
    news.feed("/feed.xml", [news.story(1)])
    news.answer("/robots.txt", response("busy", status=502))
    sites = tmp_path / "sites"
    sites.mkdir()
    (sites / "valley.yaml").write_text(f"home: {news.url()}\nfeeds: [/feed.xml]\n", encoding="utf-8")
    ended = lrahos.run("ingest", "valley", "--json", LRAHOS_SITES_DIR=str(sites), LRAHOS_DEADLINE_SECONDS="1")
    assert ended.code == 4, ended.err
    assert ended.json["unread"] == ["valley"]
    assert len(ended.json["notes"]) == 1
    assert "502" in ended.json["notes"][0]
    assert "could be read" in lrahos.run("report").out


def test_stories_of_a_list_without_dates_are_kept_from_the_day_that_was_asked_for_on(lrahos, news):
    old, new = news.story(1), news.story(11)  # of 2 and 12 November
    feed = news.feed("/feed.xml", [old, new])
    since = well_ended(lrahos.run("ingest", feed, "--since", "2026-11-12", "--json"))
    assert since["fates"] == {"stored": 1, "out-of-scope": 1}
    news.forget()
    again = well_ended(lrahos.run("ingest", feed, "--since", "2026-11-12", "--json"))
    assert (again["pages"], news.paths()) == (0, ["/feed.xml"])
    assert again["notes"] == [
        "nothing to fetch: 2 stories are known, and none that is due is from 2026-11-12 or later"
    ]
    assert well_ended(lrahos.run("ingest", feed, "--json"))["fates"] == {"stored": 1}


def test_a_site_that_another_run_works_on_is_left_alone(lrahos, news):
    story = news.story(1)
    held = {
        "site": SITE,
        "run": "ingest-elsewhere",
        "owner": "elsewhere:1",
        "expires": (datetime.now(UTC) + timedelta(minutes=5)).isoformat(),
    }
    bucket = bucket_of(lrahos)
    bucket.put(layout.lease(SITE), json.dumps(held).encode())
    report = well_ended(lrahos.run("ingest", story.url, "--json"))
    assert report["pages"] == 0
    assert "ingest-elsewhere works on it" in report["notes"][0]
    assert news.paths() == []
    assert json.loads(bucket.get(layout.lease(SITE))) == held


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_crawl_that_was_ended_is_finished_by_the_next_one(lrahos, news, how):
    stories = [news.story(number) for number in range(4)]
    feed = news.feed("/feed.xml", stories)
    news.answer(path_of(stories[2]), hang)
    bucket = bucket_of(lrahos)
    with lrahos.started("ingest", feed, LRAHOS_BATCH_PAGES="1", LRAHOS_DEADLINE_SECONDS="60") as process:
        run = wait_for(lambda: next(bucket.list_folders("runs/"), None))
        wait_for(lambda: len(done_batches(bucket, run)) == 3)
        os.kill(process.pid, how)
        _, err = process.communicate(timeout=60)
    assert process.returncode == (-how if how == signal.SIGKILL else 130)
    assert "Traceback" not in err
    assert len([line for line in err.splitlines() if line.startswith("lrahos: ")]) == (how != signal.SIGKILL)
    assert bucket.exists(layout.lease(SITE))
    news.story(2)
    news.forget()
    report = well_ended(lrahos.run("ingest", feed, "--json"))
    assert report["notes"][0] == f"finished {run}, which had died: 1 of its 4 batches"
    assert Counter(news.paths()) == Counter(["/feed.xml", path_of(stories[2])])
    assert Counter(article["url"] for article in exported(lrahos, "--all-versions")) == Counter(
        story.url for story in stories
    )
    assert len(read_plan(bucket, run).batches) == 4
    assert not bucket.exists(layout.lease(SITE))


def test_answers_that_are_no_text_do_not_stop_the_crawl(lrahos, news):
    story = news.story(1)
    tagged = response(story.html).replace(b"\r\n", b'\r\nETag: "\xff\xfe"\r\n', 1)
    news.answer(path_of(story), tagged)
    report = well_ended(lrahos.run("ingest", story.url, "--json"))
    assert report["fates"] == {"stored": 1}
    again = well_ended(lrahos.run("ingest", story.url, "--json"))
    assert again["fates"] == {"unchanged": 1}
