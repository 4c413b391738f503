"""The block model's table of words in class names and ids, learned from pages with gold texts."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from extractors.content.blocks import Block
from extractors.content.names import NEAR, read_names

MIN_PUBLISHERS = 3  # a word that fewer use is a site's own
PRIOR = 3.0  # publishers' worth of the mean share, added to each word
SMALLEST = 0.15  # log odds; what says less is left out of the file


class WordStatistics:
    """How much of the text under each word is kept, averaged over publishers."""

    def __init__(self) -> None:
        self._sums: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0]))
        self._bases: list[float] = []
        self._known: dict[str, dict[int, float]] = {}  # shares a word and publisher, once asked for

    def add(self, blocks: Sequence[Block], kept: Sequence[int], publisher: int) -> None:
        """Count one page."""
        all_weight = kept_weight = 0.0
        for block, is_kept in zip(blocks, kept, strict=True):
            weight = min(60.0, len(block.text) / 6) + 3
            all_weight += weight
            kept_weight += weight * is_kept
            for word in set(_words(block)):
                pair = self._sums[word][publisher]
                pair[0] += weight * is_kept
                pair[1] += weight
        self._bases.append(kept_weight / max(1.0, all_weight))

    def table(self, without: int | None = None) -> Mapping[str, float]:
        """Log odds a word against the mean; ``without`` leaves one publisher's own pages out.

        Training rows must not see what their own publisher added: leave-one-out keeps the
        feature as informative in training as it is on publishers never seen.
        """
        base = sum(self._bases) / max(1, len(self._bases))
        return _Odds(self._shares(), without, base) if without is not None else self._whole(base)

    def _shares(self) -> dict[str, dict[int, float]]:
        if not self._known:
            self._known = {
                word: {publisher: kept / total for publisher, (kept, total) in sums.items()}
                for word, sums in self._sums.items()
                if len(sums) >= MIN_PUBLISHERS
            }
        return self._known

    def _whole(self, base: float) -> dict[str, float]:
        odds = {
            word: _log_odds(sum(shares.values()), len(shares), base)
            for word, shares in self._shares().items()
        }
        return {word: value for word, value in sorted(odds.items()) if abs(value) >= SMALLEST}


class _Odds(dict[str, float]):
    """Odds without one publisher, computed as they are asked for."""

    def __init__(self, shares: Mapping[str, Mapping[int, float]], without: int, base: float) -> None:
        super().__init__()
        self._shares, self._without, self._base = shares, without, base
        self._absent: set[str] = set()

    def __contains__(self, word: object) -> bool:
        if word in self._absent:
            return False
        if super().__contains__(word):
            return True
        value = self._compute(str(word))
        if value is None:
            self._absent.add(str(word))
            return False
        self[str(word)] = value
        return True

    def _compute(self, word: str) -> float | None:
        shares = self._shares.get(word)
        if shares is None:
            return None
        own = shares.get(self._without)
        number = len(shares) - (own is not None)
        if number < MIN_PUBLISHERS:
            return None
        value = _log_odds(sum(shares.values()) - (own or 0.0), number, self._base)
        return value if abs(value) >= SMALLEST else None


def _log_odds(total: float, number: int, base: float) -> float:
    share = min(0.995, max(0.005, (total + PRIOR * base) / (number + PRIOR)))
    return math.log(share / (1 - share)) - math.log(base / (1 - base))


def _words(block: Block) -> Iterator[str]:
    for node, _ in zip(block.node.chain(), range(NEAR), strict=False):
        if node.attributes:
            yield from read_names(node.attributes)[1]
