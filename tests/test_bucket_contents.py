"""Asking for what the bucket has not: one line that says what it has, and the exit code of wrong usage."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import CommandLine
from made_pages import fetched, story
from made_runs import job_of

from flows.batch_work import store_batch


@pytest.fixture
def lrahos(tmp_path: Path) -> CommandLine:
    """A bucket with an article of one site, in a batch that several share."""
    url = f"file:{tmp_path / 'bucket'}"
    store_batch(job_of(url, [fetched(story(1))]))
    settings = {"PREFECT_HOME": str(tmp_path / "prefect"), "LRAHOS_BUCKET": url, "LRAHOS_JOBS": "1"}
    return CommandLine(folder=tmp_path, settings=settings)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("export", "out.jsonl", "--site", "nope"), "has no articles of nope: it has valley"),
        (("export", "out.jsonl", "--language", "armenian"), "has no articles in armenian: it has en"),
        (("reextract", "nope"), "has no raw pages of nope: it has valley"),
    ],
)
def test_what_the_bucket_has_not_is_wrong_usage(lrahos, tmp_path, words, said):
    ended = lrahos.run(*words)
    assert (ended.code, ended.out) == (2, "")
    assert ended.complaints == [f"lrahos: {lrahos.settings['LRAHOS_BUCKET']} {said}"]
    assert not (tmp_path / "out.jsonl").exists()
    assert not (tmp_path / "prefect").exists()


def test_an_empty_bucket_has_nothing_of_a_site(lrahos, tmp_path):
    ended = lrahos.run("export", "-", "--site", "nope", LRAHOS_BUCKET="file:empty")
    assert ended.code == 2
    assert ended.complaints[0].endswith("has no articles of nope: it has none at all")


def test_days_without_articles_are_no_mistake(lrahos):
    ended = lrahos.run("export", "-", "--site", "valley", "--language", "en", "--since", "2099-01-01")
    assert (ended.code, ended.out, ended.complaints) == (0, "", [])


def test_one_name_of_several_is_enough(lrahos):
    ended = lrahos.run("export", "-", "--site", "nope", "--site", "valley")
    assert (ended.code, ended.out.count("\n")) == (0, 1)
