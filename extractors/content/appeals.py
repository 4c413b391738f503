"""Lines that ask something of the reader: to subscribe, to follow, to pay, to accept what is shown next.

Their wording stands in ``config/debris/`` with gaps: "Follow … on Facebook". One of them opens a sentence of
the line (or stands anywhere in it, where it begins with a gap). That alone never cuts running text: the line
must also stand first or last in the article, or the model must be less than sure of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from extractors.content.blocks import Block
from extractors.content.decide import Chances, Keep
from extractors.content.shape import ends_like_a_sentence, heading_level
from extractors.plain_text.debris import GAP
from extractors.records import CutReason

# Of the kept lines of 1,221 pages with gold, by models that had not seen the page's publisher, 60 were cut rightly, on
# pages of 47 publishers, and 9 wrongly (affiliate links, copyright, agencies). The English wording was collected on
# pages like these; in 6,403 lines of running text in 136 languages none of the phrases stands.
LONGEST = 450  # characters of such a line
LONGEST_GAP = 100  # characters between two words of a phrase
TRUSTED = 0.9  # chance under which a line may be cut in the midst of an article
# A line so short that is no sentence and opens with a phrase is one anywhere: a button, a sign.
SHORT_LINE = 60  # characters
TRUSTED_ITEM = 0.85  # chance from which a heading or an item of a list stays
MOST_OFFERS, LONGEST_OFFER = 8, 80  # lines after the last words before a wall of payment, and letters of one
_PLACED = (CutReason.BYLINE, CutReason.DATE_LINE)  # see fields.py
SHORT = 3  # characters of a part ("x", "app") that must be a word of its own
KEY = 2  # first characters by which phrases are found

_STARTS = re.compile(r"(?:^|[.!?…。！？।؟:]\s*)[\s\"'“”«»„(（*>»–—-]*(?=\S)")


@dataclass(frozen=True, slots=True)
class _Appeal:
    """One phrase with gaps."""

    parts: tuple[str, ...]  # folded, in order; the first is "" where it may stand anywhere
    reason: CutReason
    rule: str


@lru_cache(maxsize=4)
def _prepare(phrases: frozenset[str]) -> dict[str, list[_Appeal]]:
    """Phrases with gaps by their first two characters; those that begin with a gap under ""."""
    found: dict[str, list[_Appeal]] = {}
    for entry in sorted(phrases):
        if GAP not in entry:
            continue
        kind, _, phrase = entry.partition(":")
        language, _, reason = kind.partition("/")
        if reason in _PLACED:
            continue
        first, *rest = (part.strip() for part in phrase.split(GAP))
        parts = (first, *filter(None, rest))
        appeal = _Appeal(
            parts, CutReason(reason) if reason else CutReason.PHRASE, f"phrase:{language}:{phrase}"
        )
        found.setdefault(first[:KEY], []).append(appeal)
    return found


def find_appeals(
    blocks: Sequence[Block], keep: Keep, chances: Chances, phrases: frozenset[str]
) -> dict[int, tuple[CutReason, str]]:
    """Kept blocks that are such lines: index -> what they are for, and the rule.

    A form of consent in the place of what it would show is cut wherever it stands.
    """
    known = _prepare(phrases)
    if not known:
        return {}
    kept = np.flatnonzero(keep).tolist()
    found: dict[int, tuple[CutReason, str]] = {}
    is_last = True
    for at in reversed(kept):
        text = blocks[at].text
        is_open = is_last or at == kept[0] or chances[at] < TRUSTED
        appeal = None
        if len(text) <= LONGEST:
            appeal = _find(text, known) if is_open else _find_anywhere(blocks[at], float(chances[at]), known)
        if appeal is not None:
            found[at] = (appeal.reason, appeal.rule)
        else:
            is_last = False
    found |= _find_offers(blocks, kept, found)
    return {} if len(found) == len(kept) else found


def _find_offers(
    blocks: Sequence[Block], kept: Sequence[int], found: dict[int, tuple[CutReason, str]]
) -> dict[int, tuple[CutReason, str]]:
    """Short lines between words before a wall of payment and the end: what a subscription holds, its price."""
    wall = next((at for at in kept if at in found and found[at][0] is CutReason.PAYWALL), None)
    if wall is None:
        return {}
    tail = [at for at in kept if at > wall and at not in found]
    if len(tail) > MOST_OFFERS or any(blocks[at].letters > LONGEST_OFFER for at in tail):
        return {}
    return dict.fromkeys(tail, (CutReason.PAYWALL, f"after:{found[wall][1]}"))


def _find_anywhere(block: Block, chance: float, known: dict[str, list[_Appeal]]) -> _Appeal | None:
    """What a line in the midst of running text is by its opening words: a form of consent, or a short line."""
    folded = " ".join(block.text.casefold().split())
    is_item = heading_level(block.border.tag) or block.border.tag in ("li", "dt", "td", "tr")
    is_short = (
        len(folded) <= SHORT_LINE
        and not ends_like_a_sentence(block.text)
        and not (is_item and chance >= TRUSTED_ITEM)
    )
    return next(
        (
            appeal
            for appeal in known.get(folded[:KEY], ())
            if (is_short or appeal.reason is CutReason.CONSENT) and _opens(appeal, folded, 0)
        ),
        None,
    )


def _find(text: str, known: dict[str, list[_Appeal]]) -> _Appeal | None:
    folded = " ".join(text.casefold().split())
    for appeal in known.get("", ()):
        if appeal.parts[1] in folded and _stands(appeal.parts[1:], folded, 0):
            return appeal
    for start in _STARTS.finditer(folded):
        for appeal in known.get(folded[start.end() : start.end() + KEY], ()):
            is_teaser = appeal.reason is CutReason.RELATED  # one that a paragraph ends in is a part of it
            if (start.start() == 0 or not is_teaser) and _opens(appeal, folded, start.end()):
                return appeal
    return None


def _opens(appeal: _Appeal, text: str, at: int) -> bool:
    first, *rest = appeal.parts
    return text.startswith(first, at) and _stands(rest, text, at + len(first))


def _stands(parts: Sequence[str], text: str, at: int) -> bool:
    """Whether the parts follow each other from there on, with no more than a gap between."""
    for number, part in enumerate(parts):
        reach = len(text) if number == 0 and at == 0 else at + LONGEST_GAP + len(part)
        at = _place(part, text, at, reach)
        if at < 0:
            return False
        at += len(part)
    return True


def _place(part: str, text: str, at: int, reach: int) -> int:
    place = text.find(part, at, reach)
    while place >= 0 and len(part) <= SHORT and not _is_word(text, place, place + len(part)):
        place = text.find(part, place + 1, reach)
    return place


def _is_word(text: str, start: int, end: int) -> bool:
    return not (text[:start][-1:].isalnum() and text[start].isascii()) and not (
        text[end : end + 1].isalnum() and text[start].isascii()
    )
