"""The terminal: results to standard output, everything else to standard error; JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from rich import box
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from connectors.errors import LrahosError

# Results go where a pipe picks them up; progress and complaints do not.
out = Console(highlight=False, emoji=False)  # ":x:" in a name is no picture
err = Console(stderr=True, highlight=False, emoji=False)

EXIT_ERROR = 1  # stopped by an error that a line explains
EXIT_USAGE = 2  # typer's own: unknown option, missing argument
EXIT_REFUSED = 3  # extract: the page is no article
EXIT_UNFINISHED = 4  # a run went through, but some of it is left to do
EXIT_STOPPED = 130  # by Ctrl-C or SIGTERM, as shells have it


class Stopped(LrahosError):  # noqa: N818  # named by what happened; it is nobody's mistake
    """The user, or the machine, asked the command to end."""


def plain_table(*texts: str, numbers: Sequence[str] = ()) -> Table:
    """A table with a line under its heads alone, close together; numbers are never cut off, texts are folded.

    Rich cuts off what cannot be folded as soon as a terminal is too narrow for it: name few numbers.
    """
    table = Table(box=box.SIMPLE_HEAD, collapse_padding=True, pad_edge=False)
    for text in texts:
        table.add_column(text, overflow="fold")
    for number in numbers:
        table.add_column(number, justify="right", no_wrap=True)
    return table


def titled(title: str, table: Table) -> Group:
    """A table under its title, which may be as wide as the terminal: rich folds it at the table's width."""
    return Group(Text(title, style="bold"), table)


def counted(number: int, one: str, many: str = "") -> str:
    """A number and what it counts: "1 page", "1,203 pages"; ``many`` where it is not ``one`` and an "s"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def print_json(value: object) -> None:
    """One JSON value on standard output, never wrapped or coloured."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def complain(message: str) -> None:
    """One clear line on standard error."""
    err.print(f"[bold red]lrahos:[/] {_escaped(' '.join(message.split()))}", soft_wrap=True)


def warn(message: str) -> None:
    """A line on standard error that stops nothing."""
    err.print(f"[yellow]lrahos:[/] {_escaped(message)}", soft_wrap=True)


def _escaped(text: str) -> str:
    return text.replace("[", r"\[")
