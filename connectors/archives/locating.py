"""The files that a path, a folder, a pattern or an ``s3://`` address means, and what each is."""

from __future__ import annotations

import fnmatch
import glob
import os
import zlib
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from connectors.archives.documents import HTML_ENDINGS, TEXT_ENDINGS
from connectors.bucket import S3Options
from connectors.errors import BadInput
from connectors.sources import open_source, s3_object
from connectors.warc_records import MAGIC

_WILD = "*?["
_HEAD_BYTES = 4096


class Form(StrEnum):
    """What a file is."""

    COMPRESSED_WARC = "compressed WARC or WET"
    WARC = "WARC or WET"
    COMPRESSED_LINES = "compressed JSON lines"
    LINES = "JSON lines"
    DOCUMENT = "HTML or text"


_ENDINGS: tuple[tuple[tuple[str, ...], Form], ...] = (
    ((".warc.gz", ".wet.gz"), Form.COMPRESSED_WARC),
    ((".warc", ".wet"), Form.WARC),
    ((".jsonl.gz", ".ndjson.gz"), Form.COMPRESSED_LINES),
    ((".jsonl", ".ndjson"), Form.LINES),
    ((*HTML_ENDINGS, *TEXT_ENDINGS), Form.DOCUMENT),
)


def find_files(path_or_url: str, options: S3Options) -> list[str]:
    """The files meant, sorted. A folder means every file under it whose ending is known.

    Raises ``BadInput`` if there are none.
    """
    if path_or_url.startswith(("http://", "https://")):
        raise BadInput(f"{path_or_url}: archives are read from files and s3:// only; download it first")
    if path_or_url.startswith("s3://"):
        found = _find_objects(path_or_url, options)
    else:
        found = _find_local(path_or_url.removeprefix("file://"))
    if not found:
        raise BadInput(f"{path_or_url}: no such file, and nothing under it that is an archive")
    return sorted(found)


def is_many(path_or_url: str, paths: Sequence[str]) -> bool:
    """Whether a folder or a pattern was given, and not one of the files that were found."""
    given = path_or_url.removeprefix("file://")
    return list(paths) != [given]


def form_of(path: str, options: S3Options) -> Form:
    """What a file is, by its ending, else by its first bytes. Raises ``BadInput`` if it is no archive."""
    form = _by_ending(path)
    if form is not None:
        return form
    head = open_source(path, options).read_at(0, _HEAD_BYTES)
    is_compressed = head.startswith(b"\x1f\x8b")
    if is_compressed:
        try:
            head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, _HEAD_BYTES)
        except zlib.error as error:
            raise BadInput(f"{path}: broken gzip data") from error
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(MAGIC):
        return Form.COMPRESSED_WARC if is_compressed else Form.WARC
    if start.startswith(b"{"):
        return Form.COMPRESSED_LINES if is_compressed else Form.LINES
    if start.startswith(b"<") and not is_compressed:
        return Form.DOCUMENT
    raise BadInput(f"{path}: neither WARC, WET, HTML, text (.txt) nor JSON lines")


def _by_ending(path: str) -> Form | None:
    name = path.lower()
    return next((form for endings, form in _ENDINGS if name.endswith(endings)), None)


def _find_local(path: str) -> list[str]:
    if os.path.isdir(path):
        return _under([str(found) for found in Path(path).rglob("*") if found.is_file()])
    if os.path.exists(path):
        return [path]
    if any(mark in path for mark in _WILD):
        found = glob.glob(path, recursive=True)
        return [file for name in found for file in (_find_local(name) if os.path.isdir(name) else [name])]
    return []


def _find_objects(url: str, options: S3Options) -> list[str]:
    bucket, key = s3_object(url, options)
    fixed = key[: min((key.find(mark) for mark in _WILD if mark in key), default=len(key))]
    if fixed != key:
        keys = [found for found in bucket.list_keys(fixed) if fnmatch.fnmatchcase(found, key)]
    elif key and bucket.exists(key):
        keys = [key]
    else:
        keys = _under(list(bucket.list_keys(f"{key}/" if key else "")))
    return [f"{bucket.url}/{found}" for found in keys]


def _under(paths: list[str]) -> list[str]:
    """Of a folder's files those whose ending says what they are, hidden ones left out."""
    return [path for path in paths if _by_ending(path) and not os.path.basename(path).startswith(".")]
