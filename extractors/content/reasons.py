"""Closer reasons for blocks of which the markup says only that they are no text: by what they say.

They decide nothing: what they are asked about is cut already.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from extractors.content.blocks import Block
from extractors.content.phrases import known_phrases
from extractors.content.support import fold
from extractors.records import CutReason

MIN_NAME = 5  # folded characters of an author's name that is looked for
BESIDE_NAMES = 30  # folded characters beside the names in a byline: "By", "Political correspondent"
LONGEST_DATE = 70  # characters of a line that is a date
MOST_DATE_LETTERS = 40  # of it: "Published on Wednesday," and a month's name
TEASER_LETTERS, ALL_LINKED = 25, 0.8  # letters of a headline, and how much of it is the link

_DATED = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d|[12]\d:[0-5]\d|\d?\d[:h][0-5]\d|\d{1,2}[./-]\d{1,2}[./-]\d\d)(?!\d)|\d\s?[年日月일월]"
)


def field_of(block: Block, authors: Collection[str]) -> tuple[CutReason, str] | None:
    """Whether a block beside the article's lines is its byline or date, and which rule says so; else None.

    Args:
        block: a block that is cut.
        authors: names, folded.
    """
    if _is_byline(block, authors):
        return CutReason.BYLINE, "text:author"
    return (CutReason.DATE_LINE, "text:date") if is_date_line(block) else None


def kind_of_debris(block: Block, phrases: frozenset[str]) -> tuple[CutReason, str] | None:
    """What a block that no markup names says that it is, and which rule says so; None if nothing does.

    Args:
        block: a block that is cut.
        phrases: of debris, as ``Rules`` holds them.
    """
    known = known_phrases(phrases)
    phrase = known.find(" ".join(block.text.casefold().split()))
    if phrase:
        return known.reason(phrase), f"phrase:{phrase}"
    if block.letters >= TEASER_LETTERS and block.linked >= ALL_LINKED * len(block.text):
        return CutReason.RELATED, "structure:linked"
    return None


def fold_names(authors: Collection[str]) -> tuple[str, ...]:
    """Names in the form in which they are looked for; none that is too short to be told from a word."""
    return tuple(name for name in map(fold, authors) if len(name) >= MIN_NAME)


def _is_byline(block: Block, authors: Collection[str]) -> bool:
    named = sum(len(name) for name in authors if name in block.folded)
    return named > 0 and len(block.folded) - named <= BESIDE_NAMES


def is_date_line(block: Block) -> bool:
    """Whether it is a date or time with little beside it: "Published on 3 May 2026, 10:15"."""
    if (
        len(block.text) > LONGEST_DATE
        or block.letters > MOST_DATE_LETTERS
        or block.linked > len(block.text) / 2
    ):
        return False
    return _DATED.search(block.text) is not None
