"""Other stories on the page, each in an ``<article>`` element of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from extractors.content.parts import Block, Node


def find_others(blocks: Sequence[Block], title: str, titles: Collection[str]) -> set[int]:
    """Indices of blocks that stand in another ``<article>`` than the one with the page's title.

    Nothing where the title stands in none, or where another one has more letters: there the element
    holds a headline alone. Entries within the title's own article are its parts. Over 2,165 pages
    with gold, where the model kept such text four pages became better and none worse.

    Args:
        blocks: the page's.
        title: the page's, folded.
        titles: its other forms, among them every heading of the first rank: another story below has one too.
    """
    own = {id(block): _articles(block.node) for block in blocks}
    main = _holders(blocks, own, {title}) or _holders(blocks, own, titles)
    if not main:
        return set()
    letters: Counter[int] = Counter()
    others = []
    for block in blocks:
        inside = own[id(block)]
        is_main = any(id(article) in main for article in inside)
        if inside:
            letters[0 if is_main else id(inside[0])] += block.letters - min(block.linked, block.letters)
        if inside and not is_main:
            others.append(block.index)
    if letters[0] < max(letters.values()):
        return set()
    return set(others)


def _holders(blocks: Sequence[Block], own: Mapping[int, Sequence[Node]], titles: Collection[str]) -> set[int]:
    """Articles, by id, that hold one of these titles."""
    return {
        id(own[id(block)][0])
        for block in blocks
        if block.folded in titles and not block.linked and own[id(block)]
    }


def _articles(node: Node) -> list[Node]:
    """Elements named so, the innermost first."""
    return [at for at in node.chain() if at.tag == "article"]
