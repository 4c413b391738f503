"""Bytes to text, text to tree: each once a page, on any input."""

from __future__ import annotations

import re

from lxml.etree import LxmlError
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from extractors.charsets import decode_bytes
from extractors.records import FetchedPage
from extractors.signatures import find_binary

# Tags of more attributes make libxml2 quadratic: 100,000 of them took 11 s to parse.
MAX_TAG_CHARACTERS = 20_000
MAX_ATTRIBUTES = 200
MAX_CHARACTERS = 30_000_000  # more than any page under the fetcher's cap decodes to

_HTML_TYPES = ("text/html", "application/xhtml+xml", "application/xml", "text/xml")
_LOOKS_LIKE_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|div|p|article|section)[\s>/]", re.I
)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,500}\?>")
_LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{MAX_TAG_CHARACTERS},}}>")
# HTML reads on after these tags (WHATWG HTML, "after after body"); libxml2 drops what follows. One page of
# 2,165 closes itself below its menu, and was lost whole.
_ENDS = ("</html", "</HTML", "</body", "</BODY")
_END = re.compile(r"</(?:body|html)\s*>", re.I)
MAX_LEFT = 100  # characters after the first of them that cannot hold text worth reading
# HTML knows no self-closing of these: what follows is a script (WHATWG HTML, "non-void-html-element-start-tag-
# with-trailing-solidus"). libxml2 makes it text: on 3 of 2,165 pages it read code aloud.
_SELF_CLOSED = re.compile(r"<s(?:cript|tyle)\b[^<>]*/>", re.I)
_NEXT_OF_THEM = re.compile(r"<(/?)s(?:cript|tyle)\b", re.I)
_ATTRIBUTE = re.compile(r"""[^\s=>"']+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?""")
# Control characters and noncharacters that XML forbids: lxml would refuse or keep them in the text.
_CONTROLS = bytes(code for code in (*range(32), 127) if chr(code) not in "\t\n\r")
_NONCHARACTERS = tuple(letter.encode() for letter in "\ufffe\uffff")
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")
MAX_NOISE = (
    0.02  # of a text's characters; a text in a wrongly guessed encoding still has less, a binary has 10 %
)
_ASCII_WITHOUT_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())


def decode(page: FetchedPage) -> str:
    """The page's body as text, by BOM, HTTP header, meta element, detection, in that order.

    A declaration that the bytes contradict is not believed. Never raises; what no encoding
    explains becomes U+FFFD. Control characters and lone surrogates are dropped.
    """
    return _allowed(decode_bytes(page.body, page.header("content-type"))).decode()


def parse(markup: str) -> HtmlElement | None:
    """The page as a tree without comments and processing instructions; None if there is nothing.

    Depth ends at 2,048 (libxml2's own limit), entities are never expanded from a DTD, and time is
    linear in the length: see ``MAX_ATTRIBUTES``.
    """
    markup = _XML_DECLARATION.sub("", markup[:MAX_CHARACTERS], count=1)
    if not markup.strip():
        return None
    if max(map(len, markup.split("<"))) > MAX_TAG_CHARACTERS:  # seldom, and cheaper to ask than to look
        markup = _LONG_TAG.sub(_shortened_tag, markup)
    ends = [at for at in map(markup.find, _ENDS) if at >= 0]
    if ends and min(ends) < len(markup) - MAX_LEFT:
        markup = _END.sub("", markup)
    markup = _SELF_CLOSED.sub(_opened, markup)
    parser = HTMLParser(
        huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8", collect_ids=False
    )
    try:
        return document_fromstring(_allowed(markup), parser=parser)
    except (LxmlError, ValueError, AssertionError):
        return None


def _opened(tag: re.Match[str]) -> str:
    """The tag without its slash where an end tag follows; else it is an XML writer's empty element."""
    following = _NEXT_OF_THEM.search(tag.string, tag.end())
    is_open = following is not None and following[1] == "/"
    return tag.group()[:-2] + ">" if is_open else tag.group()


def is_html(page: FetchedPage) -> bool:
    """Whether the page is HTML by its type or, where that says nothing, by its first bytes."""
    media_type = page.header("content-type").split(";")[0].strip().lower()
    if media_type in _HTML_TYPES:
        return True
    if media_type.startswith("text/plain") or not media_type:
        return bool(_LOOKS_LIKE_HTML.search(_start(page)))
    return False


def is_plain_text(page: FetchedPage) -> bool:
    """Whether the page is running text without markup, as a crawl dump holds it."""
    media_type = page.header("content-type").split(";")[0].strip().lower()
    if media_type not in ("", "text/plain"):
        return False
    start = _start(page)
    if not start.strip() or find_binary(page.body) or _LOOKS_LIKE_HTML.search(start):
        return False
    return len(_NO_TEXT.findall(start)) <= len(start) * MAX_NOISE


def letters(text: str) -> int:
    """Number of letters of any script in a text: no digits, signs, marks, white space."""
    if text.isascii():  # sixty times as fast as asking each character
        return len(text.encode("ascii").translate(None, _ASCII_WITHOUT_LETTERS))
    return sum(map(str.isalpha, text))


def _allowed(text: str) -> bytes:
    """The text in UTF-8 without what XML forbids; by bytes, five times as fast as by a pattern."""
    data = text.encode("utf-8", "ignore").translate(None, _CONTROLS)  # "ignore" drops lone surrogates
    for character in _NONCHARACTERS:
        data = data.replace(character, b"")
    return data


def _start(page: FetchedPage) -> str:
    return decode_bytes(page.body[:8192], page.header("content-type"))


def _shortened_tag(match: re.Match[str]) -> str:
    tag = match.group()
    attributes = _ATTRIBUTE.findall(tag, 1)
    if len(attributes) <= MAX_ATTRIBUTES:
        return tag
    return "<" + " ".join(attributes[:MAX_ATTRIBUTES]) + ">"
