"""Data that pages hand to their statistics scripts: ``utag_data = {...}``, ``dataLayer = [{...}]``.

Read by key and value alone, because it is JavaScript as often as JSON.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from extractors.metadata.claims import Claims, clean, unique

_STARTS = (
    "utag_data",
    "dataLayer",
    "digitalData",
    "digital_data",
    "udm_data",
    "pageData",
    "_sf_async_config",
)
_TELLING = (
    "yline",
    "uthor",
    "ateline",
    "ublish",
    "pubdate",
    "ubDate",
    "pub_date",
)  # else there is nothing to find
_PAIR = re.compile(
    r"""["']?\b(?P<key>[A-Za-z][A-Za-z_.-]{2,30})["']?\s*[:=]\s*(?P<quote>["'])(?P<value>(?:\\.|(?!(?P=quote))[^\\\n]){1,300})(?P=quote)"""
)
_KEYS = {
    "authors": "byline author authors authorname articleauthor articleauthors contentauthor pageauthor"
    " pagepostauthor postauthor",
    "published": "pubdate publishdate publicationdate datepublished publisheddate articlepublisheddate firstpublished"
    " publishedat articlepublishdate contentpublishdate",
    "datelines": "dateline",
    "tags": "tags keywords articletags",
    "sections": "section sectionname articlesection category",
}  # fmt: skip
_FIELDS = {key: field for field, keys in _KEYS.items() for key in keys.split()}
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))")
_EMBEDDED_DATE = re.compile(
    r"""\b(?:datePublished|publishedAt|published_at|publicationDate|publishDate|firstPublished(?:At|Date)?|firstPublicationDate)"""
    r"""\\*["']?\s*[:=]\s*\\*["']([^"'\\]{8,35})["'\\]"""
)
MAX_CHARACTERS = 20_000  # of one script: larger ones are programs
MAX_SCRIPTS = 100


def read_blobs(scripts: tuple[HtmlElement, ...]) -> Claims:
    """What the page tells its statistics."""
    found: dict[str, list[str]] = {}
    for script in scripts[:MAX_SCRIPTS]:
        text = (script.text or "")[:MAX_CHARACTERS]
        start = min((place for name in _STARTS if (place := text.find(name)) >= 0), default=-1)
        if start < 0 or not any(name in text for name in _TELLING):
            continue
        for match in _PAIR.finditer(text[start:]):
            field = _FIELDS.get(re.sub(r"[^a-z]", "", match["key"].lower()))
            if field:
                found.setdefault(field, []).append(clean(_plain(match["value"])))
    tags = found.get("tags", [])[:1]
    return Claims(
        authors=unique(found.get("authors", [])[:3]),
        published=unique(found.get("published", [])[:2]),
        datelines=unique(found.get("datelines", [])[:1]),
        tags=unique([tag.strip() for text in tags for tag in re.split(r"[,;|]", text)]),
        sections=unique(found.get("sections", [])[:1]),
    )


def read_embedded(scripts: tuple[HtmlElement, ...]) -> tuple[str, ...]:
    """Publication dates in the state that a page hands to its own scripts, as JSON inside strings or not."""
    for script in scripts[:MAX_SCRIPTS]:
        is_jsonld = "ld+json" in (
            script.get("type") or ""
        )  # read already, and what it says of teasers left out
        if not is_jsonld and (match := _EMBEDDED_DATE.search(script.text or "")):
            return (match[1],)
    return ()


def _plain(value: str) -> str:
    return _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else m[3], value)
