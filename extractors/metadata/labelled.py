"""The day that a page's text tells: after "published on", at the opening of a paragraph, or as a line of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from extractors.metadata import dates
from extractors.metadata.date_words import ends_with_label, is_changed
from extractors.metadata.visible import is_anothers, is_beside

MAX_ELEMENTS = 6_000
MAX_READ = 90  # characters of one text that are looked at: a label and a date stand at its start or end
MAX_OTHER_LETTERS = 4
_SILENT = frozenset(
    ("script", "style", "option", "select", "svg", "noscript", "template", "textarea", "button")
)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")  # in the digits of any script
_AFTER_OPENING = re.compile(
    r"^(?:[)\]]\s*(?=[^\W_]|[–—|:-])|[–—|:]|-\s)"
)  # no full stop: that is a reference


class _Piece(NamedTuple):
    element: HtmlElement
    text: str
    before: str  # the text that stands before it, in the same part of the page


def read_labelled(tree: HtmlElement) -> str:
    """The text with the day of the page's own publication; "" where it tells none.

    A label outdoes an opening, that a line of its own. All of these, and labels in parts beside the article, count
    where they tell one day. Lines alone: right on 14 of the corpora's 16 such pages.
    """
    beside: list[str] = []
    openings: list[str] = []
    alone: list[str] = []
    for piece in _pieces(tree):
        around = dates.around_date(piece.text)
        if around is None or not dates.read_date(piece.text):
            continue
        label = " ".join((piece.before, around[0]) if len(around[0]) < 2 else around[:1])
        if ends_with_label(label) and not is_changed(label):
            if is_anothers(piece.element):
                continue
            if not is_beside(piece.element):
                return piece.text
            beside.append(piece.text)
        elif _is_opening(around) and _is_own(piece.element):
            openings.append(piece.text)
        elif _is_alone(around, piece) and _is_own(piece.element):
            alone.append(piece.text)
    return _agreed(beside) or _agreed(openings) or _agreed(alone)


def _is_opening(around: tuple[str, str]) -> bool:
    """Whether a date opens the text and a sign parts it from the rest; a second date makes it a span of time."""
    before, after = around
    return before in ("", "(", "[") and bool(_AFTER_OPENING.match(after)) and dates.around_date(after) is None


def _is_alone(around: tuple[str, str], piece: _Piece) -> bool:
    """Whether the text is a date and at most a clock's letters ("Uhr"), is no link, and no change stands before it."""
    rest = " ".join(around)
    if sum(map(str.isalpha, rest)) > MAX_OTHER_LETTERS or is_changed(f"{piece.before} {rest}"):
        return False
    if dates.around_date(around[1]) is not None:
        return False
    return all(node.tag != "a" for node in (piece.element, *islice(piece.element.iterancestors(), 3)))


def _agreed(texts: list[str]) -> str:
    """The first text where all tell the same day: a chronicle's paragraphs do not."""
    days = {moment.day for text in texts if (moment := dates.read_date(text))}
    return texts[0] if len(days) == 1 else ""


def _is_own(element: HtmlElement) -> bool:
    return not is_anothers(element) and not is_beside(element)


def _pieces(tree: HtmlElement) -> Iterator[_Piece]:
    """Texts that hold a year, each with what stands before it."""
    before = ""
    for number, element in enumerate(tree.iter(etree.Element)):
        if number > MAX_ELEMENTS:
            return
        if element.tag not in _SILENT and element.text and (text := element.text.strip()):
            yield from _dated(element, text, before)
            before = text[-40:]
        if element.tail and (text := element.tail.strip()):
            yield from _dated(element, text, before)
            before = text[-40:]


def _dated(element: HtmlElement, text: str, before: str) -> Iterator[_Piece]:
    for part in (text,) if len(text) <= MAX_READ else (text[:MAX_READ], text[-MAX_READ:]):
        if _YEAR.search(part):
            yield _Piece(element, " ".join(part.split()), before)
