"""A bucket in S3 or any store that speaks its protocol, by boto3."""

# ruff: noqa: D102 - the methods are documented in Bucket

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import boto3
import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError, IncompleteReadError
from botocore.loaders import Loader, create_loader

from connectors.bucket import S3Options, S3Place, checked_key, open_bucket
from connectors.errors import BucketRefused, MissingKey
from connectors.s3_refusals import explain

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import ListObjectsV2OutputTypeDef

_CHECK = "check-"
_LISTED_AT_ONCE = 1000  # S3 gives no more
_CHECK_ATTEMPTS = 2
_CHECK_SECONDS = 5.0
_ABSENT = frozenset({"NoSuchKey", "404", "NotFound"})
_LOST = frozenset({"PreconditionFailed", "412"})
# A store that knows no conditions may say so instead of ignoring them.
_NOT_KNOWN = frozenset({"NotImplemented", "501", "InvalidArgument", "InvalidRequest"})
# Two conditional writes at the same moment: AWS wants the loser to ask again.
_CONFLICT = frozenset({"ConditionalRequestConflict", "OperationAborted", "409"})
_CONFLICT_TRIES = 5


class S3Bucket:
    """Objects of a store under one prefix. boto3's clients are safe to share between threads."""

    def __init__(self, place: S3Place, options: S3Options) -> None:
        self._place = place
        self._options = options
        self._prefix = f"{place.path}/" if place.path else ""

    @property
    def url(self) -> str:
        return f"s3://{self._place.bucket}/{self._place.path}".rstrip("/")

    def __reduce__(self) -> tuple[Callable[..., object], tuple[str, S3Options]]:
        return open_bucket, (self.url, self._options)

    @cached_property
    def has_conditional_writes(self) -> bool:
        """Found out by asking for a write that must not happen: some stores ignore the condition."""
        key = self._prefix + _CHECK + secrets.token_hex(8)
        with self._explained(key):
            self._client.put_object(Bucket=self._place.bucket, Key=key, Body=b"first")
            try:
                self._client.put_object(Bucket=self._place.bucket, Key=key, Body=b"second", IfNoneMatch="*")
            except ClientError as error:
                if _code(error) in _NOT_KNOWN:
                    return False
                if _code(error) not in _LOST:
                    raise
                return True
            finally:
                self._client.delete_object(Bucket=self._place.bucket, Key=key)
        return False

    def get(self, key: str) -> bytes:
        return self.get_with_etag(key)[0]

    def get_range(self, key: str, start: int, length: int) -> bytes:
        if length <= 0:
            return b""
        wanted = f"bytes={start}-{start + length - 1}"
        with self._explained(key, reads=True):
            try:
                return self._read(key, {"Range": wanted})[0]
            except ClientError as error:
                if _code(error) in {"InvalidRange", "416"}:
                    return b""
                raise

    def get_with_etag(self, key: str) -> tuple[bytes, str]:
        with self._explained(key, reads=True):
            return self._read(key, {})

    def size(self, key: str) -> int:
        with self._explained(key, reads=True):
            return self._client.head_object(Bucket=self._place.bucket, Key=self._key(key))["ContentLength"]

    def put(self, key: str, data: bytes) -> None:
        with self._explained(key):
            self._client.put_object(Bucket=self._place.bucket, Key=self._key(key), Body=data)

    def put_if_absent(self, key: str, data: bytes) -> bool:
        if self.has_conditional_writes:
            return self._put_on_condition(key, data, {"IfNoneMatch": "*"})
        if self.exists(key):
            return False
        self.put(key, data)
        return True

    def put_if_match(self, key: str, data: bytes, etag: str) -> bool:
        if self.has_conditional_writes:
            return self._put_on_condition(key, data, {"IfMatch": etag})
        try:
            is_same = self.get_with_etag(key)[1] == etag
        except MissingKey:
            return False
        if is_same:
            self.put(key, data)
        return is_same

    def list_keys(self, prefix: str) -> Iterator[str]:
        for page in self._listed(self._prefix + prefix, delimiter=""):
            for entry in page.get("Contents", ()):
                if not entry["Key"].endswith("/"):  # a console's empty object for a folder
                    yield entry["Key"].removeprefix(self._prefix)

    def list_folders(self, prefix: str) -> Iterator[str]:
        under = self._prefix + (prefix.strip("/") + "/" if prefix.strip("/") else "")
        for page in self._listed(under, delimiter="/"):
            for entry in page.get("CommonPrefixes", ()):
                yield entry["Prefix"].removeprefix(under).rstrip("/")

    def exists(self, key: str) -> bool:
        try:
            self.size(key)
        except MissingKey:
            return False
        return True

    def delete(self, key: str) -> None:
        with self._explained(key):
            self._client.delete_object(Bucket=self._place.bucket, Key=self._key(key))

    def check(self) -> None:
        # Less patient than work is: whoever waits for this wants to know what is wrong.
        options = self._options
        impatient = S3Bucket(
            self._place,
            replace(
                options,
                attempts=min(options.attempts, _CHECK_ATTEMPTS),
                connect_seconds=min(options.connect_seconds, _CHECK_SECONDS),
                read_seconds=min(options.read_seconds, _CHECK_SECONDS),
            ),
        )
        key, data = _CHECK + secrets.token_hex(8), secrets.token_bytes(32)
        impatient.put(key, data)
        found = impatient.get(key)
        impatient.delete(key)
        if found != data:
            raise BucketRefused(f"bucket {self.url} gives back other bytes than were written")

    def create(self) -> None:
        """Make the bucket in its store unless it is there; ``BucketRefused`` where that is not allowed."""
        with self._explained(""):
            region = self._client.meta.region_name
            try:
                if region in {"us-east-1", "aws-global", None}:  # the one region that must not be named
                    self._client.create_bucket(Bucket=self._place.bucket)
                else:
                    self._client.create_bucket(
                        Bucket=self._place.bucket,
                        CreateBucketConfiguration={"LocationConstraint": region},  # type: ignore[typeddict-item]
                    )
            except ClientError as error:
                if _code(error) not in {"BucketAlreadyOwnedByYou", "BucketAlreadyExists"}:
                    raise

    @cached_property
    def _client(self) -> S3Client:
        options = self._options
        config = Config(
            connect_timeout=options.connect_seconds,
            read_timeout=options.read_seconds,
            retries={"mode": "standard", "total_max_attempts": options.attempts},
            s3={"addressing_style": options.addressing},
            request_checksum_calculation=options.checksums,
            response_checksum_validation=options.checksums,
            max_pool_connections=32,
        )
        with self._explained(""):
            # A session of its own: boto3's default one is not safe to make clients in threads with.
            session = botocore.session.Session()
            session.register_component("data_loader", _service_models())
            return boto3.session.Session(botocore_session=session).client(
                "s3",
                endpoint_url=options.endpoint or None,
                region_name=options.region or None,
                config=config,
            )

    def _key(self, key: str) -> str:
        return self._prefix + checked_key(key)

    def _read(self, key: str, how: dict[str, Any]) -> tuple[bytes, str]:
        """Body and etag. boto3 tries a request again, but not a body that breaks off."""
        for is_last in [False] * (self._options.attempts - 1) + [True]:
            answer = self._client.get_object(Bucket=self._place.bucket, Key=self._key(key), **how)
            try:
                return answer["Body"].read(), answer["ETag"]
            except (HTTPClientError, IncompleteReadError):
                if is_last:
                    raise
        raise AssertionError("the last attempt returns or raises")

    def _listed(self, prefix: str, *, delimiter: str) -> Iterator[ListObjectsV2OutputTypeDef]:
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._place.bucket,
            Prefix=prefix,
            Delimiter=delimiter,
            PaginationConfig={"PageSize": _LISTED_AT_ONCE},
        )
        with self._explained(prefix):
            yield from pages

    def _put_on_condition(self, key: str, data: bytes, condition: dict[str, Any]) -> bool:
        with self._explained(key):
            for _ in range(_CONFLICT_TRIES):
                try:
                    self._client.put_object(
                        Bucket=self._place.bucket, Key=self._key(key), Body=data, **condition
                    )
                except ClientError as error:
                    if _code(error) in _CONFLICT:
                        continue
                    if _code(error) not in _LOST | _ABSENT:
                        raise
                    return self._was_ours(key, data, error)
                return True
        return False

    def _was_ours(self, key: str, data: bytes, error: ClientError) -> bool:
        """Whether the write that beat this one was this one: its answer got lost and boto3 asked again."""
        if not error.response.get("ResponseMetadata", {}).get("RetryAttempts"):
            return False
        try:
            return self.get(key) == data
        except MissingKey:
            return False

    @contextmanager
    def _explained(self, key: str, *, reads: bool = False) -> Iterator[None]:
        try:
            yield
        except ClientError as error:
            if reads and _code(error) in _ABSENT:
                raise MissingKey(f"no object {key} in {self.url}") from error
            raise BucketRefused(explain(error, self.url, self._options)) from error
        except (BotoCoreError, ValueError) as error:
            raise BucketRefused(explain(error, self.url, self._options)) from error


@cache
def _service_models() -> Loader:
    """boto3's description of S3, read once: a client then takes 10 ms of CPU instead of 70."""
    return create_loader()


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))
