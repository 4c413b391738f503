"""What the page shows its reader: headings, bylines, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from extractors.metadata.claims import Claims, clean, text_of, unique
from extractors.metadata.date_words import is_changed
from extractors.metadata.headline import by_closeness, find_headline
from extractors.metadata.parts import Parts

MAX_BYLINE = 150  # characters; longer is a biography or a teaser
MAX_LABEL = 40  # characters before a date that may say of what it is
MAX_CANDIDATES = 300
MAX_TIMES = 30
MAX_PLACES = 3  # of bylines; later ones are other texts'
_BYLINE = re.compile(
    r"(?:^|[-_ ])(?:by-?line|authors?(?:-?names?)?|autor(?:en|es|i)?|auteur|(?:article|post|entry)-?author|writer"
    r"|contributor|written-?by|vcard)(?:$|[-_ ])",
    re.I,
)
_NOT_A_BYLINE = re.compile(
    r"bio|box|avatar|image|img|photo|social|follow|more|link-?list|desc|position|role|job", re.I
)
# Links to a person's own page: "/author/anna", "/people/anna-petrosyan".
_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|autor(?:en|es|in)?|auteurs?|autore|people|persons?|profiles?|contributors?|writers?|journalists?|staff"
    r"|reporters?|columnists?|bio)/[^/?#]{3,}",
    re.I,
)
_DATE_CLASS = re.compile(
    r"(?:^|[-_ ])(?:date|datum|fecha|data|tarih|time(?:stamp)?|pub-?date|published?|(?:publish|post|entry)-?date|posted-on)"
    r"(?:$|[-_ ])",
    re.I,
)
_MARKS = re.compile(
    r"uthor|yline|utor|uteur|writ|vcard|contrib|[dD]ate|data\b|ublish|time|osted|datum|fecha|tarih"
)
# Parts of a page that are never the article's own head, and parts that hold it on few sites.
_OTHERS = re.compile(
    r"(?:^|[-_ ])(?:comments?|respond|replies|related|recommend\w*|references?|bibliograph\w*|teasers?|promos?|newsletter"
    r"|popular|trending|read-?more|also)(?:$|[-_ ])",
    re.I,
)
_BESIDE = re.compile(r"(?:^|[-_ ])(?<!has-)(?<!no-)(?<!with-)(?:sidebar|widgets?|footer)(?:$|[-_ ])", re.I)
_BESIDE_TAGS = frozenset({"aside", "footer", "nav"})
_BRANCHES = 12  # how far up another part's wrapper is looked for


class Marked(NamedTuple):
    """An element and what its class and data-testid call it."""

    element: HtmlElement
    names: str


def read_headings(parts: Parts) -> tuple[str, ...]:
    """Texts of the h1 elements, in order."""
    texts = [text_of(element) for element in parts.headings[:10]]
    return unique([text for text in texts if 2 < len(text) < 400])


def find_marked(tree: HtmlElement) -> tuple[Marked, ...]:
    """Elements whose class, data-testid or rel may mark an author or a date, and the h1 elements, in order."""
    found = []
    seen: dict[str, bool] = {}  # a page has few class texts, each on many elements
    for element in tree.iter(etree.Element):
        names, tag = element.get("class") or "", element.tag
        if test := element.get("data-testid"):
            names = f"{names} {test}"
        if tag == "a" and _AUTHOR_PAGE.search(element.get("href") or ""):
            names = f"author {names}"
        is_marked = seen.get(names)
        if is_marked is None:
            is_marked = seen[names] = bool(_MARKS.search(names))
        if is_marked or tag == "h1" or element.get("rel") == "author":
            found.append(Marked(element, names))
            if len(found) >= MAX_CANDIDATES:
                break
    return tuple(found)


def read_bylines(marked: tuple[Marked, ...]) -> list[tuple[str, ...]]:
    """Texts of the elements that name the author, place by place: after the headline, else before it, else in a
    part of the page that is beside the article.
    """
    tiers: dict[int, list[HtmlElement]] = {0: [], 1: [], 2: []}
    seen_heading = all(element.tag != "h1" for element, _ in marked)
    for element, names in marked:
        if element.tag == "h1":
            seen_heading = True
        elif _is_byline(element, names):
            tier = tiers[2 if is_beside(element) else 0 if seen_heading else 1]
            if tier and tier[-1] in element.iterancestors():
                tier.pop()  # the inner element holds the name, its wrapper more
            tier.append(element)
            if len(tiers[0]) >= 12:
                break
    chosen = tiers[0] or tiers[1] or tiers[2]
    places: dict[HtmlElement | None, list[str]] = {}
    for element in chosen:
        places.setdefault(_place(element), []).extend(_names_in(element))
    return [unique(texts) for texts in list(places.values())[:MAX_PLACES]]


def read_times(parts: Parts) -> Claims:
    """Dates of the article's time elements: marked as publication, then others; nearest to the headline first."""
    marked: list[str] = []
    plain: list[str] = []
    changed: list[str] = []
    own = [element for element in parts.times[:MAX_TIMES] if not (is_anothers(element) or is_beside(element))]
    for element in by_closeness(own, find_headline(parts) if len(own) > 1 else None):
        parent, label = element.getparent(), element.getprevious()
        beside = " ".join(
            (
                element.get("class") or "",
                element.get("itemprop") or "",
                parent.get("class") or "",
                parent.text or "",
                text_of(label, MAX_LABEL)[:MAX_LABEL] if label is not None and label.tag != "time" else "",
            )
        )
        value = element.get("datetime") or text_of(element)
        if is_changed(beside):
            changed.append(value)
        elif element.get("pubdate") is not None or "publi" in beside.lower():
            marked.append(value)
        else:
            plain.append(value)
    return Claims(published=unique([*marked, *plain[:3]]), modified=unique(changed))


