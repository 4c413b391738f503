"""The words by which pages in an article's place name themselves, in many languages: ``data/placeholders.tsv``.

The gate asks structure first and needs no language; these words count only beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

import regex

from extractors.prose import weight

Kind = Literal["error", "formality"]
MOST = 0.6  # of a title's letters, in the words: the rest is an interjection or a polite turn
SITE_NAME = 30.0  # weight of what stands beside a title's separator: a site's name, not half a headline
LONG_TITLE = 90.0  # weight from which no title is looked at
TELLING = (
    9  # letters of a whole title in one word that leave no doubt: "contact" and "cookies" are headlines, too
)
_SEPARATOR = regex.compile(r"\s+[-–—|·•»«:/]+\s+|\s*[|•»«]\s*")
_NO_WORD = regex.compile(r"[^\p{L}\p{M}\p{N}]+")
_FIGURES = regex.compile(r"\p{N}+")
_DENSE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}]")
# Signs that some writers set and others leave out: Arabic vowels, the dot of a Turkish İ.
_MARKS = regex.compile(r"[\u064b-\u0652\u0307]")
_SAME = str.maketrans({"ı": "i", "ё": "е", "’": "'", "ʼ": "'", "‘": "'", "\u200c": " ", "\u00a0": " "})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One phrase, folded."""

    language: str
    phrase: str
    is_whole: bool  # a title must be it, not only hold it

    @property
    def is_telling(self) -> bool:
        """Whether no headline is likely to be these words."""
        return " " in self.phrase or weight(self.phrase) >= TELLING


def find_title(kind: Kind, titles: Iterable[str]) -> Wording | None:
    """The first wording that is (most of) one of the titles, a site's name beside it left out."""
    wordings = _wordings(kind, "title")
    for part in dict.fromkeys(part for title in titles for part in _parts(title)):
        bare = " ".join(_FIGURES.sub(" ", part).split())
        size = len(bare.replace(" ", ""))
        for wording in wordings:
            if wording.is_whole:
                if wording.phrase in (part, bare):
                    return wording
            elif len(wording.phrase.replace(" ", "")) >= MOST * size and _holds(part, wording.phrase):
                return wording
    return None


def count_texts(kind: Kind, texts: Iterable[str]) -> int:
    """How many of one language's wordings stand in the texts; of the language that has most."""
    folded = _fold(" \n ".join(texts))
    found: dict[str, int] = {}
    for wording in _wordings(kind, "text"):
        if _holds(folded, wording.phrase):
            found[wording.language] = found.get(wording.language, 0) + 1
    return max(found.values(), default=0)


def _parts(title: str) -> Iterator[str]:
    """A title's words, and those of its parts where what is left beside them can be a site's name."""
    if weight(title) > LONG_TITLE:
        return
    yield _fold(title)
    parts = [part for part in _SEPARATOR.split(title) if part.strip()]
    whole = weight(title)
    for part in parts if len(parts) > 1 else ():
        if whole - weight(part) <= SITE_NAME:
            yield _fold(part)


def _holds(text: str, phrase: str) -> bool:
    """Whether the phrase stands in the text, from the start of a word on where the script has spaces."""
    at = text.find(phrase)
    while at > 0 and text[at - 1].isalpha() and not _DENSE.match(phrase):
        at = text.find(phrase, at + 1)
    return at >= 0


def _fold(text: str) -> str:
    folded = _MARKS.sub("", text.casefold().translate(_SAME))
    return _NO_WORD.sub(" ", folded).strip()


@cache
def _wordings(kind: Kind, place: str) -> tuple[Wording, ...]:
    text = resources.files(__package__).joinpath("data", "placeholders.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return tuple(
        Wording(language=language, phrase=_fold(phrase), is_whole=phrase.strip().startswith("="))
        for of_kind, of_place, language, phrases in rows
        if (of_kind, of_place) == (kind, place)
        for phrase in phrases.split(" | ")
    )
