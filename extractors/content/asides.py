"""Kept lines that their place or sign says are no text: captions, credits, disclaimers, the date above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

import numpy as np

from extractors.content.blocks import Block
from extractors.content.decide import Chances, Keep
from extractors.content.reasons import is_date_line
from extractors.content.shape import ends_like_a_sentence, heading_level
from extractors.records import CutReason

# Lines of 1,221 pages with gold, cut rightly and wrongly, by models that had not seen the page's publisher: 5 and 0 in
# a figcaption, 3 and 1 that open with ©, 16 and 3 in an element named a disclaimer, 2 and 0 dates above the text; at
# the end 11 and 1 links, 2 and 0 headings that announce something. An earlier model had also kept 70 rows of a table
# of cookies and 4 lines for printers or pages without scripts, all of them debris, and 2 addresses.
SURE = 0.96  # chance from which a line stays whatever it opens with
DOUBTED = 0.9  # chance under which a date above the text is one
STEPS = 3  # elements outwards whose names are read
LONGEST_CREDIT = 150  # characters
MOST = 0.3  # of the kept letters, in an element that is named a disclaimer
FIRST = 2  # lines among which the date stands
ALL_LINKED = 0.9  # of a last line's characters
LAST = 4  # last lines that may be no text

# A line of a quotation that stands in a paragraph within so many lines of it: 23 of 23 on pages of 12 publishers
# were in the gold text once; farther off, or outside of quotations, as many were there twice as not.
QUOTE_LETTERS, QUOTE_LINES = 30, 6
LONGEST_KICKER, KICKER_WORDS, KICKER_LETTERS = 40, 3, 4  # characters, words; letters of one in capitals
BELOW_KICKER = 60  # letters of the paragraph after it

_QUOTING = frozenset(("blockquote", "aside", "q"))
_QUOTE_NAME = re.compile(r"(?<![a-z])pull-?quote", re.I)
_KICKER_NAME = re.compile(
    r"(?<![a-z])(?:kicker|eyebrow|overline|nadnaslov|spitzmarke|dachzeile|occhiello|surtitre|antet[ií]tulo)(?![a-z])",
    re.I,
)
_NAMES = (
    (CutReason.LEGAL, re.compile(
        r"(?<![a-z])(?:disclaimer|affiliate-?(?:disclosure|disclaimer|note|notice|message))(?![a-z])", re.I
    )),
    (CutReason.CONSENT, re.compile(r"cookie-?(?:law|notice|banner|consent|table|declaration)|consent-(?:banner|notice|form)", re.I)),
    (CutReason.HIDDEN, re.compile(r"(?<![a-z])(?:noscript|robots-nocontent|print-only|d-print-block)(?![a-z])", re.I)),
)  # fmt: skip
_ADDRESS = re.compile(
    r"(?:https?://\S+|www\.\S+|\S+@\S+\.\w{2,12}|(?:www\.)?(?:twitter|x|facebook|instagram)\.com/\S+|@\w+)"
)
_ANNOUNCING = re.compile(r"(?:[:：՝…]|\.\.\.)\s*$")


def find_asides(blocks: Sequence[Block], keep: Keep, chances: Chances) -> dict[int, tuple[CutReason, str]]:
    """Kept blocks that are such lines: index -> what they are, and the rule."""
    kept = np.flatnonzero(keep).tolist()
    most = MOST * sum(blocks[at].letters for at in kept)
    found: dict[int, tuple[CutReason, str]] = {}
    for number, at in enumerate(kept):
        block = blocks[at]
        if any(node.tag == "figcaption" for node in islice(block.node.chain(), STEPS)):
            found[at] = (CutReason.CAPTION, "structure:<figcaption>")
        elif block.text[0] == "©" and len(block.text) <= LONGEST_CREDIT and chances[at] < SURE:
            found[at] = (CutReason.CREDIT, "text:©")
        elif named := _named(block, most):
            found[at] = named
        elif number < FIRST and chances[at] < DOUBTED and _is_plain_date(block):
            found[at] = (CutReason.DATE_LINE, "text:date")
        elif _is_pull_quote(blocks, kept, number):
            found[at] = (CutReason.DOUBLED, "text:pull-quote")
        elif number == 0 and len(kept) > 1 and _is_kicker(block, blocks[kept[1]]):
            found[at] = (CutReason.NAVIGATION, "text:kicker")
    return found | _find_last(blocks, [at for at in kept if at not in found])


def _find_last(blocks: Sequence[Block], kept: list[int]) -> dict[int, tuple[CutReason, str]]:
    """Lines after the article's last one: links, a heading that announces something, an address."""
    found: dict[int, tuple[CutReason, str]] = {}
    for at in reversed(kept[1:][-LAST:]):
        block = blocks[at]
        if block.linked >= ALL_LINKED * len(block.text):
            found[at] = (CutReason.RELATED, "structure:last-link")
        elif heading_level(block.border.tag) and _ANNOUNCING.search(block.text):
            found[at] = (CutReason.RELATED, "structure:last-heading")
        elif _ADDRESS.fullmatch(block.text):
            found[at] = (CutReason.AUTHOR_BOX, "text:address")
        else:
            break
    return found


def _is_pull_quote(blocks: Sequence[Block], kept: Sequence[int], number: int) -> bool:
    """Whether it is a quotation that stands whole in another of the lines near by."""
    block = blocks[kept[number]]
    if len(block.folded) < QUOTE_LETTERS or not any(
        node.tag in _QUOTING or _QUOTE_NAME.search(node.attributes)
        for node in islice(block.node.chain(), STEPS)
    ):
        return False
    near = kept[max(0, number - QUOTE_LINES) : number + QUOTE_LINES + 1]
    return any(
        len(blocks[at].folded) > len(block.folded) and block.folded in blocks[at].folded for at in near
    )


def _is_kicker(block: Block, below: Block) -> bool:
    """Whether the first line is the section's name above the headline: named so, or a few words in capitals."""
    text = block.text
    if (
        len(text) > LONGEST_KICKER
        or heading_level(block.border.tag)
        or below.letters < BELOW_KICKER
        or ends_like_a_sentence(text)
        or not text[-1].isalnum()
    ):
        return False
    if _KICKER_NAME.search(block.border.attributes):
        return True
    letters = [letter for letter in text if letter.isalpha()]
    is_capitals = len(letters) >= KICKER_LETTERS and all(map(str.isupper, letters))
    return is_capitals and len(text.split()) <= KICKER_WORDS


def _named(block: Block, most: float) -> tuple[CutReason, str] | None:
    """What the names of the nearest elements say, of one that holds little of the text."""
    for node in islice(block.node.chain(), STEPS):
        if node.attributes and node.letters <= most:
            for reason, pattern in _NAMES:
                found = pattern.search(node.attributes)
                if found is not None:
                    return reason, f"structure:{found.group().lower()}"
    return None


def _is_plain_date(block: Block) -> bool:
    if (
        ends_like_a_sentence(block.text)
        or heading_level(block.border.tag)
        or block.border.tag in ("li", "tr", "td")
    ):
        return False
    return is_date_line(block)
