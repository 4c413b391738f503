"""WARC records as other tools write them, and a small archive."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from dataclasses import asdict

from hypothesis import HealthCheck, settings

from connectors.archives import Damage, RawPage, Split, read_split
from connectors.bucket import AWS, S3Options

# A busy machine is no failure.
PATIENT = settings(deadline=None, suppress_health_check=list(HealthCheck))


def record(number: int, body: bytes, kind: str = "response") -> bytes:
    """One WARC record, as other tools write it."""
    block = (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" if kind == "response" else b"") + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://a.example/{number}\r\n"
        f"WARC-Date: 2026-11-24T08:05:00Z\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def compressed(data: bytes, level: int = 6) -> bytes:
    writer = zlib.compressobj(level, zlib.DEFLATED, 31)
    return writer.compress(data) + writer.flush()


def read(splits: Iterable[Split], options: S3Options = AWS) -> list[RawPage | Damage]:
    # As a run's plan would hold them.
    stored = [Split(**json.loads(json.dumps(asdict(split)))) for split in splits]
    return [item for split in stored for item in read_split(split, options)]


def urls(items: Iterable[RawPage | Damage]) -> list[str]:
    return [item.page.url for item in items if isinstance(item, RawPage)]


def archive_in(folder):
    """Ten pages among requests, one member a record."""
    data = b"".join(
        compressed(record(n, b"page %d" % n)) + compressed(record(n, b"GET /", "request")) for n in range(10)
    )
    file = folder / "news.warc.gz"
    file.write_bytes(data)
    return file
