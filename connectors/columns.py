"""Records as Arrow columns, and back: what a record nests is nested in Arrow too.

Whole columns at a time: an article has hundreds of cuts, and a dictionary for each would cost more than
Parquet itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from itertools import accumulate, chain, pairwise
from typing import Any, get_args, get_origin, get_type_hints

import pyarrow as pa

Hint = Any  # a type hint has no type of its own
Column = Any  # a pyarrow array; its type says what it holds

_SIMPLE: dict[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
}


def arrow_type(hint: Hint) -> pa.DataType:
    """The Arrow type of a field: strings, numbers, enumerations, tuples of one type, dataclasses."""
    if _is_tuple(hint):
        return pa.list_(arrow_type(get_args(hint)[0]))
    if is_dataclass(hint):
        return pa.struct(_arrow_fields(hint))
    if _is_enumeration(hint):
        return pa.string()
    return _SIMPLE[hint]


def to_columns(record: Hint, rows: Sequence[Any]) -> list[Column]:
    """A column for each field of the records, in the order of the fields."""
    return [to_array(inner, [getattr(row, name) for row in rows]) for name, inner in _parts(record)]


def to_array(hint: Hint, values: Sequence[Any]) -> Column:
    """One column of values of a field's type."""
    if _is_tuple(hint):
        ends = list(accumulate(map(len, values), initial=0))
        flat = to_array(get_args(hint)[0], list(chain.from_iterable(values)))
        return pa.ListArray.from_arrays(pa.array(ends, pa.int32()), flat)
    if is_dataclass(hint):
        if not values:
            return pa.array([], arrow_type(hint))
        return pa.StructArray.from_arrays(to_columns(hint, values), fields=_arrow_fields(hint))
    if hint is str:
        return pa.array(map(_storable, values), pa.string())
    if _is_enumeration(hint):
        return pa.array([value.value for value in values], pa.string())
    return pa.array(values, _SIMPLE[hint])


def from_columns(record: Hint, columns: dict[str, Column], count: int) -> list[Any]:
    """``count`` records of these columns; a field without one has its default, or is empty.

    Raises ``ValueError`` for a value that an enumeration does not have.
    """
    build: Callable[..., Any] = record
    values: dict[str, list[Any]] = {}
    for field, (name, hint) in zip(fields(record), _parts(record), strict=True):
        if name in columns:
            values[name] = from_array(hint, columns[name])
        elif field.default is MISSING:
            values[name] = [_empty_of(hint)] * count
    names = list(values)
    return [build(**dict(zip(names, row, strict=True))) for row in zip(*values.values(), strict=True)]


def from_array(hint: Hint, array: Column) -> list[Any]:
    """The values of a column."""
    if _is_tuple(hint):
        ends = array.offsets.to_pylist()
        flat = from_array(get_args(hint)[0], array.flatten())
        return [tuple(flat[start - ends[0] : end - ends[0]]) for start, end in pairwise(ends)]
    if is_dataclass(hint):
        names = [array.type.field(index).name for index in range(array.type.num_fields)]
        return from_columns(hint, dict(zip(names, array.flatten(), strict=True)), len(array))
    if _is_enumeration(hint):
        return [hint(value) for value in array.to_pylist()]
    found: list[Any] = array.to_pylist()
    return found


def _arrow_fields(record: Hint) -> list[pa.Field[Any]]:
    return [pa.field(name, arrow_type(hint)) for name, hint in _parts(record)]


@cache
def _parts(record: Hint) -> tuple[tuple[str, Hint], ...]:
    return tuple(get_type_hints(record).items())


def _is_tuple(hint: Hint) -> bool:
    origin: object = get_origin(hint)
    return origin is tuple


def _is_enumeration(hint: Hint) -> bool:
    return isinstance(hint, type) and issubclass(hint, Enum)


def _empty_of(hint: Hint) -> object:
    if _is_enumeration(hint):
        return next(iter(hint))
    return () if _is_tuple(hint) else hint()


def _storable(text: str) -> str:
    """Arrow's strings are UTF-8, which has no lone surrogates."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
