"""The text blocks of a page, in reading order, with where in the markup each stands.

A block is what a reader sees as one paragraph: the text between two block-level borders.
Two ``<br>`` or one after a long run of text are such a border too (old pages write paragraphs
that way); short cells of a table row share a block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from extractors.content.parts import Block, Node, Picture, Segmentation
from extractors.content.references import is_reference, leads_within
from extractors.content.support import fold
from extractors.normal_form import normal

__all__ = ["Block", "Node", "Picture", "Segmentation", "segment", "walk"]

MAX_ELEMENTS = 60_000  # walked a page; the biggest of 2,165 real ones has 10,100
MAX_BLOCKS = 6_000  # likewise; the biggest has 2,200
BREAK_LENGTH = 60  # characters before one <br> or a cell's border that make it a paragraph's border
COLUMN_BREAKS = 2  # <br> of a cell that make it a column of the page: figures have one at most

_SKIPPED = frozenset(
    "script style noscript template svg math iframe object embed select option textarea head title meta link"  # noqa: SIM905
    " canvas audio video map button input datalist progress dialog"
    " rt rp".split()  # how a word is read aloud stands above it, and is no part of the text
)
# An unclosed one of these swallows the article: they are read where they hold paragraphs.
_SWALLOWERS = frozenset(
    ("button", "dialog", "object", "map", "audio", "video", "canvas", "noscript", "rt", "rp")
)
_INLINE = frozenset(
    "a span b strong i em u s small sub sup font mark abbr cite code time label q kbd ins del bdi bdo wbr tt big"  # noqa: SIM905
    " var dfn acronym img picture source strike samp nobr data ruby rb td th".split()
)
_NAMING = frozenset(("class", "id", "itemprop", "role", "data-testid", "data-component", "data-type"))
_HIDING = frozenset(("hidden", "aria-hidden", "style"))
_BOLD = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"))
_DIGITS = re.compile(r"\d+")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
# Words for screen readers inside a line, such as "opens in a new tab" after every link.
_UNSEEN_NAME = re.compile(
    r"(?<![a-z])(?:sr-?only|visually-?hidden|screen-?reader(?:-text)?|element-invisible)(?![a-z])", re.I
)
_UNSEEN_STYLE = re.compile(r"clip\s*:\s*rect\(\s*0|clip-path\s*:\s*inset\(\s*(?:50|100)%")


@dataclass(slots=True, eq=False)
class _Open:
    """A block that is still being read."""

    node: Node
    border: Node
    parts: list[str] = field(default_factory=list)
    length: int = 0
    linked: int = 0
    bold: int = 0
    anchored: int = 0
    starts_linked: bool = False
    is_mixed: bool = False
    breaks: int = 0


@dataclass(slots=True, eq=False)
class _Frame:
    """An element whose children are being walked."""

    element: HtmlElement
    children: Iterator[HtmlElement]
    node: Node
    border: Node
    in_link: bool
    in_anchor: bool
    in_bold: bool
    is_inline: bool


class _Walker:
    """Holds the state of one walk; iterative, so that no depth of nesting can exhaust the stack."""

    def __init__(self) -> None:
        self.found = Segmentation()
        self.open: _Open | None = None
        self.elements = 0

    def walk(self, root: HtmlElement) -> None:
        top = _node(root, None)
        self.found.nodes.append(top)
        stack = [_Frame(root, iter(root), top, top, False, False, False, False)]
        self._add(root.text, stack[0])
        while stack:
            frame = stack[-1]
            child = next(frame.children, None)
            if child is None:
                stack.pop()
                if not frame.is_inline:
                    self._close_block()
                if stack:
                    self._add(frame.element.tail, stack[-1])
                continue
            below = self._enter(child, frame)
            if below is None:
                self._add(child.tail, frame)
            else:
                stack.append(below)
            if self.elements > MAX_ELEMENTS or len(self.found.blocks) >= MAX_BLOCKS:
                self.found.is_cut_short = True
                break
        self._close_block()

    def _enter(self, element: HtmlElement, above: _Frame) -> _Frame | None:
        """The frame to walk below this element, or None where there is nothing to walk."""
        self.elements += 1
        tag = element.tag
        if not isinstance(tag, str):  # a comment or an instruction
            return None
        if tag == "br":
            self._break()
            return None
        if tag == "img":
            self._picture(element, above.node)
            return None
        if tag in _SKIPPED and not (tag in _SWALLOWERS and element.find(".//p") is not None):
            return None
        node = _node(element, above.node)
        self.found.nodes.append(node)
        is_inline = tag in _INLINE
        aside = self._aside(element, node, above) if is_inline else None
        if aside is not None:
            self._set_aside(element, node, above, aside)
            return None
        if tag in ("td", "th"):
            self._cell(element)
        elif not is_inline:
            self._close_block()
        frame = _Frame(
            element,
            iter(element),
            node,
            above.border if is_inline else node,
            above.in_link or tag == "a",
            above.in_anchor or (tag == "a" and leads_within(element.get("href"))),
            above.in_bold or tag in _BOLD,
            is_inline,
        )
        self._add(element.text, frame)
        return frame

    def _add(self, text: str | None, frame: _Frame) -> None:
        if not text:
            return
        is_blank = text.isspace()
        current = self.open
        if current is None:
            if is_blank:
                return
            current = self.open = _Open(frame.node, frame.border, starts_linked=frame.in_link)
        current.parts.append(text)
        length = len(text)
        current.length += length
        if is_blank:
            return
        if frame.node is not current.node:
            current.is_mixed = True
        if frame.in_link:
            current.linked += length
            if frame.in_anchor:
                current.anchored += length
        if frame.in_bold:
            current.bold += length

    def _break(self) -> None:
        current = self.open
        if current is None:
            return
        if current.parts[-1] == "\n" or current.length >= BREAK_LENGTH:
            self._close_block()
        else:
            current.parts.append("\n")
            current.breaks += 1

    def _cell(self, cell: HtmlElement) -> None:
        """The border of a cell: figures of a row are one line, columns of a page laid out as a table are not."""
        current = self.open
        if current is None:
            return
        if current.length >= BREAK_LENGTH or max(current.breaks, len(cell.findall("br"))) >= COLUMN_BREAKS:
            self._close_block()
        else:
            current.parts.append(" ")

    def _close_block(self) -> None:
        current, self.open = self.open, None
        if current is None:
            return
        text = normal("".join(current.parts))
        folded = fold(text)
        if not folded:
            return
        self.found.blocks.append(
            Block(
                index=len(self.found.blocks),
                text=text,
                folded=folded,
                node=current.border if current.is_mixed else current.node,
                border=current.border,
                letters=_count_letters(folded),
                linked=min(current.linked, len(text)),
                bold=min(current.bold, len(text)),
                anchored=min(current.anchored, len(text)),
                starts_linked=current.starts_linked,
            )
        )

    def _aside(self, element: HtmlElement, node: Node, above: _Frame) -> list[Block] | None:
        """Where an inline element goes that is no part of its line; None if it is."""
        if _is_unseen(element, node):
            return self.found.unseen
        before = self.open.parts[-1] if self.open else ""
        is_mark = element.tag in ("sup", "a") and is_reference(
            element, before=before, is_linked=above.in_anchor
        )
        return self.found.references if is_mark else None

    def _set_aside(self, element: HtmlElement, node: Node, above: _Frame, home: list[Block]) -> None:
        text = normal("".join(element.itertext()))
        folded = fold(text)
        if folded:
            home.append(
                Block(
                    index=len(self.found.blocks),
                    text=text,
                    folded=folded,
                    node=node,
                    border=above.border,
                    letters=_count_letters(folded),
                    linked=0,
                    bold=0,
                )
            )

    def _picture(self, element: HtmlElement, node: Node) -> None:
        source = element.get("src") or element.get("data-src") or ""
        if source.startswith("data:"):
            source = element.get("data-src") or ""
        self.found.pictures.append(Picture(source, element.get("alt") or "", node, len(self.found.blocks)))


def _node(element: HtmlElement, parent: Node | None) -> Node:
    names = []
    is_hidden = parent is not None and parent.is_hidden
    for name, value in element.items():
        if name in _NAMING:
            if value:
                names.append(value)
        elif name in _HIDING and not is_hidden:
            is_hidden = (
                name == "hidden"
                or (name == "aria-hidden" and value == "true")
                or (name == "style" and _HIDDEN_STYLE.search(value) is not None)
            )
    return Node(parent, element.tag, " ".join(names), 0 if parent is None else parent.depth + 1, is_hidden)


def _count_letters(folded: str) -> int:
    return len(folded) if folded.isalpha() else len(_DIGITS.sub("", folded))


def _is_unseen(element: HtmlElement, node: Node) -> bool:
    if node.attributes and _UNSEEN_NAME.search(node.attributes):
        return True
    style = element.get("style")
    return style is not None and _UNSEEN_STYLE.search(style) is not None


def walk(tree: HtmlElement) -> Segmentation:
    """Blocks and pictures of a parsed page, in reading order; the tree is not changed."""
    bodies = [tree] if tree.tag == "body" else list(tree.iterfind("body")) or list(tree.iterfind(".//body"))
    walker = _Walker()
    for body in bodies or [tree]:
        walker.walk(body)
    _add_up(walker.found)
    return walker.found


def segment(tree: HtmlElement) -> list[Block]:
    """The blocks of a parsed page alone."""
    return walk(tree).blocks


def _add_up(found: Segmentation) -> None:
    """Sum letters, linked letters and blocks over each node, from the innermost outwards."""
    for block in found.blocks:
        block.node.letters += block.letters
        block.node.linked += min(block.linked, block.letters)
        block.node.blocks += 1
    for node in reversed(found.nodes):
        if node.blocks and node.parent is not None:
            node.parent.letters += node.letters
            node.parent.linked += node.linked
            node.parent.blocks += node.blocks
