"""Which pages of an archive are worth judging."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from connectors.archives import is_story_candidate
from extractors.records import FetchedPage

HTML = b"<!DOCTYPE html><html><p>Words.</p></html>"
XHTML = b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x" "y"><html xmlns="z">'


def _page(body: bytes, content_type: str, path: str = "/a") -> FetchedPage:
    url = f"https://a.example{path}"
    headers = (("Content-Type", content_type),) if content_type else ()
    when = datetime(2026, 11, 24, tzinfo=UTC)
    return FetchedPage(url=url, final_url=url, fetched_at=when, status=200, headers=headers, body=body)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (HTML, "text/html; charset=utf-8"),
        (HTML, "TEXT/HTML"),
        (HTML, ""),
        (HTML, "text/plain"),
        (HTML, "application/octet-stream"),
        (b"\xef\xbb\xbf\n <!-- x --> <html>", ""),
        (XHTML, "application/xhtml+xml"),
        (XHTML, "text/html"),
        (XHTML, ""),
        (b"Words without markup.", "text/html"),
        (b"Words without markup.", "text/plain; charset=utf-8"),
        ("Լուրեր".encode("utf-16"), "text/plain"),
        ("<html>Լուրեր".encode("utf-16"), "text/html"),
        (b"", "text/html"),
    ],
)
def test_html_and_plain_text_are_candidates(body, content_type):
    assert is_story_candidate(_page(body, content_type))


@pytest.mark.parametrize(
    ("body", "content_type", "path"),
    [
        (b"User-agent: *", "text/plain", "/robots.txt"),
        (b"User-agent: *", "", "/robots.txt"),
        (b"a.example, 1, DIRECT", "text/plain", "/ads.txt"),
        (b"x", "text/plain", "/.well-known/security.txt"),
        (b"https://a.example/1", "text/plain", "/sitemap-1.txt"),
        (b'<?xml version="1.0"?><urlset>', "application/xml", "/sitemap.xml"),
        (b'<?xml version="1.0"?><rss>', "text/html", "/feed"),
        (b"<rss version='2.0'>", "text/html", "/feed"),
        (b'<?xml version="1.0"?><!-- x --><feed>', "text/plain", "/feed"),
        (b'<?xml version="1.0"?><sitemapindex>', "text/html", "/map"),
        (b'<?xml version="1.0"?><other>', "", "/x"),
        (b"<rss>", "application/rss+xml", "/feed"),
        (b'{"a": 1}', "application/json", "/x"),
        (b'{"a": 1}', "text/plain", "/x"),
        (b"%PDF-1.7", "application/pdf", "/x"),
        (b"%PDF-1.7", "application/octet-stream", "/x"),
        (b"\x89PNG\r\n\x1a\n\0", "", "/x"),
        (b"\x89PNG\r\n\x1a\n\0", "text/plain", "/x"),
        (b"body {}", "text/css", "/x"),
        (b"", "", "/x"),
    ],
)
def test_what_machines_read_is_none(body, content_type, path):
    assert not is_story_candidate(_page(body, content_type, path))
