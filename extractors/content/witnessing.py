"""Features of what the witness kept: of a block, its container, its like, its neighbours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from extractors.content.blocks import Block, Node, Segmentation
from extractors.content.placing import Signature, signatures
from extractors.content.support import Reference

WITNESS = (  # noqa: SIM905
    "w w_par w_gp w_sig w_par_all w_gp_all w_first w_last w_up w_down w_maindepth w_near5 w_near12 w_kept w_keptshare"
).split()

KEPT = 0.5  # share of a block that the witness has, from which it kept the block
MAIN_SHARE = 0.7  # of the witnessed letters: the deepest element that holds so many is the article's


def hear(found: Segmentation, witness: Reference) -> npt.NDArray[np.float32]:
    """One row a block, as ``WITNESS``."""
    if not found.blocks:
        return np.zeros((0, len(WITNESS)), np.float32)
    support = [witness.share(block.folded) for block in found.blocks]
    keys = signatures(found.blocks)
    blocks = found.blocks
    own = [block.letters if share >= KEPT else 0 for block, share in zip(blocks, support, strict=True)]
    _tell_nodes(found, own)
    letters, total = sum(block.letters for block in blocks), sum(own)
    kept = [at for at, share in enumerate(support) if share >= KEPT]
    firm = [at for at in kept if blocks[at].letters >= 20] or kept
    first, last = (firm[0], firm[-1]) if firm else (len(blocks), -1)
    main = _container(blocks, kept, total)
    chain = {id(node): distance for distance, node in enumerate(main.chain())} if main else {}
    peers = _peers(blocks, keys, own)
    rows = []
    for at, block in enumerate(blocks):
        parent = block.border.parent or block.border
        above = parent.parent or parent
        number, all_letters, all_kept = peers[keys[at]]
        rows.append(
            (
                support[at],
                parent.witnessed / max(1, parent.letters),
                above.witnessed / max(1, above.letters),
                (all_kept - own[at]) / max(1, all_letters - block.letters) if number > 1 else -1,
                parent.witnessed / max(1, total),
                above.witnessed / max(1, total),
                max(-40, min(40, at - first)),
                max(-40, min(40, at - last)),
                *_distance(block.node, chain),
                max(-12, min(12, block.node.depth - main.depth)) if main else -20,
            )
        )
    page = np.tile(np.array([total, total / max(1, letters)], np.float32), (len(blocks), 1))
    return np.hstack([np.asarray(rows, np.float32), _near(blocks, own), page])


def _tell_nodes(found: Segmentation, own: Sequence[int]) -> None:
    for node in found.nodes:
        node.witnessed = 0
    for block, letters in zip(found.blocks, own, strict=True):
        block.node.witnessed += letters
    for node in reversed(found.nodes):
        if node.witnessed and node.parent is not None:
            node.parent.witnessed += node.witnessed


def _container(blocks: Sequence[Block], kept: Sequence[int], total: int) -> Node | None:
    if not total:
        return None
    longest = max(kept, key=lambda at: blocks[at].letters)
    return next((node for node in blocks[longest].node.chain() if node.witnessed >= MAIN_SHARE * total), None)


def _distance(node: Node, chain: dict[int, int]) -> tuple[int, int]:
    """Steps from the main container up and down to a node, by way of what both lie in."""
    down = 0
    for at in node.chain():
        if id(at) in chain:
            return min(12, chain[id(at)]), min(12, down)
        down += 1
    return 12, min(12, down)


def _peers(
    blocks: Sequence[Block], keys: Sequence[Signature], own: Sequence[int]
) -> dict[Signature, list[int]]:
    """Blocks, letters and witnessed letters of each make of blocks."""
    sums: dict[Signature, list[int]] = defaultdict(lambda: [0, 0, 0])
    for block, key, kept in zip(blocks, keys, own, strict=True):
        group = sums[key]
        group[0] += 1
        group[1] += block.letters
        group[2] += kept
    return sums


def _near(blocks: Sequence[Block], own: Sequence[int]) -> npt.NDArray[np.float32]:
    """Share of the letters that the witness kept among 5 and 12 neighbours on each side."""
    letters, kept = np.array([block.letters for block in blocks], np.float64), np.array(own, np.float64)
    all_sums, kept_sums = (
        np.concatenate([[0.0], np.cumsum(letters)]),
        np.concatenate([[0.0], np.cumsum(kept)]),
    )
    at = np.arange(len(blocks))
    columns = []
    for width in (5, 12):
        low, high = np.maximum(0, at - width), np.minimum(len(blocks), at + width + 1)
        around = all_sums[high] - all_sums[low] - letters
        columns.append((kept_sums[high] - kept_sums[low] - kept) / np.maximum(1, around))
    return np.stack(columns, 1).astype(np.float32)
