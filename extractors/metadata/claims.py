"""What one source says of a page, before anybody has judged it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from extractors.normal_form import normal
from extractors.records import Image

# Elements that may begin or end inside a word: around all others a reader sees a gap.
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "em",
        "font",
        "i",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
        "wbr",
    ]
)
_SILENT = frozenset(("script", "style", "svg", "noscript", "template", "rt", "rp"))
_SOFT = "\ue000"  # private use: stands for a border of inline elements until it is known what it means
_SEAM = re.compile("\ue000+")
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,500}>")
_MAX_CHARACTERS = 2_000  # a title, a lead, a name: what is longer is something else, and cut
_MAX_STEPS = 4_000  # of a walk: bounds it where a million elements hold no text


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """Strings as one source gives them, text cleaned of markup, best first; empty where it is silent."""

    titles: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()  # named as authors, declared to be no people
    published: tuple[str, ...] = ()  # dates of any shape
    modified: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    datelines: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    urls: tuple[str, ...] = ()  # addresses that the page gives itself
    site_names: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    article_body: str = ""
    is_paywalled: bool | None = None
    is_article: bool = False  # the source describes an article, not the site or the page around it


def clean(text: str) -> str:
    """One line of plain text: entities resolved (also doubly escaped ones), tags out, white space folded."""
    if "&" in text:
        text = unescape(unescape(text))
    if "<" in text:
        text = _TAG.sub(" ", text)
    return _folded(text)


def text_of(element: HtmlElement, limit: int = _MAX_CHARACTERS) -> str:
    """The element's text as a reader sees it: words of neighbouring parts do not run together.

    Reading ends soon after ``limit`` characters, and after some thousands of elements without any.
    """
    if not len(element) and element.tag not in _SILENT:
        return _folded(element.text or "")
    pieces: list[str] = []
    size = 0
    for number, (event, node) in enumerate(iterwalk(element, events=("start", "end"))):
        if size > limit or number > _MAX_STEPS:
            break
        if not isinstance(node.tag, str):
            continue
        gap = _SOFT if node.tag in _INLINE else " "
        text = node.text if event == "start" else node.tail
        if event == "start" and node.tag in _SILENT:
            text = ""
        if node is not element:
            pieces.append(gap)
        if text and (event == "start" or node is not element):
            pieces.append(text)
            size += len(text.strip())
    return _folded(_SEAM.sub(_filled, "".join(pieces)))


def _folded(text: str) -> str:
    return normal(text[:_MAX_CHARACTERS])


def _filled(seam: re.Match[str]) -> str:
    """Where two inline parts meet: "By" and "Anna" are two words, a drop cap and "he" are one."""
    left, right = seam.string[seam.start() - 1 : seam.start()], seam.string[seam.end() : seam.end() + 1]
    return " " if right.isupper() and (left.islower() or left.isdigit() or left in ",:;.!?") else ""


def unique(texts: list[str]) -> tuple[str, ...]:
    """The non-empty texts, each once, in order."""
    return tuple(dict.fromkeys(text for text in texts if text))
