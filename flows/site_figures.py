"""What a run found out about one site, small enough to keep for every site and run: counts and two histograms."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from extractors.records import Article, Rejection

REVIEW = "torn"  # the flag of an article that gate or model were unsure of
_STEPS_AN_OCTAVE = 4  # of lengths: steps of 19 %, finer than any change that matters
_DEBRIS_STEPS = 20  # of debris: steps of five points
_NUMBERS = ("review", "untitled", "unsigned", "undated")


@dataclass(slots=True)
class SiteFigures:
    """Counts over one site's stored articles and refused pages; adds up over batches."""

    listed: int | None = (
        None  # stories that its start points listed; None: they were not asked, or not for all
    )
    languages: Counter[str] = field(default_factory=Counter)  # of stored articles
    reasons: Counter[str] = field(default_factory=Counter)  # of refused pages
    lengths: Counter[int] = field(default_factory=Counter)  # of stored texts, by ``length_step``
    debris: Counter[int] = field(
        default_factory=Counter
    )  # share of each article that was cut, by ``debris_step``
    review: int = 0  # articles marked for review
    untitled: int = 0  # articles without a title
    unsigned: int = 0  # without an author
    undated: int = 0  # without a date
    newest: str = ""  # date of the newest article, as in ``Article.published``

    @property
    def articles(self) -> int:
        """Articles that were stored."""
        return self.languages.total()

    def add_article(self, article: Article, debris_letters: int) -> None:
        """Count a stored article, of which so many characters were cut as debris."""
        self.languages[article.language] += 1
        self.lengths[length_step(len(article.text))] += 1
        self.debris[debris_step(debris_letters, len(article.text))] += 1
        self.review += REVIEW in article.flags
        self.untitled += not article.title
        self.unsigned += not article.authors
        self.undated += not article.published
        if article.published <= article.fetched_at:  # a date to come is none to go by
            self.newest = max(self.newest, article.published)

    def add_rejection(self, rejection: Rejection) -> None:
        """Count a page that was looked at and not kept."""
        self.reasons[rejection.reason] += 1

    def add(self, other: SiteFigures) -> None:
        """Add another batch's figures to these."""
        if other.listed is not None:
            self.listed = (self.listed or 0) + other.listed
        self.languages.update(other.languages)
        self.reasons.update(other.reasons)
        self.lengths.update(other.lengths)
        self.debris.update(other.debris)
        for name in _NUMBERS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.newest = max(self.newest, other.newest)

    def to_json(self) -> dict[str, Any]:
        """Plain values; what is zero or unknown is left out."""
        found: dict[str, Any] = {} if self.listed is None else {"listed": self.listed}
        counters: dict[str, Counter[Any]] = {
            "languages": self.languages,
            "reasons": self.reasons,
            "lengths": self.lengths,
            "debris": self.debris,
        }
        found |= {
            name: {str(key): count for key, count in one.items()} for name, one in counters.items() if one
        }
        found |= {name: getattr(self, name) for name in (*_NUMBERS, "newest") if getattr(self, name)}
        return found

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> SiteFigures:
        """The figures that ``to_json`` wrote."""
        return cls(
            listed=found.get("listed"),
            languages=Counter(found.get("languages", {})),
            reasons=Counter(found.get("reasons", {})),
            lengths=_steps(found.get("lengths", {})),
            debris=_steps(found.get("debris", {})),
            newest=found.get("newest", ""),
            **{name: found.get(name, 0) for name in _NUMBERS},
        )


def length_step(letters: int) -> int:
    """The step of a text's length: four to each doubling."""
    return int(_STEPS_AN_OCTAVE * math.log2(letters)) if letters > 0 else 0


def letters_of(step: float) -> float:
    """The length in the middle of a step."""
    return float(2 ** ((step + 0.5) / _STEPS_AN_OCTAVE))


def debris_step(cut: int, kept: int) -> int:
    """The step of the share of an article's letters that was debris: 0 to 20."""
    return cut * _DEBRIS_STEPS // (cut + kept) if cut > 0 else 0


def share_of(step: float) -> float:
    """The share in the middle of a step of debris; nothing where nothing was cut to speak of."""
    return min(1.0, (step + 0.5) / _DEBRIS_STEPS) if step > 0 else 0.0


def _steps(found: Mapping[str, int]) -> Counter[int]:
    return Counter({int(step): count for step, count in found.items()})
