"""From probabilities to a choice: which blocks are kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from extractors.content.parts import Block
from extractors.content.shape import ends_like_a_sentence, heading_level
from extractors.prose import weight

LOWEST, HIGHEST = 0.1, 0.5  # bounds of a page's threshold
# Below so much expected F1 the model is not sure of the page as a whole. Pages that are no news are
# seldom like those that trained it, and it doubts their text more than it must: there the threshold
# falls faster. Cross-validated by publisher, that is worth .001 of F1 on 792 pages of all kinds
# (four more leaked lines in 1,000) and one wanted snippet in 200 more on 944; on news, nothing.
SURE_F1, FALL, LOWEST_UNSURE = 0.95, 2.0, 0.2
SHORT_LETTERS, SHORT_CHANCE = 40, 0.6
SHORT_ABOVE = 0.15  # ... or so much more than the page's threshold, if that is less
# What a line of fewer letters must reach on a page that declares itself news. Cross-validated by
# publisher this cuts one leaked line in eight on news at no cost in F1; on pages of other kinds,
# which are made of short lines, it costs .003 and one wanted snippet in a hundred.
NEWS_LETTERS, NEWS_LINKED, NEWS_OPEN, NEWS_CLOSED = 100, 0.8, 0.7, 0.6  # letters: an alphabet's
LINKED = 0.3  # share of a line's characters in links from which it may be a link to another story
TWIN_LETTERS = 50  # folded; a shorter line may well stand in an article twice
WHOLE_LETTERS = 500  # folded; a block this long may be the whole article again
WHOLE_SHARE = 0.6  # ... if so much of it stands in other kept blocks
MOST_WHOLES = 8  # of those looked at, the longest first: bounds the work on hostile pages

Keep = npt.NDArray[np.bool_]
Chances = npt.NDArray[np.float64]


def expected_f1(chances: Chances, letters: Chances) -> float:
    """F1 over letters that the best choice of blocks is expected to have, if the chances are right."""
    if not len(chances):
        return 0.0
    order = np.argsort(-chances, kind="stable")
    hits = np.cumsum((chances * letters)[order])
    kept = np.cumsum(letters[order])
    return float(np.max(2 * hits / np.maximum(1.0, kept + hits[-1])))


def threshold(chances: Chances, letters: Chances, *, is_news: bool) -> float:
    """The probability from which keeping a block raises the page's expected F1.

    For the set of likeliest blocks that maximises expected F1 the border is half that maximum: a
    page the model is sure of is cut at .5, one that looks like none it knows is cut lower, so that
    no article is lost whole; lower still where the page does not declare itself news.
    """
    expected = expected_f1(chances, letters)
    border = min(HIGHEST, max(LOWEST, expected / 2))
    if is_news:
        return border
    return min(border, max(LOWEST_UNSURE, HIGHEST - FALL * (SURE_F1 - expected)))


def choose(chances: Chances, blocks: Sequence[Block], *, is_news: bool) -> Keep:
    """Blocks over the page's threshold; a short one must be likelier, whatever the page.

    Debris is short: asked for .6, lines of under 40 letters leak a third less, at no cost in F1.
    News stand in paragraphs: there a line of under 100 letters must be likelier still, most of
    all one with links. Rows of a table are short by nature: they pass or fail with the rest.
    """
    letters = np.array([block.letters for block in blocks], np.float64)
    border = threshold(chances, letters, is_news=is_news)
    short = SHORT_CHANCE if is_news else min(SHORT_CHANCE, border + SHORT_ABOVE)
    keep: Keep = chances >= border
    for at in np.flatnonzero(keep & (chances < NEWS_LINKED)).tolist():
        keep[at] = chances[at] >= _wanted(blocks[at], short, is_news=is_news)
    return keep


def _wanted(block: Block, short: float, *, is_news: bool) -> float:
    """The least chance at which a block is kept, over the page's threshold; ``short`` is a short one's."""
    if block.border.tag == "tr":
        return 0.0
    size = weight(block.text) if block.letters < NEWS_LETTERS else block.letters
    wanted = short if size < SHORT_LETTERS else 0.0
    if not is_news or size >= NEWS_LETTERS:
        return wanted
    if block.linked > LINKED * len(block.text):
        return NEWS_LINKED
    is_whole = ends_like_a_sentence(block.text) or heading_level(block.border.tag)
    return NEWS_CLOSED if is_whole else NEWS_OPEN


def without_twins(keep: Keep, folded: Sequence[str]) -> Keep:
    """Kept blocks without those that say the same again; one copy of everything always stays.

    A line goes that repeats the one before it or, if it is long, any one before it. The whole
    article in one block beside its paragraphs goes, and its paragraphs stay.
    """
    keep = keep.copy()
    long = sorted(
        (at for at in _kept(keep) if len(folded[at]) >= WHOLE_LETTERS),
        key=lambda at: -len(folded[at]),
    )
    for at in long[:MOST_WHOLES]:
        if _share_elsewhere(at, keep, folded) >= WHOLE_SHARE:
            keep[at] = False
    seen: set[str] = set()
    before = ""
    for at in _kept(keep):
        text = folded[at]
        if text == before or (len(text) >= TWIN_LETTERS and text in seen):
            keep[at] = False
        before = text
        seen.add(text)
    return keep


def _share_elsewhere(at: int, keep: Keep, folded: Sequence[str]) -> float:
    whole = folded[at]
    inside = (
        len(folded[other])
        for other in _kept(keep)
        if other != at and TWIN_LETTERS <= len(folded[other]) < len(whole) and folded[other] in whole
    )
    return sum(inside) / len(whole)


def _kept(keep: Keep) -> list[int]:
    found: list[int] = np.flatnonzero(keep).tolist()
    return found
