"""The figures of a page that the gate decides on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from extractors.content.blocks import Block
from extractors.content.decide import Chances, Keep
from extractors.content.shape import ends_like_a_sentence, heading_level
from extractors.findings import Measurements

TORN = (0.3, 0.7)  # probabilities between which the model does not know
HEADLINE_LINKED = 0.8  # of a heading's characters: a teaser's
# Set on 2,123 articles and 571 lists of stories in the frames of real pages: with these figures five pieces that make
# half of the kept text are found in one article (a list of webcams) and in 423 of the lists.
TEASER_TITLE = 12  # letters of a link that is a line by itself, from which it is another story's title
MORE_LINKS = 4  # times that the same link stands on the page: "more", below each story's excerpt
TEASER_TEXT = (30, 600)  # letters between two such links: a label's at least, a story's at most


def measure(blocks: Sequence[Block], keep: Keep, chances: Chances) -> Measurements:
    """Letters, links, sentences and the model's sureness; lengths in letters."""
    kept = [block for block, is_kept in zip(blocks, keep, strict=True) if is_kept]
    letters = np.array([block.letters for block in blocks], np.float64)
    kept_letters = float(letters[keep].sum())
    is_torn = (chances > TORN[0]) & (chances < TORN[1])
    teasers = _teasers(blocks, keep)
    looked_at = kept_letters + float(letters[is_torn & ~keep].sum())
    return Measurements(
        letters_page=int(letters.sum()),
        letters_kept=int(kept_letters),
        letters_linked=sum(min(block.linked, block.letters) for block in blocks),
        letters_kept_linked=sum(min(block.linked, block.letters) for block in kept),
        blocks_page=len(blocks),
        blocks_kept=len(kept),
        sentences_kept=sum(ends_like_a_sentence(block.text) for block in kept),
        mean_probability=float((letters * chances)[keep].sum() / max(1.0, kept_letters)),
        torn_share=float(letters[is_torn].sum() / max(1.0, looked_at)),
        headlines_linked=sum(_is_linked_heading(block) for block in blocks),
        teasers=len(teasers),
        letters_teasers=sum(teasers),
    )


def _is_linked_heading(block: Block) -> bool:
    is_heading = any(heading_level(node.tag) for node, _ in zip(block.border.chain(), range(2), strict=False))
    return is_heading and block.linked >= HEADLINE_LINKED * len(block.text)


def _teasers(blocks: Sequence[Block], keep: Keep) -> list[int]:
    """Letters of each piece of kept text between two links to other stories.

    A story's own paragraphs follow each other; on a list of stories each one follows a line that is a link.
    """
    links = [at for at, block in enumerate(blocks) if block.linked and _is_link(block)]
    often = Counter(blocks[at].folded for at in links)
    borders = [
        at
        for at in links
        if blocks[at].letters >= TEASER_TITLE
        or often[blocks[at].folded] >= MORE_LINKS
        or _is_linked_heading(blocks[at])
    ]
    kept = np.array([block.letters for block in blocks], np.int64) * keep
    pieces = np.add.reduceat(kept, borders).tolist() if borders else []
    least, most = TEASER_TEXT
    return [piece for piece in pieces if least <= piece <= most]


def _is_link(block: Block) -> bool:
    """Whether the line is nothing but a link to another page, and figures: a date may stand beside it."""
    return block.linked >= HEADLINE_LINKED * block.letters and not block.anchored
