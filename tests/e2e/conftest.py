"""Servers that live as long as the test run, and the command line that uses them."""

from __future__ import annotations

import shutil
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from command_line import CommandLine, plain_environment, running
from servers import S3Server, free_port, moto_server, rclone_server

from flows.prefect_start import template_path

_START_SECONDS = 120  # a busy machine


@pytest.fixture(scope="session")
def prefect_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Prefect's folder, with the database that set-up has made, if it has."""
    home = tmp_path_factory.mktemp("prefect")
    if template_path().is_file():
        shutil.copyfile(template_path(), home / "prefect.db")
    return home


@pytest.fixture(scope="session")
def prefect_server(prefect_home: Path) -> Iterator[str]:
    """The address of a Prefect server of our own; its schedules are looked at every second."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/api"
    environment = {
        **plain_environment(),
        "PREFECT_HOME": str(prefect_home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_UI_ENABLED": "false",
        "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "1",
        "PREFECT_SERVER_SERVICES_SCHEDULER_RECENT_DEPLOYMENTS_LOOP_SECONDS": "1",
        "PREFECT_LOGGING_SERVER_LEVEL": "CRITICAL",
    }
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with running(command, environment, prefect_home, quiet=True) as process:
        end = time.monotonic() + _START_SECONDS
        while not _answers(f"{url}/health"):
            assert process.poll() is None, "prefect server ended at once"
            assert time.monotonic() < end, "prefect server does not answer"
            time.sleep(0.2)
        yield url


@pytest.fixture(scope="session")
def lrahos_in(prefect_server: str, prefect_home: Path) -> Callable[[Path], CommandLine]:
    """Makes a command line that works in a folder, with a bucket there and a running Prefect server."""

    def make(folder: Path) -> CommandLine:
        return CommandLine(
            folder=folder,
            settings={
                "PREFECT_HOME": str(prefect_home),
                "PREFECT_API_URL": prefect_server,
                "LRAHOS_BUCKET": f"file:{folder / 'bucket'}",
                "LRAHOS_ALLOW_PRIVATE_HOSTS": "true",
                "LRAHOS_DELAY_SECONDS": "0",
                "LRAHOS_JOBS": "1",
            },
        )

    return make


@pytest.fixture
def lrahos(tmp_path: Path, lrahos_in: Callable[[Path], CommandLine]) -> CommandLine:
    """The command line in the test's own folder."""
    return lrahos_in(tmp_path)


@pytest.fixture(scope="session")
def moto() -> Iterator[S3Server]:
    """An S3 server that knows conditional writes."""
    with moto_server() as server:
        yield server


@pytest.fixture(scope="session")
def rclone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    """An S3 server that ignores conditional writes."""
    with rclone_server(tmp_path_factory.mktemp("rclone")) as server:
        yield server


@pytest.fixture
def closed_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2).status_code == 200
    except httpx.HTTPError:
        return False
