"""Lists of stories in the frames of real pages, made from the shared corpora: sections that nobody has labelled.

A page's article is taken out, its head is made a section's, and the titles and openings of other pages stand where
the article began. Nothing of it is stored.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from lxml.html import HtmlElement, fragment_fromstring

from extractors.content.support import fold

LENGTHS = (8, 10, 15, 20, 30)  # stories of a list
MIN_POOL = 12  # stories of a language, from which a list can be made
EDGE = 0.03  # of the gold's letters at either end, which may stand elsewhere on the page too
_HEAD = re.compile(
    r"og:|article:|twitter:|description|author|date|parsely|sailthru|keywords|dc\.|dcterms\.", re.I
)


@dataclass(frozen=True, slots=True)
class Teaser:
    """What a list shows of a story."""

    title: str
    opening: str  # its first paragraph
    second: str
    day: str


def read_teasers(gold: Sequence[Mapping[str, object]]) -> dict[str, list[Teaser]]:
    """Stories with a title and three paragraphs, by language."""
    found: dict[str, list[Teaser]] = {}
    for row in gold:
        texts = row.get("texts")
        if not isinstance(texts, list) or not texts or not row.get("title"):
            continue
        paragraphs = [line.strip() for line in texts[0].split("\n") if len(line.strip()) > 60]
        if len(paragraphs) > 2:
            day = str(row.get("date") or "2024-05-06")[:10]
            teaser = Teaser(str(row["title"]), paragraphs[0], paragraphs[1], day)
            found.setdefault(str(row.get("language")), []).append(teaser)
    return found


def _dotted(at: int, one: Teaser) -> str:
    return f'<div class="item"><h2>{_link(at, one)}</h2><p>{_cut(one.opening, 180)} …</p></div>'


def _whole(at: int, one: Teaser) -> str:
    return f"<article><h3>{_link(at, one)}</h3><p>{escape(one.opening)}</p></article>"


def _dated(at: int, one: Teaser) -> str:
    more = f'<a href="/story/{at}">»</a>'
    return f"<li>{_link(at, one)}<time>{one.day}</time><p>{_cut(one.opening, 180)}... {more}</p></li>"


def _linked(at: int, one: Teaser) -> str:
    inside = f"<h3>{escape(one.title)}</h3><p>{escape(one.opening)}</p>"
    return f'<a class="card" href="/story/{at}">{inside}</a>'


def _blog(at: int, one: Teaser) -> str:
    more = f'<a href="/story/{at}">[…]</a>'
    return f'<div class="post"><h2>{_link(at, one)}</h2><div>{one.day}</div><p>{escape(one.opening)}</p><p>{_cut(one.second, 250)} {more}</p></div>'


def _row(at: int, one: Teaser) -> str:
    return f"<tr><td>{_link(at, one)}</td><td>{at * 7 % 90}</td><td>{one.day}</td></tr>"


def _link(at: int, one: Teaser) -> str:
    return f'<a href="/story/{at}">{escape(one.title)}</a>'


def _cut(text: str, length: int) -> str:
    return escape(text[:length].rsplit(" ", 1)[0])


SHAPES: dict[str, tuple[str, Callable[[int, Teaser], str]]] = {
    "excerpts with dots": ("div", _dotted),
    "first paragraphs": ("div", _whole),
    "dated entries": ("ul", _dated),
    "linked cards": ("div", _linked),
    "blog posts": ("div", _blog),
    "table of titles": ("table", _row),
}


def as_list(
    tree: HtmlElement, gold: str, teasers: list[Teaser], shape: str, chance: random.Random
) -> HtmlElement | None:
    """The tree, changed, with a list in the article's place; None where the article is not found in it."""
    ends = _ends(tree, gold)
    if ends is None or len(teasers) < MIN_POOL:
        return None
    place, at = _take_out(tree, *ends)
    chosen = chance.sample(teasers, min(chance.choice(LENGTHS), len(teasers)))
    tag, form = SHAPES[shape]
    entries = "".join(form(number, one) for number, one in enumerate(chosen))
    place.insert(min(at, len(place)), fragment_fromstring(f'<{tag} class="list">{entries}</{tag}>'))
    _make_section(tree)
    return tree


def _ends(tree: HtmlElement, gold: str) -> tuple[HtmlElement, HtmlElement] | None:
    """The first and the last element whose own text is the article's."""
    held = [
        (element, len(element.text))
        for element in tree.iter()
        if isinstance(element.tag, str)
        and element.tag not in ("script", "style", "title", "meta", "html", "body", "head")
        and element.text
        and len(fold(element.text)) >= 15
        and fold(element.text) in gold
    ]
    total = sum(length for _, length in held)
    if total < 150:
        return None
    seen, inside = 0, []
    for element, length in held:
        if EDGE * total <= seen + length and seen <= (1 - EDGE) * total:
            inside.append(element)
        seen += length
    return inside[0], inside[-1]


def _take_out(tree: HtmlElement, first: HtmlElement, last: HtmlElement) -> tuple[HtmlElement, int]:
    """Remove everything from the first to the last element; where the first one stood."""
    order = {element: number for number, element in enumerate(tree.iter())}
    ends = {
        element: max(order[below] for below in element.iter())
        for element in order
        if order[element] >= order[first]
    }
    place = first.getparent()
    at = place.index(first)
    for element, end in ends.items():
        if end <= order[last] and element.getparent() is not None:
            element.getparent().remove(element)
    for element in tree.iter("script"):
        element.text = ""
    return place, at


def _make_section(tree: HtmlElement) -> None:
    """Give the head of a section's page: no types, no description, no date, a section's title."""
    for element in list(tree.iter("h1", "meta", "title")):
        if element.tag == "h1":
            element.clear()
        elif element.tag == "title":
            element.text = "News"
        elif _HEAD.search(f"{element.get('property') or ''} {element.get('name') or ''}"):
            element.getparent().remove(element)
    for element in tree.iter():
        if isinstance(element.tag, str):
            for name in ("itemtype", "itemprop", "itemscope"):
                element.attrib.pop(name, None)
