"""JSON as sites write it: broken, wrapped, escaped, several values in a row."""

from __future__ import annotations

import json
import re
from html import unescape

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None

MAX_VALUES = 2_000
MAX_CHARACTERS = 3_000_000  # of one script
_WRAPPING = re.compile(r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[)?\s*|\s*(?://\s*)?(?:-->|\]\]>)?\s*;?\s*$")
_COMMENT_LINE = re.compile(r"^\s*(?://|/\*).*?(?:\*/)?\s*$", re.M)
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_LOST_STRINGS = re.compile(
    r'"(headline|datePublished|dateModified|dateCreated|articleSection|inLanguage|description)"\s*:\s*"((?:[^"\\]|\\.)*)"'
)
_LOST_AUTHOR = re.compile(r'"author"\s*:\s*[\[{][^\]}]{0,400}?"name"\s*:\s*"((?:[^"\\]|\\.)*)"')


def parse_jsonld(text: str) -> list[Json]:
    """The values in a script's text; [] where nothing can be saved. Broken JSON is mended, never raised."""
    text = text[:MAX_CHARACTERS]
    for attempt in (_as_it_is, _unwrapped, _mended, _unescaped):
        try:
            return [json.loads(attempt(text), strict=False)]
        except (ValueError, RecursionError):
            continue
    return _in_a_row(_mended(text)) or _lost_strings(text)


def _as_it_is(text: str) -> str:
    return text


def _unwrapped(text: str) -> str:
    return _WRAPPING.sub("", text)


def _mended(text: str) -> str:
    return _TRAILING_COMMA.sub("", _COMMENT_LINE.sub("", _unwrapped(text)))


def _unescaped(text: str) -> str:
    return _mended(unescape(text))


def _in_a_row(text: str) -> list[Json]:
    """Several values one after another, with or without commas between."""
    decoder, place = json.JSONDecoder(strict=False), 0
    values: list[Json] = []
    while place < len(text) and len(values) < MAX_VALUES:
        try:
            value, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            break
        values.append(value)
        while place < len(text) and text[place] in " \t\r\n,;":
            place += 1
    return values


def _lost_strings(text: str) -> list[Json]:
    """Key and value pairs picked out of JSON that no parser takes, as an article's."""
    if "Article" not in text and "Posting" not in text:
        return []
    node: dict[str, Json] = {"@type": "Article"}
    for key, value in _LOST_STRINGS.findall(text):
        node.setdefault(key, _unquoted(value))
    node["author"] = [_unquoted(name) for name in _LOST_AUTHOR.findall(text)[:1]]
    return [node] if len(node) > 2 else []


def _unquoted(value: str) -> str:
    try:
        return str(json.loads(f'"{value}"', strict=False))
    except ValueError:
        return value
