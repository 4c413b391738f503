"""Where a page keeps data and markup that it does not show: scripts, templates, attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement, tostring

from extractors.content.embedded_literals import Value
from extractors.content.embedded_values import (
    MAX_CHARACTERS,
    MIN_CHARACTERS,
    parse_json,
    parse_script,
    parse_stream,
    resolve_table,
)

MAX_ISLANDS = 60  # of one page
MAX_TOTAL = 6_000_000  # characters of all of them

_NAMED = (
    ("next-data", re.compile(r"__NEXT_DATA__")),
    ("nuxt", re.compile(r"__NUXT(?:_DATA)?__")),
    ("apollo", re.compile(r"__APOLLO_(?:STATE|CLIENT)__|apolloState")),
    ("fusion", re.compile(r"Fusion\.globalContent|Fusion\.contentCache")),
    (
        "state",
        re.compile(
            r"__(?:INITIAL|PRELOADED|APP|REDUX)[A-Z_]*(?:STATE|DATA|PROPS)?__|_STATE\b|initialState|preloadedData",
            re.I,
        ),
    ),
)
_WHITE = re.compile(r"<p[\s>]|&lt;p[\s&]", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Island:
    """Data or markup that the page carries unseen."""

    name: str  # "next-data", "json-ld", "template": part of ``extracted_by``
    values: tuple[Value, ...]  # markup is a text among them


def find_islands(tree: HtmlElement) -> Iterator[Island]:
    """What may hold an article, in document order, scripts first; parsed one by one as it is asked for."""
    room = MAX_TOTAL
    streamed: list[str] = []
    count = 0
    for element in tree.iter("script", "template", "noscript", "textarea"):
        text = element.text or "" if element.tag in ("script", "textarea") else _inside(element)
        if len(text) > room or count >= MAX_ISLANDS:
            continue
        if "__next_f.push" in text:  # a piece of the stream, however short
            streamed.append(text)
            room -= len(text)
            continue
        if len(text) < MIN_CHARACTERS:
            continue
        island = _read(element, text)
        if island is not None:
            room -= len(text)
            count += 1
            yield island
    stream = parse_stream(streamed) if streamed else None
    if stream is not None:
        rows = tuple(stream.values()) if isinstance(stream, dict) else ()
        yield Island(name="next-stream", values=rows)
    yield from _attributes(tree)


def _inside(element: HtmlElement) -> str:
    """The markup below an element, without the element itself: nothing of a template is read as shown."""
    parts = (tostring(child, encoding="unicode") for child in element)
    return ((element.text or "") + "".join(map(str, parts)))[:MAX_CHARACTERS]


def _read(element: HtmlElement, text: str) -> Island | None:
    kind = (element.get("type") or "").lower()
    if element.tag != "script" or "html" in kind or "template" in kind:
        name = str(element.tag) if element.tag != "script" else "template"
        return Island(name=name, values=(text,)) if _WHITE.search(text) else None
    if "json" in kind or text.lstrip()[:1] in ("{", "["):
        value = parse_json(text.strip())
        if value is not None:
            named = "json-ld" if "ld+json" in kind else _name(f"{element.get('id') or ''}", "json")
            return Island(name=named, values=(resolve_table(value),))
    values = tuple(parse_script(text))
    return Island(name=_name(text[:2_000], "script"), values=values) if values else None


def _name(text: str, otherwise: str) -> str:
    return next((name for name, pattern in _NAMED if pattern.search(text)), otherwise)


def _attributes(tree: HtmlElement) -> Iterator[Island]:
    """Data islands in attributes: ``data-react-props``, ``data-page``, ``props``, escaped HTML."""
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in ("meta", "link", "script", "path", "img", "a"):
            continue
        for key, text in element.items():
            if len(text) < MIN_CHARACTERS or key in ("style", "class", "srcset", "d"):
                continue
            if text.lstrip()[:1] in ("{", "["):
                value = parse_json(text)
                if value is not None:
                    yield Island(name="attribute", values=(value,))
            elif _WHITE.search(text):
                yield Island(name="attribute", values=(text,))
