"""Deployed as in production: a Prefect server, a worker, runs by hand and by schedule."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from command_line import ROOT, CommandLine, plain_environment, running, wait_for
from made_pages import story, warc_of
from news_server import NewsServer, news_server

POOL = "lrahos-tests"
_MOST_SECONDS = 120


@pytest.fixture(scope="module")
def news() -> Iterator[NewsServer]:
    with news_server() as server:
        yield server


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("deployed")


@pytest.fixture(scope="module")
def deployed(folder: Path, lrahos_in) -> CommandLine:
    """The deployments, made by the command that makes them."""
    lrahos = lrahos_in(folder)
    ended = lrahos.run("deploy", "--pool", POOL)
    assert ended.code == 0, ended.err
    assert "ingest/manual" in ended.err
    return lrahos


@pytest.fixture(scope="module")
def server(deployed: CommandLine) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=deployed.settings["PREFECT_API_URL"], timeout=30) as client:
        yield client


@pytest.fixture(scope="module")
def worker(deployed: CommandLine, folder: Path, news: NewsServer) -> Iterator[None]:
    """A worker whose runs crawl one site file of our own; ended with all that it started."""
    sites = folder / "sites"
    sites.mkdir()
    news.feed("/feed.xml", [news.story(number) for number in range(2)])
    (sites / "valley.yaml").write_text(f"home: {news.url()}\nfeeds: [/feed.xml]\n", encoding="utf-8")
    environment = {
        **plain_environment(),
        **deployed.settings,
        "LRAHOS_SITES_DIR": str(sites),
        "PREFECT_WORKER_QUERY_SECONDS": "1",
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
    }
    command = [sys.executable, "-m", "prefect", "worker", "start", "--pool", POOL, "--name", "tests"]
    with running(command, environment, ROOT, quiet=True) as process:
        yield
        assert process.poll() is None, "the worker ended by itself"


def deployment(server: httpx.Client, name: str) -> dict[str, Any]:
    return server.get(f"/deployments/name/{name}").raise_for_status().json()


def ask_for_run(server: httpx.Client, name: str, parameters: dict[str, Any]) -> httpx.Response:
    own = deployment(server, name)["id"]
    return server.post(f"/deployments/{own}/create_flow_run", json={"parameters": parameters})


def state_of(server: httpx.Client, run: str) -> dict[str, Any]:
    return server.get(f"/flow_runs/{run}").raise_for_status().json()["state"]


def runs_of(server: httpx.Client, name: str) -> list[dict[str, Any]]:
    body = {"deployments": {"id": {"any_": [deployment(server, name)["id"]]}}}
    return server.post("/flow_runs/filter", json=body).raise_for_status().json()


def wait_for_end(server: httpx.Client, run: str) -> dict[str, Any]:
    ended = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}
    return wait_for(
        lambda: state if (state := state_of(server, run))["type"] in ended else None, seconds=_MOST_SECONDS
    )


def test_the_deployments_are_in_the_pool_that_was_asked_for(server):
    for name in ("ingest/scheduled", "ingest/manual", "backfill/archives", "reextract/stored-pages"):
        assert deployment(server, name)["work_pool_name"] == POOL
    scheduled = deployment(server, "ingest/scheduled")
    assert scheduled["concurrency_limit"] == 1 or scheduled["global_concurrency_limit"]["limit"] == 1
    assert scheduled["schedules"][0]["schedule"]["cron"]


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("ingest/manual", {"urls": ["ftp://news.example/"]}),
        ("ingest/manual", {"limit": 0}),
        ("backfill/archives", {}),
        ("backfill/archives", {"files": []}),
    ],
)
def test_wrong_parameters_are_refused_before_a_run_is_made(server, name, wrong):
    before = len(runs_of(server, name))
    answer = ask_for_run(server, name, wrong)
    assert answer.status_code in (409, 422)
    assert len(runs_of(server, name)) == before


def test_a_crawl_is_run_by_hand(server, worker, news, deployed):
    made = news.story(7)
    run = ask_for_run(server, "ingest/manual", {"urls": [made.url]}).raise_for_status().json()["id"]
    assert wait_for_end(server, run)["type"] == "COMPLETED"
    assert made.url in deployed.run("export", "-").out
    artifacts = server.post("/artifacts/filter", json={}).raise_for_status().json()
    assert [one["key"] for one in artifacts if one["flow_run_id"] == run] == ["lrahos-ingest"]


def test_archives_are_read_by_a_deployed_run(server, worker, folder, deployed):
    archive = folder / "pages.warc.gz"
    archive.write_bytes(warc_of([story(8)]))
    asked = ask_for_run(server, "backfill/archives", {"files": [str(archive)]})
    assert wait_for_end(server, asked.raise_for_status().json()["id"])["type"] == "COMPLETED"
    assert story(8).url in deployed.run("export", "-").out


def test_the_schedule_starts_a_crawl_by_itself(server, worker, news, deployed):
    own = deployment(server, "ingest/scheduled")
    path = f"/deployments/{own['id']}/schedules/{own['schedules'][0]['id']}"
    often = {"interval": 3.0, "timezone": "UTC"}
    server.patch(path, json={"active": True, "schedule": often}).raise_for_status()
    try:
        run = wait_for(
            lambda: next(
                (
                    run["id"]
                    for run in runs_of(server, "ingest/scheduled")
                    if run["state_type"] == "COMPLETED"
                ),
                None,
            ),
            seconds=_MOST_SECONDS,
        )
    finally:
        server.patch(path, json={"active": False}).raise_for_status()
    assert server.get(f"/flow_runs/{run}").json()["auto_scheduled"] is True
    out = deployed.run("export", "-", "--site", "valley").out
    assert all(news.story(number).url in out for number in range(2))
