"""Articles from the bucket into one file, or onto standard output."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from functools import partial

from connectors.errors import BadInput
from connectors.export import export_jsonl, export_parquet, export_text, json_line, plain_text, write_lines
from extractors.records import Article
from flows.verdict_view import verdict_markdown

_Line = Callable[[Article], str]
_WriteFile = Callable[[Iterable[Article], str], int]
_LINES: dict[str, _Line] = {
    "text": plain_text,
    "markdown": lambda article: verdict_markdown(article) + "\n\n",
}
_FILES: dict[str, _WriteFile] = {
    "text": export_text,
    "parquet": export_parquet,
    "markdown": lambda articles, path: write_lines(map(_LINES["markdown"], articles), path),
}


def write_export(articles: Iterable[Article], name: str, form: str, *, is_utc: bool = False) -> int:
    """Write the articles; how many there were. ``is_utc``: JSON lines have dates as stored, not in local time.

    Raises ``BadInput`` for a file that cannot be written, and for Parquet on standard output or as ``.gz``.
    """
    if form == "parquet" and name.endswith(".gz"):  # readers go by names, and no gzip would be in it
        raise BadInput("parquet is compressed as it is: name the FILE without .gz")
    if name != "-":
        files: dict[str, _WriteFile] = {**_FILES, "jsonl": partial(export_jsonl, is_utc=is_utc)}
        return files[form](articles, name)
    lines: dict[str, _Line] = {**_LINES, "jsonl": partial(json_line, is_utc=is_utc)}
    if form not in lines:
        raise BadInput(f"{form} needs a FILE: it cannot be written to standard output")
    count = 0
    for article in articles:
        sys.stdout.write(lines[form](article))
        count += 1
    return count
