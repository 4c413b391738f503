"""The block model: how likely each block of a page is the article's.

Two forests of gradient-boosted trees, trained by ``tools/train_blocks.py``. One reads the page
alone. Where that leaves a doubt the witness is heard and a second forest, which weighs what it
says, has half the vote: together they are better than either, because the witness errs most where
the page's own markup is plain (other languages, other containers), and the other way round.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from extractors.content.blocks import Block
from extractors.content.decide import expected_f1
from extractors.content.features import COLUMNS, Page, WordTable, describe
from extractors.content.forest import Forest, unpack
from extractors.content.support import Reference
from extractors.content.witnessing import WITNESS, hear

# Expected F1 of the first forest's choice from which the witness is not asked. At .93 it was heard on 16
# pages in 100 in cross-validation by publisher, which hearing it on all bettered by .0015 on news for 9 ms
# a page. At .9 the model that comes with the package hears it on 9 in 100 and loses .0001 to .0005 in F1.
SURE = 0.9
# A menu's entry is all link and short, two elements further out nearly all is link too.
MENU_LINKED, MENU_LETTERS, MENU_BLOCKS, MENU_AROUND = 0.95, 60, 4, 0.9
MENU_CHANCE = 0.01  # what a menu's entry is taken to be: of those the forests looked at, 1 in 100 was kept
ALL_COLUMNS = (*COLUMNS, *WITNESS)  # of the second forest's table
WEIGHTS = Path(__file__).parent / "weights" / "blocks.npz"


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockModel:
    """Everything that training found."""

    words: WordTable
    alone: Forest
    heard: Forest

    def probabilities(self, page: Page, witness: Callable[[], Reference]) -> npt.NDArray[np.float64]:
        """For each block, 0 to 1: the chance that it is the article's.

        ``witness`` is asked only where the first forest's own choice is expected to be less than
        ``SURE``: its time is most of a page's.
        """
        rows = [at for at, block in enumerate(page.blocks) if not is_menu(block)]
        table = describe(page, self.words, rows)
        odds = self.alone.log_odds(table)
        chances = np.full(len(page.blocks), MENU_CHANCE)
        chances[rows] = _logistic(odds)
        letters = np.array([block.letters for block in page.blocks], np.float64)
        if expected_f1(chances, letters) >= SURE:
            return chances
        said = witness()
        if not said:
            return chances
        heard = self.heard.log_odds(np.hstack([table, hear(page.found, said)[rows]]))
        chances[rows] = _logistic((odds + heard) / 2)
        return chances


def is_menu(block: Block) -> bool:
    """Whether a block is one link among links: a menu's entry, which the forests need not look at.

    On every tenth page of the corpora 35 blocks in 100 are; the forests kept one in a hundred of
    them, .3 % of the letters kept. Not looking at them saves a tenth of judge's time.
    """
    if block.linked < MENU_LINKED * len(block.text) or block.letters >= MENU_LETTERS:
        return False
    around = block.border.parent or block.border
    around = around.parent or around
    return around.blocks >= MENU_BLOCKS and around.linked >= MENU_AROUND * around.letters


def _logistic(odds: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    chances: npt.NDArray[np.float64] = 1 / (1 + np.exp(-odds))
    return chances


@cache
def load_model(path: Path = WEIGHTS) -> BlockModel:
    """The model that comes with the package; read once a process.

    Raises:
        ValueError: the weights were trained on other features than these.
    """
    with np.load(path, allow_pickle=False) as stored:
        if tuple(stored["features"].tolist()) != ALL_COLUMNS:
            message = f"{path} was trained on other features: run tools/train_blocks.py"
            raise ValueError(message)
        words = dict(zip(stored["words"].tolist(), stored["word_odds"].tolist(), strict=True))
        return BlockModel(words=words, alone=unpack("alone", stored), heard=unpack("heard", stored))
