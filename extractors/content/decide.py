"""From probabilities to a choice: which blocks are kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from extractors.content.genre import Genre
from extractors.content.parts import Block
from extractors.content.shape import ends_like_a_sentence, heading_level
from extractors.prose import weight

LOWEST = 0.1  # bounds of a page's threshold
HIGHEST = {Genre.NEWS: 0.5, Genre.ARTICLE: 0.5, Genre.OTHER: 0.35}
# Pages that declare no article are hand-made, old, or of other kinds: the model doubts their text
# more than it must. Cross-validated by publisher, .35 there finds one wanted snippet in 300 more
# (944 pages), at the same F1 (.0002 better) and two more leaked lines in 1,000 (792 pages).
SHORT_LETTERS, SHORT_CHANCE = 40, {Genre.NEWS: 0.6, Genre.ARTICLE: 0.6, Genre.OTHER: 0.35}
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


def threshold(chances: Chances, letters: Chances, genre: Genre) -> float:
    """The probability from which keeping a block raises the page's expected F1.

    For the set of likeliest blocks that maximises expected F1 the border is half that maximum: a
    page the model is sure of is cut at .5, one that looks like none it knows is cut lower, so that
    no article is lost whole.
    """
    return min(HIGHEST[genre], max(LOWEST, expected_f1(chances, letters) / 2))


def choose(chances: Chances, blocks: Sequence[Block], genre: Genre) -> Keep:
    """Blocks over the page's threshold; a short one must be likelier on a page that declares an article.

    Debris is short: asked for .6, lines of under 40 letters leak a third less, at no cost in F1.
    News stand in paragraphs: there a line of under 100 letters must be likelier still, most of
    all one with links. Rows of a table are short by nature: they pass or fail with the rest.
    """
    letters = np.array([block.letters for block in blocks], np.float64)
    keep: Keep = chances >= threshold(chances, letters, genre)
    for at in np.flatnonzero(keep & (chances < NEWS_LINKED)).tolist():
        keep[at] = chances[at] >= _wanted(blocks[at], genre)
    return keep


def _wanted(block: Block, genre: Genre) -> float:
    """The least chance at which a block is kept, whatever the page's threshold."""
    if block.border.tag == "tr":
        return 0.0
    size = weight(block.text) if block.letters < NEWS_LETTERS else block.letters
    wanted = SHORT_CHANCE[genre] if size < SHORT_LETTERS else 0.0
    if genre is not Genre.NEWS or size >= NEWS_LETTERS:
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
