"""What the page shows its reader: headings, bylines, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from extractors.metadata.claims import Claims, clean, text_of, unique
from extractors.metadata.parts import Parts

MAX_BYLINE = 150  # characters; longer is a biography or a teaser
MAX_NEAR = 90  # characters of a line beside the headline
MAX_CANDIDATES = 300
_BYLINE = re.compile(
    r"(?:^|[-_ ])(?:by-?line|authors?(?:-?names?)?|autor(?:en|es|i)?|auteur|(?:article|post|entry)-?author|writer"
    r"|contributor|written-?by|vcard)(?:$|[-_ ])",
    re.I,
)
_NOT_A_BYLINE = re.compile(
    r"bio|box|avatar|image|img|photo|social|follow|more|link-?list|desc|position|role|job", re.I
)
_CLASSED = (
    "//h1 | //body//*[@rel='author' or contains(@class,'uthor') or contains(@class,'yline') or contains(@class,'utor')"
    " or contains(@class,'uteur') or contains(@class,'writ') or contains(@class,'vcard')"
    " or contains(@data-testid,'yline') or contains(@data-testid,'uthor')]"
)
_DATE_CLASS = re.compile(
    r"(?:^|[-_ ])(?:date|datum|fecha|data|tarih|time(?:stamp)?|pub-?date|published?|(?:publish|post|entry)-?date|posted-on)"
    r"(?:$|[-_ ])",
    re.I,
)
_DATED = (
    "//body//*[contains(@class,'date') or contains(@class,'Date') or contains(@class,'ublish') or contains(@class,'time')"
    " or contains(@class,'osted') or contains(@class,'datum') or contains(@class,'fecha') or contains(@class,'tarih')]"
    "[not(self::time)]"
)
# Words for "changed" beside a date, in the languages of the corpora's pages.
_CHANGED = re.compile(
    r"updat|modif|aktuali|actuali|mis à jour|maj\b|aggiorn|bijgewerkt|güncel|обновл|оновл|päivitetty|uppdater|oppdater"
    r"|opdater|reviewed|edited|更新|수정|diperbarui|frissít",
    re.I,
)
_ELSEWHERE = frozenset({"aside", "footer", "nav"})
_OTHERS = re.compile(
    r"comment|respond|related|recommend|sidebar|footer|reference|bibliograph|widget|promo|teaser|newsletter"
    r"|most-?read|popular|also-|read-?more|next-post|prev",
    re.I,
)
_BRANCHES = 12  # how far up another part's wrapper is looked for


def read_headings(parts: Parts) -> tuple[str, ...]:
    """Texts of the h1 elements, in order."""
    texts = [text_of(element) for element in parts.headings[:10]]
    return unique([text for text in texts if 2 < len(text) < 400])


def read_bylines(parts: Parts) -> tuple[str, ...]:
    """Texts of the elements that name the author: of the first such place after the headline, else before it."""
    before: list[HtmlElement] = []
    after: list[HtmlElement] = []
    seen_heading = not parts.headings
    for element in parts.tree.xpath(_CLASSED)[:MAX_CANDIDATES]:
        if element.tag == "h1":
            seen_heading = True
        elif _is_byline(element):
            (after if seen_heading else before).append(element)
            if len(after) >= 12:
                break
    chosen = after or before
    if not chosen:
        return ()
    place = _place(chosen[0])
    return unique([text for element in chosen if _place(element) is place for text in _names_in(element)])


def read_near(parts: Parts) -> tuple[str, ...]:
    """Short lines right after the headline, then right before it."""
    if not parts.headings:
        return ()
    heading = parts.headings[0]
    elements = [
        *heading.xpath("following::*[position()<=60]"),
        *heading.xpath("preceding::*[position()<=12]"),
    ]
    texts = []
    for element in elements:
        if isinstance(element.tag, str) and element.tag not in ("script", "style", "option"):
            own = clean(element.text or "")
            text = text_of(element) if len(element) < 6 else own
            texts.extend([line for line in (own, text) if 3 < len(line) <= MAX_NEAR])
    return unique(texts)


def read_times(parts: Parts) -> Claims:
    """Dates of the article's time elements: marked as publication, after the headline, others."""
    marked: list[str] = []
    plain: list[str] = []
    changed: list[str] = []
    for element in parts.times[:30]:
        if _is_elsewhere(element):
            continue
        parent = element.getparent()
        beside = " ".join(
            (
                element.get("class") or "",
                element.get("itemprop") or "",
                parent.get("class") or "",
                parent.text or "",
            )
        )
        value = element.get("datetime") or text_of(element)
        if _CHANGED.search(beside):
            changed.append(value)
        elif element.get("pubdate") is not None or "publi" in beside.lower():
            marked.append(value)
        else:
            plain.append(value)
    return Claims(published=unique([*marked, *plain[:3]]), modified=unique(changed))


def read_dated(parts: Parts) -> Claims:
    """Short texts of elements whose class says that they are dates."""
    shown: list[str] = []
    changed: list[str] = []
    for element in parts.tree.xpath(_DATED)[:MAX_CANDIDATES]:
        names = element.get("class") or ""
        if _DATE_CLASS.search(names) and not _is_elsewhere(element):
            text = clean(element.get("datetime") or text_of(element))
            if 5 < len(text) < 80 and any(map(str.isdigit, text)):
                (changed if _CHANGED.search(f"{names} {text[:20]}") else shown).append(text)
        if len(shown) >= 10:
            break
    return Claims(published=unique(shown), modified=unique(changed))


def is_changed(text: str) -> bool:
    """Whether a line speaks of a change, not of the publication."""
    return bool(_CHANGED.search(text))


def _is_byline(element: HtmlElement) -> bool:
    if "author" not in (element.get("rel") or "").split():
        names = f"{element.get('class') or ''} {element.get('data-testid') or ''}"
        if not _BYLINE.search(names) or _NOT_A_BYLINE.search(names):
            return False
    return not _is_elsewhere(element) and 2 < len(text_of(element)) <= MAX_BYLINE


def _place(element: HtmlElement) -> HtmlElement | None:
    """The element that holds a whole byline: two levels up."""
    parent = element.getparent()
    above = parent.getparent() if parent is not None else None
    return above if above is not None else parent


def _names_in(element: HtmlElement) -> Iterator[str]:
    """Names are linked more often than not; else the parts of the byline, a name in each at most."""
    links = [link for link in element.iter("a") if "@" not in (link.get("href") or "")]
    for part in links or [element]:
        yield text_of(part)


def _is_elsewhere(element: HtmlElement) -> bool:
    """Whether the element is in a part of the page that is not the article's head."""
    for number, ancestor in enumerate(element.iterancestors()):
        if ancestor.tag in _ELSEWHERE:
            return True
        if ancestor.tag in ("body", "html", "main", "article") or number >= _BRANCHES:
            return False
        if _OTHERS.search(f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}"):
            return True
    return False
