"""Which blocks of the page are the article's, and what becomes of the others."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from lxml.html import HtmlElement

from extractors.content.blocks import Block
from extractors.content.decide import Keep, threshold, without_twins
from extractors.content.features import Page
from extractors.content.ledger import cut_block, kind_of
from extractors.content.model import load_model
from extractors.content.prepare import prepare
from extractors.content.shape import ends_like_a_sentence, heading_level
from extractors.content.support import fold
from extractors.findings import Content, Line, Measurements, Metadata
from extractors.records import Rules

TORN = (0.3, 0.7)  # probabilities between which the model does not know


def find_content(tree: HtmlElement, metadata: Metadata, rules: Rules) -> Content:
    """The article's lines in reading order, with everything that was cut. The tree is not changed."""
    page = prepare(tree, metadata)
    chances = load_model().probabilities(page)
    titles = {fold(title) for title in (metadata.title, *metadata.titles)} - {""}
    is_title = np.array([folded in titles for folded in page.folded], bool)
    letters = np.array([block.letters for block in page.blocks], np.float64)
    chances = np.where(is_title, 0.0, chances)
    keep = without_twins(chances >= threshold(chances, letters), page.folded)
    return Content(
        lines=tuple(
            Line(text=block.text, kind=kind_of(block))
            for block, is_kept in zip(page.blocks, keep, strict=True)
            if is_kept
        ),
        cuts=tuple(
            cut_block(block, is_title=bool(is_title[at]), chance=float(chances[at]))
            for at, block in enumerate(page.blocks)
            if not keep[at] and block.letters
        ),
        extracted_by="blocks",
        flags=("cut-short",) if page.found.is_cut_short else (),
        measurements=measure(page, keep, chances),
    )


def measure(page: Page, keep: Keep, chances: npt.NDArray[np.float64]) -> Measurements:
    """The figures that the gate decides on."""
    blocks = page.blocks
    kept = [block for block, is_kept in zip(blocks, keep, strict=True) if is_kept]
    letters = np.array([block.letters for block in blocks], np.float64)
    kept_letters = float(letters[keep].sum())
    is_torn = (chances > TORN[0]) & (chances < TORN[1])
    return Measurements(
        letters_page=int(letters.sum()),
        letters_kept=int(kept_letters),
        letters_linked=sum(min(block.linked, block.letters) for block in blocks),
        letters_kept_linked=sum(min(block.linked, block.letters) for block in kept),
        blocks_page=len(blocks),
        blocks_kept=len(kept),
        sentences_kept=sum(ends_like_a_sentence(block.text) for block in kept),
        mean_probability=float((letters * chances)[keep].sum() / max(1.0, kept_letters)),
        torn_share=float(letters[is_torn].sum() / max(1.0, kept_letters + letters[is_torn & ~keep].sum())),
        headlines_linked=sum(_is_linked_heading(block) for block in blocks),
    )


def _is_linked_heading(block: Block) -> bool:
    is_heading = any(heading_level(node.tag) for node, _ in zip(block.border.chain(), range(2), strict=False))
    return is_heading and block.linked >= 0.8 * len(block.text)
