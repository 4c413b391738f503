"""Flows on a Prefect server: the deployments of ``prefect.yaml``, and the work pool that runs them."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from config.settings import Settings
from config.site import Site, load_sites
from connectors.errors import LrahosError
from flows.console import err
from flows.prefect_start import ask_server

SCHEDULED = "scheduled"  # the deployment of prefect.yaml that crawls by the clock
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
    found = yaml.safe_load((PROJECT / "prefect.yaml").read_text(encoding="utf-8"))
    found = with_site_schedules(found, load_sites(Settings().sites_path))
    for deployment in found["deployments"]:  # with --all, Prefect ignores its --pool
        deployment["work_pool"] = {**deployment.get("work_pool", {}), "name": pool}
    with tempfile.TemporaryDirectory(prefix="lrahos-") as folder:
        file = Path(folder) / "prefect.yaml"
        file.write_text(yaml.safe_dump(found), encoding="utf-8")
        _prefect("deploy", "--all", "--prefect-file", str(file))
    for deployment in found["deployments"]:
        crons = ", ".join(schedule["cron"] for schedule in deployment.get("schedules", ())) or "by hand"
        flow = str(deployment["entrypoint"]).rpartition(":")[2]
        err.print(f"  {flow}/{deployment['name']:<12} {crons}")
    err.print(f"  run them:  prefect worker start --pool {pool}")
    err.print("""  by hand:   prefect deployment run ingest/manual --param 'urls=["https://example.org/"]'""")


def with_site_schedules(project: dict[str, Any], sites: Mapping[str, Site]) -> dict[str, Any]:
    """``prefect.yaml`` as it is read, with a deployment for each schedule that site files name.

    The sites that name one leave the deployment ``scheduled``; where all do, it is run by hand alone.
    """
    by_cron: dict[str, list[str]] = {}
    for name, site in sorted(sites.items()):
        by_cron.setdefault(site.schedule, []).append(name)
    others = by_cron.pop("", [])
    if not by_cron:
        return project
    deployments = []
    for deployment in project["deployments"]:
        if deployment["name"] != SCHEDULED:
            deployments.append(deployment)
            continue
        rest = {**deployment, "parameters": {"sites": others}}
        deployments.append(rest if others else {**rest, "schedules": []})
        for number, (cron, names) in enumerate(sorted(by_cron.items()), 1):
            own = {"name": f"{SCHEDULED}-{number}", "parameters": {"sites": names}}
            deployments.append({**deployment, **own, "schedules": [{"cron": cron, "timezone": "UTC"}]})
    return {**project, "deployments": deployments}


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
