"""A Prefect API to run against, seconds after the command.

A user with a Prefect server keeps it. Everybody else gets Prefect's own API server in a thread of
this process, on a loopback port, over the database in ``PREFECT_HOME``: `prefect server start`
shows the runs afterwards. Prefect's own temporary server does the same in a second process that
imports everything again and takes 17 to 24 s; this takes 3 to 5 (measured on two cores).

It leans on names that Prefect 3.8.8 does not promise (``create_app``, the workers' ``drain_all``);
the version is pinned and ``tests/test_prefect_start.py`` holds that every task run is recorded.
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from connectors.errors import LrahosError

START_SECONDS = 120.0  # a slow disk on a first start took 24 s; no reason to be strict
SETTLE_SECONDS = 10.0  # for the server to write what it was sent
QUEUE_POLL_SECONDS = 0.15

_LIGHT = {
    # a log line per task through the API costs more than the task
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    # batched writes: 8 instead of 33 ms of server time a task run
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "200",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "500",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
}
_LOCAL = {
    "PREFECT_SERVER_UI_ENABLED": "false",
    "PREFECT__SERVER_EPHEMERAL": "1",
    "PREFECT__SERVER_FINAL": "1",
}


class ServerDidNotStartError(LrahosError):
    """Prefect's API did not come up in this process."""


class NoServerError(LrahosError):
    """The user's Prefect server does not answer, or there is none where one is needed."""


def template_path() -> Path:
    """Where set-up keeps a migrated, empty Prefect database."""
    return Path(sys.prefix) / "share" / "lrahos" / "prefect.db"


def lighten() -> None:
    """Set what keeps Prefect light, unless the user has set it; before Prefect is imported."""
    for name, value in _LIGHT.items():
        os.environ.setdefault(name, value)


class LocalServer:
    """Prefect's API server in a thread, for the life of one command."""

    def __init__(self) -> None:
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self._socket.listen(128)  # the port is ours before anybody asks: early connects queue
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/api"
        self._started_at = datetime.now(UTC).isoformat()
        self._up = threading.Event()
        self._server: object | None = None
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="prefect-api", daemon=True)

    def start(self) -> None:
        """Begin to start; returns at once."""
        os.environ.update(_LOCAL)
        os.environ["PREFECT_API_URL"] = self.url
        import prefect  # noqa: F401, PLC0415  # here and not in the thread: two imports at once can deadlock

        self._thread.start()

    def wait(self) -> None:
        """Return when the API answers; raise ``ServerDidNotStartError`` if it does not."""
        self._up.wait(START_SECONDS)
        if self._failure is not None or not getattr(self._server, "started", False):
            reason = self._failure or f"no answer within {START_SECONDS:.0f} s"
            raise ServerDidNotStartError(
                f"Prefect's API did not start: {reason}. Start one with `prefect server start` and set "
                "PREFECT_API_URL to its address."
            ) from self._failure

    def stop(self, seconds: float = SETTLE_SECONDS) -> None:
        """Let it write what it was sent, for so long, then end it."""
        if self._server is None:
            return
        self._settle(seconds)
        self._server.should_exit = True  # type: ignore[attr-defined]
        self._thread.join(seconds)

    def _run(self) -> None:
        try:
            import uvicorn  # noqa: PLC0415
            from prefect.server.api.server import create_app  # noqa: PLC0415

            server = uvicorn.Server(uvicorn.Config(create_app(), log_level="error", lifespan="on"))
            self._server = server
            threading.Thread(target=self._watch, args=(server,), daemon=True).start()
            server.run(sockets=[self._socket])
        except BaseException as error:  # noqa: BLE001  # whatever it was, the waiting thread must hear of it
            self._failure = error
        finally:
            self._up.set()

    def _watch(self, server: object) -> None:
        while not getattr(server, "started", False) and self._thread.is_alive():
            time.sleep(0.01)
        self._up.set()

    def _settle(self, seconds: float) -> None:
        """Wait until no task run is left unfinished and the counts stand still."""
        import httpx  # noqa: PLC0415

        end, same, last = time.monotonic() + seconds, 0, None
        with httpx.Client(base_url=self.url, timeout=10) as client:
            while time.monotonic() < end and same < 3:
                counts = [
                    self._count(client, state) for state in ("RUNNING", "PENDING", "COMPLETED", "FAILED")
                ]
                same = same + 1 if counts == last and counts[0] + counts[1] == 0 else 0
                last = counts
                time.sleep(QUEUE_POLL_SECONDS)

    def _count(self, client: object, state: str) -> int:
        body = {
            "task_runs": {"start_time": {"after_": self._started_at}, "state": {"type": {"any_": [state]}}}
        }
        return int(client.post("/task_runs/count", json=body).json())  # type: ignore[attr-defined]


