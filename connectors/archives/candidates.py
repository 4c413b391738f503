"""Which pages of an archive are worth judging."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from extractors.records import FetchedPage

# Text that machines read: https://www.rfc-editor.org/rfc/rfc9309 (robots), rfc9116 (security),
# iabtechlab.com (ads), llmstxt.org
_MACHINE_FILES = re.compile(
    r"/(?:robots|ads|app-ads|sellers|humans|llms|llms-full|security|ai)\.txt$|^/\.well-known/|/sitemap[^/]*\.txt$",
    re.IGNORECASE,
)
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"})
_UNSURE_TYPES = frozenset({"", "text/plain", "application/octet-stream", "unk", "unknown/unknown"})
_SNIFF_BYTES = 1024
# https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type
_MARKUP = re.compile(
    rb"(?:<!--.*?-->|\s|\xef\xbb\xbf|<\?xml[^>]*\?>)*<(!doctype\s+html|[a-z0-9]+)", re.I | re.S
)
_XML = re.compile(rb"(?:\xef\xbb\xbf|\s)*<\?xml", re.I)
_XML_ROOTS = frozenset({b"rss", b"feed", b"urlset", b"sitemapindex", b"opml", b"rdf"})
# Bytes that no text has: https://mimesniff.spec.whatwg.org/#binary-data-byte
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def is_story_candidate(page: FetchedPage) -> bool:
    """Whether a page is HTML or plain text for people; False for feeds, sitemaps, robots.txt, pictures.

    By its content type, by its first bytes where that says nothing, and by its path for the text files
    that machines read. A page that is no success is a candidate all the same if its type is right: judge
    says why it is refused.
    """
    content_type = page.header("Content-Type").partition(";")[0].strip().lower()
    head = page.body[:_SNIFF_BYTES]
    if content_type not in _HTML_TYPES | _UNSURE_TYPES:
        return False
    if _MACHINE_FILES.search(_path(page.url)):
        return False
    markup = _MARKUP.match(head)
    if markup and markup[1].lower() in _XML_ROOTS:
        return False
    if content_type in _HTML_TYPES:
        return True
    if markup and not (_XML.match(head) and b"html" not in head.lower()):
        return True
    return content_type == "text/plain" and _is_text(head)


def _is_text(head: bytes) -> bool:
    if head.startswith(_UTF16_MARKS):
        return True
    return not _BINARY.search(head) and not head.lstrip().startswith((b"{", b"<?xml"))


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
