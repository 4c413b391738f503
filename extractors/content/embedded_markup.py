"""Text as data hold it, drawn as markup: so that it is read, cut and told of like any page's.

Shapes seen: HTML in a string (plain or escaped), plain text, Markdown; lists of typed blocks (Arc's
content_elements, Draft.js, Editor.js, Portable Text, ProseMirror, Slate, Lexical, Contentful, hast,
React's own elements), each with its children under one of a few keys.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape

from extractors.content.embedded_kinds import (
    CONTENT_KEYS,
    Dict,
    are_leaves,
    content_of,
    from_react,
    is_break,
    is_inline,
    is_link,
    is_react,
    is_skipped,
    kind_of,
    tag_of,
)
from extractors.content.embedded_literals import Value
from extractors.content.embedded_values import parse_nested

MAX_DEPTH = 60
MAX_RUNS = 2_000  # of one paragraph
MAX_MARKUP = 1_000_000  # characters drawn of one body

_HEADING_KEYS = ("heading", "subheading", "title", "headline", "header")
_PICTURE_KEYS = ("url", "src", "imageUrl", "image_url")
_CAPTION_KEYS = ("caption", "credit", "credits", "credits_caption_display", "legend")

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_BLOCK_TAG = re.compile(r"<(?:p|div|br|h[1-6]|li|ul|ol|blockquote|section|article|table|figure)[\s/>]", re.I)
_ESCAPED_TAG = re.compile(r"&(?:amp;)?lt;/?(?:p|div|br|h[1-6]|li|ul|blockquote|strong|em|a)\b", re.I)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8});", re.I)
_MARKDOWN = re.compile(r"(?m)\]\(https?://|^#{1,6} \S|^\*\*[^*\n]+\*\*$")
_MARKDOWN_LINK = re.compile(r"!?\[([^\]\n]{0,400})\]\([^()\s]{1,600}(?:\s\"[^\"\n]*\")?\)")


class Drawing:
    """Markup of one body, as far as there is room for it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.room = MAX_MARKUP

    def add(self, markup: str) -> None:
        """Add markup; what there is no room for is left out."""
        if len(markup) <= self.room:
            self.parts.append(markup)
            self.room -= len(markup)


def draw(value: Value) -> str:
    """The value's text as markup, its paragraphs, headings, lists, quotes and captions marked as such."""
    drawing = Drawing()
    _draw(value, drawing, 0)
    return "".join(drawing.parts)


def _draw(value: Value, drawing: Drawing, depth: int) -> None:
    if depth > MAX_DEPTH or drawing.room <= 0:
        return
    if isinstance(value, str):
        _draw_text(value, drawing, depth)
    elif isinstance(value, list):
        if is_react(value):
            _draw_node(from_react(value), drawing, depth)
        else:
            _draw_list(value, drawing, depth)
    elif isinstance(value, dict):
        _draw_node(value, drawing, depth)


def _draw_text(text: str, drawing: Drawing, depth: int) -> None:
    nested = parse_nested(text)
    if nested is not None:
        _draw(nested, drawing, depth + 1)
        return
    if _ESCAPED_TAG.search(text):
        text = unescape(unescape(text) if "&amp;lt;" in text else text)
    if _BLOCK_TAG.search(text):
        drawing.add(f"<div>{text}</div>")
        return
    is_markdown = _MARKDOWN.search(text) is not None
    for paragraph in re.split(r"\n\s*\n" if "\n\n" in text else r"\n", text):
        if paragraph.strip():
            drawing.add(_markdown(paragraph.strip()) if is_markdown else f"<p>{_inline_text(paragraph)}</p>")


def _markdown(paragraph: str) -> str:
    """A paragraph of Markdown: headings, items, quotes and links, no more."""
    text = _MARKDOWN_LINK.sub(lambda link: "" if link.group().startswith("!") else link[1], paragraph)
    text = re.sub(r"(\*\*|__)(.{1,500}?)\1", r"\2", text)
    mark, _, rest = text.partition(" ")
    if re.fullmatch(r"#{1,6}", mark):
        return f"<h{max(2, len(mark))}>{escape(rest)}</h{max(2, len(mark))}>"
    if mark in ("-", "*", "+"):
        items = (escape(line.lstrip("-*+ ")) for line in text.split("\n"))
        return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
    if mark == ">":
        return f"<blockquote>{escape(rest)}</blockquote>"
    return f"<p>{escape(text)}</p>"


