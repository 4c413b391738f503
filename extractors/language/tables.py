"""The package's data files: tab-separated, comments after ``#``, read when first needed."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def read_table(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of ``data/<name>``, a tuple of cells each; blank lines and comments left out.

    A ``#`` opens a comment at the start of a line only, so that cells may hold one.
    """
    text = resources.files(__package__).joinpath("data").joinpath(name).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return tuple(tuple(cell.strip(" ") for cell in line.split("\t")) for line in lines)
