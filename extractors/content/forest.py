"""Gradient-boosted trees in plain numpy: all rows descend all trees together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

SHALLOW = 6  # steps after which about half of the rows are at leaves
ROWS_AT_ONCE = 2_000  # bounds memory: rows x trees x 8 bytes, a few times


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """Trees as flat arrays; node ``i``'s children are ``children[2 * i]`` (greater) and the next (not greater)."""

    columns: npt.NDArray[np.intp]  # of the feature table that the trees look at
    feature: npt.NDArray[np.intp]  # a node: which of those columns
    threshold: npt.NDArray[np.float32]  # a node; infinite at leaves, whose children are themselves
    children: npt.NDArray[np.intp]
    value: npt.NDArray[np.float32]  # log odds at leaves
    roots: npt.NDArray[np.intp]
    depth: int  # steps after which every row is at a leaf

    def log_odds(self, table: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        """The trees' sum for each row of a feature table."""
        parts = [self._descend(table[at : at + ROWS_AT_ONCE]) for at in range(0, len(table), ROWS_AT_ONCE)]
        return np.concatenate(parts) if parts else np.zeros(0)

    def _descend(self, table: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        # Trees by rows: neighbours in memory stand at the same tree's nodes.
        values = np.ascontiguousarray(table[:, self.columns].T).ravel()
        rows = len(table)
        at = np.repeat(self.roots, rows)
        row = np.tile(np.arange(rows), len(self.roots))
        going = np.arange(len(at))
        for step in range(self.depth):
            if step >= SHALLOW and step % 2 == 0:  # most leaves lie shallow: go on with the others alone
                going = going[self.children[2 * at[going]] != at[going]]
                if not len(going):
                    break
            here = at[going] if step >= SHALLOW else at
            column = row[going] if step >= SHALLOW else row
            is_not_greater = values[self.feature[here] * rows + column] <= self.threshold[here]
            there = self.children[2 * here + is_not_greater]
            if step >= SHALLOW:
                at[going] = there
            else:
                at = there
        sums: npt.NDArray[np.float64] = self.value[at].reshape(len(self.roots), rows).sum(0, dtype=np.float64)
        return sums


def unpack(name: str, stored: Mapping[str, npt.NDArray[np.generic]]) -> Forest:
    """The forest of this name in a file of weights."""

    def whole(key: str) -> npt.NDArray[np.intp]:
        return stored[f"{name}_{key}"].astype(np.intp)

    return Forest(
        columns=whole("columns"),
        feature=whole("feature"),
        threshold=stored[f"{name}_threshold"].astype(np.float32),
        children=whole("children"),
        value=stored[f"{name}_value"].astype(np.float32),
        roots=whole("roots"),
        depth=int(whole("depth")[0]),
    )
