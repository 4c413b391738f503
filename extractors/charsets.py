"""Which character encoding a page's bytes are in, and the text they spell."""

from __future__ import annotations

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, to_unicode


def decode_bytes(body: bytes, content_type: str = "") -> str:
    """The text of a page's bytes. ``content_type`` is the raw HTTP header, "" if absent. Never raises."""
    encoding, mark = read_bom(body)
    if encoding and mark:
        return to_unicode(body[len(mark) :], encoding)
    declared = http_content_type_encoding(content_type) or html_body_declared_encoding(body)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return to_unicode(body, declared or "cp1252")
    except (LookupError, UnicodeError, ValueError):
        return body.decode("utf-8", "replace")
