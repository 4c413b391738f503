"""Archives into every kind of bucket, and what dies on the way."""

from __future__ import annotations

import gzip
import json
import os
import signal
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from command_line import CommandLine, Ended, wait_for
from made_pages import Story, fetched, story, warc_of

from connectors.bucket import Bucket, open_bucket
from connectors.warc import read_record, write_warc
from flows.plans import done_batches

DEADLY = Path(__file__).parent / "deadly_command_line.py"


@pytest.fixture
def stories() -> list[Story]:
    return [story(number) for number in range(12)]


@pytest.fixture
def archive(tmp_path: Path, stories: list[Story]) -> Path:
    path = tmp_path / "pages.warc.gz"
    path.write_bytes(warc_of(stories))
    return path


def exported(lrahos: CommandLine, **settings: str) -> list[dict[str, Any]]:
    """The articles that the bucket holds, as a user gets them."""
    ended = lrahos.run("export", "--format", "jsonl", "articles.jsonl", **settings)
    assert ended.code == 0, ended.err
    lines = (lrahos.folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def well_ended(ended: Ended) -> dict[str, Any]:
    assert ended.code == 0, ended.err
    assert "Traceback" not in ended.err
    return ended.json


def bucket_of(lrahos: CommandLine) -> Bucket:
    return open_bucket(lrahos.settings["LRAHOS_BUCKET"])


def assert_whole(articles: list[dict[str, Any]], stories: list[Story]) -> None:
    """Each story once, with its title and its whole text."""
    assert Counter(article["url"] for article in articles) == Counter(one.url for one in stories)
    expected = {one.url: one for one in stories}
    for article in articles:
        assert article["title"] == expected[article["url"]].title
        assert tuple(article["text"].split("\n")) == expected[article["url"]].paragraphs


def test_an_archive_becomes_articles_once_however_often_it_is_given(lrahos, archive, stories):
    first = well_ended(lrahos.run("backfill", archive, "--json"))
    assert first["fates"] == {"stored": 12}
    again = lrahos.run("backfill", archive, "--json")
    assert "all of it was done before" in well_ended(again)["notes"][0]
    anew = well_ended(lrahos.run("backfill", archive, "--again", "--json"))
    assert anew["fates"] == {"stored": 12}
    articles = exported(lrahos)
    assert_whole(articles, stories)
    all_versions = lrahos.run("export", "-", "--all-versions")
    assert len(all_versions.out.splitlines()) == 12
    bucket = bucket_of(lrahos)
    for article in articles:
        page = read_record(bucket.get(article["raw"]["shard"]), article["raw"]["offset"])
        assert page.url == article["url"]


def test_without_raw_pages_articles_point_into_the_archive(lrahos, archive):
    well_ended(lrahos.run("backfill", archive, "--no-raw", "--json"))
    assert not list(bucket_of(lrahos).list_keys("raw/"))
    assert {article["raw"]["shard"] for article in exported(lrahos)} == {str(archive)}


@pytest.mark.parametrize("store", ["moto", "rclone"])
def test_an_s3_store_ends_up_with_the_same_articles(store, lrahos, archive, stories, request):
    server = request.getfixturevalue(store)
    server.make_bucket("corpus")
    settings = {**server.environment, "LRAHOS_BUCKET": "s3://corpus/news"}
    first = well_ended(lrahos.run("backfill", archive, "--json", **settings))
    assert first["fates"] == {"stored": 12}
    assert (
        "all of it was done before"
        in well_ended(lrahos.run("backfill", archive, "--json", **settings))["notes"][0]
    )
    assert_whole(exported(lrahos, **settings), stories)


def test_an_archive_in_s3_is_read_where_it_lies(lrahos, archive, stories, moto):
    moto.make_bucket("archives")
    moto.client("s3").upload_file(str(archive), "archives", "2026/pages.warc.gz")
    well_ended(lrahos.run("backfill", "s3://archives/2026/pages.warc.gz", "--json", **moto.environment))
    assert_whole(exported(lrahos), stories)


def test_a_killed_run_is_finished_by_the_next_one(lrahos, tmp_path):
    stories = [story(number) for number in range(60)]
    archive = tmp_path / "long.warc.gz"
    archive.write_bytes(warc_of(stories))
    bucket = bucket_of(lrahos)
    small = {"LRAHOS_BATCH_PAGES": "5"}
    with lrahos.started("backfill", archive, "--json", **small) as process:
        run = wait_for(lambda: next(bucket.list_folders("runs/"), None))
        wait_for(lambda: done_batches(bucket, run))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        judging = children_of_group(process.pid)
        assert wait_for(lambda: not children_of_group(process.pid)), f"left behind: {judging}"
    before = done_batches(bucket, run)
    planned = len(json.loads(bucket.get(f"runs/{run}/plan.json"))["batches"])
    assert 0 < len(before) < planned
    assert {article["url"] for article in exported(lrahos)} < {one.url for one in stories}
    report = well_ended(lrahos.run("backfill", archive, "--json", **small))
    assert report["run"] == run
    assert "did not end" in report["notes"][0]
    assert report["fates"] == {"stored": 60}
    assert_whole(exported(lrahos), stories)


def test_a_judging_process_that_dies_takes_nothing_along(lrahos, tmp_path):
    stories = [story(number) for number in range(60)]
    archive = tmp_path / "long.warc.gz"
    archive.write_bytes(warc_of(stories))
    bucket = bucket_of(lrahos)
    with lrahos.started("backfill", archive, "--json", LRAHOS_BATCH_PAGES="5") as process:
        run = wait_for(lambda: next(bucket.list_folders("runs/"), None))
        wait_for(lambda: done_batches(bucket, run))
        for child in children_of_group(process.pid):
            if child != process.pid:
                os.kill(child, signal.SIGKILL)  # as the kernel does when memory is short
        out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert json.loads(out)["fates"] == {"stored": 60}
    assert_whole(exported(lrahos), stories)


def test_pages_that_kill_or_hang_are_refused_and_the_others_stored(lrahos, tmp_path):
    good = [story(number) for number in range(8)]
    killing = [replace(story(20), html="<p>please-kill</p>"), replace(story(21), html="<p>please-kill</p>")]
    hanging = replace(story(22), html="<p>please-hang</p>")
    archive = tmp_path / "deadly.warc.gz"
    archive.write_bytes(warc_of([*good[:3], killing[0], *good[3:6], hanging, killing[1], *good[6:]]))
    deadly = replace(lrahos, program=(str(DEADLY),))
    report = well_ended(deadly.run("backfill", archive, "--json"))
    assert report["fates"] == {"stored": 8, "rejected": 3}
    assert report["reasons"] == {"crashed": 2, "timed-out": 1}
    assert_whole(exported(lrahos), good)


def test_damaged_records_are_warned_of_and_cost_nothing_else(lrahos, tmp_path, stories):
    archive = tmp_path / "damaged.warc.gz"
    data, offsets = write_warc([fetched(one) for one in stories])
    broken = bytearray(data)
    middle = (offsets[4] + offsets[5]) // 2
    broken[middle : middle + 40] = os.urandom(40)
    archive.write_bytes(bytes(broken[: offsets[11] + 300]))  # and the last record is cut off
    report = well_ended(lrahos.run("backfill", archive, "--json"))
    assert "damaged.warc.gz" in report["warnings"][0]
    assert_whole(exported(lrahos), [one for number, one in enumerate(stories) if number not in (4, 11)])


def test_folders_files_dumps_and_lines_are_archives_too(lrahos, tmp_path):
    stories = [story(number) for number in range(4)]
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "one.html").write_text(stories[0].html, encoding="utf-8")
    lines = [json.dumps({"url": one.url, "html": one.html}) for one in stories[1:3]]
    (folder / "two.jsonl.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    (folder / "three.warc.gz").write_bytes(warc_of(stories[3:]))
    report = well_ended(lrahos.run("backfill", folder, "--json"))
    assert report["fates"] == {"stored": 4}
    titles = {article["title"] for article in exported(lrahos)}
    assert titles == {one.title for one in stories}


def test_an_archive_that_is_none_ends_the_run_in_one_line(lrahos, tmp_path):
    (tmp_path / "noise.warc.gz").write_bytes(b"\x1f\x8b" + bytes(200))
    ended = lrahos.run("backfill", "noise.warc.gz", "--json")
    assert ended.code == 1
    assert ended.out == ""
    assert "Traceback" not in ended.err
    assert len(ended.complaints) == 1
    assert "noise.warc.gz" in ended.complaints[0]
    assert list(bucket_of(lrahos).list_keys("")) == []


def children_of_group(leader: int) -> list[int]:
    """Living processes of a group, from /proc; zombies left out."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == leader and fields[0] != "Z":
            found.append(int(entry.name))
    return found
