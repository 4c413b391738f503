"""How much of a block stands in another text: by its letters, blind to space and punctuation."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.marks import fold

__all__ = ["Reference", "fold"]

SHORT = 24  # folded characters; anything shorter may stand in a long text by chance
CHUNKS = 6  # a block is found in part where some of its so many pieces are found


class Reference:
    """A text that blocks are looked up in."""

    def __init__(self, lines: Iterable[str]) -> None:
        folded = [fold(line) for line in lines]
        self._lines = frozenset(folded)
        self._flat = "".join(folded)

    def __bool__(self) -> bool:
        return bool(self._flat)

    def __len__(self) -> int:
        return len(self._flat)

    def share(self, folded: str) -> float:
        """0 to 1: how much of a folded block stands here; a short one must be a line of its own.

        A short block inside a longer line scores .3: it may be a part of it or there by chance.
        """
        if not folded or not self._flat:
            return 0.0
        if folded in self._lines:
            return 1.0
        is_inside = folded in self._flat
        if len(folded) < SHORT:
            return 0.3 if is_inside else 0.0
        if is_inside:
            return 1.0
        size = max(8, len(folded) // CHUNKS)
        pieces = [folded[at : at + size] for at in range(0, len(folded) - size + 1, size)]
        return sum(piece in self._flat for piece in pieces) / len(pieces)
