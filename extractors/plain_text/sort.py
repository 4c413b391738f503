"""Each line of a dump to its place: the text, a field, or the ledger of cuts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.metadata.names import clean_name, read_byline
from extractors.plain_text.body import Span
from extractors.plain_text.debris import cut
from extractors.plain_text.lines import NAME_WORDS, TextLine
from extractors.plain_text.title import is_title_with_site, without_site
from extractors.records import Cut, CutReason

# Set on dumps of our own writing.
KEPT_TAIL = 3  # short lines after the last paragraph that may be the article's: a credit, a place, a list
LEAD_WORDS = 4  # short lines between title and text that have fewer are labels
KEPT_LEADS = 3  # lines between title and text that may be the article's; more are a menu

_PIECES = re.compile(r"\s*[|·•]\s*|\s+[–—-]\s+")
_IN_BRACKETS = re.compile(r"^[(\[（【].*[)\]）】]$")


@dataclass(slots=True)
class Sorted:
    """Where the lines went."""

    title: str = ""
    kept: list[TextLine] = field(default_factory=list)
    captions: list[TextLine] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    bylines: list[str] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)

    def cut(self, line: TextLine, reason: CutReason, rule: str) -> None:
        """Enter a line in the ledger."""
        self.cuts.append(cut(line, reason, rule))


@dataclass(frozen=True)
class Layout:
    """What is known of a dump's lines before they are sorted."""

    lines: list[TextLine]
    span: Span  # of the running text
    title: int  # index of its line, -1 if none is
    doubled: frozenset[int]  # numbers of lines that stood twice in a row
    script: str  # of the running text
    cut_before: list[int]  # for each line, known debris cut right before it


def sort_lines(layout: Layout) -> Sorted:
    """Every line to one place."""
    found = Sorted(title=_title(layout))
    start = max(layout.span.start, layout.title + 1)
    _before_title(layout, found)
    _before_text(layout, layout.lines[max(layout.title + 1, 0) : start] if layout.title >= 0 else [], found)
    _text(layout, layout.lines[start : layout.span.end], found)
    _after_text(layout, found)
    return found


def _title(layout: Layout) -> str:
    if layout.title < 0:
        return ""
    outside = layout.lines[: layout.span.start] + layout.lines[layout.span.end :]
    return without_site(layout.lines[layout.title].text, (line.text for line in outside))


def _before_title(layout: Layout, found: Sorted) -> None:
    end = layout.title if layout.title >= 0 else layout.span.start
    for line in layout.lines[:end]:
        if line.number in layout.doubled:
            found.captions.append(line)
        elif is_same_title(line, found.title):
            found.cut(line, CutReason.TITLE, "lines:the title again")
        elif line.is_date:
            _take_date(line, found)
        elif layout.script and line.script not in ("", layout.script):
            found.cut(line, CutReason.ACCESSIBILITY, f"lines:{line.script} before a text in {layout.script}")
        else:
            found.cut(line, CutReason.NAVIGATION, "lines:before the title")


def _before_text(layout: Layout, lines: list[TextLine], found: Sorted) -> None:
    leads = []
    near_date = [line.is_date for line in lines]
    for index, line in enumerate(lines):
        is_near_date = any(near_date[max(index - 1, 0) : index + 2])
        if line.number in layout.doubled:
            found.captions.append(line)
        elif is_same_title(line, found.title):
            found.cut(line, CutReason.TITLE, "lines:the title again")
        elif line.is_date:
            _take_date(line, found)
        elif _is_byline(line, is_near_date=is_near_date or index == 0):
            found.bylines.append(line.text)
            found.cut(line, CutReason.BYLINE, "lines:a name before the text")
        elif _IN_BRACKETS.match(line.text):
            found.cut(line, CutReason.CREDIT, "lines:in brackets before the text")
        elif len(line.words) < LEAD_WORDS and line.weight < 25:
            found.cut(line, CutReason.NAVIGATION, "lines:a label before the text")
        else:
            leads.append(line)
    if len(leads) > KEPT_LEADS:
        for line in leads:
            found.cut(line, CutReason.NAVIGATION, f"lines:{len(leads)} short ones before the text")
    else:
        found.kept += leads


def _text(layout: Layout, lines: list[TextLine], found: Sorted) -> None:
    for index, line in enumerate(lines):
        if is_same_title(line, found.title):
            found.cut(line, CutReason.TITLE, "lines:the title again")
        elif line.number in layout.doubled and not line.is_prose:
            found.captions.append(line)
        elif line.is_date and index in (0, len(lines) - 1):
            _take_date(line, found)
        else:
            found.kept.append(line)


def _after_text(layout: Layout, found: Sorted) -> None:
    tail = layout.lines[layout.span.end :]
    cut_before = layout.cut_before[layout.span.end :]
    short = sum(cut_before) + sum(not (line.is_bullet or line.is_sentence) for line in tail)
    is_kept = short <= KEPT_TAIL
    for line, cuts in zip(tail, cut_before, strict=True):
        is_kept = is_kept and not cuts and not line.is_date
        if line.is_date:
            _take_date(line, found)
        elif is_kept and (line.script in ("", layout.script) or layout.span.is_empty):
            found.kept.append(line)
        else:
            is_story = line.is_prose or len(line.words) >= LEAD_WORDS
            found.cut(line, CutReason.RELATED if is_story else CutReason.NAVIGATION, "lines:after the text")


def is_same_title(line: TextLine, title: str) -> bool:
    """Whether the line is the title once more, with the site's name or without."""
    return bool(title) and (
        line.folded == " ".join(title.casefold().split()) or is_title_with_site(line.text, title)
    )


def _take_date(line: TextLine, found: Sorted) -> None:
    found.dates.append(line.text)
    for piece in _PIECES.split(line.text):
        if _has_prefix(piece):
            found.bylines.append(piece)
    found.cut(line, CutReason.DATE_LINE, "lines:a date")


def _is_byline(line: TextLine, *, is_near_date: bool) -> bool:
    """A short line of a name: after "By" and its like, or in capitals of names beside the date or title."""
    if len(line.words) > NAME_WORDS or line.ends_sentence or not read_byline([line.text]).people:
        return False
    words = line.words
    is_name = 2 <= len(words) <= 4 and all(word[0].isupper() for word in words)
    return _has_prefix(line.text) or (is_near_date and is_name)


def _has_prefix(text: str) -> bool:
    name = clean_name(text)
    return bool(name) and name != text and text.endswith(name) and len(text.split()) <= NAME_WORDS
