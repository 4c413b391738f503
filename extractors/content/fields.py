"""Kept lines that are fields of the article: who wrote, translated or edited it, and when.

Labels ("Editor:", "Translated by …") and stamps ("Updated … ago") stand in ``config/debris/`` under ``byline`` and
``date-line``. A label alone cuts nothing: its line must stand among the article's first or last, hold names and no
sentence, and the label must not open line after line, as a speaker's does in an interview.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from extractors.content.blocks import Block
from extractors.content.decide import Chances, Keep
from extractors.content.reasons import LONGEST_DATE, MOST_DATE_LETTERS, fold_names
from extractors.content.shape import ends_like_a_sentence, heading_level
from extractors.content.support import fold
from extractors.plain_text.debris import GAP
from extractors.records import CutReason

FIRST, LAST = 3, 4  # lines of the article among which such a line stands
FIRST_STAMPS, LAST_BIOGRAPHIES = 4, 2
LONGEST = 120  # characters of a line of names
MOST_WORDS, MOST_UNSPACED = 8, 20  # of the names; characters of one in a script without spaces
SHORT_WORD = 3  # letters up to which a word of a name may be small: "de", "van"
MOST_BEFORE = 2  # words before a label that stands last
MOST_LINES = 2  # that one label opens
# Of 2,152 pages' first three lines 10 that name a known author after a word or two, on pages of 4 publishers, are in
# no gold text, and none is in one. A name alone is in one as often as not; so is a line at the end.
BEFORE_NAME, BESIDE_NAME = 12, 30  # folded characters before a known author's name; before and after it
DOUBTED = 0.9  # chance under which a name alone is a byline
LONGEST_ZONE = 4  # characters of "WIB", "Uhr", "CEST"
MOST_AGO = 5  # words of "about 3 hours ago"
CLOCKED_LETTERS = 12  # of a line that is a date and a clock: "17:41 JST, October 13, 2024"

_OPENS = "([{（【［〔<＜«*•▪■▶–—-/ "
_BRACKETS = "([{（【［〔"
_BETWEEN = re.compile(r"[\s|/／·•,،;；&、，()（）\[\]【】:：–—-]+")
_COLON = re.compile(r"\s*[:：]")
_PIECES = re.compile(r"\s*[·|•]\s*|\s+[–—-]\s+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff\u1780-\u17ff\u1000-\u109f]")
_CLOCK = re.compile(r"(?<!\d)[0-2]?\d[:.h][0-5]\d(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

Because = dict[int, tuple[CutReason, str]]


@dataclass(frozen=True, slots=True)
class _Label:
    """A phrase of ``byline`` or ``date-line``."""

    before: str  # folded, what stands before the first gap (or the colon, which is part of it)
    after: str  # what stands after it, "" if anything may
    rule: str


@lru_cache(maxsize=8)  # two reasons for each of a few sets of phrases
def _prepare(phrases: frozenset[str], reason: CutReason) -> tuple[_Label, ...]:
    """Labels of one reason, the longest first."""
    found = []
    for entry in phrases:
        kind, _, phrase = entry.partition(":")
        language, _, named = kind.partition("/")
        if named == reason.value:
            before, _, after = _fold(phrase).partition(GAP)
            found.append(_Label(before.strip(), after.strip(), f"phrase:{language}:{phrase}"))
    return tuple(sorted(found, key=lambda label: (-len(label.before), -len(label.after), label.rule)))


def find_fields(
    blocks: Sequence[Block],
    keep: Keep,
    chances: Chances,
    phrases: frozenset[str],
    authors: Collection[str],
) -> Because:
    """Kept blocks that are such lines: index -> byline or date-line, and the rule.

    Args:
        blocks: of the page.
        keep: which of them are the article's.
        chances: the model's.
        phrases: of debris, as ``Rules`` holds them.
        authors: names as the page's metadata has them.
    """
    kept = np.flatnonzero(keep).tolist()
    labels = _prepare(phrases, CutReason.BYLINE)
    names = fold_names(authors)
    opened = {at: _labelled(blocks[at], labels) for at in kept}
    often = Counter(label.rule for label in opened.values() if label is not None)
    found: Because = {}
    for number, at in enumerate(kept):
        block, label = blocks[at], opened[at]
        is_first, is_last = number < FIRST, number >= len(kept) - LAST
        if number >= len(kept) - LAST_BIOGRAPHIES and _is_biography(block, authors, float(chances[at])):
            if not _is_spoken_of(block, authors, [blocks[other] for other in kept if other != at]):
                found[at] = (CutReason.AUTHOR_BOX, "text:author")
        elif heading_level(block.border.tag) in (1, 2) or _is_sentence(block.text):
            continue
        elif label is not None and (is_first or is_last) and often[label.rule] <= MOST_LINES:
            if _holds_names(block, label, labels) and not heading_level(block.border.tag):
                found[at] = (CutReason.BYLINE, label.rule)
        elif is_first and _is_known_author(block, names, float(chances[at])):
            found[at] = (CutReason.BYLINE, "text:author")
        elif number < FIRST_STAMPS and (rule := _stamp(block, phrases)):
            found[at] = (CutReason.DATE_LINE, rule)
    return found if len(found) < len(kept) else {}


def _is_sentence(text: str) -> bool:
    """Whether it ends like one; a date may end in a full stop too: "2026. 03. 03."."""
    return ends_like_a_sentence(text) and not (text[-1] == "." and text[-2:-1].isdigit())


def _is_biography(block: Block, authors: Collection[str], chance: float) -> bool:
    """Whether a line opens with the whole name of an author, in italics or where the model doubts it."""
    if chance >= DOUBTED and block.node.tag not in ("em", "i"):
        return False
    return any(block.text.startswith(f"{name} ") for name in authors if " " in name)


def _is_spoken_of(block: Block, authors: Collection[str], others: Sequence[Block]) -> bool:
    """Whether the line's author is named in other lines: the article is about them."""
    named = [fold(name) for name in authors if block.text.startswith(f"{name} ")]
    return any(name in other.folded for name in named for other in others)


