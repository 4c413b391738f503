"""Which character encoding a page's bytes are in, and the text they spell.

Order (WHATWG Encoding and HTML, section 13.2.3): byte order mark, HTTP header, meta element, detection.
Two departures, both for pages that declare what they are not: bytes that are valid UTF-8 beyond ASCII are
UTF-8 whatever is declared, and a declaration that leaves a page unreadable is not believed.
"""

from __future__ import annotations

import codecs
import re

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, to_unicode

from extractors.armscii import ARMSCII, decode_armscii
from extractors.charset_guess import guess_encoding

_ARMSCII_LABEL = re.compile(rb"charset\s*=\s*[\"']?\s*armscii-?8", re.I)
_DECLARED_WHERE = 4096  # bytes in which a meta element may declare (browsers look at 1024)
_LATIN = frozenset({"cp1252", "iso8859-1", "latin-1", "iso8859-15", "ascii"})
# A page in its declared encoding has no undecodable bytes; a cut or pasted one has some. Above this share of the
# characters beyond ASCII the declaration is wrong: UTF-8 read as such has 0, Latin-1 declared UTF-8 nearly 1.
MAX_BROKEN_SHARE = 0.1


def decode_bytes(body: bytes, content_type: str = "") -> str:
    """The text of a page's bytes. ``content_type`` is the raw HTTP header, "" if absent. Never raises."""
    encoding, mark = read_bom(body)
    if encoding and mark:
        return to_unicode(body[len(mark) :], encoding)
    if wide := _wide_encoding(body):
        return body.decode(wide, "replace")
    declared = _declared(body, content_type)
    if b"\x1b$" in body:  # ISO-2022 is valid ASCII, and must be asked for first
        return _decoded(
            body, declared if declared.startswith("iso2022") else guess_encoding(body) or declared or "utf-8"
        )
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded_as_declared(body, declared)


def _decoded_as_declared(body: bytes, declared: str) -> str:
    """The text of bytes that are no valid UTF-8, by declaration if it holds, else by detection."""
    if declared:
        text = _decoded(body, declared)
        foreign = sum(1 for letter in text if letter > "\x7f")
        is_readable = text.count("\ufffd") <= foreign * MAX_BROKEN_SHARE
        if is_readable and (declared not in _LATIN or _is_sparse(text, foreign)):
            return text
    return _decoded(body, guess_encoding(body) or declared or "cp1252")


def _is_sparse(text: str, foreign: int) -> bool:
    """Whether letters beyond ASCII are few, as in Latin-1 languages: in Cyrillic declared Latin-1 they are most."""
    letters = sum(map(str.isalpha, re.sub(r"<[^>]*>", "", text)))
    return foreign < 0.2 * letters


def _declared(body: bytes, content_type: str) -> str:
    """The declared encoding as Python or this module knows it; "" if none, or none that is known."""
    if re.search(r"charset\s*=\s*[\"']?\s*armscii-?8", content_type, re.I):
        return ARMSCII
    found = http_content_type_encoding(content_type)
    if found is None and _ARMSCII_LABEL.search(body[:_DECLARED_WHERE]):
        return ARMSCII
    found = found or html_body_declared_encoding(body)
    return found if found and not found.startswith(("utf-16", "utf-32")) and _is_text_codec(found) else ""


def _is_text_codec(name: str) -> bool:
    """Whether Python's codec of this name turns bytes into text: "rot13" and "zip" do not."""
    try:
        codecs.lookup(name)
        b"".decode(name)
    except (LookupError, UnicodeError, ValueError):
        return False
    return True


def _decoded(body: bytes, encoding: str) -> str:
    if encoding == ARMSCII:
        return decode_armscii(body)
    try:
        return to_unicode(body, encoding)
    except (LookupError, UnicodeError, ValueError):
        return body.decode("utf-8", "replace")


def _wide_encoding(body: bytes) -> str:
    """UTF-16 without a mark, told by the zero bytes of its markup; "" if it is something else."""
    start = body[:2000]
    if len(start) < 8 or start.count(0) < len(start) // 5:
        return ""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) < 4 * min(even, odd):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"
