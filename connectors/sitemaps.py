"""Sitemaps read as they arrive: no tree is built, so a million URLs take no more memory than one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from connectors.decoding import ENCODING_ERRORS, Decoder, decoder_for
from connectors.feeds import BARE_AMPERSAND, MAX_FEED_BYTES, join
from connectors.found import Found, parse_date

MAX_SITEMAP_BYTES = 256_000_000  # unpacked; the protocol allows 50 MB, some sites do not care
_MAX_VALUE_LETTERS = 4096
_SNIFF_BYTES = 4096
_AMPERSAND = "{{amp}}"  # stands for one while the parser works
_ROOT = re.compile(rb"<(?:[\w.-]+:)?(?:urlset|sitemapindex)\b")
_DECLARATION = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,200}\?>")
_CONTROLS = bytes(one for one in range(32) if one not in b"\t\n\r")
_MAX_ENTITY_BYTES = 12
_FIELDS = frozenset({"loc", "lastmod", "publication_date", "title", "language"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One ``url`` or ``sitemap`` element."""

    is_sitemap: bool  # an index's entry: another sitemap
    found: Found
    alternates: tuple[tuple[str, str], ...] = ()  # (hreflang, absolute URL)


@dataclass(slots=True)
class _Target:
    """Takes the parser's events; what lxml calls a target."""

    url: str
    source: str  # one string for all entries
    on_entry: Callable[[Listed], None]
    is_open: bool = False
    field_name: str = ""
    letters: int = 0
    text: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    alternates: list[tuple[str, str]] = field(default_factory=list)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        if name in {"url", "sitemap"}:
            if self.is_open:  # the one before was never closed
                self._emit(is_sitemap=name == "sitemap")
            self.is_open = True
            self.values = {}
            self.alternates = []
        elif self.is_open and name == "link":
            target = join(self.url, attributes.get("href", ""))
            if target and attributes.get("rel") == "alternate" and len(self.alternates) < 200:
                self.alternates.append((attributes.get("hreflang", "").lower(), target))
        # image:loc and image:title lie deeper and come later: the first of a name counts
        self.field_name = name if self.is_open and name in _FIELDS and name not in self.values else ""
        self.letters = 0
        self.text = []

    def data(self, text: str) -> None:
        if self.field_name and self.letters < _MAX_VALUE_LETTERS:
            self.text.append(text)
            self.letters += len(text)

    def end(self, tag: str) -> None:
        name = _local(tag)
        if self.field_name == name:
            value = "".join(self.text).strip()[:_MAX_VALUE_LETTERS]
            self.values[name] = value.replace(_AMPERSAND, "&").replace("&amp;", "&")  # some escape twice
            self.field_name = ""
        elif self.is_open and name in {"url", "sitemap"}:
            self.is_open = False
            self._emit(is_sitemap=name == "sitemap")

    def close(self) -> None:
        return None

    def _emit(self, *, is_sitemap: bool) -> None:
        target = join(
            self.url, self.values.get("loc", "").replace("&amp;", "&")
        )  # escaped twice, or in CDATA
        if not target:
            return
        published = self.values.get("publication_date", "")
        modified = self.values.get("lastmod", "")
        found = Found(
            url=target,
            source=self.source,
            title=" ".join(self.values.get("title", "").split()) if published else "",
            published=parse_date(published) if published else None,
            last_modified=parse_date(modified) if modified else None,
            language=self.values.get("language", "").lower(),
        )
        self.on_entry(Listed(is_sitemap=is_sitemap, found=found, alternates=tuple(self.alternates)))


