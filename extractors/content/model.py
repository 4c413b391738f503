"""The block model: how likely each block of a page is the article's.

Two forests of gradient-boosted trees, trained by ``tools/train_blocks.py``. One reads the page
alone, the other hears the witness too; the mean of their log odds is better than either, because
the witness errs most where the page's own markup is plain (other languages, other containers).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from extractors.content.features import COLUMNS, Page, WordTable, describe
from extractors.content.forest import Forest, unpack

WEIGHTS = Path(__file__).parent / "weights" / "blocks.npz"


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockModel:
    """Everything that training found."""

    words: WordTable
    alone: Forest
    heard: Forest

    def probabilities(self, page: Page) -> npt.NDArray[np.float64]:
        """For each block, 0 to 1: the chance that it is the article's."""
        table = describe(page, self.words)
        odds = self.alone.log_odds(table)
        if page.witness:
            odds = (odds + self.heard.log_odds(table)) / 2
        chances: npt.NDArray[np.float64] = 1 / (1 + np.exp(-odds))
        return chances


@cache
def load_model(path: Path = WEIGHTS) -> BlockModel:
    """The model that comes with the package; read once a process.

    Raises:
        ValueError: the weights were trained on other features than these.
    """
    with np.load(path, allow_pickle=False) as stored:
        if tuple(stored["features"].tolist()) != COLUMNS:
            message = f"{path} was trained on other features: run tools/train_blocks.py"
            raise ValueError(message)
        words = dict(zip(stored["words"].tolist(), stored["word_odds"].tolist(), strict=True))
        return BlockModel(words=words, alone=unpack("alone", stored), heard=unpack("heard", stored))
