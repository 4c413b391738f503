"""The bucket: one interface, two homes, a directory and S3-compatible storage.

The bucket is the only state that lrahos has. Everything is written through ``put``,
``put_if_absent`` and ``put_if_match``; an object is there whole or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from connectors.errors import BadInput

# S3's limit for a whole key; file systems take 255 bytes a name.
MAX_KEY_BYTES = 1024
MAX_NAME_BYTES = 255
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\]")
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html, and the capitals
# and underscores that other stores still allow
_BUCKET_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,62}")


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Options:
    """What boto3 has to know of a store; credentials stay in boto3's own chain."""

    endpoint: str = ""  # https://host:port; "" is AWS
    region: str = ""  # "" leaves it to boto3's chain
    addressing: Literal["auto", "path", "virtual"] = "auto"
    checksums: Literal["when_required", "when_supported"] = "when_required"  # many stores refuse more
    connect_seconds: float = 5.0  # to open a connection
    read_seconds: float = 60.0  # between two pieces of an answer
    attempts: int = 5  # of one call, the first included


AWS = S3Options()


class Bucket(Protocol):
    """Where all of it lives. Safe to use from several threads; pickles as its address.

    Every method raises ``BucketRefused`` when the store refuses or cannot be reached, and
    ``BadInput`` for a key that is no relative path of plain names.
    """

    @property
    def url(self) -> str:
        """The address that ``open_bucket`` takes."""

    @property
    def has_conditional_writes(self) -> bool:
        """Whether ``put_if_absent`` and ``put_if_match`` have one winner however many try at once.

        Without it they look first and write then: right for one writer, a race between two.
        """

    def get(self, key: str) -> bytes:
        """The whole object. Raises ``MissingKey``."""

    def get_range(self, key: str, start: int, length: int) -> bytes:
        """Up to ``length`` bytes from ``start``; fewer at the end, none after it. Raises ``MissingKey``."""

    def get_with_etag(self, key: str) -> tuple[bytes, str]:
        """The whole object and the mark of this version of it. Raises ``MissingKey``."""

    def size(self, key: str) -> int:
        """The object's length in bytes. Raises ``MissingKey``."""

    def put(self, key: str, data: bytes) -> None:
        """Write the object, whatever was there."""

    def put_if_absent(self, key: str, data: bytes) -> bool:
        """Write the object if there is none; False if there is one."""

    def put_if_match(self, key: str, data: bytes, etag: str) -> bool:
        """Write the object if it is still the version that ``etag`` marks; False if not, or if gone."""

    def list_keys(self, prefix: str) -> Iterator[str]:
        """Every key that starts with ``prefix``, in the order of its UTF-8 bytes, as a stream."""

    def list_folders(self, prefix: str) -> Iterator[str]:
        """The names right under the folder ``prefix`` ("runs/") that have keys below them, sorted."""

    def exists(self, key: str) -> bool:
        """Whether there is such an object."""

    def delete(self, key: str) -> None:
        """Remove the object; nothing happens if there is none."""

    def check(self) -> None:
        """Write, read back and delete a small object, else ``BucketRefused`` with what to change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BucketSpec:
    """A bucket's address, for processes that open it themselves."""

    url: str
    options: S3Options = AWS

    def open(self) -> Bucket:
        """The bucket at this address."""
        return open_bucket(self.url, self.options)


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Place:
    """A bucket of a store, and a path in it."""

    bucket: str
    path: str  # no slash at either end, "" is the whole bucket


def open_bucket(url: str, options: S3Options = AWS) -> Bucket:
    """The bucket at ``file:DIR`` or ``s3://bucket/prefix``; nothing is read or written yet.

    Raises:
        BadInput: for any other address.
        BucketRefused: for options that boto3 refuses.
    """
    # Imported here: boto3 takes .2 s to import, and a directory does not need it.
    if url.startswith("s3://"):
        from connectors.bucket_s3 import S3Bucket  # noqa: PLC0415

        return S3Bucket(s3_place(url), options)
    if url.startswith("file:"):
        from connectors.bucket_directory import DirectoryBucket  # noqa: PLC0415

        return DirectoryBucket(directory_of(url))
    raise BadInput(f"bucket {url!r} is neither file:DIR nor s3://BUCKET/PREFIX")


def create_bucket(url: str, options: S3Options = AWS) -> None:
    """Make the store's bucket unless it is there; a directory needs no making.

    Raises:
        BadInput: for an address that is none.
        BucketRefused: where the store does not allow it.
    """
    if url.startswith("s3://"):
        from connectors.bucket_s3 import S3Bucket  # noqa: PLC0415

        S3Bucket(s3_place(url), options).create()
    else:
        open_bucket(url, options)


def directory_of(url: str) -> str:
    """The path of a ``file:`` address: ``file:data``, ``file:/abs`` and ``file:///abs``."""
    path = url.removeprefix("file:")
    if path.startswith("//"):
        path = path.removeprefix("//")
        if not path.startswith("/"):
            raise BadInput(f"bucket {url!r} names a host; write file:DIR or file:///DIR")
    if not path or "\x00" in path:
        raise BadInput(f"bucket {url!r} names no directory; write file:DIR")
    return path


def s3_place(url: str) -> S3Place:
    """Bucket and path of an ``s3://`` address. Raises ``BadInput``."""
    bucket, _, path = url.removeprefix("s3://").partition("/")
    if not _BUCKET_NAME.fullmatch(bucket):
        raise BadInput(f"{url!r} has no usable bucket name: write s3://BUCKET/PREFIX")
    return S3Place(bucket=bucket, path=path.strip("/"))


def checked_key(key: str) -> str:
    """The key itself, if it is a relative path of plain names; both homes take the same keys.

    No empty names, no ``.`` or ``..``, no backslashes or control characters, and no name that begins
    with a dot: those are the directory's own. Raises ``BadInput``.
    """
    if len(key.encode(errors="surrogatepass")) > MAX_KEY_BYTES or _UNSAFE.search(key):
        raise BadInput(f"{key!r} cannot be a key of the bucket")
    for name in key.split("/"):
        if not name or name.startswith(".") or len(name.encode(errors="surrogatepass")) > MAX_NAME_BYTES:
            raise BadInput(f"{key!r} cannot be a key of the bucket")
    return key
