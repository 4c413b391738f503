"""Flows on a Prefect server: the deployments of ``prefect.yaml``, and the work pool that runs them."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml

from connectors.errors import LrahosError
from flows.console import err
from flows.prefect_start import ask_server

PROJECT = Path(__file__).parent.parent  # where prefect.yaml lies, beside the packages


def make_deployments(pool: str) -> None:
    """Make the work pool and the deployments; doing it again updates them.

    Raises:
        NoServerError: no server is set, or it does not answer.
        LrahosError: Prefect refuses, with its own words.
    """
    if not (PROJECT / "prefect.yaml").is_file():
        raise LrahosError(f"no prefect.yaml in {PROJECT}: deploy from a clone or from the image")
    ask_server()
    _prefect("work-pool", "create", pool, "--type", "process", "--overwrite")
    with _deployments_in(pool) as file:
        _prefect("deploy", "--all", "--prefect-file", str(file))
    err.print(
        "Deployed: [bold]ingest/scheduled[/] (hourly), [bold]ingest/manual[/], [bold]backfill/archives[/]"
    )
    err.print(f"  run them:  prefect worker start --pool {pool}")
    err.print("""  by hand:   prefect deployment run ingest/manual --param 'urls=["https://example.org/"]'""")


@contextmanager
def _deployments_in(pool: str) -> Iterator[Path]:
    """``prefect.yaml`` with this pool in every deployment: with ``--all``, Prefect ignores its ``--pool``."""
    found = yaml.safe_load((PROJECT / "prefect.yaml").read_text(encoding="utf-8"))
    for deployment in found["deployments"]:
        deployment["work_pool"] = {**deployment.get("work_pool", {}), "name": pool}
    with tempfile.TemporaryDirectory(prefix="lrahos-") as folder:
        file = Path(folder) / "prefect.yaml"
        file.write_text(yaml.safe_dump(found), encoding="utf-8")
        yield file


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
