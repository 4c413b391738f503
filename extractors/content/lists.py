"""Lists and tables that stand in the middle of the text: they belong to it whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np

from extractors.content.decide import Chances, Keep
from extractors.content.parts import Block, Node

_LISTS = frozenset(("ul", "ol", "dl", "table"))
FEWEST = 3  # blocks of a list or table, unless a sure line that ends in a colon leads to it
_LEADS_ON = (":", "：")
SURE = 0.7  # probability of a line beside it that makes it part of the text
LEAST = 0.1  # mean probability of its blocks
LINKED = 0.5  # share of its characters in links: on news pages such a list leads to other stories


def find_lists(blocks: Sequence[Block], chances: Chances, *, is_news: bool) -> Keep:
    """Blocks of lists and tables that are kept because of where they stand.

    The model sees blocks of a few letters, many of them links, and doubts them. Over 1,221 pages with
    gold texts, of the lists with a mean probability of .1 to .5 beside a sure line of their own
    container 36 belonged and 7 did not on general pages; on news pages between two such lines 1 and 0
    without links, 0 and 6 with links. Shorter lists after a colon: 12 pages better or the same, one worse.
    """
    kept = np.zeros(len(blocks), bool)
    for found, group in groupby(blocks, key=_list_of):
        inside = [block.index for block in group]
        if found is None or found.parent is None:
            continue
        before, after = inside[0] - 1, inside[-1] + 1
        if len(inside) < FEWEST and not _is_introduced(blocks, before, chances):
            continue
        sure = sum(
            0 <= at < len(blocks) and chances[at] >= SURE and _is_below(blocks[at].node, found.parent)
            for at in (before, after)
        )
        wanted = 2 if is_news else 1
        if (
            sure >= wanted
            and chances[inside].mean() >= LEAST
            and not (is_news and _is_linked(blocks, inside))
        ):
            kept[inside] = True
    return kept


def _is_introduced(blocks: Sequence[Block], before: int, chances: Chances) -> bool:
    return before >= 0 and chances[before] >= SURE and blocks[before].text.endswith(_LEADS_ON)


def _list_of(block: Block) -> Node | None:
    return next((node for node in block.node.chain() if node.tag in _LISTS), None)


def _is_below(node: Node, above: Node) -> bool:
    return any(at is above for at in node.chain())


def _is_linked(blocks: Sequence[Block], inside: Sequence[int]) -> bool:
    length = sum(len(blocks[at].text) for at in inside)
    return sum(blocks[at].linked for at in inside) > LINKED * length
