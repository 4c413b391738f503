"""What the demo site answers at each path: pages, feed, sitemap, robots.txt, pictures."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape

from flows.demo_site import modern, pangea
from flows.demo_site.stories import labels, stories

VIDEO_PATH = "/a/bridge-video/33014600.html"
MISSING_PATH = "/a/gone/33014000.html"
SECTION_PATH = "/section/society"

_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One answer with status 200."""

    content_type: str
    body: bytes


def find_document(path: str, base_url: str) -> Document | None:
    """What lies at a path; None if nothing does. The same path and base URL give the same bytes."""
    if path.startswith("/images/"):
        return Document(content_type="image/png", body=_PIXEL)
    if path == "/robots.txt":
        return _text("text/plain", f"User-agent: *\nDisallow: /search\n\nSitemap: {base_url}/sitemap.xml\n")
    if path == "/sitemap.xml":
        return _text("application/xml", _sitemap(base_url))
    if path == "/feed.xml":
        return _text("application/rss+xml", _feed(base_url))
    markup = _page(path, base_url)
    return _text("text/html", markup) if markup else None


def _page(path: str, base_url: str) -> str:
    others: dict[str, Callable[[str], str]] = {
        "/": modern.home_page,
        SECTION_PATH: modern.section_page,
        VIDEO_PATH: pangea.video_page,
        MISSING_PATH: pangea.missing_page,
    }
    if path in others:
        return others[path](base_url)
    for story in stories():
        if story.path == path:
            write_page = pangea.article_page if story.template == "pangea" else modern.article_page
            return write_page(story, base_url)
    return ""


def _text(content_type: str, text: str) -> Document:
    return Document(content_type=f"{content_type}; charset=utf-8", body=text.encode())


def _sitemap(base_url: str) -> str:
    entries = [
        f"""<url><loc>{base_url}{story.path}</loc><lastmod>{story.modified or story.published}</lastmod><news:news><news:publication><news:name>{escape(labels(story.menu).site)}</news:name><news:language>{story.language}</news:language></news:publication><news:publication_date>{story.published}</news:publication_date><news:title>{escape(story.title)}</news:title></news:news></url>"""
        for story in stories()
    ]
    entries += [
        f"<url><loc>{base_url}{path}</loc></url>" for path in (SECTION_PATH, VIDEO_PATH, MISSING_PATH)
    ]
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
{"".join(entries)}
</urlset>
"""


def _feed(base_url: str) -> str:
    entries = [
        f"""<item><title>{escape(story.title)}</title><link>{base_url}{story.path}</link><guid isPermaLink="false">{story.id}</guid><pubDate>{format_datetime(datetime.fromisoformat(story.published))}</pubDate><description>{escape(story.lead or story.paragraphs[0])}</description></item>"""
        for story in stories()
    ]
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>{escape(labels("en").site)}</title><link>{base_url}/</link><description>News of a valley that is on no map</description>
{"".join(entries)}
</channel></rss>
"""
