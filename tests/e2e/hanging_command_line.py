"""The command line on a bad day: Prefect's workers for events never come back.

With HANGS=end they keep the interpreter from ending, with HANGS=record the command that waits for them. With
HANGS=start an import takes long, and makes something else of what interrupts it, as Pydantic does.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path

from flows import prefect_start
from flows.cli import main


def _hang(*_: object) -> None:
    Path("hangs").touch()
    threading.Event().wait()


def _import_slowly() -> None:
    try:
        _hang()
    except BaseException as error:
        raise ValueError("not now") from error


if __name__ == "__main__":
    if os.environ["HANGS"] == "end":
        threading._register_atexit(_hang)  # as Prefect's workers do
    elif os.environ["HANGS"] == "start":
        prefect_start.start_server = _import_slowly
    else:
        prefect_start.record_events = _hang
    main()
