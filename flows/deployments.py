"""Flows on a Prefect server: the deployments of ``prefect.yaml``, and the work pool that runs them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from connectors.errors import LrahosError
from flows.console import err

PROJECT = Path(__file__).parent.parent  # where prefect.yaml lies, beside the packages


class NoServerError(LrahosError):
    """There is no Prefect server to make deployments on."""


def make_deployments(pool: str) -> None:
    """Make the work pool and the deployments; doing it again updates them.

    Raises:
        NoServerError: no server is set, or it does not answer.
        LrahosError: Prefect refuses, with its own words.
    """
    if not (PROJECT / "prefect.yaml").is_file():
        raise LrahosError(f"no prefect.yaml in {PROJECT}: deploy from a clone or from the image")
    _ask_server()
    _prefect("work-pool", "create", pool, "--type", "process", "--overwrite")
    _prefect("deploy", "--all", "--pool", pool)
    err.print(
        "Deployed: [bold]ingest/scheduled[/] (hourly), [bold]ingest/manual[/], [bold]backfill/archives[/]"
    )
    err.print(f"  run them:  prefect worker start --pool {pool}")
    err.print("""  by hand:   prefect deployment run ingest/manual --param 'urls=["https://example.org/"]'""")


def _ask_server() -> None:
    """Prove that a server answers, in seconds."""
    import httpx  # noqa: PLC0415
    from prefect.settings import PREFECT_API_URL  # noqa: PLC0415

    url = PREFECT_API_URL.value()
    hint = "start one with `prefect server start` and set PREFECT_API_URL, say to http://127.0.0.1:4200/api"
    if not url:
        raise NoServerError(f"no Prefect server is set: {hint}")
    try:
        httpx.get(f"{url}/health", timeout=10).raise_for_status()
    except httpx.HTTPError as error:
        raise NoServerError(f"no Prefect server answers at {url} ({type(error).__name__}): {hint}") from error


def _prefect(*words: str) -> None:
    done = subprocess.run(  # noqa: S603  # our own words, no shell
        [sys.executable, "-m", "prefect", "--no-prompt", *words],
        cwd=PROJECT,
        env={**os.environ, "PREFECT_CLI_WRAP_LINES": "false"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).split())[-400:]
        raise LrahosError(f"prefect {' '.join(words)} failed: {said}")
