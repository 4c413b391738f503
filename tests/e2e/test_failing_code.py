"""A run whose code or machine is broken does not end like a good one, and what it lost comes back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from command_line import CommandLine
from made_pages import Story, story, warc_of

FAILING = Path(__file__).parent / "failing_command_line.py"


@pytest.fixture
def failing(lrahos: CommandLine) -> CommandLine:
    """The command line with broken code."""
    return replace(lrahos, program=(str(FAILING),))


def archive_of(folder: Path, bad: int) -> Path:
    """Twelve stories, some of which the broken code fails on."""
    stories = [story(number) for number in range(12)]
    path = folder / "pages.warc.gz"
    path.write_bytes(warc_of([*map(_marked, stories[:bad]), *stories[bad:]]))
    return path


def _marked(one: Story) -> Story:
    return replace(one, html=one.html.replace("</body>", "<!-- please-fail --></body>"))


def test_a_run_that_fails_on_many_pages_says_so_and_a_later_one_brings_them_back(failing, lrahos, tmp_path):
    ended = failing.run("backfill", archive_of(tmp_path, 6), "--json")
    assert ended.code == 4
    assert "Traceback" not in ended.err
    (said,) = ended.complaints
    assert said.startswith("lrahos: judging failed on 6 of 12 pages (6 crashed): ")
    assert ended.json["fates"] == {"stored": 6, "rejected": 6}
    assert f"lrahos: {ended.json['alarm']}" == said
    shown = " ".join(lrahos.run("report").out.split())
    assert "failed: judging failed on 6 of 12 pages" in shown
    mended = lrahos.run("reextract", "--publish", "--json")
    assert mended.code == 0, mended.err
    assert mended.json["fates"] == {"unchanged": 6, "stored": 6}
    assert len(lrahos.run("export", "-").out.splitlines()) == 12


def test_a_run_that_fails_on_a_few_pages_ends_like_any_other(failing, tmp_path):
    ended = failing.run("backfill", archive_of(tmp_path, 4), "--json")
    assert ended.code == 0, ended.err
    assert ended.json["reasons"] == {"crashed": 4}
    assert ended.json["alarm"] == ""


def test_a_reextraction_that_fails_on_many_pages_says_so_and_the_same_command_tries_again(
    failing, lrahos, tmp_path
):
    ended = lrahos.run("backfill", archive_of(tmp_path, 6), "--json")
    assert ended.code == 0, ended.err
    broken = failing.run("reextract", "--publish", "--json")
    assert broken.code == 4
    (said,) = broken.complaints
    assert said.startswith("lrahos: judging failed on 6 of 12 pages (6 crashed): ")
    assert broken.json["fates"] == {"unchanged": 12}  # what was known of them stands
    (warning,) = broken.json["warnings"]
    assert "6. https://" in warning
    mended = lrahos.run("reextract", "--publish", "--json")
    assert mended.code == 0, mended.err
    assert mended.json["run"] != broken.json["run"]
    assert (mended.json["accidents"], mended.json["notes"]) == ({}, [])
    assert len(lrahos.run("export", "-").out.splitlines()) == 12
