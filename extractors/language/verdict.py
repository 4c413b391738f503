"""What language identification answers: one text's verdict, one article's languages."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.records import LanguageShare, Vote

UNSURE = "und"  # BCP-47's own word for a language that is not known


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageVerdict:
    """The language of one text."""

    language: str  # BCP-47: "hy", "sr-Latn", "zh-Hant"; "und" when unsure
    script: str  # ISO 15924 of most of its letters; "" if it has none
    confidence: float  # 0 to 1, calibrated: of the verdicts at .9 about nine in ten are right
    evidence: tuple[Vote, ...] = ()  # what each detector, gate and rule said
    alternatives: tuple[str, ...] = ()  # what else it may be, likeliest first; led by the guess if "und"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLanguage:
    """The language of an article, and what else is in it."""

    language: str  # BCP-47, "und" when unsure
    script: str  # ISO 15924; "" if there are no letters
    confidence: float  # 0 to 1, as in LanguageVerdict
    evidence: tuple[Vote, ...] = ()  # of the article's own language
    other_languages: tuple[LanguageShare, ...] = ()  # largest share first
    flags: tuple[str, ...] = ()  # see ``article_language``