def _draw_list(values: Sequence[Value], drawing: Drawing, depth: int) -> None:
    """Each a block of its own; runs of text around links or bold type are one paragraph."""
    at = 0
    while at < len(values) and drawing.room > 0:
        end = at
        while end < len(values) and is_inline(values[end]):
            end += 1
        run = values[at:end]
        if any(isinstance(item, dict) and kind_of(item) not in ("", "text") for item in run):
            drawing.add(f"<p>{''.join(inline(item) for item in run)}</p>")
        else:
            for item in run:
                _draw_run(item, drawing, depth)
        if end < len(values):
            _draw(values[end], drawing, depth + 1)
        at = end + 1


def _draw_run(item: Value, drawing: Drawing, depth: int) -> None:
    if isinstance(item, str):
        _draw_text(item, drawing, depth)
    elif isinstance(item, dict):
        for key in CONTENT_KEYS:
            if item.get(key):
                _draw(item[key], drawing, depth + 1)
                return


def _draw_node(node: Dict, drawing: Drawing, depth: int) -> None:
    tag = tag_of(node)
    if tag == "skip":
        drawing.add(_figure(node))
    elif tag in ("ul", "blockquote"):
        drawing.add(f"<{tag}>")
        _draw_children(node, drawing, depth, as_items=tag == "ul")
        drawing.add(f"</{tag}>")
    elif tag:
        drawing.add(_closed(tag, inline(node)))
    elif all(key.isdigit() for key in node) and node:
        _draw_list(list(node.values()), drawing, depth + 1)
    else:
        heading = next(
            (found for key in _HEADING_KEYS if isinstance(found := node.get(key), str) and found), ""
        )
        if heading and len(heading) < 200:
            drawing.add(f"<h3>{_inline_text(heading)}</h3>")
        _draw_children(node, drawing, depth, as_items=False)


def _figure(node: Dict) -> str:
    """A picture with what stands under it; of anything else that is no text its caption alone."""
    captions = [text for key in _CAPTION_KEYS if (text := inline(node.get(key)))]
    address = next((found for key in _PICTURE_KEYS if isinstance(found := node.get(key), str) and found), "")
    picture = f'<img src="{escape(address)}">' if address and "ima" in kind_of(node) else ""
    return f"<figure>{picture}{''.join(f'<figcaption>{text}</figcaption>' for text in captions)}</figure>"


def _closed(tag: str, text: str) -> str:
    """The element, or the text's own blocks where it has some."""
    if not text.strip():
        return ""
    return f"<div>{text}</div>" if tag == "p" and _BLOCK_TAG.search(text) else f"<{tag}>{text}</{tag}>"


def _draw_children(node: Dict, drawing: Drawing, depth: int, *, as_items: bool) -> None:
    children = content_of(node)
    if isinstance(children, dict) and not kind_of(children):
        inner = content_of(children)
        children = children if inner is None else inner
    if as_items and isinstance(children, list):
        for item in children:
            drawing.add(_closed("li", inline(item)))
        return
    if node.get("children") is children and are_leaves(children):
        drawing.add(_closed("p", inline(children)))
    elif children is None:
        for value in node.values():
            if isinstance(value, list | dict) or (isinstance(value, str) and is_prose_like(value)):
                _draw(value, drawing, depth + 1)
    else:
        _draw(children, drawing, depth + 1)


def inline(value: Value, depth: int = 0) -> str:
    """The text of a paragraph's runs, in one line; HTML in it stays."""
    if isinstance(value, str):
        return _inline_text(value)
    if isinstance(value, list) and is_react(value):
        value = from_react(value)
    if depth > MAX_DEPTH:
        return ""
    if isinstance(value, list):
        return "".join(inline(item, depth + 1) for item in value[:MAX_RUNS])
    return _inline_node(value, depth) if isinstance(value, dict) else ""


def _inline_node(node: Dict, depth: int) -> str:
    kind = kind_of(node)
    if is_break(kind):
        return "<br>"
    if is_skipped(kind):
        return ""
    text = inline(content_of(node), depth + 1)
    return f'<a href="/">{text}</a>' if is_link(kind) else text


def _inline_text(text: str) -> str:
    return text if _TAG.search(text) or _ENTITY.search(text) else escape(text, quote=False)


def is_prose_like(text: str) -> bool:
    """Whether a string may be running text: long, with spaces or a script that writes none."""
    if len(text) < 60 or text.startswith(("http://", "https://", "/", "data:")):
        return False
    return text.count(" ") * 25 > len(text) or not text[:200].isascii()
