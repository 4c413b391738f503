"""Which batches are done, and which shards they wrote: readers go by these alone."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from connectors import layout
from connectors.bucket import Bucket
from connectors.errors import BadInput, MissingKey

_KEYS = pa.list_(pa.string())
_SCHEMA = pa.schema(
    {
        "batch": pa.int64(),
        "shards": _KEYS,
        "rejected": _KEYS,
        "raw": _KEYS,
        "fates": pa.map_(pa.string(), pa.int64()),
        "started": pa.string(),
        "seconds": pa.float64(),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """A batch that is done."""

    batch: int
    shards: tuple[str, ...] = ()  # keys of its articles
    rejected: tuple[str, ...] = ()  # keys of its rejections
    raw: tuple[str, ...] = ()  # keys of its pages as fetched
    fates: Mapping[str, int] = field(default_factory=dict)  # fate: URLs
    started: str = ""  # ISO 8601 UTC
    seconds: float = 0.0  # from start to marker


def write_marker(bucket: Bucket, run: str, marker: Marker) -> None:
    """Say that a batch is done; its shards must be written by now."""
    bucket.put(layout.marker(run, marker.batch), json.dumps(asdict(marker)).encode())


def read_markers(bucket: Bucket, run: str) -> list[Marker]:
    """The done batches of a run in their order: from its manifest, else from the markers themselves."""
    try:
        return _from_manifest(bucket.get(layout.manifest(run)))
    except MissingKey:
        return _from_markers(bucket, run)


def write_manifest(bucket: Bucket, run: str) -> int:
    """Fold the markers of a run that is done into one object; how many there were."""
    markers = _from_markers(bucket, run)
    rows = [{**asdict(marker), "fates": list(marker.fates.items())} for marker in markers]
    target = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, _SCHEMA), target, compression="zstd")
    bucket.put(layout.manifest(run), target.getvalue())
    return len(markers)


def list_runs(bucket: Bucket) -> Iterator[str]:
    """The names of the bucket's runs, done or not, sorted."""
    return bucket.list_folders(layout.RUNS)


def _from_markers(bucket: Bucket, run: str) -> list[Marker]:
    return [_marker(json.loads(bucket.get(key))) for key in bucket.list_keys(layout.batches(run))]


def _from_manifest(data: bytes) -> list[Marker]:
    try:
        rows = pq.read_table(io.BytesIO(data), use_threads=False).to_pylist()
    except (pa.ArrowInvalid, OSError) as error:
        raise BadInput(f"a run's manifest cannot be read: {error}") from error
    return [_marker({**row, "fates": dict(row["fates"])}) for row in rows]


def _marker(values: dict[str, Any]) -> Marker:
    """A marker from plain values; what else a writer put there is not needed here."""
    return Marker(
        batch=int(values["batch"]),
        shards=tuple(values.get("shards", ())),
        rejected=tuple(values.get("rejected", ())),
        raw=tuple(values.get("raw", ())),
        fates=dict(values.get("fates", {})),
        started=str(values.get("started", "")),
        seconds=float(values.get("seconds", 0.0)),
    )
