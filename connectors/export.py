"""Articles into one file: JSON lines, plain text or Parquet. A file is there whole or not at all."""

from __future__ import annotations

import gzip
import json
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import IO

import pyarrow.parquet as pq

from connectors.errors import BadInput
from connectors.shards import rows_to_table, schema_of
from extractors.records import Article

_GZIP_LEVEL = 6
_ROW_GROUP = 1000  # articles: some megabytes, so that readers can skip and writers need little memory
# What most readers look for comes first.
_FIRST = ("url", "text", "title", "authors", "published", "language")


def export_jsonl(articles: Iterable[Article], path: str, *, is_utc: bool = False) -> int:
    """One JSON object an article, all its fields; gzipped if the name ends in ``.gz``. How many there were.

    Raises ``BadInput`` if the file cannot be written; nothing of it is left then.
    """
    return write_lines((json_line(article, is_utc=is_utc) for article in articles), path)


def export_text(articles: Iterable[Article], path: str) -> int:
    """Title, empty line, text, two empty lines; gzipped if the name ends in ``.gz``. How many there were."""
    return write_lines((plain_text(article) for article in articles), path)


def export_parquet(articles: Iterable[Article], path: str) -> int:
    """One Parquet file in the schema of the shards. How many there were."""
    rest, count = iter(articles), 0
    with (
        _whole_file(path) as file,
        pq.ParquetWriter(file, schema_of(Article), compression="zstd") as writer,
    ):
        while group := list(islice(rest, _ROW_GROUP)):
            writer.write_table(rows_to_table(Article, group))
            count += len(group)
    return count


def json_line(article: Article, *, is_utc: bool = False) -> str:
    """An article as one line of JSON, its end included; dates in the publisher's own time, or in UTC as stored."""
    values = asdict(article)
    if not is_utc:
        values["published"] = local_time(article.published, article.published_zone)
        values["modified"] = local_time(article.modified, article.modified_zone)
    ordered = {**{name: values[name] for name in _FIRST}, **values}
    line = json.dumps(ordered, ensure_ascii=False)
    return line.encode("utf-8", "replace").decode() + "\n"


def local_time(stored: str, zone: str) -> str:
    """A stored date by the publisher's clock, "2026-11-24T12:05:00+04:00": its day is the one that readers saw.

    As stored where the zone is UTC ("Z") or not known (""): a bare day is nobody's midnight.
    """
    if zone in ("", "Z"):
        return stored
    clock = datetime.fromisoformat(stored)
    return clock.astimezone(datetime.strptime(zone, "%z").tzinfo).isoformat(timespec="seconds")


def plain_text(article: Article) -> str:
    """An article as title and text, and the empty lines that part it from the next."""
    text = f"{article.title}\n\n{article.text}\n\n\n" if article.title else f"{article.text}\n\n\n"
    return text.encode("utf-8", "replace").decode()


def write_lines(lines: Iterable[str], path: str) -> int:
    """Lines, each with its end, into a file; gzipped if the name ends in ``.gz``. How many there were.

    Raises ``BadInput`` if the file cannot be written; nothing of it is left then.
    """
    count = 0
    with _whole_file(path) as file, _zipped(file) if path.endswith(".gz") else nullcontext(file) as target:
        for line in lines:
            target.write(line.encode())
            count += 1
    return count


def _zipped(file: IO[bytes]) -> gzip.GzipFile:
    """No name and no time in it: the same articles give the same bytes."""
    return gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=_GZIP_LEVEL, mtime=0)


@contextmanager
def _whole_file(path: str) -> Iterator[IO[bytes]]:
    """A file beside the one wanted, renamed to it at the end; gone if anything goes wrong.

    What is there and no file, such as /dev/null or a pipe, is written to: renaming would replace it.
    """
    if Path(path).exists() and not Path(path).is_file():
        try:
            with Path(path).open("wb") as device:
                yield device
        except OSError as error:
            raise BadInput(f"cannot write {path}: {error.strerror or error}") from error
        return
    temporary = Path(f"{path}.{secrets.token_hex(4)}.tmp")
    try:
        try:
            file = temporary.open("xb")
        except OSError as error:
            raise BadInput(f"cannot write {path}: {error.strerror or error}") from error
        try:
            with file:
                yield file
            temporary.replace(path)
        except OSError as error:
            raise BadInput(f"cannot write {path}: {error.strerror or error}") from error
    finally:
        temporary.unlink(missing_ok=True)
