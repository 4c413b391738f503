"""Which line of a dump is its title."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors.plain_text.lines import TextLine
from extractors.prose import terms

# Set on 413 news pages of the corpora, turned into lines, see tests/benchmarks/benchmark_plain_text.py.
NEAR_TITLE = 60  # lines before the text among which its title stands, besides the dump's first lines
NEAR_EQUAL = 0.25  # of the score: the first of near equals is the title, the standfirst comes after it
HEAD_TERMS = 3  # words of four letters or more that a first line has if it is a page's title
MAX_ECHOES = 8  # places of the title that are looked at

_SEPARATOR = re.compile(r"\s+(?:[|»«›·•/—–-]|::)\s+|\s*[|»]\s*")
_STOPS = (".", "。", "։", "।")


def find_echoes(lines: list[TextLine]) -> list[int]:
    """Indices of the lines that say the dump's first line again, without the site's name or in other words.

    Text records of crawls begin with the page's title element; the headline stands further down.
    """
    head = terms([lines[0].text]) if lines else frozenset()
    if len(head) < HEAD_TERMS:
        return []
    places = (index for index in range(1, len(lines)) if _echoes(lines[index], lines[0], head))
    return [index for index, _ in zip(places, range(MAX_ECHOES), strict=False)]


def _echoes(line: TextLine, first: TextLine, head: frozenset[str]) -> bool:
    if line.folded == first.folded or is_title_with_site(first.text, line.text):
        return True
    if len(line.text) > 2 * len(first.text) or 2 * len(line.text) < len(first.text):
        return False
    own = terms([line.text])
    return len(own) > HEAD_TERMS and len(own & head) >= 0.8 * len(own) and len(own & head) >= 0.5 * len(head)


def find_title(lines: list[TextLine], start: int, end: int, doubled: frozenset[int], script: str) -> int:
    """Index of the line that is the title: before the text, or its first line; -1 if none is.

    A title shares words with the text, ends in no full stop, and often stands again with the
    site's name behind it ("Title | Site").
    """
    echoes = [index for index in find_echoes(lines) if index < start]
    if echoes:
        return echoes[-1]
    near = [*range(min(3, start)), *range(max(3, start - NEAR_TITLE), start)]
    last: dict[str, int] = {lines[index].folded: index for index in near if _can_be_title(lines[index])}
    candidates = sorted(last.values())  # of a title that stands twice the one next to the text
    if not candidates and start < end and _opens_like_title(lines[start:end]):
        return start
    body = terms(line.text for line in lines[start:end])
    others = [lines[index].text for index in near]
    scores: dict[int, float] = {index: _title_score(lines[index], others, body) for index in candidates}
    head = terms([lines[0].text]) if lines else frozenset()
    for index in scores:
        own = terms([lines[index].text])
        if index and own and len(head) >= HEAD_TERMS:
            scores[index] += 0.6 * len(own & head) / len(own)  # the page's title, in other words
        scores[index] -= 0.02 * min(start - index, 25)
        scores[index] -= 0.3 * (lines[index].number in doubled)
        scores[index] -= 0.6 * (bool(script) and lines[index].script != script)
    if not scores:
        return -1
    best: float = max(scores.values())
    # The standfirst below a title shares as many words: of near equals the first is the title.
    return next(index for index in candidates if scores[index] >= best - NEAR_EQUAL)


def _can_be_title(line: TextLine) -> bool:
    return not line.is_date and line.weight >= 6


def _opens_like_title(body: list[TextLine]) -> bool:
    """Whether the first line of the text is a headline long enough, or ending so, to pass for prose."""
    first, rest = body[0], [line for line in body[1:] if line.is_prose]
    return (
        bool(rest)
        and first.weight <= 170
        and not first.text.endswith(_STOPS)
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
    score -= 0.3 * line.text.endswith(_STOPS)
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
    if len(title) < 10 or len(long) <= len(title):
        return False
    folded, wanted = long.casefold(), title.casefold()
    if folded.startswith(wanted):
        return bool(_SEPARATOR.match(folded[len(wanted) :]))
    return folded.endswith(wanted) and any(
        found.end() == len(folded) - len(wanted) for found in _SEPARATOR.finditer(folded)
    )
