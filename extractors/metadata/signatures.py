"""The author where nothing declares one and no byline stands by the headline: a label, a signature, a portrait."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree
from lxml.html import HtmlElement

from extractors.metadata.claims import clean, text_of
from extractors.metadata.names import Byline, is_signed
from extractors.metadata.shown_names import is_full_name, read_shown
from extractors.metadata.visible import is_anothers, is_beside

MAX_ELEMENTS = 6_000
MAX_LINE = 70  # characters of a label, or of a signature
_LABEL = re.compile(
    r"^(?:(?:written|words|story|posted) by|authors?|autor(?:in|en|/in|\*in)?|text|(?:geschrieben|verfasst) von|auteure?s?"
    r"|texte|escrit[oa]? p[ao]r|texto|autore|testo|scritto da|tekst|författare|forfatter|автор|текст|yazar|penulis|作者|記者|记者"
    r"|撰文)\s*[:：]?$",
    re.I,
)
_OPENS_LABEL = re.compile(r"^(?:text|texte|texto|testo|tekst|текст)\b(?!\s*[:：])", re.I)  # of a button
_PORTRAIT = re.compile(r"author|autor|avatar|byline", re.I)


def read_signature(tree: HtmlElement, site_names: Iterable[str]) -> Byline:
    """The one name after a label ("Author:"), in a line that is a signature, or under an author's portrait.

    Of the corpora's signed pages where all other sources are silent it names the right person on six, a wrong one
    on none; it also names one on three pages whose gold names nobody.
    """
    own_names = tuple(site_names)
    for number, element in enumerate(tree.iter(etree.Element)):
        if number >= MAX_ELEMENTS:
            break
        for claim in _claims(element):
            people = tuple(name for name in read_shown([claim], own_names).people if is_full_name(name))
            if len(people) == 1 and not is_anothers(element) and not is_beside(element):
                return Byline(people)
    return Byline()


def _claims(element: HtmlElement) -> Iterator[str]:
    if element.tag == "img":
        parent = element.getparent()
        names = f"{element.get('class') or ''} {parent.get('class') or '' if parent is not None else ''}"
        if _PORTRAIT.search(names):
            yield clean((element.get("alt") or "")[:MAX_LINE])
        return
    text = element.text
    if not text or len(text) > 2 * MAX_LINE or not (text := clean(text)) or len(text) > MAX_LINE:
        return
    if _LABEL.match(text):
        yield _after(element)
    elif not len(element) and is_signed(text) and not _OPENS_LABEL.match(text):
        yield text


def _after(label: HtmlElement) -> str:
    """What follows the label: text, or the next element's."""
    text = clean((label.tail or "")[: 2 * MAX_LINE])
    following = label.getnext()
    if len(text) < 3 and following is not None and isinstance(following.tag, str):
        text = text_of(following, MAX_LINE)
    return text if len(text) <= MAX_LINE else ""
