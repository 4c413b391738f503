"""Pages out of single files: saved HTML, and text as a crawl dumps it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from connectors.archives.records import Damage, RawPage, Split
from connectors.bucket import AWS, S3Options
from connectors.errors import BadInput
from connectors.sources import open_source
from extractors.records import FetchedPage, RawPlace

TEXT_ENDINGS = (".txt", ".text")
HTML_ENDINGS = (".html", ".htm", ".xhtml")

_MAX_FILE_BYTES = 64 * 1024 * 1024
_HEAD_BYTES = 256 * 1024  # canonical links stand in <head>; inline styles can make that long
_TAG = re.compile(rb"<(?:link|meta)\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"""([a-z:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf|\s)*<")
# https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern and the sections behind it
_OTHER_KINDS = tuple(
    (re.compile(pattern, re.DOTALL), kind)
    for pattern, kind in (
        (rb"%PDF-", "application/pdf"),
        (rb"\x89PNG\r\n\x1a\n", "image/png"),
        (rb"\xff\xd8\xff", "image/jpeg"),
        (rb"GIF8[79]a", "image/gif"),
        (rb"RIFF.{4}WEBPVP", "image/webp"),
        (rb"....ftypavif", "image/avif"),
        (rb"....ftyp", "video/mp4"),
        (rb"\x1aE\xdf\xa3", "video/webm"),
        (rb"ID3[\x02-\x04]", "audio/mpeg"),
        (rb"OggS\0", "application/ogg"),
        (rb"PK\x03\x04", "application/zip"),  # and what is packed so: docx, epub
        (rb"\x1f\x8b\x08", "application/gzip"),
    )
)
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(\S+)", re.IGNORECASE)  # what browsers write


def read_files(split: Split, options: S3Options) -> Iterator[RawPage | Damage]:
    """One page a file."""
    for path in split.paths:
        try:
            page = page_of_file(path, options)
        except BadInput as error:
            yield Damage(path=path, offset=0, message=str(error), places=1)
            continue
        yield RawPage(page=page, place=RawPlace(shard=path, offset=0))


def page_of_file(path: str, options: S3Options = AWS, *, url: str = "") -> FetchedPage:
    """The page that a file holds, at ``url``, else where it says it belongs, else at its ``file:`` address.

    Raises ``BadInput`` if it cannot be read.
    """
    source = open_source(path, options)
    if source.size > _MAX_FILE_BYTES:
        raise BadInput(f"{path}: {source.size} bytes are too many for a page")
    body = source.read_at(0, source.size)
    own = path if path.startswith("s3://") else Path(path).absolute().as_uri()
    return replace(page_of_bytes(body, url=url, own=own), fetched_at=_written(path))


def page_of_bytes(body: bytes, *, url: str = "", own: str) -> FetchedPage:
    """The page that these bytes are: at ``url``, else where they say that they belong, else at ``own``."""
    kind = _content_type(own, body)
    url = url or (declared_url(body) if kind == "text/html" else "") or own
    return FetchedPage(
        url=url,
        final_url=url,
        fetched_at=datetime.now(UTC).replace(microsecond=0),
        status=200,
        headers=(("Content-Type", kind),),
        body=body,
    )


def declared_url(body: bytes) -> str:
    """Where a saved page says that it belongs: canonical link, og:url, the browser's note; "" if nowhere."""
    head = body[:_HEAD_BYTES]
    found = {"canonical": "", "og:url": ""}
    for tag in _TAG.findall(head):
        attributes = {
            match[1].lower(): _text(match[2] or match[3] or match[4] or b"")
            for match in _ATTRIBUTE.finditer(tag)
        }
        if "canonical" in attributes.get(b"rel", "").lower().split():
            found["canonical"] = found["canonical"] or _web_url(attributes.get(b"href", ""))
        elif attributes.get(b"property", attributes.get(b"name", "")).lower() == "og:url":
            found["og:url"] = found["og:url"] or _web_url(attributes.get(b"content", ""))
    saved = _SAVED_FROM.search(head)
    return found["canonical"] or found["og:url"] or (_web_url(_text(saved[1])) if saved else "")


def _content_type(name: str, body: bytes) -> str:
    """By the first bytes where they are those of no text, by the file's ending, by its first letter."""
    name = name.lower()
    other = next((kind for pattern, kind in _OTHER_KINDS if pattern.match(body)), "")
    if other or name.endswith(TEXT_ENDINGS):
        return other or "text/plain"
    return "text/html" if name.endswith(HTML_ENDINGS) or _MARKUP.match(body) else "text/plain"


def _text(value: bytes) -> str:
    return html.unescape(value.decode("utf-8", "replace")).strip()


def _web_url(value: str) -> str:
    try:
        parts = urlsplit(value)
    except ValueError:
        return ""
    return value if parts.scheme in {"http", "https"} and parts.hostname else ""


def _written(path: str) -> datetime:
    """When the file was written: the nearest thing to when it was fetched."""
    if path.startswith("s3://"):
        return datetime.fromtimestamp(0, UTC)
    return datetime.fromtimestamp(int(Path(path).stat().st_mtime), UTC)
