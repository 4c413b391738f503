"""What the page shows its reader: headings, bylines, dates."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from extractors.metadata.claims import Claims, clean, text_of, unique
from extractors.metadata.parts import Parts

MAX_BYLINE = 150  # characters; longer is a biography or a teaser
_BYLINE = re.compile(
    r"(?:^|[-_ ]|__)(?:by-?line|author(?:s|-?names?)?|autor(?:en|es|i)?|auteur|article-?author|post-?author|entry-?author"
    r"|writer|contributor|credits?-?by|written-?by|vcard)(?:$|[-_ ]|__)",
    re.I,
)
_NOT_A_BYLINE = re.compile(
    r"bio|box|avatar|image|img|photo|comment|related|sidebar|widget|social|follow|footer|more", re.I
)
_DATE_CLASS = re.compile(
    r"(?:^|[-_ ])(?:date|datum|fecha|data|time(?:stamp)?|pub-?date|published?|publish-?date|post-?date|entry-?date|posted-on)(?:$|[-_ ])",
    re.I,
)
_CLASSED = (
    "//body//*[@rel='author' or contains(@class,'uthor') or contains(@class,'yline') or contains(@class,'utor')"
    " or contains(@class,'uteur') or contains(@class,'writ') or contains(@class,'vcard') or contains(@data-testid,'yline')"
    " or contains(@data-testid,'uthor')]"
)
_DATED = (
    "//body//*[contains(@class,'date') or contains(@class,'Date') or contains(@class,'ublish') or contains(@class,'time')"
    " or contains(@class,'osted') or contains(@class,'datum') or contains(@class,'fecha')][not(self::time)]"
)
_ELSEWHERE = frozenset({"aside", "footer", "nav"})
MAX_CANDIDATES = 300


def read_headings(parts: Parts) -> tuple[str, ...]:
    """Texts of the h1 elements, those beside the article after the others."""
    texts = [text_of(element) for element in parts.headings[:10]]
    return unique([text for text in texts if 2 < len(text) < 400])


def read_bylines(parts: Parts) -> tuple[str, ...]:
    """Texts of the elements that name the author, those inside links first."""
    linked, plain = [], []
    for element in parts.tree.xpath(_CLASSED)[:MAX_CANDIDATES]:
        names = f"{element.get('class') or ''} {element.get('data-testid') or ''}"
        by_rel = "author" in (element.get("rel") or "").split()
        if not by_rel and (not _BYLINE.search(names) or _NOT_A_BYLINE.search(names)):
            continue
        text = text_of(element)
        if not 3 < len(text) <= MAX_BYLINE or _is_elsewhere(element):
            continue
        (linked if by_rel else plain).append(text)
        if len(linked) + len(plain) > 8:
            break
    return unique(linked or plain)


def read_times(parts: Parts) -> Claims:
    """Dates of the time elements of the article: those marked as publication first."""
    marked, plain, changed = [], [], []
    for element in parts.times[:20]:
        value = element.get("datetime") or text_of(element)
        names = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.getparent().get('class') or ''}".lower()
        if _is_elsewhere(element):
            continue
        if "updat" in names or "modif" in names:
            changed.append(value)
        elif element.get("pubdate") is not None or "publi" in names:
            marked.append(value)
        else:
            plain.append(value)
    return Claims(published=unique([*marked, *plain[:2]]), modified=unique(changed))


def read_dated(parts: Parts) -> tuple[str, ...]:
    """Short texts of elements whose class says that they are dates."""
    texts = []
    for element in parts.tree.xpath(_DATED)[:MAX_CANDIDATES]:
        if _DATE_CLASS.search(element.get("class") or "") and not _is_elsewhere(element):
            text = clean(element.get("datetime") or text_of(element))
            if 5 < len(text) < 80 and any(map(str.isdigit, text)):
                texts.append(text)
    return unique(texts[:10])


def _is_elsewhere(element: HtmlElement) -> bool:
    """Whether the element is in a part of the page that is not the article."""
    return any(ancestor.tag in _ELSEWHERE for ancestor in element.iterancestors())
