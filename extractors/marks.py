"""Signs that are no letters to Python's patterns, and yet parts of words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

# India's scripts with those of South-East Asia and Tibet, and their later blocks. Marks elsewhere are
# accents (composed in normal form C), points of Hebrew and Arabic, stress: words are the same without.
_BLOCKS = (range(0x0900, 0x1AFF), range(0x1B00, 0x1C50), range(0xA800, 0xAC00))


def _marks() -> Iterator[int]:
    for block in _BLOCKS:
        yield from (code for code in block if unicodedata.category(chr(code)).startswith("M"))


def _ranges() -> str:
    runs = groupby(enumerate(_marks()), key=lambda pair: pair[1] - pair[0])
    spans = ([code for _, code in run] for _, run in runs)
    return "".join(f"{chr(span[0])}-{chr(span[-1])}" for span in spans)


# For a set of a pattern: f"[\\w{VOWEL_SIGNS}]". Without these signs Hindi has .63 of the letters that
# the same news has in English, with them 1.03 (forty articles of each).
VOWEL_SIGNS = _ranges()
_NO_WORD = re.compile(rf"(?:[^\w{VOWEL_SIGNS}]|_)+")
_NO_ASCII_WORD = re.compile(r"[\W_]+")  # half the time


def fold(text: str) -> str:
    """Letters, their vowel signs and digits alone, case-folded: what stays equal however a text is rendered."""
    if text.isalnum():
        return text.casefold()
    return (_NO_ASCII_WORD if text.isascii() else _NO_WORD).sub("", text).casefold()
