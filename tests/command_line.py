"""The command line as a user runs it: a process of its own, in a folder of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).parents[1]
_MOST_SECONDS = 180  # for one command on a machine that is busy with other things
# Settings of this machine's user that would change what a command does.
_NOT_OURS = ("LRAHOS_", "PREFECT_", "AWS_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@dataclass(frozen=True, kw_only=True)
class Ended:
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed for programs."""
        return json.loads(self.out)

    @property
    def complaints(self) -> list[str]:
        """Lines of standard error that are from us."""
        return [line for line in self.err.splitlines() if line.startswith("lrahos: ")]


@dataclass(frozen=True, kw_only=True)
class CommandLine:
    """Runs `lrahos` in ``folder`` with these settings, and nothing of the user's own."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    program: tuple[str, ...] = ("-m", "flows.cli")

    def run(self, *words: str | Path, stdin: str = "", **settings: str) -> Ended:
        """What the command came to; its whole process group is gone when this returns."""
        with self.started(*words, **settings) as process:
            out, err = process.communicate(stdin, timeout=_MOST_SECONDS)
        return Ended(code=process.returncode, out=out, err=err)

    @contextmanager
    def started(self, *words: str | Path, **settings: str) -> Iterator[subprocess.Popen[str]]:
        """The command at work; ended with all its children at the end of the block."""
        command = [sys.executable, *self.program, *map(str, words)]
        environment = {**plain_environment(), **self.settings, **settings}
        with running(command, environment, self.folder) as process:
            yield process


def _hear_ctrl_c() -> None:
    """Tests that a shell runs in the background are deaf to SIGINT, and their children would be too."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def running(
    command: Sequence[str], environment: dict[str, str], folder: Path, *, quiet: bool = False
) -> Iterator[subprocess.Popen[str]]:
    """A process that leads a group of its own, which ends with the block whatever happens.

    ``quiet`` throws away what it prints: nobody reads a server's pipe until it is full.
    """
    output = subprocess.DEVNULL if quiet else subprocess.PIPE
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=output,
        stderr=output,
        text=True,
        encoding="utf-8",
        start_new_session=True,
        preexec_fn=_hear_ctrl_c,  # noqa: PLW1509  # the tests start no threads that hold locks
    )
    with process:
        try:
            yield process
        finally:
            end_group(process.pid)


def end_group(leader: int) -> None:
    """End whatever of a process group is left."""
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)


def plain_environment() -> dict[str, str]:
    """This process's environment without settings of its user's; wide, so that tables do not wrap."""
    own = {name: value for name, value in os.environ.items() if not name.upper().startswith(_NOT_OURS)}
    return {**own, "PYTHONPATH": str(ROOT), "COLUMNS": "200", "TERM": "dumb", "PYTHONUTF8": "1"}


T = TypeVar("T")


def wait_for(claim: Callable[[], T], *, seconds: float = 60) -> T:
    """What the claim comes to, as soon as that is more than nothing."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = claim()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("it did not happen in time")
