"""What is measured of each block for the model: no language, no site, all figures of one page.

Columns were chosen from 133 by gain in cross-validation by publisher; the rest (commas, digits,
dates, quotes, hidden, other tags and names) told the trees nothing more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from extractors.content import witnessing
from extractors.content.blocks import Block, Node, Segmentation
from extractors.content.likeness import LIKENESS, liken
from extractors.content.names import ANCESTORS, FAR, GROUPS, NEAR, ancestor_number, read_names
from extractors.content.placing import ALIKE, ORDER, PLACE, alike, order, place, signatures
from extractors.content.shape import SHAPE, shape
from extractors.content.support import Reference, fold
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
    *LIKENESS,
    "z_blocks",
    "z_letters",
    "z_article",
    *witnessing.WITNESS,
)
WITNESS_COLUMNS = tuple(range(len(COLUMNS) - len(witnessing.WITNESS), len(COLUMNS)))
_FIRST_NAME = COLUMNS.index(NAMES[0])
NAME_COLUMNS = slice(_FIRST_NAME, _FIRST_NAME + len(NAMES))

WordTable = Mapping[str, float]  # word of a class or id -> log odds of the text under it being kept
Table = npt.NDArray[np.float32]


@dataclass(slots=True)
class Page:
    """One page as the model sees it."""

    found: Segmentation
    metadata: Metadata
    witness: Reference  # empty where there is none
    folded: list[str] = field(default_factory=list)  # letters of each block
    support: list[float] = field(default_factory=list)  # of each block, by the witness

    @property
    def blocks(self) -> list[Block]:
        """The page's blocks, in reading order."""
        return self.found.blocks


def describe(page: Page, words: WordTable) -> Table:
    """One row a block, one column for each of ``COLUMNS``."""
    blocks = page.blocks
    if not blocks:
        return np.zeros((0, len(COLUMNS)), np.float32)
    page.folded = [fold(block.text) for block in blocks]
    page.support = [page.witness.share(folded) for folded in page.folded]
    keys = signatures(blocks)
    parts = (
        shape(blocks),
        around(blocks),
        weigh_names(blocks, words),
        [place(block) for block in blocks],
        alike(blocks, keys),
        order(blocks, page.found.pictures, page.folded, page.metadata),
        liken(blocks, page.folded, page.metadata),
        [_whole_page(page)] * len(blocks),
        witnessing.hear(blocks, keys, page.support),
    )
    return np.hstack([np.asarray(part, np.float32) for part in parts])


def around(blocks: Sequence[Block]) -> list[list[int]]:
    """Distance to the nearest ancestor of each tag and of each group of names."""
    known: dict[int, list[int]] = {}
    start = len(ANCESTORS)
    nothing = [FAR] * (start + len(GROUPS))

    def tell(node: Node) -> list[int]:
        waiting = []
        at: Node | None = node
        while at is not None and id(at) not in known:
            waiting.append(at)
            at = at.parent
        row = nothing if at is None else known[id(at)]
        for below in reversed(waiting):
            row = [distance + 1 if distance < FAR else FAR for distance in row]
            number = ancestor_number(below.tag)
            if number >= 0:
                row[number] = 0
            for group in read_names(below.attributes)[0] if below.attributes else ():
                row[start + group] = 0
            known[id(below)] = row
        return row

    return [tell(block.node) for block in blocks]


def weigh_names(blocks: Sequence[Block], words: WordTable) -> list[tuple[float, ...]]:
    """The model's own word table over the names of the innermost elements."""
    known: dict[int, tuple[float, ...]] = {}
    rows = []
    for block in blocks:
        row = known.get(id(block.node))
        if row is None:
            row = known[id(block.node)] = _weigh(block.node, words)
        rows.append(row)
    return rows


def _weigh(node: Node, words: WordTable) -> tuple[float, ...]:
    found: list[tuple[float, int]] = []
    at: Node | None = node
    for distance in range(NEAR):
        if at is None:
            break
        if at.attributes:
            found += [(words[word], distance) for word in read_names(at.attributes)[1] if word in words]
        at = at.parent
    if not found:
        return (0.0,) * len(NAMES)
    own = [value for value, distance in found if distance == 0] or [0.0]
    near = [value for value, distance in found if distance <= 1] or [0.0]
    every = [value for value, _ in found]
    weighted = sum(value / (1 + distance) for value, distance in found)
    return (
        min(own), max(own), min(near), max(near), min(every), max(every), sum(every) / len(every), weighted,
    )  # fmt: skip


def _whole_page(page: Page) -> tuple[float, ...]:
    letters = sum(block.letters for block in page.blocks)
    is_article = any("article" in t or "posting" in t or "report" in t for t in page.metadata.declared_types)
    return len(page.blocks), letters, is_article
