"""Where in a dump the article's text runs from and to."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.plain_text.lines import TextLine
from extractors.plain_text.title import find_echoes

# Set on every other one of 413 news pages of the corpora, turned into lines with their menus and all (see
# tests/benchmarks/benchmark_plain_text.py), and checked on clean dumps of our own writing.
SHORT_COST = (
    25.0  # letters of text that one short line costs in a clean dump: lists and subheadings stay inside
)
MENU_COST = 60.0  # and in one with menus around: they stay outside
DATE_COST = 120.0  # a line of date and time belongs to a teaser or a comment, hardly to running text
MENU_SHARE = 0.4  # of short lines, from which a dump has menus
CUT_COST = 15.0  # a known phrase of debris, as "Read also" between two paragraphs
MAX_CUT_COST = 60.0  # a share bar between two paragraphs is many such
SENTENCE_WORTH = 0.8  # of a short sentence's letters: menus and forms hold some of those too
ECHO_GAIN = 0.8  # of the best stretch's gain, from which a stretch below the title's second place is the text


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

    Where the dump's first line is a title that stands again further down, the text stands below it.

    Args:
        lines: what is left of the dump.
        before: for each line, how many known debris lines were cut right before it.
        captions: numbers of lines that cannot open the text.
    """
    short = sum(_is_short(line) for line in lines)
    cost = MENU_COST if short > MENU_SHARE * len(lines) else SHORT_COST
    gain, span = _best_stretch(lines, before, captions, 0, cost)
    for echo in reversed(find_echoes(lines)):
        below, stretch = _best_stretch(lines, before, captions, echo + 1, cost)
        if below >= ECHO_GAIN * gain:
            span = stretch
            break
    while span.start < span.end and lines[span.start].number in captions:
        span = Span(span.start + 1, span.end)
    return span


def _best_stretch(
    lines: list[TextLine], before: list[int], captions: frozenset[int], first: int, cost: float
) -> tuple[float, Span]:
    """The gain and the place of the best stretch from a line on."""
    best, span = 0.0, Span(0, 0)
    total, start = 0.0, first
    for index in range(first, len(lines)):
        line = lines[index]
        if total <= 0:
            total, start = 0.0, index
        else:
            total -= min(CUT_COST * before[index], MAX_CUT_COST)
        total += _worth(line, cost) if line.number not in captions else 0.0
        if total > best:
            best, span = total, Span(start, index + 1)
    return best, span


def _worth(line: TextLine, cost: float) -> float:
    if line.is_prose:
        return line.weight
    if line.is_date:
        return -DATE_COST * cost / SHORT_COST
    if line.is_sentence:
        return SENTENCE_WORTH * line.weight
    return 0.0 if line.is_bullet else -cost


def _is_short(line: TextLine) -> bool:
    return not (line.is_prose or line.is_sentence or line.is_bullet)