class ListReader:
    """Takes a feed's or sitemap's body piece by piece and finds out what it is.

    Sitemaps and indexes are parsed at once, entry by entry; anything else is kept, up to
    ``MAX_FEED_BYTES``, for whoever reads feeds and pages.
    """

    def __init__(self, url: str, on_entry: Callable[[Listed], None]) -> None:
        self.is_sitemap = False
        self.entries = 0
        self._url = url
        self._on_entry = on_entry
        self._kept = bytearray()
        self._parser: etree.XMLParser | None = None
        self._gunzip: Decoder | None = None
        self._tail = b""  # held back: an ampersand whose entity may continue in the next piece
        self._is_wide = False  # UTF-16 or UTF-32: bytes are no letters
        self._is_started = False
        self._bytes = 0

    @property
    def other(self) -> bytes:
        """The body, unpacked, if it is no sitemap in XML."""
        return b"" if self.is_sitemap else bytes(self._kept)

    def take(self, piece: bytes) -> bool:
        """Read on; False when there is nothing more to gain or too much of it."""
        if not self._is_started and piece:
            self._is_started = True
            if piece[:2] == b"\x1f\x8b":
                self._gunzip = decoder_for("gzip")
        if self._gunzip is None:
            return self._take_plain(piece)
        try:
            return all(self._take_plain(plain) for plain in self._gunzip.feed(piece))
        except ENCODING_ERRORS:
            return False

    def finish(self) -> None:
        """The body is over; a list of plain URLs, one a line, is a sitemap too."""
        if self._parser is not None:
            try:
                self._parser.feed(_mend(self._tail) + b" ")
                self._parser.close()
            except etree.XMLSyntaxError:
                return  # cut short: what came before stands
        elif not self.is_sitemap:
            self._read_lines()

    def _take_plain(self, piece: bytes) -> bool:
        self._bytes += len(piece)
        if self._bytes > MAX_SITEMAP_BYTES:
            return False
        if self._parser is not None:
            return self._parse(piece)
        self._kept += piece
        if len(self._kept) >= _SNIFF_BYTES or b">" in self._kept:
            head = bytes(self._kept[:_SNIFF_BYTES])
            self._is_wide = b"\0" in head
            if _ROOT.search(head.replace(b"\0", b"")):
                return self._start_parsing()
        return len(self._kept) <= MAX_FEED_BYTES

    def _start_parsing(self) -> bool:
        self.is_sitemap = True
        self._parser = etree.XMLParser(
            target=_Target(url=self._url, source=f"sitemap:{self._url}", on_entry=self._count),  # type: ignore[arg-type]  # stubs want bytes too
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            recover=True,
        )
        first, self._kept = bytes(self._kept), bytearray()
        if not self._is_wide:
            return self._parse(_without_doctype(first))
        return b"<!ENTITY" not in first.replace(b"\0", b"") and self._parse(first)

    def _parse(self, piece: bytes) -> bool:
        if self._parser is None:
            raise RuntimeError("a parser is started first")
        if not self._is_wide:
            piece = self._tail + piece
            cut = piece.rfind(b"&", -_MAX_ENTITY_BYTES)
            cut = len(piece) if cut < 0 else cut
            piece, self._tail = _mend(piece[:cut]), piece[cut:]
        try:
            self._parser.feed(piece)
        except etree.XMLSyntaxError:
            return False  # beyond repair: what came before stands
        return True

    def _count(self, listed: Listed) -> None:
        self.entries += 1
        self._on_entry(listed)

    def _read_lines(self) -> None:
        lines = bytes(self._kept).decode("utf-8", "replace").removeprefix("\ufeff").splitlines()
        lines = [line.strip() for line in lines if line.strip()]
        if not lines or not all(line.startswith(("http://", "https://")) for line in lines):
            return
        self.is_sitemap = True
        for line in lines:
            self._count(Listed(is_sitemap=False, found=Found(url=line, source=f"sitemap:{self._url}")))


def _without_doctype(head: bytes) -> bytes:
    """XML declaration and root: what stands between could only define entities, which get unfolded."""
    declaration = _DECLARATION.match(head)
    root = _ROOT.search(head)
    return (declaration.group() if declaration else b"") + head[root.start() if root else 0 :]


def _mend(piece: bytes) -> bytes:
    """Without control characters, and with words for ampersands.

    After a first mistake the parser recovers, but drops every entity from then on: URLs would lose
    their ampersands without a word.
    """
    piece = piece.translate(None, _CONTROLS).replace(b"&amp;", _AMPERSAND.encode())
    return BARE_AMPERSAND.sub(_AMPERSAND.encode(), piece)


@lru_cache(maxsize=256)
def _local(tag: str) -> str:
    """The name without its namespace, declared or not."""
    return tag.rpartition("}")[2].rpartition(":")[2]
