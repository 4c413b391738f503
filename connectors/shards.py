"""Articles and rejections as Parquet, and back, exactly.

The columns are the fields of ``Article`` and ``Rejection``; what those nest is nested in Arrow too.
DuckDB, Polars, Spark and Athena read them as they are.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import pyarrow as pa
import pyarrow.parquet as pq

from connectors.errors import BadInput
from extractors.records import SCHEMA_VERSION, Article, Rejection

_VERSION_KEY = b"lrahos.schema_version"
_RECORD_KEY = b"lrahos.record"
# Measured on shards of 100 articles (tests/benchmarks/benchmark_bucket.py): higher levels cost more
# than they save on shards this small.
_ZSTD_LEVEL = 3

T = TypeVar("T", Article, Rejection)
_Hint = Any  # a type hint has no type of its own
_SIMPLE: dict[type, pa.DataType] = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}


def articles_to_parquet(articles: Sequence[Article]) -> bytes:
    """A Parquet file with one row an article."""
    return _to_parquet(Article, articles)


def rejections_to_parquet(rejections: Sequence[Rejection]) -> bytes:
    """A Parquet file with one row a rejection."""
    return _to_parquet(Rejection, rejections)


def read_articles(data: bytes, columns: Sequence[str] | None = None) -> list[Article]:
    """The articles of a shard; of fields outside ``columns`` the default, or "" or 0.

    Raises ``BadInput`` if it is no shard, or one of a newer schema.
    """
    return _from_parquet(Article, data, columns)


def read_rejections(data: bytes, columns: Sequence[str] | None = None) -> list[Rejection]:
    """The rejections of a shard; likewise."""
    return _from_parquet(Rejection, data, columns)


def read_columns(data: bytes, columns: Sequence[str]) -> dict[str, list[Any]]:
    """Plain columns of a shard. Raises ``BadInput``."""
    return _table(data, columns).to_pydict()


@cache
def schema_of(record: _Hint) -> pa.Schema:
    """The Arrow schema that a record's fields make."""
    return pa.schema(
        [pa.field(name, arrow_type(hint), nullable=False) for name, hint in get_type_hints(record).items()],
        metadata={_VERSION_KEY: str(SCHEMA_VERSION).encode(), _RECORD_KEY: record.__name__.encode()},
    )


def arrow_type(hint: _Hint) -> pa.DataType:
    """The Arrow type of a field: strings, numbers, enumerations, tuples of one type, dataclasses."""
    if _is_tuple(hint):
        return pa.list_(arrow_type(get_args(hint)[0]))
    if is_dataclass(hint):
        return pa.struct([pa.field(name, arrow_type(inner)) for name, inner in get_type_hints(hint).items()])
    if isinstance(hint, type) and issubclass(hint, Enum):
        return pa.string()
    return _SIMPLE[hint]


def rows_to_table(record: _Hint, rows: Iterable[T]) -> pa.Table:
    """An Arrow table of records."""
    schema = schema_of(record)
    plain = [_plain_function(record)(row) for row in rows]
    columns = [pa.array([row[field.name] for row in plain], field.type) for field in schema]
    return pa.table(columns, schema=schema)


def _to_parquet(record: _Hint, rows: Sequence[T]) -> bytes:
    target = io.BytesIO()
    pq.write_table(
        rows_to_table(record, rows),
        target,
        compression="zstd",
        compression_level=_ZSTD_LEVEL,
        use_dictionary=True,
    )
    return target.getvalue()


def _table(data: bytes, columns: Sequence[str] | None) -> pa.Table:
    try:
        return pq.read_table(io.BytesIO(data), columns=list(columns) if columns else None, use_threads=False)
    except (pa.ArrowInvalid, OSError) as error:
        raise BadInput(f"no Parquet shard: {error}") from error


def _from_parquet(record: type[T], data: bytes, columns: Sequence[str] | None) -> list[T]:
    table = _table(data, columns)
    version = int((table.schema.metadata or {}).get(_VERSION_KEY, b"0"))
    if version > SCHEMA_VERSION:
        raise BadInput(f"a shard of schema {version}; this lrahos reads up to {SCHEMA_VERSION}: update it")
    known = set(table.column_names)
    absent = {
        field.name: _empty_of(hint)
        for field, hint in zip(fields(record), get_type_hints(record).values(), strict=True)
        if field.name not in known and field.default is MISSING
    }
    hint: _Hint = record
    build: Callable[[dict[str, Any]], T] = _record_function(hint)
    return [build({**absent, **row}) for row in table.to_pylist()]


def _is_tuple(hint: _Hint) -> bool:
    origin: object = get_origin(hint)
    return origin is tuple


def _empty_of(hint: _Hint) -> object:
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint)).value
    return () if _is_tuple(hint) else hint()


@cache
def _plain_function(hint: _Hint) -> Callable[[Any], Any]:
    """What makes Arrow's plain values of a field's value; made once a type, because rows are many."""
    if _is_tuple(hint):
        inner = _plain_function(get_args(hint)[0])
        return lambda values: [inner(value) for value in values]
    if is_dataclass(hint):
        parts = [(name, _plain_function(inner)) for name, inner in get_type_hints(hint).items()]
        return lambda value: {name: make(getattr(value, name)) for name, make in parts}
    if hint is str:
        return _storable
    if isinstance(hint, type) and issubclass(hint, Enum):
        return lambda value: value.value
    return lambda value: value


@cache
def _record_function(hint: _Hint) -> Callable[[Any], Any]:
    """The way back: what makes a field's value of Arrow's plain values."""
    if _is_tuple(hint):
        inner = _record_function(get_args(hint)[0])
        return lambda values: tuple(inner(value) for value in values or ())
    if is_dataclass(hint):
        kind: Callable[..., Any] = hint  # type: ignore[assignment]
        parts = {name: _record_function(inner) for name, inner in get_type_hints(hint).items()}
        return lambda row: kind(**{name: parts[name](value) for name, value in row.items() if name in parts})
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    return lambda value: value


def _storable(text: str) -> str:
    """Parquet's strings are UTF-8, which has no lone surrogates."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
