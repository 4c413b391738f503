"""Files that are read in parts, on this machine or in S3."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from connectors.bucket import Bucket, S3Options, open_bucket, s3_place
from connectors.errors import BadInput, MissingKey

# One request to S3 costs tens of milliseconds, one to a disk nothing: a split of 100 pages
# (3.5 MB) is one request, a local read need not be so far ahead.
_REMOTE_STEP = 4 * 1024 * 1024
_LOCAL_STEP = 512 * 1024
_MEMORY_STEP = 64 * 1024


class Source(Protocol):
    """A file that can be read at any place."""

    @property
    def name(self) -> str:
        """The path or address it was opened by."""

    @property
    def size(self) -> int:
        """Bytes."""

    @property
    def step(self) -> int:
        """Bytes worth reading at once."""

    def read_at(self, start: int, length: int) -> bytes:
        """Up to ``length`` bytes; fewer at the end of the file only."""


class LocalSource:
    """A file on this machine, open as long as this value lives."""

    def __init__(self, path: str) -> None:
        self.name = path
        self.step = _LOCAL_STEP
        try:
            self._file = Path(path).open("rb")  # noqa: SIM115 - closed with this value
            self.size = os.fstat(self._file.fileno()).st_size
        except OSError as error:
            raise BadInput(f"{path}: {error.strerror or error}") from error

    def read_at(self, start: int, length: int) -> bytes:
        """Up to ``length`` bytes; fewer at the end of the file only."""
        try:
            return os.pread(self._file.fileno(), length, start) if length > 0 else b""
        except OSError as error:
            raise BadInput(f"{self.name}: {error.strerror or error}") from error

    def __del__(self) -> None:
        file = getattr(self, "_file", None)
        if file is not None:
            file.close()


class S3Source:
    """An object of an S3 store, read by ranges."""

    def __init__(self, url: str, options: S3Options) -> None:
        self.name = url
        self.step = _REMOTE_STEP
        bucket, self._key = s3_object(url, options)
        self._bucket = bucket
        try:
            self.size = bucket.size(self._key)
        except MissingKey as error:
            raise BadInput(f"{url}: no such object") from error

    def read_at(self, start: int, length: int) -> bytes:
        """Up to ``length`` bytes; fewer at the end of the object only."""
        return self._bucket.get_range(self._key, start, length)


class BytesSource:
    """A file in memory."""

    def __init__(self, data: bytes, name: str = "memory") -> None:
        self.name = name
        self.size = len(data)
        self.step = _MEMORY_STEP
        self._data = data

    def read_at(self, start: int, length: int) -> bytes:
        """Up to ``length`` bytes; fewer at the end only."""
        return self._data[start : start + length]


class Window:
    """Bytes of a source around one place, read ahead a step at a time: for reading mostly forwards."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._start = 0
        self._bytes = b""

    def read(self, start: int, length: int) -> bytes:
        """Up to ``length`` bytes from ``start``; fewer at the end of the source only."""
        wanted_end = min(start + length, self.source.size)
        if start < self._start or wanted_end > self._start + len(self._bytes):
            self._bytes = self.source.read_at(start, max(length, self.source.step))
            self._start = start
        return self._bytes[start - self._start : start - self._start + length]

    def find(self, pattern: bytes, start: int, end: int) -> int:
        """Where ``pattern`` next begins in ``start`` to ``end``; -1 if nowhere."""
        step = self.source.step
        while start < end:
            found = self.read(start, step).find(pattern)
            if found >= 0:
                return start + found if start + found < end else -1
            start += step - len(pattern) + 1
        return -1

    def pieces(self, start: int, length: int) -> Iterator[bytes]:
        """The source from ``start`` on, in pieces of ``length``."""
        while piece := self.read(start, length):
            yield piece
            start += len(piece)


def open_source(path: str, options: S3Options) -> Source:
    """The file at a local path or an ``s3://`` address. Raises ``BadInput`` if there is none."""
    return S3Source(path, options) if path.startswith("s3://") else LocalSource(path)


def s3_object(url: str, options: S3Options) -> tuple[Bucket, str]:
    """The bucket and the key that an ``s3://`` address names."""
    place = s3_place(url)
    return open_bucket(f"s3://{place.bucket}", options), place.path
