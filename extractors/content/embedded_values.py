"""Values in the data that a page hands to its scripts: JSON, JavaScript literals, streams, reference tables.

What is read here was seen on news pages: ``{...}`` by itself or assigned, ``JSON.parse("...")``, what
serialisers write that is no JSON (``undefined``, ``new Date(...)``, arguments of a function called at once),
the rows that Next.js streams in ``self.__next_f.push``, the flat tables of devalue (Nuxt 3, SvelteKit).
"""

from __future__ import annotations

import json
import re
from urllib.parse import unquote

from extractors.content.embedded_literals import Value, read_literal, read_string

MAX_CHARACTERS = 6_000_000  # of one script; the biggest of 2,165 pages' scripts has 3.4 million
MIN_CHARACTERS = 300  # of a value that may hold an article
MAX_STARTS = 400  # values tried in one script; each takes the place of the text that it was read from
MAX_RESOLVED = 200_000  # references followed in one table: bounds tables that refer to themselves
MAX_DEPTH = 60
_START = re.compile(
    r"(?:=|\(|,|:|return)\s*(?=[{\[])|JSON\.parse\(\s*(?:(?:decodeURIComponent|unescape)\(\s*)?(?=[\"'])"
)
_STREAMED = re.compile(r"__next_f\.push\(\s*\[\s*1\s*,\s*(?=\")")
_ROW = re.compile(r"([0-9a-f]{1,6}):(?:T([0-9a-f]{1,7}),)?")
_TAGGED = frozenset(
    ("Reactive", "ShallowReactive", "Ref", "ShallowRef", "EmptyRef", "EmptyShallowRef", "Island", "Set")
)

_DECODER = json.JSONDecoder(strict=False)


def parse_json(text: str) -> Value:
    """The value of a text that is JSON; None if it is none."""
    try:
        value: Value = json.loads(text[:MAX_CHARACTERS], strict=False)
    except (ValueError, RecursionError):
        return None
    return value


def parse_script(text: str) -> list[Value]:
    """Values that a script assigns or passes on, in its order; none of fewer than 300 characters."""
    text = text[:MAX_CHARACTERS]
    found: list[Value] = []
    place = 0
    for _ in range(MAX_STARTS):
        start = _START.search(text, place)
        if start is None or len(text) - start.end() < MIN_CHARACTERS:
            break
        value, place = _parse_at(text, start.end())
        if value is not None:
            found.append(value)
    return found


def _parse_at(text: str, at: int) -> tuple[Value, int]:
    """The value there, None where none is worth it, and where to look on."""
    if text[at] in "\"'":
        inner, end = read_string(text, at)
        inner = unquote(inner) if inner[:1] == "%" else inner
        return (parse_json(inner) if len(inner) >= MIN_CHARACTERS else None), end
    try:
        value, end = _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError):
        value, end = read_literal(text, at)
    return (value if end - at >= MIN_CHARACTERS else None), max(end, at + 1)


def parse_stream(scripts: list[str]) -> Value:
    """The rows that Next.js streams in pieces over many scripts, by their number; None if there are none."""
    pieces = []
    for script in scripts:
        for start in _STREAMED.finditer(script):
            piece, _ = read_string(script, start.end())
            pieces.append(piece)
    whole = "".join(pieces)[:MAX_CHARACTERS]
    rows: dict[str, Value] = {}
    at = 0
    while (row := _ROW.match(whole, at)) is not None:
        number, length = row.groups()
        at = row.end()
        if length is not None:  # a text of so many bytes, with no end of its own
            text = whole[at : at + int(length, 16)].encode()[: int(length, 16)].decode("utf-8", "ignore")
            rows[number], at = text, at + len(text)
            at += whole[at : at + 1] == "\n"
        else:
            end = whole.find("\n", at)
            end = len(whole) if end < 0 else end
            rows[number] = parse_json(whole[at:end]) if whole[at : at + 1] in '{["' else None
            at = end + 1
    texts: dict[str, Value] = {number: value for number, value in rows.items() if isinstance(value, str)}
    return {number: _with_texts(value, texts) for number, value in rows.items() if value is not None} or None


def _with_texts(value: Value, texts: dict[str, Value], depth: int = 0) -> Value:
    """The value with "$50" replaced by the text of row 50."""
    if isinstance(value, str):
        return texts.get(value[1:], value) if value[:1] == "$" else value
    if depth > MAX_DEPTH:
        return None
    if isinstance(value, list):
        return [_with_texts(item, texts, depth + 1) for item in value]
    if isinstance(value, dict):
        return {key: _with_texts(item, texts, depth + 1) for key, item in value.items()}
    return value


def resolve_table(table: Value) -> Value:
    """The value that a flat table of devalue holds; what is no such table stays as it is.

    In it every member is the number of another entry.
    """
    if not isinstance(table, list) or not _is_table(table):
        return table
    left = MAX_RESOLVED

    def follow(at: Value, depth: int) -> Value:
        nonlocal left
        left -= 1
        if not isinstance(at, int) or not 0 <= at < len(table) or depth > MAX_DEPTH or left < 0:
            return None
        value = table[at]
        if isinstance(value, dict):
            return {key: follow(member, depth + 1) for key, member in value.items()}
        if isinstance(value, list):
            if value and isinstance(value[0], str):
                return follow(value[1], depth + 1) if value[0] in _TAGGED and len(value) > 1 else None
            return [follow(member, depth + 1) for member in value]
        return value

    return follow(0, 0)


def _is_table(value: list[Value]) -> bool:
    """Whether its first entry names other entries by their numbers."""
    if len(value) < 4:
        return False
    first = value[0]
    members: list[Value] = list(first.values()) if isinstance(first, dict) else []
    if isinstance(first, list):
        members = first[1:] if first and first[0] in _TAGGED else list(first)
    return bool(members) and all(
        isinstance(member, int) and not isinstance(member, bool) for member in members
    )


def parse_nested(text: str) -> Value:
    """The value of a text that is JSON inside JSON, plain or percent-encoded; None if it is none."""
    start = text[:3].lstrip()
    if start.startswith(("%7B", "%5B")):
        text, start = unquote(text), "{"
    if not start.startswith(("{", "[{", '["')) or len(text) < MIN_CHARACTERS:
        return None
    return parse_json(text)
