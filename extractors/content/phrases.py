"""Kept lines that are known phrases of debris; a phrase alone never cuts running text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from extractors.content.blocks import Block
from extractors.content.decide import Chances, Keep
from extractors.content.shape import ends_like_a_sentence, heading_level
from extractors.plain_text.debris import Phrases
from extractors.records import CutReason

# A heading or an item of a list may be just such a word ("TikTok", "Corrections"). Over 1,221 pages
# with gold 9 of 11 kept ones from .85 up were the article's.
TRUSTED_ITEM = 0.85
TRUSTED_LINE = 0.9  # a line from here up that begins like a phrase, ends like a sentence: running text
FEW_LINKED = 0.3  # of the characters of a line of running text
ALL_LINKED = 0.8  # of the characters of a teaser


@lru_cache(maxsize=4)
def known_phrases(phrases: frozenset[str]) -> Phrases:
    """The phrases, ready to be looked up in; prepared once for each set of them."""
    return Phrases.of(phrases)


def find_phrases(
    blocks: Sequence[Block], keep: Keep, chances: Chances, phrases: frozenset[str]
) -> dict[int, tuple[CutReason, str]]:
    """Kept blocks that are debris by a phrase: index -> what it says that they are, and the rule.

    A block that a phrase announces goes with it, as long as it is nothing but a link.
    """
    known = known_phrases(phrases)
    found: dict[int, tuple[CutReason, str]] = {}
    announced = ""
    for at in np.flatnonzero(keep).tolist():
        block = blocks[at]
        folded = " ".join(block.text.casefold().split())
        phrase = known.find(folded)
        if phrase and _is_debris(block, float(chances[at]), is_whole=known.covers(phrase, folded)):
            found[at] = (known.reason(phrase), f"phrase:{phrase}")
            announced = phrase
        elif announced and block.linked >= ALL_LINKED * len(block.text):
            found[at] = (CutReason.RELATED, f"after:phrase:{announced}")
        else:
            announced = ""
    return found


def _is_debris(block: Block, chance: float, *, is_whole: bool) -> bool:
    if is_whole:
        is_item = heading_level(block.border.tag) or block.border.tag in ("li", "dt", "td", "tr")
        return not (is_item and chance >= TRUSTED_ITEM)
    is_running = chance >= TRUSTED_LINE and block.linked < FEW_LINKED * len(block.text)
    return not (is_running and ends_like_a_sentence(block.text))
