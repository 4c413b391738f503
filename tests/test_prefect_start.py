"""Prefect's server in our own process, and the user's own where there is one."""

from __future__ import annotations

import http.server
import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from busy_tasks import TASKS
from command_line import plain_environment
from servers import free_port

from flows import prefect_start

BUSY = Path(__file__).with_name("busy_tasks.py")


def run_busy(home: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**plain_environment(), "PREFECT_HOME": str(home), **settings}
    return subprocess.run(
        [sys.executable, str(BUSY)],
        cwd=home,
        env=environment,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


@pytest.fixture
def api() -> Iterator[tuple[str, list[str]]]:
    """What looks like a Prefect server, and the paths that it was asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(b"true")

        def log_message(self, *_: object) -> None:
            return

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/api", asked
        server.shutdown()
        thread.join()


def test_every_task_of_a_busy_flow_is_recorded(tmp_path):
    done = run_busy(tmp_path)
    assert done.returncode == 0, done.stderr
    assert "http://127.0.0.1:" in done.stdout
    with sqlite3.connect(tmp_path / "prefect.db") as database:
        tasks = database.execute("SELECT count(*) FROM task_run WHERE state_type = 'COMPLETED'").fetchone()
        flows = database.execute("SELECT count(*) FROM flow_run WHERE state_type = 'COMPLETED'").fetchone()
    database.close()
    assert tasks == (TASKS,)
    assert flows == (1,)


def test_a_server_that_the_environment_names_is_used(tmp_path, api):
    url, asked = api
    done = run_busy(tmp_path, PREFECT_API_URL=url)
    assert (done.returncode, done.stdout.strip()) == (0, "own"), done.stderr
    assert asked == ["/api/health"]
    assert not (tmp_path / "prefect.db").exists()


def test_a_server_that_the_profile_names_is_used(tmp_path, api):
    url, asked = api
    profile = f'active = "mine"\n[profiles.mine]\nPREFECT_API_URL = "{url}"\n'
    (tmp_path / "profiles.toml").write_text(profile, encoding="utf-8")
    done = run_busy(tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, "own"), done.stderr
    assert asked == ["/api/health"]


def test_a_server_that_does_not_answer_is_told_of(tmp_path):
    done = run_busy(tmp_path, PREFECT_API_URL=f"http://127.0.0.1:{free_port()}/api")
    assert done.returncode != 0
    assert "NoServerError: no Prefect server answers at" in done.stderr


@pytest.mark.parametrize(
    ("profile", "named", "is_own"),
    [
        ('active = "a"\n[profiles.a]\nPREFECT_API_URL = "http://x/api"\n', "", True),
        ('active = "a"\n[profiles.a]\n[profiles.b]\nPREFECT_API_URL = "http://x/api"\n', "", False),
        ('active = "a"\n[profiles.a]\n[profiles.b]\nPREFECT_API_URL = "http://x/api"\n', "b", True),
        ('active = "ephemeral"\n[profiles.ephemeral]\n', "", False),
        ("no toml", "", False),
    ],
)
def test_the_active_profile_says_whether_the_user_has_a_server(tmp_path, monkeypatch, profile, named, is_own):
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setenv("PREFECT_PROFILE", named)
    (tmp_path / "profiles.toml").write_text(profile, encoding="utf-8")
    assert prefect_start.has_own_server() is is_own


@pytest.fixture
def template(tmp_path, monkeypatch) -> Path:
    """A template, and a Prefect folder that is not there yet."""
    path = tmp_path / "template.db"
    path.write_bytes(b"a database")
    monkeypatch.setattr(prefect_start, "template_path", lambda: path)
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PREFECT_SERVER_REGISTER_BLOCKS_ON_START", "true")
    monkeypatch.delenv("PREFECT_SERVER_DATABASE_CONNECTION_URL", raising=False)
    return path


def test_a_fresh_machine_starts_from_the_template_for_its_user_alone(template, tmp_path):
    prefect_start._place_template()
    database = tmp_path / "home" / "prefect.db"
    assert database.read_bytes() == b"a database"
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    assert [path.name for path in database.parent.iterdir()] == ["prefect.db"]


def test_a_database_that_is_there_is_never_overwritten(template, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "prefect.db").write_bytes(b"the user's own")
    prefect_start._place_template()
    assert (tmp_path / "home" / "prefect.db").read_bytes() == b"the user's own"


def test_a_user_with_another_database_gets_no_template(template, tmp_path, monkeypatch):
    monkeypatch.setenv("PREFECT_SERVER_DATABASE_CONNECTION_URL", "sqlite+aiosqlite:///elsewhere.db")
    prefect_start._place_template()
    assert not (tmp_path / "home").exists()


def test_what_the_user_has_set_stays(monkeypatch):
    monkeypatch.setenv("PREFECT_LOGGING_LEVEL", "DEBUG")
    monkeypatch.setattr(prefect_start, "_LIGHT", {"PREFECT_LOGGING_LEVEL": "CRITICAL"})
    prefect_start.lighten()
    assert os.environ["PREFECT_LOGGING_LEVEL"] == "DEBUG"
