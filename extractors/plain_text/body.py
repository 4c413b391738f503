"""Where in a dump the article's text runs from and to, and which line is its title."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from extractors.plain_text.lines import TextLine
from extractors.prose import terms

# Set on dumps of our own writing, clean ones and ones with menus around the text.
SHORT_COST = 25.0  # letters of text that one short line costs: subheadings stay inside, menus outside
DATE_COST = 120.0  # a line of date and time belongs to a teaser or a comment, hardly to running text
CUT_COST = 15.0  # a known phrase of debris, as "Read also" between two paragraphs
MAX_CUT_COST = 60.0  # a share bar between two paragraphs is many such
SENTENCE_WORTH = 0.8  # of a short sentence's letters: menus and forms hold some of those too
NEAR_TITLE = 60  # lines before the text among which its title stands, besides the dump's first lines

_SEPARATOR = re.compile(r"\s+(?:[|»«·•/—–-]|::)\s+|\s*[|»]\s*")


@dataclass(frozen=True)
class Span:
    """The lines from ``start`` up to, not including, ``end``."""

    start: int
    end: int

    @property
    def is_empty(self) -> bool:
        """Whether no line reads as running text."""
        return self.start >= self.end


def find_body(lines: list[TextLine], before: list[int], captions: frozenset[int]) -> Span:
    """The stretch of lines that gains most: prose counts its letters, everything else costs.

    Args:
        lines: what is left of the dump.
        before: for each line, how many known debris lines were cut right before it.
        captions: numbers of lines that cannot open the text.
    """
    best, span = 0.0, Span(0, 0)
    total, start = 0.0, 0
    for index, line in enumerate(lines):
        if total <= 0:
            total, start = 0.0, index
        else:
            total -= min(CUT_COST * before[index], MAX_CUT_COST)
        total += _worth(line) if line.number not in captions else 0.0
        if total > best:
            best, span = total, Span(start, index + 1)
    while span.start < span.end and lines[span.start].number in captions:
        span = Span(span.start + 1, span.end)
    return span


def _worth(line: TextLine) -> float:
    if line.is_prose:
        return line.weight
    if line.is_date:
        return -DATE_COST
    if line.is_sentence:
        return SENTENCE_WORTH * line.weight
    return 0.0 if line.is_bullet else -SHORT_COST


def find_title(lines: list[TextLine], span: Span, doubled: frozenset[int], script: str) -> int:
    """Index of the line that is the title: before the text, or its first line; -1 if none is.

    A title shares words with the text, ends in no full stop, and often stands again with the
    site's name behind it ("Title | Site").
    """
    near = [*range(min(3, span.start)), *range(max(3, span.start - NEAR_TITLE), span.start)]
    last: dict[str, int] = {lines[index].folded: index for index in near if _can_be_title(lines[index])}
    candidates = sorted(last.values())  # of a title that stands twice the one next to the text
    if not candidates and not span.is_empty and _opens_like_title(lines, span):
        return span.start
    body = terms(line.text for line in lines[span.start : span.end])
    others = [lines[index].text for index in near]
    scores: dict[int, float] = {index: _title_score(lines[index], others, body) for index in candidates}
    for index in scores:
        scores[index] -= 0.02 * min(span.start - index, 25)
        scores[index] -= 0.3 * (lines[index].number in doubled)
        scores[index] -= 0.6 * (bool(script) and lines[index].script != script)
    if not scores:
        return -1
    best: float = max(scores.values())
    # The standfirst below a title shares as many words: of near equals the first is the title.
    return next(index for index in candidates if scores[index] >= best - 0.25)


def _can_be_title(line: TextLine) -> bool:
    return not line.is_date and line.weight >= 6


def _opens_like_title(lines: list[TextLine], span: Span) -> bool:
    """Whether the first line of the text is a headline long enough, or ending so, to pass for prose."""
    first, rest = lines[span.start], [line for line in lines[span.start + 1 : span.end] if line.is_prose]
    return (
        bool(rest)
        and first.weight <= 170
        and not first.text.endswith((".", "。", "։", "।"))
        and rest[0].weight > first.weight
    )


def _title_score(line: TextLine, others: list[str], body: frozenset[str]) -> float:
    """How well a line fits as the title, by its own looks and the words it shares with the text."""
    own = terms([line.text])
    score = len(own & body) / len(own) if own else 0.0
    if any(is_title_with_site(other, line.text) for other in others):
        score += 1.0
    if any(is_title_with_site(line.text, other) for other in others):
        score -= 0.5
    score -= 0.3 * line.text.endswith((".", "。", "։", "।"))
    score -= 0.4 * (len(line.words) <= 2 and line.weight < 25)
    return score - 0.5 * (line.weight > 160)


def without_site(title: str, others: Iterable[str]) -> str:
    """The title without a last piece behind a separator that stands in other lines too: the site's name."""
    pieces = list(_SEPARATOR.finditer(title))
    if not pieces:
        return title
    head, name = title[: pieces[-1].start()], title[pieces[-1].end() :].casefold()
    is_name = 0 < len(name.split()) <= 5 and any(
        name in other.casefold() for other in others if other != title
    )
    return head.strip() if is_name and len(head) >= 10 else title


def is_title_with_site(long: str, title: str) -> bool:
    """Whether the longer line is the title and a site's or section's name behind a separator."""
    if len(title) < 10 or len(long) <= len(title) or not long.casefold().startswith(title.casefold()):
        return False
    return bool(_SEPARATOR.match(long[len(title) :]))
