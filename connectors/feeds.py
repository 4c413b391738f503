"""RSS, Atom and JSON Feed, from bytes that may be anything."""

from __future__ import annotations

import calendar
import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

import feedparser
from lxml import etree

from connectors.found import Found, parse_date

MAX_FEED_BYTES = 5_000_000  # feedparser takes a second of CPU for 1.5 MB
BARE_AMPERSAND = re.compile(rb"&(?!#?[a-zA-Z0-9]{1,10};)")  # the most common mistake in feeds and sitemaps
MAX_ENTRIES = 5_000
_MAX_FIELDS = 60  # children of an entry that are looked at
_MAX_FIELD_BYTES = 10_000
_FIELDS = frozenset(
    {
        *("title", "link", "guid", "id", "origLink", "language"),
        *("pubDate", "published", "issued", "date", "updated", "modified", "created"),
    }
)
_JSON_FEED = "https://jsonfeed.org/version/"


def read_feed(body: bytes, url: str) -> list[Found]:
    """The entries of a feed, in its order; [] for bytes that are no feed.

    Args:
        body: RSS 0.9 to 2.0, Atom or JSON Feed, broken or not.
        url: where it came from; relative links are taken from there.
    """
    body = body[:MAX_FEED_BYTES]
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return list(_json_entries(body, url))
    clean = _without_entities(body)
    if not clean:
        return []
    # a file object, because feedparser opens strings as URLs and file names
    parsed = feedparser.parse(io.BytesIO(clean), sanitize_html=False, resolve_relative_uris=False)
    if not parsed.get("version"):
        return []
    language = str(parsed.feed.get("language", "")).lower()
    entries = [_entry(entry, url, language) for entry in parsed.entries[:MAX_ENTRIES]]
    return [entry for entry in entries if entry is not None]


def _without_entities(body: bytes) -> bytes:
    """The document mended and without its DOCTYPE: feedparser would unfold nested entities."""
    try:
        root = etree.fromstring(body.lstrip(), _parser(recover=False))
    except (etree.XMLSyntaxError, ValueError):
        root = _mend(body)
    if root is None:
        return b""
    etree.strip_elements(root, etree.Entity, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    if not _slim(root):
        return b""
    return etree.tostring(root, encoding="utf-8")


def _slim(root: etree._Element) -> bool:
    """Drop what nobody reads here: contents, thousands of categories, entries beyond the limit.

    False if there are no entries at all.

    feedparser's work grows with the square of some of these, so a small feed could hold it for hours.
    """
    entries = [one for one in root.iter(etree.Element) if _local(one) in {"item", "entry"}]
    for entry in entries[MAX_ENTRIES:]:
        _remove(entry)
    for entry in entries[:MAX_ENTRIES]:
        for count, child in enumerate(list(entry)):
            if _local(child) in {"item", "entry"}:  # in a broken feed one may lie inside another
                continue
            is_wanted = count < _MAX_FIELDS and _local(child) in _FIELDS
            if not is_wanted or len(etree.tostring(child)) > _MAX_FIELD_BYTES:
                _remove(child)
    for parent in {entry.getparent() for entry in entries[:1]} | {root}:
        rest = (
            [one for one in parent if _local(one) not in {"item", "entry", "channel"}]
            if parent is not None
            else []
        )
        for count, other in enumerate(rest):
            if count >= _MAX_FIELDS or _local(other) not in _FIELDS:
                _remove(other)
    return bool(entries)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _mend(body: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(BARE_AMPERSAND.sub(b"&amp;", body.strip()), _parser(recover=True))
    except (etree.XMLSyntaxError, ValueError):
        return None


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=recover)


def _entry(entry: feedparser.FeedParserDict, url: str, language: str) -> Found | None:
    link = str(entry.get("link") or "")
    if not link and str(entry.get("id", "")).startswith(("http://", "https://")):
        link = str(entry["id"])  # a permalink guid without a link
    target = join(url, link)
    if not target:
        return None
    return Found(
        url=target,
        source=f"feed:{url}",
        title=" ".join(str(entry.get("title", "")).split()),
        published=_date(entry, "published"),
        last_modified=_date(entry, "updated"),
        language=language,
    )


def _date(entry: feedparser.FeedParserDict, name: str) -> datetime | None:
    """Feedparser's own reading first: it knows many odd forms; then the text."""
    if (
        name not in entry and f"{name}_parsed" not in entry
    ):  # "updated" falls back to "published" with a warning
        return None
    parsed = entry.get(f"{name}_parsed")
    if parsed is None:
        return parse_date(str(entry.get(name, "")))
    try:
        date = datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return date if 1990 <= date.year <= 2100 else None


def _json_entries(body: bytes, url: str) -> Iterator[Found]:
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError):
        return
    if not isinstance(feed, dict) or not str(feed.get("version", "")).startswith(_JSON_FEED):
        return
    items = feed.get("items")
    for item in items[:MAX_ENTRIES] if isinstance(items, list) else []:
        if not isinstance(item, dict):
            continue
        name = str(item.get("id") or "")
        link = item.get("url") or item.get("external_url") or (name if name.startswith("http") else "")
        target = join(url, str(link))
        if target:
            yield Found(
                url=target,
                source=f"feed:{url}",
                title=" ".join(str(item.get("title") or "").split()),
                published=parse_date(str(item.get("date_published") or "")),
                last_modified=parse_date(str(item.get("date_modified") or "")),
                language=str(item.get("language") or feed.get("language") or "").lower(),
            )


def join(base: str, link: str) -> str:
    """An absolute http(s) URL, "" if the link is none."""
    link = link.strip().replace("\n", "")
    if not link:
        return ""
    try:
        target = link if link.startswith(("http://", "https://")) else urljoin(base, link)
        parts = urlsplit(target)
    except ValueError:
        return ""
    return target if parts.scheme in {"http", "https"} and parts.netloc else ""
