"""The block model: how likely each block of a page is the article's.

Three forests of gradient-boosted trees, trained by ``tools/train_blocks.py``. The first reads the
page alone. Where that leaves a doubt a quick witness is heard, and a second forest weighs what it
says too; where the two together leave a great doubt a slow witness and a third forest follow. The
mean of the forests asked decides: together they are better than any, because witnesses err most
where the page's own markup is plain (other languages, other containers), and the other way round.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from extractors.content.blocks import Block
from extractors.content.decide import Chances, expected_f1
from extractors.content.features import COLUMNS, Page, WordTable, describe
from extractors.content.forest import Forest, unpack
from extractors.content.support import Reference
from extractors.content.witnessing import WITNESS, hear

# Expected F1 of the choice so far from which the next witness is not asked. Cross-validated by
# publisher, the first is heard on 42 pages in 100 and the second on 7; hearing the first on all of
# them would better nothing, hearing none leaked 10.9 lines in 100 of fundus-test where the first made it 8.9.
SURE = (0.97, 0.88)
# A menu's entry is all link and short, two elements further out nearly all is link too.
MENU_LINKED, MENU_LETTERS, MENU_BLOCKS, MENU_AROUND = 0.95, 60, 4, 0.9
MENU_CHANCE = 0.01  # what a menu's entry is taken to be: of those the forests looked at, 1 in 100 was kept
# Of the last forest's table; the first forest's columns come first, then each witness'.
ALL_COLUMNS = (*COLUMNS, *(f"{witness}_{name}" for witness in ("quick", "slow") for name in WITNESS))
FORESTS = ("alone", "quick", "slow")
WEIGHTS = Path(__file__).parent / "weights" / "blocks.npz"


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockModel:
    """Everything that training found."""

    words: WordTable
    forests: tuple[Forest, ...]  # as ``FORESTS``

    def probabilities(self, page: Page, witnesses: Sequence[Callable[[], Reference]]) -> Chances:
        """For each block, 0 to 1: the chance that it is the article's.

        Args:
            page: its blocks and metadata.
            witnesses: the quick one, the slow one. Each is asked only where the choice so far is
                expected to be worse than ``SURE``: their time is most of a page's.
        """
        rows = [at for at, block in enumerate(page.blocks) if not is_menu(block)]
        letters = np.array([block.letters for block in page.blocks], np.float64)
        chances = np.full(len(page.blocks), MENU_CHANCE)
        table = describe(page, self.words, rows)
        odds = self.forests[0].log_odds(table)
        chances[rows] = _logistic(odds)
        for number, (witness, sure) in enumerate(zip(witnesses, SURE, strict=True), 1):
            if expected_f1(chances, letters) >= sure:
                break
            said = witness()
            if not said:
                break
            table = np.hstack([table, hear(page.found, said)[rows]])
            odds = odds + self.forests[number].log_odds(table)
            chances[rows] = _logistic(odds / (number + 1))
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


def _logistic(odds: npt.NDArray[np.float64]) -> Chances:
    chances: Chances = 1 / (1 + np.exp(-odds))
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
        return BlockModel(words=words, forests=tuple(unpack(name, stored) for name in FORESTS))
