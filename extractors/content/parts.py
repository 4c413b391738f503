"""What one walk over a page finds: elements, blocks of text, pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class Node:
    """One element above a block: what features and rules ask of it."""

    parent: Node | None
    tag: str
    attributes: str  # class, id, itemprop, role and data names, joined by spaces, as written
    depth: int
    is_hidden: bool  # by attribute or inline style, here or above
    letters: int = 0  # of all blocks below
    linked: int = 0  # of those, inside links
    blocks: int = 0
    witnessed: int = 0  # letters of the blocks below that the witness kept

    def chain(self) -> Iterator[Node]:
        """The node, its parent, and so on to the root."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent


@dataclass(slots=True, eq=False)
class Block:
    """One paragraph of the page, whatever it is."""

    index: int  # place in reading order
    text: str  # white space folded, never empty
    folded: str  # its letters and digits alone, case-folded: what it is compared by
    node: Node  # innermost element that holds all of the text
    border: Node  # innermost block-level element around it
    letters: int  # of the text
    linked: int  # characters inside links
    bold: int  # characters in bold type or headings
    anchored: int = 0  # characters in links to other places of the page: a table of contents
    starts_linked: bool = False  # its first words are a link
    source: str = "page"  # "page", or the embedded data that it was read from


@dataclass(slots=True, eq=False)
class Picture:
    """One ``<img>`` of the page."""

    url: str  # as written
    alt: str
    node: Node  # its parent
    before: int  # index of the next block


@dataclass(slots=True)
class Segmentation:
    """Everything that one walk over the page found."""

    blocks: list[Block] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)  # all elements walked, each after its parent
    pictures: list[Picture] = field(default_factory=list)
    unseen: list[Block] = field(default_factory=list)  # words inside a line that only screen readers say
    references: list[Block] = field(default_factory=list)  # marks of notes inside a line: "1" behind a word
    is_cut_short: bool = False  # the page is bigger than what is read of it

    @property
    def depth(self) -> int:
        """Of the innermost element."""
        return max((node.depth for node in self.nodes), default=0)