def _labelled(block: Block, labels: Sequence[_Label]) -> _Label | None:
    """The label that opens the line, or stands behind its names."""
    if len(block.text) > LONGEST:
        return None
    folded = _fold(block.text).lstrip(_OPENS)
    for label in labels:
        if not label.before:
            if _names_before(folded, label) is not None:
                return label
        elif folded.startswith(label.before) and _is_word_end(folded, len(label.before)):
            return label
    return None


def _fold(text: str) -> str:
    """As phrases are compared; colons are one, and no space stands before them: "Auteur : X", "编辑：X"."""
    return _COLON.sub(":", " ".join(text.casefold().split()))


def _is_word_end(text: str, at: int) -> bool:
    """Whether no word goes on there."""
    return at == 0 or not (text[at - 1].isalpha() and text[at : at + 1].isalpha())


def _names_before(folded: str, label: _Label) -> str | None:
    """What stands before a label at the end of the line ("… 기자"), without an address behind it."""
    bare = re.sub(r"[\s(<\[]*\S+@\S+$", "", folded).rstrip(")]】）> .")
    names = bare.removesuffix(label.after)
    return names if bare.endswith(label.after) and len(names.split()) <= MOST_BEFORE else None


def _holds_names(block: Block, label: _Label, labels: Sequence[_Label]) -> bool:
    """Whether all that the line says, but for labels, is names."""
    folded = _fold(block.text).lstrip(_OPENS)
    if not label.before:
        return _is_names(_names_before(folded, label) or "")
    left = len(folded) - len(label.before)  # from the end: folding changes the label's length ("İ", " :")
    rest = block.text[-left:] if left else ""
    for other in labels:
        if other.before and other.before in _fold(rest):
            rest = re.sub(re.escape(other.before), " ", rest, flags=re.I)
    if label.after and label.after not in _fold(rest):
        return False
    return _is_names(re.sub(re.escape(label.after), " ", rest, flags=re.I) if label.after else rest)


def _is_names(text: str) -> bool:
    words = [word for word in _BETWEEN.split(text) if word and "@" not in word]
    if not 0 < len(words) <= MOST_WORDS or any(map(str.isdigit, text)):
        return False
    if any(_UNSPACED.search(word) and len(word) > MOST_UNSPACED for word in words):
        return False
    return all(word[0].title() == word[0] for word in words if len(word) > SHORT_WORD)


def _is_known_author(block: Block, names: Sequence[str], chance: float) -> bool:
    """Whether it is "By" and the name of one who is known to have written it, or the name alone."""
    text = block.folded
    if block.text[0] in _BRACKETS:
        return False
    if text in names:
        return chance < DOUBTED
    places = [text.find(name) for name in names if name in text]
    if not places or not 0 < min(places) <= BEFORE_NAME:
        return False
    named = sum(len(name) for name in names if name in text)
    return len(text) - named <= BESIDE_NAME


def _stamp(block: Block, phrases: frozenset[str]) -> str:
    """The rule by which a line is the time of publication or of the last change; "" if it is not."""
    if (
        len(block.text) > LONGEST_DATE
        or block.letters > MOST_DATE_LETTERS
        or block.border.tag in ("td", "tr")
    ):
        return ""
    has_digits = any(map(str.isdigit, block.text))
    if block.letters <= CLOCKED_LETTERS and _is_clocked(block.text):
        return "text:date"
    for piece in _PIECES.split(_fold(block.text)):
        for label in _prepare(phrases, CutReason.DATE_LINE):
            if (has_digits or (label.before and label.after)) and _is_stamped(piece, label):
                return label.rule
    return ""


def _is_clocked(text: str) -> bool:
    """Whether it is a day and a clock; a place behind them would make it an event's."""
    last = text.rsplit(maxsplit=1)[-1]
    is_time = any(map(str.isdigit, last)) or len(last) <= LONGEST_ZONE
    return text[0].isdigit() and is_time and bool(_CLOCK.search(text) and _YEAR.search(text))


def _is_stamped(piece: str, label: _Label) -> bool:
    if not label.before and len(piece.split()) > MOST_AGO:
        return False
    is_open = piece.startswith(label.before) and _is_word_end(piece, len(label.before))
    return is_open and piece.endswith(label.after)
