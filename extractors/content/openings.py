"""What stands before the first sentence: a dateline, a standfirst."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from extractors.content.blocks import Block
from extractors.content.datelines import is_only_dateline, read_dateline
from extractors.content.decide import Keep
from extractors.content.support import fold
from extractors.findings import Metadata

LONGEST_DATELINE = 70  # characters
BEFORE = 8  # blocks before the first line in which a dateline or standfirst is looked for
LEAD_LETTERS = 40  # folded

_DASH = r"[\u2013\u2014\u2015\u2212-]"
_DATELINE_NAME = re.compile(r"date-?line(?!-?time)|place-?line|location", re.I)
_LEAD_NAME = re.compile(
    r"(?<![a-z])(?:lead|lede|standfirst|dek|deck|chapo|sub-?(?:title|head(?:line)?)|intro|strap)(?![a-z])",
    re.I,
)
_ALONE = re.compile(rf"^[^\d]{{2,60}}\s*{_DASH}{{1,2}}$")


def find_dateline(blocks: Sequence[Block], keep: Keep) -> tuple[str, int | None]:
    """The dateline, and the index of its block if it stands alone; ("", None) if there is none.

    One that opens the first paragraph is read, and stays in the text.
    """
    kept = np.flatnonzero(keep).tolist()
    if not kept:
        return "", None
    for at in range(max(0, kept[0] - BEFORE), min(len(blocks), kept[0] + 3)):
        block = blocks[at]
        if len(block.text) <= LONGEST_DATELINE and _is_dateline(block):
            return re.sub(rf"\s*{_DASH}+$", "", block.text), at
    for at in kept[:3]:
        if dateline := read_dateline(blocks[at].text):
            return dateline, None
    return "", None


def _is_dateline(block: Block) -> bool:
    """Whether a block is one by itself: by its dash at the end, by its shape, or by its name."""
    if _ALONE.match(block.text) is not None:
        return True
    has_name = any(
        _DATELINE_NAME.search(at.attributes) for at, _ in zip(block.node.chain(), range(2), strict=False)
    )
    if is_only_dateline(block.text, is_named=has_name):
        return True
    return has_name and not any(map(str.isdigit, block.text)) and not block.linked


def find_lead(blocks: Sequence[Block], keep: Keep, metadata: Metadata) -> int | None:
    """Index of a standfirst before the text that is not kept as its first line; None if there is none.

    It is named as one, or it is the declared description (which may be cut off at its end).
    """
    kept = np.flatnonzero(keep).tolist()
    declared = fold(metadata.lead.rstrip(". …"))
    for at in range(max(0, kept[0] - BEFORE), kept[0]) if kept else ():
        block = blocks[at]
        if keep[at] or len(block.folded) < LEAD_LETTERS or block.linked > 0.3 * len(block.text):
            continue
        is_declared = len(declared) >= LEAD_LETTERS and block.folded.startswith(declared[:200])
        is_named = any(
            _LEAD_NAME.search(node.attributes) for node, _ in zip(block.node.chain(), range(3), strict=False)
        )
        if is_declared or is_named:
            return at
    return None
