"""Which process this is, so that another one can know that it is dead without waiting for a time-out."""

from __future__ import annotations

import os
from pathlib import Path

_PROC = Path("/proc")


def this_process() -> str:
    """Name this process for good: boot, process namespace, number, start; "" without /proc."""
    started = _start_of(os.getpid())
    return f"{_system()} {os.getpid()} {started}" if started else ""


def is_gone(process: str) -> bool:
    """Whether what ``this_process`` named is dead for certain; False where that cannot be known.

    It can be known on the same machine alone, and in the same container.
    """
    system, _, rest = process.rpartition(" ")[0].rpartition(" ")
    started = process.rpartition(" ")[2]
    if not rest.isdigit() or system != _system():
        return False
    return _start_of(int(rest)) != started


def _system() -> str:
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot} {os.readlink(_PROC / 'self/ns/pid')}"
    except OSError:
        return ""


def _start_of(number: int) -> str:
    """When a living process started, in ticks since boot; "" for a dead one."""
    try:
        line = (_PROC / str(number) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    state, *fields = line.rpartition(")")[2].split()  # its name, in parentheses, may hold anything
    return "" if state in "ZX" else fields[18]  # proc(5): field 22
