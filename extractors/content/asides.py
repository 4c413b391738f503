"""Kept lines that their place or sign says are no text: captions, credits, disclaimers, the date above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

import numpy as np

from extractors.content.blocks import Block
from extractors.content.decide import Chances, Keep
from extractors.content.reasons import is_date_line
from extractors.content.shape import ends_like_a_sentence, heading_level
from extractors.records import CutReason

# Lines of 1,221 pages with gold, cross-validated by publisher: 5 in a figcaption were cut rightly and none wrongly,
# 5 and 1 that open with ©, 23 and 6 in an element named a disclaimer, 3 and 0 dates above the text.
SURE = 0.96  # chance from which a line stays whatever it opens with
DOUBTED = 0.9  # chance under which a date above the text is one
STEPS = 3  # elements outwards whose names are read
LONGEST_CREDIT = 150  # characters
MOST = 0.3  # of the kept letters, in an element that is named a disclaimer
FIRST = 2  # lines among which the date stands

_DISCLAIMER = re.compile(
    r"(?<![a-z])(?:disclaimer|disclosure|affiliate-?(?:disclosure|disclaimer|note|notice|message))(?![a-z])",
    re.I,
)


def find_asides(blocks: Sequence[Block], keep: Keep, chances: Chances) -> dict[int, tuple[CutReason, str]]:
    """Kept blocks that are such lines: index -> what they are, and the rule."""
    kept = np.flatnonzero(keep).tolist()
    most = MOST * sum(blocks[at].letters for at in kept)
    found: dict[int, tuple[CutReason, str]] = {}
    for number, at in enumerate(kept):
        block = blocks[at]
        if any(node.tag == "figcaption" for node in islice(block.node.chain(), STEPS)):
            found[at] = (CutReason.CAPTION, "structure:<figcaption>")
        elif block.text[0] == "©" and len(block.text) <= LONGEST_CREDIT and chances[at] < SURE:
            found[at] = (CutReason.CREDIT, "text:©")
        elif _is_disclaimer(block, most):
            found[at] = (CutReason.LEGAL, "structure:disclaimer")
        elif number < FIRST and chances[at] < DOUBTED and _is_plain_date(block):
            found[at] = (CutReason.DATE_LINE, "text:date")
    return found


def _is_disclaimer(block: Block, most: float) -> bool:
    return any(
        node.letters <= most and node.attributes and _DISCLAIMER.search(node.attributes)
        for node in islice(block.node.chain(), STEPS)
    )


def _is_plain_date(block: Block) -> bool:
    if (
        ends_like_a_sentence(block.text)
        or heading_level(block.border.tag)
        or block.border.tag in ("li", "tr", "td")
    ):
        return False
    return is_date_line(block)
