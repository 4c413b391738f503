"""What recurs over a site is learned, and pages that are there already are judged again without it."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from command_line import CommandLine, Ended, wait_for
from made_pages import Story, fetched, story

from connectors.bucket import Bucket, open_bucket
from connectors.corpus import Versions, read_articles
from connectors.warc import write_warc
from extractors.records import Article
from flows.plans import done_batches

PROMO = "Our newsroom is paid for by its readers; if you value this, become a member today."


def with_promo(made: Story) -> Story:
    """The story's page as a site makes it that ends each of them with the same line."""
    last = f"{made.paragraphs[-1]}</p>"
    return replace(made, html=made.html.replace(last, f"{last}<p>{PROMO}</p>"))


def archive_of(stories: Sequence[Story], path: Path) -> Path:
    path.write_bytes(write_warc([fetched(one) for one in stories])[0])
    return path


def bucket_of(lrahos: CommandLine) -> Bucket:
    return open_bucket(lrahos.settings["LRAHOS_BUCKET"])


def well_ended(ended: Ended) -> Any:
    assert ended.code == 0, ended.err
    assert "Traceback" not in ended.err
    return ended.json


def stored(lrahos: CommandLine, versions: Versions = Versions.NEWEST_OF_URL) -> list[Article]:
    """The articles that readers get."""
    return list(read_articles(bucket_of(lrahos), versions=versions))


def endings(lrahos: CommandLine) -> dict[str, bool]:
    """Of each article: whether its text ends with the site's line."""
    return {article.url: article.text.endswith(PROMO) for article in stored(lrahos)}


def test_recurring_lines_are_learned_and_cut_in_new_pages_and_old_ones(lrahos, tmp_path):
    stories = [with_promo(story(number)) for number in range(12)]
    report = well_ended(lrahos.run("backfill", archive_of(stories[:10], tmp_path / "old.warc.gz"), "--json"))
    assert report["learned"] == {"news.example": 1}
    later = well_ended(lrahos.run("backfill", archive_of(stories[10:], tmp_path / "new.warc.gz"), "--json"))
    assert later["cuts"]["recurring"] == 2
    assert endings(lrahos) == {one.url: number < 10 for number, one in enumerate(stories)}

    before = list(bucket_of(lrahos).list_keys(""))
    look = lrahos.run("reextract")
    assert look.code == 0, look.err
    assert "12 pages judged again, 10 of them differ" in look.out
    assert f"- {PROMO}" in look.out
    assert "--publish stores what differs" in look.out
    assert list(bucket_of(lrahos).list_keys("")) == before

    published = well_ended(lrahos.run("reextract", "--publish", "--json"))
    assert published["fates"] == {"unchanged": 2, "updated": 10}
    assert published["differences"]["sites"]["news.example"]["changed"] == 10
    assert endings(lrahos) == dict.fromkeys([one.url for one in stories], False)
    [first] = [article for article in stored(lrahos) if article.url == stories[0].url]
    assert "profile:recurring:12-stories" in [cut.rule for cut in first.cuts]

    keys = list(bucket_of(lrahos).list_keys("articles/"))
    second = well_ended(lrahos.run("reextract", "--publish", "--json"))
    assert "published before" in second["notes"][0]
    assert list(bucket_of(lrahos).list_keys("articles/")) == keys
    assert len(stored(lrahos, Versions.ALL)) == 22


def test_a_killed_reextraction_is_finished_by_the_next_one(lrahos, tmp_path):
    stories = [with_promo(story(number)) for number in range(40)]
    small = {"LRAHOS_BATCH_PAGES": "4"}
    well_ended(lrahos.run("backfill", archive_of(stories, tmp_path / "long.warc.gz"), "--json", **small))
    bucket = bucket_of(lrahos)
    [first] = bucket.list_folders("runs/")
    with lrahos.started("reextract", "--publish", **small) as process:
        [run] = wait_for(lambda: [run for run in bucket.list_folders("runs/") if run != first])
        wait_for(lambda: done_batches(bucket, run))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    planned = len(json.loads(bucket.get(f"runs/{run}/plan.json"))["batches"])
    assert 0 < len(done_batches(bucket, run)) < planned
    half = endings(lrahos)
    assert len(half) == 40
    assert 0 < sum(half.values()) < 40
    report = well_ended(lrahos.run("reextract", "--publish", "--json", **small))
    assert report["run"] == run
    assert "did not end" in report["notes"][0]
    assert report["fates"] == {"updated": 40}
    assert endings(lrahos) == dict.fromkeys([one.url for one in stories], False)
    assert len(stored(lrahos, Versions.ALL)) == 80


@pytest.mark.parametrize(
    ("words", "complaint"),
    [((), "no raw pages in file:"), (("--since", "yesterday"), "--since yesterday is no day")],
    ids=["an empty bucket", "no day"],
)
def test_what_cannot_be_judged_again_is_said_in_one_line(lrahos, words, complaint):
    ended = lrahos.run("reextract", *words)
    assert (ended.code, ended.out, len(ended.complaints)) == (1, "", 1)
    assert complaint in ended.complaints[0]
