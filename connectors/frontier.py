"""What is known of a site's URLs from run to run: one row a story, kept in columns.

A million rows are a few arrays, not a million objects: rows are looked up by a 64-bit hash of the
story's key, changed ones are held aside until the next ``due`` or ``to_parquet``.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from connectors.errors import BadInput
from connectors.revisits import State, after_visit
from extractors.records import Fate

_HASH_LETTERS = 16  # of a content hash: 64 bits tell a change
_COLUMNS = (
    pa.field("key", pa.uint64()),
    pa.field("url", pa.large_string()),
    pa.field("state", pa.int8()),
    pa.field("first_seen", pa.int64()),
    pa.field("last_seen", pa.int64()),
    pa.field("published", pa.int64()),
    pa.field("last_fetched", pa.int64()),
    pa.field("next_visit", pa.int64()),
    pa.field("failures", pa.int16()),
    pa.field("etag", pa.large_string()),
    pa.field("last_modified", pa.large_string()),
    pa.field("content_hash", pa.large_string()),
)
SCHEMA = pa.schema([column.with_nullable(False) for column in _COLUMNS])


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One story's row; times are Unix seconds, 0 is never or unknown."""

    key: int  # 64-bit hash of the story's key
    url: str  # as last listed
    state: State = State.NEW
    first_seen: int
    last_seen: int
    published: int = 0
    last_fetched: int = 0
    next_visit: int = 0  # due when it is past
    failures: int = 0  # in a row
    etag: str = ""  # sent back to ask "has it changed?"
    last_modified: str = ""  # likewise, the header as it came
    content_hash: str = ""  # first 16 hex of the article's, to tell a change where the server cannot


def hash_key(key: str) -> int:
    """A story's key (``canonical.story_key``) as it is stored."""
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=8).digest(), "little")


