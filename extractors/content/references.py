"""Marks of notes inside a line: the number behind a word that leads to a footnote or a source."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[*†‡§]{1,3})[\])]?", re.I)
_BRACKETED = re.compile(r"\[(?:\d{1,3}|[a-z])\]", re.I)
_NOTE = re.compile(r"#(?:_?e?(?:fn|ftn|dn)|foot|note|cite|ref)", re.I)  # in a link to a note
_UNGLUED = re.compile(r"(?:^|[\s\[(,;–-])$")
MOST_PARTS = 4  # elements inside a mark's link: "[", "1", "]"


def is_reference(element: HtmlElement, *, before: str, is_linked: bool) -> bool:
    """Whether a ``<sup>`` or ``<a>`` is such a mark and nothing else.

    A raised number is one as a link within the page or in square brackets ("m²" is neither), a link if it
    leads to a note and is glued to a word; in "[1, 2]" the brackets would stay.

    Args:
        element: what is looked at; no deeper than three elements, so that nesting costs nothing.
        before: the line's text up to it; "" at its start.
        is_linked: a link within the page is around it.
    """
    if element.tag == "a" and (_UNGLUED.search(before[-1:]) or not _NOTE.search(element.get("href") or "")):
        return False
    text = _text_of(element)
    if _MARK.fullmatch(text) is None:
        return False
    return (
        element.tag == "a"
        or is_linked
        or _BRACKETED.fullmatch(text) is not None
        or any(child.tag == "a" and leads_within(child.get("href")) for child in element)
    )


def leads_within(address: str | None) -> bool:
    """Whether a link leads to another place of its page; a bare "#" is a script's button."""
    return address is not None and len(address) > 1 and address[0] == "#"


def _text_of(element: HtmlElement) -> str:
    """All of a small element's text; "" of a bigger one."""
    parts = [element.text]
    for child in element[:2]:
        parts += [child.text, child.tail]
        if len(child) > MOST_PARTS or any(len(inner) for inner in child):
            return ""
        for inner in child:
            parts += [inner.text, inner.tail]
    return "".join(part or "" for part in parts).strip() if len(element) <= 1 else ""
