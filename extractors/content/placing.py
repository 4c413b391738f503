"""Features of where a block stands: its container, its like on the page, its place in the order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from extractors.content.blocks import Block, Picture
from extractors.content.shape import ends_like_a_sentence, heading_level
from extractors.content.support import fold
from extractors.findings import Metadata

PLACE = "par_letters par_blocks par_linked par_share gp_letters gp_blocks gp_linked".split()  # noqa: SIM905  words read better so
ALIKE = "sig_blocks sig_letters sig_linked sig_ends sig_share sig_mean".split()  # noqa: SIM905  words read better so
ORDER = "at at_letters after_h1 after_picture sec_linked sec_letters sec_blocks head_level head_linked head_at".split()  # noqa: SIM905  words read better so

BESIDE = "before_linked after_linked after_letters".split()  # noqa: SIM905

Signature = tuple[str, ...]


def place(block: Block) -> tuple[float, ...]:
    """Letters, blocks and share of linked letters of the two elements around; as ``PLACE``."""
    parent = block.border.parent or block.border
    above = parent.parent or parent
    return (
        parent.letters,
        parent.blocks,
        parent.linked / max(1, parent.letters),
        block.letters / max(1, parent.letters),
        above.letters,
        above.blocks,
        above.linked / max(1, above.letters),
    )


def signatures(blocks: Sequence[Block]) -> list[Signature]:
    """What blocks of the same make share: tags and names of the three innermost elements."""
    known: dict[int, Signature] = {}
    for block in blocks:
        if id(block.node) not in known:
            nodes = [node for node, _ in zip(block.node.chain(), range(3), strict=False)]
            known[id(block.node)] = tuple(part for node in nodes for part in (node.tag, node.attributes))
    return [known[id(block.node)] for block in blocks]


def alike(blocks: Sequence[Block]) -> list[tuple[float, ...]]:
    """Figures of all blocks of a block's make; as ``ALIKE``."""
    total = max(1, sum(block.letters for block in blocks))
    sums: dict[Signature, list[float]] = defaultdict(lambda: [0.0] * 4)
    keys = signatures(blocks)
    for block, key in zip(blocks, keys, strict=True):
        group = sums[key]
        group[0] += 1
        group[1] += block.letters
        group[2] += block.linked / len(block.text)
        group[3] += ends_like_a_sentence(block.text)
    rows = {
        key: (number, letters, linked / number, ends / number, letters / total, letters / number)
        for key, (number, letters, linked, ends) in sums.items()
    }
    return [rows[key] for key in keys]


def order(
    blocks: Sequence[Block], pictures: Sequence[Picture], metadata: Metadata
) -> list[tuple[float, ...]]:
    """Place on the page, after the headline, in its section, after a picture; as ``ORDER``."""
    total = max(1, sum(block.letters for block in blocks))
    headline = _headline(blocks, metadata)
    sections = _sections(blocks)
    pictured = {picture.before for picture in pictures}
    rows: list[tuple[float, ...]] = []
    before = 0
    for at, block in enumerate(blocks):
        after = -40 if headline is None else max(-30, min(60, at - headline))
        rows.append((at / len(blocks), before / total, after, at in pictured, *sections[at]))
        before += block.letters
    return rows


def _headline(blocks: Sequence[Block], metadata: Metadata) -> int | None:
    titles = {fold(title) for title in (metadata.title, *metadata.titles)} - {""}
    headings = [at for at, block in enumerate(blocks) if block.border.tag == "h1"]
    return next((at for at in headings if blocks[at].folded in titles), headings[0] if headings else None)


def _sections(blocks: Sequence[Block]) -> list[tuple[float, ...]]:
    """Of the stretch from a heading to the next: share of linked letters, letters, blocks.

    Then of its heading: level, share of linked characters, distance from it in blocks. A heading
    belongs to what it stands above: a list of links below it makes it debris too, and a heading
    that is a link leads to another story, whose first lines may stand below it.
    """
    rows: list[tuple[float, ...]] = []
    start, letters, linked = 0, 0, 0.0
    level, head_linked = 0, 0.0
    for at, block in enumerate([*blocks, None]):
        found = 0 if block is None else heading_level(block.border.tag)
        if block is None or found:
            section = (linked / max(1, letters), letters, at - start, level, head_linked)
            rows += [(*section, after if level else -1) for after in range(at - start)]
            start, letters, linked = at, 0, 0.0
            if block is not None:
                level, head_linked = found, block.linked / len(block.text)
            continue
        letters += block.letters
        linked += block.letters * block.linked / len(block.text)
    return rows


def beside(blocks: Sequence[Block], at: int) -> tuple[float, ...]:
    """Share of linked characters of the blocks before and after, letters of the one after; -1 at an end."""
    before = blocks[at - 1] if at else None
    after = blocks[at + 1] if at + 1 < len(blocks) else None
    return (
        before.linked / len(before.text) if before else -1,
        after.linked / len(after.text) if after else -1,
        after.letters if after else -1,
    )