def start_server() -> LocalServer | None:
    """A server that is starting; ``None`` where the user has one already.

    Raises ``NoServerError`` where the user's own does not answer.
    """
    lighten()
    if has_own_server():
        ask_server()
        return None
    _place_template()
    server = LocalServer()
    server.start()
    return server


def record_events(seconds: float) -> None:
    """Send what Prefect's workers hold back, for so long each: task runs are recorded from events."""
    worker, handlers = sys.modules.get("prefect.events.worker"), sys.modules.get("prefect.logging.handlers")
    if worker is not None:
        worker.EventsWorker.drain_all(timeout=seconds)
    if handlers is not None:
        handlers.APILogWorker.drain_all(timeout=seconds)


def has_own_server() -> bool:
    """Whether the user has named a Prefect server, in the environment or in Prefect's profile."""
    return bool(os.environ.get("PREFECT_API_URL")) or _has_profile_server()


def ask_server() -> None:
    """Prove, in seconds, that the user's server answers. Raises ``NoServerError``."""
    from prefect.client.orchestration import get_client  # noqa: PLC0415
    from prefect.settings import PREFECT_API_URL  # noqa: PLC0415

    hint = "start one with `prefect server start` and set PREFECT_API_URL, say to http://127.0.0.1:4200/api"
    url = PREFECT_API_URL.value()
    if not url:
        raise NoServerError(f"no Prefect server is set: {hint}")
    with get_client(sync_client=True) as client:
        error = client.api_healthcheck()
    if error is not None:
        raise NoServerError(f"no Prefect server answers at {url} ({type(error).__name__}): {hint}") from error


def termination_signal() -> type[BaseException]:
    """What Prefect raises in a flow on SIGTERM; ``KeyboardInterrupt`` as long as Prefect is not loaded."""
    module = sys.modules.get("prefect.exceptions")
    found: type[BaseException] = getattr(module, "TerminationSignal", KeyboardInterrupt)
    return found


def _home() -> Path:
    return Path(os.environ.get("PREFECT_HOME", "~/.prefect")).expanduser()


def _has_profile_server() -> bool:
    """Whether the active Prefect profile names a server; read without importing Prefect."""
    import tomllib  # noqa: PLC0415

    try:
        profiles = tomllib.loads((_home() / "profiles.toml").read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        return False
    active = os.environ.get("PREFECT_PROFILE") or profiles.get("active", "")
    return bool(profiles.get("profiles", {}).get(active, {}).get("PREFECT_API_URL"))


def _place_template() -> None:
    """Put the migrated empty database in place on a fresh machine: saves 5 s of migrations."""
    if os.environ.get("PREFECT_SERVER_DATABASE_CONNECTION_URL") or not template_path().is_file():
        return
    home = _home()
    database = home / "prefect.db"
    if database.exists():
        return
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = home / f"prefect.db.{os.getpid()}"
    shutil.copyfile(template_path(), draft)
    draft.chmod(0o600)
    try:
        os.link(draft, database)  # never overwrites one that another process has just made
        os.environ["PREFECT_SERVER_REGISTER_BLOCKS_ON_START"] = "false"  # they are in the template
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def write_template() -> Path:
    """Make the migrated empty database that fresh machines start from."""
    import tempfile  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as home:
        os.environ["PREFECT_HOME"] = home
        os.environ.pop("PREFECT_API_URL", None)
        lighten()
        server = LocalServer()
        server.start()
        server.wait()
        record_events(SETTLE_SECONDS)
        server.stop()
        target = template_path()
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(Path(home) / "prefect.db", target)
    return target


if __name__ == "__main__":
    write_template()
