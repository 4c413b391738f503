"""Articles from the bucket into one file, or onto standard output."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable

from connectors.errors import BadInput
from connectors.export import export_jsonl, export_parquet, export_text, json_line, plain_text, write_lines
from extractors.records import Article
from flows.verdict_view import verdict_markdown

_LINES: dict[str, Callable[[Article], str]] = {
    "jsonl": json_line,
    "text": plain_text,
    "markdown": lambda article: verdict_markdown(article) + "\n\n",
}
_FILES: dict[str, Callable[[Iterable[Article], str], int]] = {
    "jsonl": export_jsonl,
    "text": export_text,
    "parquet": export_parquet,
    "markdown": lambda articles, path: write_lines(map(_LINES["markdown"], articles), path),
}


def write_export(articles: Iterable[Article], name: str, form: str) -> int:
    """Write the articles; how many there were.

    Raises ``BadInput`` for a file that cannot be written, and for Parquet on standard output.
    """
    if name != "-":
        return _FILES[form](articles, name)
    if form not in _LINES:
        raise BadInput(f"{form} needs a FILE: it cannot be written to standard output")
    count = 0
    for article in articles:
        sys.stdout.write(_LINES[form](article))
        count += 1
    return count