def read_dated(marked: tuple[Marked, ...]) -> Claims:
    """Short texts of elements whose class says that they are dates."""
    shown: list[str] = []
    changed: list[str] = []
    for element, names in marked:
        if (
            element.tag != "time"
            and _DATE_CLASS.search(names)
            and not is_anothers(element)
            and not is_beside(element)
        ):
            text = clean(element.get("datetime") or text_of(element))
            if 5 < len(text) < 80 and any(map(str.isdigit, text)):
                (changed if is_changed(f"{names} {text[:20]}") else shown).append(text)
        if len(shown) >= 10:
            break
    return Claims(published=unique(shown), modified=unique(changed))


def _is_byline(element: HtmlElement, names: str) -> bool:
    if element.get("rel") != "author" and (not _BYLINE.search(names) or _NOT_A_BYLINE.search(names)):
        return False
    return not is_anothers(element) and 2 < len(text_of(element)) <= MAX_BYLINE


def _place(element: HtmlElement) -> HtmlElement | None:
    """The element that holds a whole byline: two levels up."""
    parent = element.getparent()
    above = parent.getparent() if parent is not None else None
    return above if above is not None else parent


def _names_in(element: HtmlElement) -> Iterator[str]:
    """The byline's links, which hold the names; where there are none, its parts: a job stands apart from a name."""
    links = [link for link in element.iter("a") if "@" not in (link.get("href") or "")]
    if links:
        yield from map(text_of, links)
    elif len(element):
        yield from (clean(text) for text in islice(element.itertext(), 12) if text.strip())
    else:
        yield text_of(element)


def is_anothers(element: HtmlElement) -> bool:
    """Whether the element is part of comments, teasers, references: of other people's texts."""
    return any(_OTHERS.search(_called(ancestor)) for ancestor in _wrappers(element))


def is_beside(element: HtmlElement) -> bool:
    """Whether the element is in a part of the page beside the article: navigation, footer, sidebar."""
    return any(
        ancestor.tag in _BESIDE_TAGS or _BESIDE.search(_called(ancestor)) for ancestor in _wrappers(element)
    )


def _wrappers(element: HtmlElement) -> Iterator[HtmlElement]:
    """The ancestors up to the article's or the page's own."""
    for ancestor in islice(element.iterancestors(), _BRANCHES):
        if ancestor.tag in ("body", "html", "main", "article"):
            return
        yield ancestor


def _called(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"
