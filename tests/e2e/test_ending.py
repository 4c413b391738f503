"""Ctrl-C, and the end of a command whose Prefect hangs."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pytest
from command_line import CommandLine, wait_for
from made_pages import story, warc_of
from news_server import news_server
from web_server import hang

from connectors import layout
from connectors.bucket import open_bucket

STOPPED = ["lrahos: stopped; what is stored stays, and the next run goes on from there"]
HANGING = str(Path(__file__).with_name("hanging_command_line.py"))


@pytest.fixture
def crawl(lrahos):
    """Starts a crawl that waits for a page, and waits until it does; ``HANGS`` says where it hangs later."""
    with news_server() as news:
        news.answer("/story", hang)

        def start(**settings: str):
            hanging = replace(lrahos, program=(HANGING,)) if "HANGS" in settings else lrahos
            return hanging.started("ingest", news.url("/story"), LRAHOS_DEADLINE_SECONDS="60", **settings)

        def is_waiting() -> bool:
            return "/story" in news.paths()

        yield start, is_waiting


def ended(process: subprocess.Popen[str]) -> tuple[int, list[str]]:
    """Exit code and lines of standard error."""
    _, err = process.communicate(timeout=60)
    return process.returncode, [line for line in err.splitlines() if line.strip()]


def test_ctrl_c_ends_a_command_whose_prefect_hangs(lrahos, crawl):
    start, is_waiting = crawl
    with start(HANGS="record") as process:
        wait_for(is_waiting)
        process.send_signal(signal.SIGINT)
        assert ended(process) == (130, STOPPED)
    assert open_bucket(lrahos.settings["LRAHOS_BUCKET"]).exists(layout.lease("127.0.0.1"))


def test_a_command_whose_prefect_hangs_at_the_end_ends_as_it_should(lrahos: CommandLine, tmp_path):
    archive = tmp_path / "pages.warc.gz"
    archive.write_bytes(warc_of([story(1)]))
    ended = replace(lrahos, program=(HANGING,)).run("backfill", archive, "--json", HANGS="end")
    assert ended.code == 0, ended.err
    assert (tmp_path / "hangs").exists()
    assert ended.json["articles"] == 1


def test_another_ctrl_c_ends_the_process(crawl, tmp_path):
    start, is_waiting = crawl
    with start(HANGS="record") as process:
        wait_for(is_waiting)
        process.send_signal(signal.SIGINT)
        wait_for((tmp_path / "hangs").exists)
        time.sleep(1)  # what comes at the same time as the first one is the first one
        process.send_signal(signal.SIGINT)
        assert ended(process) == (130, STOPPED)


@pytest.mark.parametrize(("how", "times"), [(signal.SIGINT, 3), (signal.SIGTERM, 1)])
def test_a_run_is_stopped_in_one_line_however_often_the_signal_comes_at_once(crawl, how, times):
    start, is_waiting = crawl
    with start() as process:
        wait_for(is_waiting)
        for _ in range(times):
            process.send_signal(how)
        assert ended(process) == (130, STOPPED)


def test_ctrl_c_while_prefect_starts_ends_the_process(crawl, tmp_path):
    start, _ = crawl
    with start(HANGS="start") as process:
        wait_for((tmp_path / "hangs").exists)
        process.send_signal(signal.SIGINT)
        assert ended(process) == (130, STOPPED)


def test_what_a_run_came_to_is_shown_before_prefect_is_waited_for(lrahos, tmp_path):
    archive = tmp_path / "pages.warc.gz"
    archive.write_bytes(warc_of([story(1)]))
    with replace(lrahos, program=(HANGING,)).started(
        "backfill", archive, "--json", HANGS="record"
    ) as process:
        wait_for((tmp_path / "hangs").exists)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    assert json.loads(out)["articles"] == 1
