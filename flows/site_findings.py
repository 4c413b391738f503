"""What drifted at a site: one finding a thing, with its measurement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Drift(StrEnum):
    """What can drift, the worst first."""

    SILENT = "silent"  # no new article, for longer than ever before
    LISTED = "listed"  # the start points list far fewer stories
    KEPT = "kept"  # a smaller share of the pages is an article
    FAILED = "failed"  # a larger share of the URLs cannot be had
    REFUSED = "refused"  # a larger share of the pages is refused, for this reason
    SHORTER = "shorter"  # texts
    LONGER = "longer"  # texts: debris may have come in
    CUT = "cut"  # a larger share of an article's letters is debris
    UNTITLED = "untitled"  # a larger share of the articles has no title
    UNDATED = "undated"  # no date
    UNSIGNED = "unsigned"  # no author
    LANGUAGE = "language"  # a larger or smaller share of the articles is in this language
    REVIEW = "review"  # a larger share of the articles is marked for review


class Unit(StrEnum):
    """What a finding's two figures are."""

    SHARE = "share"  # 0 to 1
    DAYS = "days"
    STORIES = "stories"
    LETTERS = "letters"


_WORST_FIRST = tuple(Drift)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that drifted."""

    site: str
    what: Drift
    subject: str = ""  # the reason or the language
    unit: Unit
    now: float
    before: float
    now_of: int  # pages, articles, URLs or looks that ``now`` was measured on
    before_of: int
    since: (
        str  # ISO 8601 UTC: the oldest run that is part of "now"; of a silence, the last with something new
    )
    strength: float = 0.0  # spreads between now and before; 0 where the test is of another kind

    @property
    def rank(self) -> tuple[int, float]:
        """Sorts the worst first."""
        return (_WORST_FIRST.index(self.what), -abs(self.strength))

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self) | {name: round(getattr(self, name), 4) for name in ("now", "before", "strength")}

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Finding:
        """The finding that ``to_json`` wrote."""
        return cls(**{**found, "what": Drift(found["what"]), "unit": Unit(found["unit"])})