class Frontier:
    """The site's memory of its URLs."""

    def __init__(self, table: pa.Table | None = None) -> None:
        self._table = SCHEMA.empty_table() if table is None else table  # in order of keys
        self._keys: npt.NDArray[np.uint64] = _column(self._table, "key")
        self._changed: dict[int, Entry] = {}
        self._added = 0  # of the changed ones, those that are not in the table

    @classmethod
    def from_parquet(cls, stored: bytes) -> Self:
        """Read what ``to_parquet`` wrote.

        Raises:
            BadInput: these bytes are no frontier.
        """
        try:
            table = pq.read_table(io.BytesIO(stored)).cast(SCHEMA)
        except (pa.ArrowException, ValueError, KeyError) as error:
            raise BadInput(f"no frontier: {error}; delete the file to start the site anew") from error
        return cls(table.sort_by("key").combine_chunks())

    def to_parquet(self) -> bytes:
        """The whole frontier as one Parquet file (zstd)."""
        self._fold()
        sink = io.BytesIO()
        pq.write_table(self._table, sink, compression="zstd")
        return sink.getvalue()

    def __len__(self) -> int:
        return int(self._table.num_rows) + self._added

    def get(self, key: str) -> Entry | None:
        """The story's row, None if it was never seen."""
        return self._find(hash_key(key))

    def see(self, key: str, url: str, now: datetime, published: datetime | None = None) -> bool:
        """Note that a story is listed; True if it is a new one.

        Args:
            key: ``canonical.story_key`` of its URL.
            url: to fetch it from.
            now: aware.
            published: the date that the listing gives.
        """
        seconds, date = _seconds(now), _seconds(published)
        number = hash_key(key)
        known = self._find(number)
        if known is None:
            self._added += 1
            self._changed[number] = Entry(
                key=number, url=url, first_seen=seconds, last_seen=seconds, published=date
            )
            return True
        self._changed[number] = replace(known, url=url, last_seen=seconds, published=date or known.published)
        return False

    def wake(self, key: str, now: datetime) -> None:
        """Make a known story due: its listing says that it changed after our last visit."""
        known = self._find(hash_key(key))
        if known is not None:
            state = State.NEW if known.state is State.GONE else known.state
            self._changed[known.key] = replace(known, next_visit=_seconds(now), state=state)

    def visited(
        self,
        key: str,
        fate: Fate,
        now: datetime,
        *,
        etag: str = "",
        last_modified: str = "",
        content_hash: str = "",
    ) -> None:
        """Note how a visit ended and when the next one is due; ``NOT_REACHED`` changes nothing.

        Args:
            key: a key that was seen before; others are ignored.
            fate: how the URL ended the run.
            now: aware.
            etag: of the response; "" keeps the old one after a 304.
            last_modified: likewise.
            content_hash: of the article; "" keeps the old one.
        """
        known = self._find(hash_key(key))
        if known is None or fate is Fate.NOT_REACHED:
            return
        seconds = _seconds(now)
        born = min(known.published or known.first_seen, seconds)
        state, next_visit, failures = after_visit(fate, now=seconds, born=born, failures=known.failures)
        was_had = state in {State.KNOWN, State.REJECTED}
        self._changed[known.key] = replace(
            known,
            state=state,
            next_visit=next_visit,
            failures=failures,
            last_fetched=seconds if was_had else known.last_fetched,
            etag=etag or known.etag,
            last_modified=last_modified or known.last_modified,
            content_hash=content_hash[:_HASH_LETTERS] or known.content_hash,
        )

    def due(self, now: datetime, limit: int) -> list[Entry]:
        """What is worth fetching now: new stories first, the newest of them first, then revisits."""
        self._fold()
        state = _column(self._table, "state")
        ready = (_column(self._table, "next_visit") <= _seconds(now)) & (state != State.GONE)
        rows = np.flatnonzero(ready)
        published, first_seen = _column(self._table, "published"), _column(self._table, "first_seen")
        born = np.where(published[rows] > 0, published[rows], first_seen[rows])
        order = np.lexsort((-born, state[rows] != State.NEW))
        return [self._row(int(row)) for row in rows[order[:limit]]]

    def visits(self, keys: Collection[str] | None = None) -> list[int]:
        """When each story is due, in Unix seconds; those that are retired left out.

        Args:
            keys: of the stories that are meant; all if None.
        """
        if keys is not None:
            entries = [entry for entry in map(self.get, keys) if entry is not None]
            return [entry.next_visit for entry in entries if entry.state is not State.GONE]
        self._fold()
        times: list[int] = _column(self._table, "next_visit")[
            _column(self._table, "state") != State.GONE
        ].tolist()
        return times

    def counts(self) -> dict[State, int]:
        """How many stories stand where."""
        self._fold()
        values, counts = np.unique(_column(self._table, "state"), return_counts=True)
        return {State(int(value)): int(count) for value, count in zip(values, counts, strict=True)}

    def _find(self, number: int) -> Entry | None:
        changed = self._changed.get(number)
        if changed is not None:
            return changed
        row = int(np.searchsorted(self._keys, np.uint64(number)))
        if row < len(self._keys) and int(self._keys[row]) == number:
            return self._row(row)
        return None

    def _row(self, row: int) -> Entry:
        values: dict[str, Any] = {name: self._table.column(name)[row].as_py() for name in SCHEMA.names}
        return Entry(**{**values, "state": State(values["state"])})

    def _fold(self) -> None:
        """Put the changed rows into the table."""
        if not self._changed:
            return
        entries = list(self._changed.values())
        columns = {name: [getattr(entry, name) for entry in entries] for name in SCHEMA.names}
        fresh = pa.table(columns, schema=SCHEMA)
        stale = pc.is_in(self._table.column("key"), value_set=fresh.column("key").combine_chunks())
        joined = pa.concat_tables([self._table.filter(pc.invert(stale)), fresh])
        self._table = joined.sort_by("key").combine_chunks()
        self._keys = _column(self._table, "key")
        self._changed = {}
        self._added = 0


def _column(table: pa.Table, name: str) -> npt.NDArray[Any]:
    values: npt.NDArray[Any] = table.column(name).to_numpy()
    return values


def _seconds(moment: datetime | None) -> int:
    return 0 if moment is None else int(moment.timestamp())
