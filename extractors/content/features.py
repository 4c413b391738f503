"""What is measured of each block of a page for the model: no language, no site, all figures of one page.

Columns were chosen from 133 by gain in cross-validation by publisher; the rest (commas, digits,
dates, quotes, hidden, other tags and names) told the trees nothing more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from extractors.content.blocks import Block, Node, Segmentation
from extractors.content.likeness import LIKENESS, liken
from extractors.content.names import ANCESTORS, FAR, GROUPS, NEAR, ancestor_number, read_names
from extractors.content.placing import ALIKE, BESIDE, ORDER, PLACE, alike, beside, order, place
from extractors.content.shape import SHAPE, shape
from extractors.findings import Metadata

NAMES = "k_min0 k_max0 k_min1 k_max1 k_min5 k_max5 k_mean5 k_sum".split()  # noqa: SIM905  words read better so
COLUMNS: tuple[str, ...] = (
    *SHAPE,
    *(f"a_{tag}" for tag in ANCESTORS),
    *(f"c_{name}" for name in GROUPS),
    *NAMES,
    *PLACE,
    *ALIKE,
    *ORDER,
    *BESIDE,
    *LIKENESS,
    "z_blocks",
    "z_letters",
    "z_article",
    "z_news",
)
_FIRST_NAME = COLUMNS.index(NAMES[0])
NAME_COLUMNS = slice(_FIRST_NAME, _FIRST_NAME + len(NAMES))

WordTable = Mapping[str, float]  # word of a class or id -> log odds of the text under it being kept
Table = npt.NDArray[np.float32]


@dataclass(slots=True)
class Page:
    """One page as the model sees it."""

    found: Segmentation
    metadata: Metadata

    @property
    def blocks(self) -> list[Block]:
        """The page's blocks, in reading order."""
        return self.found.blocks


def describe(page: Page, words: WordTable, rows: Sequence[int] | None = None) -> Table:
    """One row a block, one column for each of ``COLUMNS``; for the blocks ``rows`` alone, if given."""
    blocks = page.blocks
    wanted = range(len(blocks)) if rows is None else rows
    if not wanted:
        return np.zeros((0, len(COLUMNS)), np.float32)
    chosen = [blocks[at] for at in wanted]
    longest = max(1, *(block.letters for block in blocks))
    parts = (
        shape(chosen, longest),
        around(chosen),
        weigh_names(chosen, words),
        [place(block) for block in chosen],
        _rows(alike(blocks), wanted),
        _rows(order(blocks, page.found.pictures, page.metadata), wanted),
        [beside(blocks, at) for at in wanted],
        liken(blocks, page.metadata, frozenset(wanted)),
        [_whole_page(page)] * len(wanted),
    )
    return np.hstack([np.asarray(part, np.float32) for part in parts])


def _rows(every: Sequence[tuple[float, ...]], wanted: Sequence[int]) -> Sequence[tuple[float, ...]]:
    return every if len(wanted) == len(every) else [every[at] for at in wanted]


def around(blocks: Sequence[Block]) -> Table:
    """Distance to the nearest ancestor of each tag and of each group of names, up to ``FAR``."""
    # Kept as the depth at which each was last met: an element that is none of them shares its parent's list.
    known: dict[int, list[int]] = {}
    start = len(ANCESTORS)
    nothing = [-FAR] * (start + len(GROUPS))

    def tell(node: Node) -> list[int]:
        waiting = []
        at: Node | None = node
        while at is not None and id(at) not in known:
            waiting.append(at)
            at = at.parent
        row = nothing if at is None else known[id(at)]
        for below in reversed(waiting):
            number = ancestor_number(below.tag)
            groups = read_names(below.attributes)[0] if below.attributes else ()
            if number >= 0 or groups:
                row = row.copy()
                if number >= 0:
                    row[number] = below.depth
                for group in groups:
                    row[start + group] = below.depth
            known[id(below)] = row
        return row

    met = np.array([tell(block.node) for block in blocks], np.int32)
    depths = np.array([block.node.depth for block in blocks], np.int32)
    distances: Table = np.minimum(FAR, depths[:, None] - met).astype(np.float32)
    return distances


def weigh_names(blocks: Sequence[Block], words: WordTable) -> list[tuple[float, ...]]:
    """The model's own word table over the names of the innermost elements."""
    odds: dict[str, list[float]] = {"": []}
    known: dict[int, tuple[float, ...]] = {}
    rows = []
    for block in blocks:
        row = known.get(id(block.node))
        if row is None:
            row = known[id(block.node)] = _weigh(block.node, words, odds)
        rows.append(row)
    return rows


def _weigh(node: Node, words: WordTable, odds: dict[str, list[float]]) -> tuple[float, ...]:
    every: list[float] = []
    weighted = 0.0
    ends = []  # of the values of the first element, of the first two
    for distance, at in zip(range(NEAR), node.chain(), strict=False):
        own = odds.get(at.attributes)
        if own is None:
            own = odds[at.attributes] = [
                words[word] for word in read_names(at.attributes)[1] if word in words
            ]
        every += own
        weighted += sum(own) / (1 + distance)
        ends.append(len(every))
    if not every:
        return (0.0,) * len(NAMES)
    first, near = every[: ends[0]] or [0.0], every[: ends[min(1, len(ends) - 1)]] or [0.0]
    return (
        min(first), max(first), min(near), max(near), min(every), max(every), sum(every) / len(every), weighted,
    )  # fmt: skip


def _whole_page(page: Page) -> tuple[float, ...]:
    letters = sum(block.letters for block in page.blocks)
    types = page.metadata.declared_types
    is_article = any("article" in kind or "posting" in kind or "report" in kind for kind in types)
    return len(page.blocks), letters, is_article, is_news(page.metadata)


def is_news(metadata: Metadata) -> bool:
    """Whether the page declares itself a news article: text in paragraphs, hardly ever in lists."""
    return any(kind.endswith("newsarticle") for kind in metadata.declared_types)
