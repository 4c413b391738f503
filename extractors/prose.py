"""What running text looks like, whatever its language: by weight of letters and ends of sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable

import regex

from extractors.marks import VOWEL_SIGNS

# A letter of a script that writes words or syllables in one sign says as much as so many Latin ones.
_DENSE = re.compile(r"[぀-ヿ㐀-䶿一-鿿가-힯]")
DENSE_WEIGHT = 2.5  # translated news is that much shorter in Chinese and Japanese than in English
_NOT_ASCII_LETTERS = re.compile(r"[\W\d_]+")  # half the time
_NOT_LETTERS = re.compile(rf"(?:[^\w{VOWEL_SIGNS}]|[\d_])+")
# Ethiopic writes a consonant and its vowel in one sign: forty articles have .66 of the letters of English ones.
_SYLLABLES = re.compile(r"[\u1200-\u137f\u1380-\u139f\u2d80-\u2ddf]")
SYLLABLE_WEIGHT = 1.5
_SENTENCE_END = re.compile(r"[.!?…。！？।؟۔።⁇॥၊။។៕།༎։]['\"’”»“」』)\]）]*$")
_TRUNCATED = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])[\s»›→]*$")  # an arrow leads to the rest
_WORDS = regex.compile(r"[\p{L}\p{M}]{4,}")  # with vowel signs, which \w leaves out
_DENSE_PAIRS = re.compile(r"(?=([぀-ヿ㐀-鿿가-힣ก-๿\u0e80-\u0fff\u1000-\u109f\u1780-\u17ff]{2}))")

ENDING = 16  # characters of a line that hold whatever it ends with; to search more takes longer
PROSE_WEIGHT = 60  # Latin letters from which a line that ends like a sentence is running text
LONG_WEIGHT = 140  # and from which any line is
_UNSIGNED = re.compile(r"[\u0e00-\u0eff][\W\d]*$")  # Thai and Lao end no sentence with a sign
UNSIGNED_WEIGHT = 100  # from which a line in one of them is: of their headlines one in twenty has 97 or more


def letters(text: str) -> int:
    """Number of letters and vowel signs: no digits, other signs, white space."""
    return len(_bare(text))


def weight(text: str) -> float:
    """Its letters, in letters of a text in an alphabet that says as much."""
    found = _bare(text)
    if found.isascii():
        return len(found)
    dense, syllables = len(_DENSE.findall(found)), len(_SYLLABLES.findall(found))
    return len(found) + (DENSE_WEIGHT - 1) * dense + (SYLLABLE_WEIGHT - 1) * syllables


def _bare(text: str) -> str:
    return (_NOT_ASCII_LETTERS if text.isascii() else _NOT_LETTERS).sub("", text)


def ends_sentence(text: str) -> bool:
    """Whether it ends with the sign of a whole sentence, in any script; dots of omission are none."""
    return bool(_SENTENCE_END.search(text[-ENDING:])) and not is_truncated(text)


def is_truncated(text: str) -> bool:
    """Whether it ends in dots of omission, as a teaser does."""
    return bool(_TRUNCATED.search(text[-ENDING:]))


def is_prose(text: str, size: float | None = None) -> bool:
    """Whether it reads as a paragraph by itself; ``size`` is its weight, where that is known."""
    size = weight(text) if size is None else size
    if is_truncated(text) and size < 2 * LONG_WEIGHT:
        return False  # a teaser's excerpt
    if size >= LONG_WEIGHT or (size >= PROSE_WEIGHT and ends_sentence(text)):
        return True
    return size >= UNSIGNED_WEIGHT and bool(_UNSIGNED.search(text[-ENDING:]))


def share_of_terms(text: str, folded: str) -> float:
    """How many of a text's terms stand in another, case-folded one, 0 to 1; -1 where it has no terms."""
    wanted = terms([text])
    return sum(term in folded for term in wanted) / len(wanted) if wanted else -1.0


def terms(texts: Iterable[str]) -> frozenset[str]:
    """Words of four letters or more, cut to six for their endings; pairs of signs where no spaces are."""
    found: set[str] = set()
    for text in texts:
        folded = text.casefold()
        pairs = _DENSE_PAIRS.findall(folded)
        found.update(pairs or (word[:6] for word in _WORDS.findall(folded)))
    return frozenset(found)
