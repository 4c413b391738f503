"""A bucket in a directory: no server, the same promises."""

# ruff: noqa: D102 - the methods are documented in Bucket

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from connectors.bucket import checked_key, open_bucket
from connectors.errors import BucketRefused, MissingKey

_LOCK = ".lock"  # in the bucket's own directory; names with a dot are no keys
_CHECK = "check-"


class DirectoryBucket:
    """Objects are files. A write is a temporary file, synced, then renamed under a lock.

    The lock is held for the rename alone, so that a conditional write and any other write see each
    other; it is released by the system if its process dies.
    """

    has_conditional_writes = True

    def __init__(self, path: str) -> None:
        self._root = Path(path)

    @property
    def url(self) -> str:
        return f"file:{self._root}"

    def __reduce__(self) -> tuple[Callable[..., object], tuple[str]]:
        return open_bucket, (self.url,)

    def get(self, key: str) -> bytes:
        with _explained(key):
            return self._path(key).read_bytes()

    def get_range(self, key: str, start: int, length: int) -> bytes:
        with _explained(key), self._path(key).open("rb") as file:
            file.seek(start)
            return file.read(length)

    def get_with_etag(self, key: str) -> tuple[bytes, str]:
        data = self.get(key)
        return data, _etag(data)

    def size(self, key: str) -> int:
        with _explained(key):
            path = self._path(key)
            if path.is_dir():
                raise IsADirectoryError
            return path.stat().st_size

    def put(self, key: str, data: bytes) -> None:
        self._write(key, data, lambda path: True)

    def put_if_absent(self, key: str, data: bytes) -> bool:
        return self._write(key, data, lambda path: not path.exists())

    def put_if_match(self, key: str, data: bytes, etag: str) -> bool:
        return self._write(key, data, lambda path: path.is_file() and _etag(path.read_bytes()) == etag)

    def list_keys(self, prefix: str) -> Iterator[str]:
        folder = prefix.rpartition("/")[0]
        if folder:
            checked_key(folder)
        for key in self._walk(self._root / folder if folder else self._root, folder):
            if key.startswith(prefix):
                yield key

    def list_folders(self, prefix: str) -> Iterator[str]:
        folder = checked_key(prefix.rstrip("/")) if prefix.strip("/") else ""
        for name, is_folder in _entries(self._root / folder):
            if is_folder and next(self._walk(self._root / folder / name, name), None):
                yield name

    def exists(self, key: str) -> bool:
        with _explained(key):
            return self._path(key).is_file()

    def delete(self, key: str) -> None:
        with _explained(key), suppress(FileNotFoundError, NotADirectoryError):
            self._path(key).unlink()

    def check(self) -> None:
        key, data = _CHECK + secrets.token_hex(8), secrets.token_bytes(32)
        self.put(key, data)
        try:
            if self.get(key) != data:
                raise BucketRefused(f"directory {self._root} gives back other bytes than were written")
        finally:
            self.delete(key)

    def _path(self, key: str) -> Path:
        return self._root / checked_key(key)

    def _walk(self, folder: Path, key: str) -> Iterator[str]:
        for name, is_folder in _entries(folder):
            inner = f"{key}/{name}" if key else name
            if is_folder:
                yield from self._walk(folder / name, inner)
            else:
                yield inner

    def _write(self, key: str, data: bytes, is_wanted: Callable[[Path], bool]) -> bool:
        path = self._path(key)
        # Beside the target, because a rename works inside one file system only.
        temporary = path.parent / f".{secrets.token_hex(8)}.tmp"
        with _explained(key, missing=()):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with temporary.open("xb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                with self._locked():
                    if not is_wanted(path):
                        return False
                    temporary.replace(path)
                _sync_folder(path.parent)
            finally:
                temporary.unlink(missing_ok=True)
        return True

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self._root / _LOCK).open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # closing the file unlocks it
            yield


def _entries(folder: Path) -> list[tuple[str, bool]]:
    """Names in a folder and whether they are folders, in the order of the keys they begin."""
    try:
        with os.scandir(folder) as entries:
            found = [(entry.name, entry.is_dir()) for entry in entries if not entry.name.startswith(".")]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise BucketRefused(f"directory {folder} cannot be read: {error.strerror}") from error
    return sorted(found, key=lambda entry: entry[0] + "/" if entry[1] else entry[0])


def _etag(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _sync_folder(folder: Path) -> None:
    """Make a rename last: a marker must not survive a power cut that its shards did not."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


_MISSING = (FileNotFoundError, NotADirectoryError, IsADirectoryError)


@contextmanager
def _explained(key: str, missing: tuple[type[OSError], ...] = _MISSING) -> Iterator[None]:
    """Turn the system's errors into ours, one clear line each."""
    try:
        yield
    except missing as error:
        raise MissingKey(f"no object {key}") from error
    except OSError as error:
        place = error.filename2 or error.filename or key
        raise BucketRefused(f"directory bucket: {place}: {error.strerror or error}") from error
