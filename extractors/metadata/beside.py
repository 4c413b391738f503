"""What stands beside the headline: short lines, and the day that the page shows there for its text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from itertools import islice

from extractors.metadata import dates
from extractors.metadata.claims import clean, text_of, unique
from extractors.metadata.date_words import is_changed, opens_with_label
from extractors.metadata.headline import find_headline, following, preceding
from extractors.metadata.parts import Parts

MAX_LINE = 90  # characters of a line beside the headline
MAX_DATE_LINE = 50  # a longer line is a caption with a date of its own
MAX_OTHER_LETTERS = 12  # in a line that is a date: "7 min read", "Donnerstag, Uhr"
_AFTER, _BEFORE = 50, 12  # elements
_PIECES = 8  # of a headline
_ZONES_APART = timedelta(days=1)  # two clocks may give one moment different days
_SILENT = frozenset(("script", "style", "option", "svg", "path", "noscript", "template"))
_OTHER_LABEL_END = re.compile(
    r"^(?!stand|date|datum|published|posted)[^\W\d_]+\s*:$", re.I
)  # "Member since: 14.11.2025"
_OTHER_LABEL = re.compile(r"[^\W\d_]\s*:")  # "Release: 14.11.2025" is the day of another thing


def read_near(parts: Parts) -> tuple[str, ...]:
    """Short lines right after the headline, then right before it; each element's own text and its whole."""
    heading = find_headline(parts)
    if heading is None:
        return ()
    before = list(islice(preceding(heading), _BEFORE))
    lines = [clean(text) for text in islice(heading.itertext(), _PIECES)][
        1:
    ]  # "A bridge <small>24.11.2026</small>"
    for element in (*islice(following(heading), _AFTER), *reversed(before)):
        if element.tag in _SILENT:
            continue
        own = clean(element.text or "")
        line = text_of(element, MAX_LINE) if 0 < len(element) <= 3 else own
        lines.extend([text for text in (own, line) if 3 < len(text) <= MAX_LINE])
    return unique([line for line in lines if line])


def date_lines(lines: Iterable[str]) -> list[str]:
    """The lines that are a date and little else, up to the first that speaks of a change."""
    found = []
    for line in lines:
        if is_changed(line):
            break
        if any(map(str.isdigit, line)) and len(line) <= MAX_DATE_LINE and _is_date(line):
            found.append(line)
    return found


def dated_lines(lines: Iterable[str]) -> list[str]:
    """The lines with a date that may be the text's: not of its change, not labelled as another thing's day."""
    short = [line for line in lines if len(line) <= MAX_DATE_LINE and not is_changed(line)]
    pairs = [(line, dates.around_date(line)) for line in short if any(map(str.isdigit, line))]
    return [line for line, around in pairs if around and not _OTHER_LABEL_END.search(around[0])]


def rivals_of(declared: str, others: Iterable[str]) -> list[str]:
    """The other declared dates that are another day than the declared one."""
    first = dates.read_date(declared)
    dated = [text for text in others if dates.read_date(text)]
    return [text for text in dated if first and not _is_near(first, text, is_us=False)]


def is_shown(declared: str, lines: Iterable[str]) -> bool:
    """Whether a line shows the declared day."""
    first = dates.read_date(declared)
    return first is not None and any(
        _is_near(first, text, is_us) for text in lines for is_us in (False, True)
    )


def is_doubtful(declared: str, changed: str, times: Iterable[str], url: str) -> bool:
    """Whether a declared day may be that of another event: no earlier than the last change, and nothing agrees.

    Some content systems write the last change, an import or the last build into datePublished.
    ``declared`` and ``changed`` ("": none) are ISO 8601; ``times`` are the dates of the page's time elements.
    """
    first, last = dates.read_date(declared), dates.read_date(changed)
    if first is None or (last and last.day - first.day > _ZONES_APART):
        return False
    is_in_address = f"/{first.day:%Y/%m}" in url or f"{first.day:%Y-%m-%d}" in url
    return not is_in_address and not any(
        _is_same(first, time, is_us) for time in times for is_us in (False, True)
    )


def other_shown(lines: tuple[str, ...], declared: str, *, month_first: bool, is_changed_known: bool) -> str:
    """The line with the day that the page shows for its text, where that is another than a doubtful declared day.

    A newer one counts only on a page that tells no change: else it is the change's. "" where the days agree, or
    where any line shows the declared day as anything but that of a change.
    """
    first = dates.read_date(declared)
    for line in date_lines(lines)[:1]:
        shown = dates.read_date(line, month_first=month_first)
        if first is None or shown is None or _is_same(first, line, month_first):
            return ""
        changes = " | ".join(filter(is_changed, lines))
        if shown.day > first.day and (is_changed_known or changes):
            return ""
        others = [text for text in lines if text not in changes]
        is_told = any(_is_same(first, text, is_us) for text in others for is_us in (False, True))
        return "" if is_told else line
    return ""


def _is_same(first: dates.Moment, text: str, is_us: bool) -> bool:
    """Whether the text's day is the moment's, in any zone that its clock may be read in."""
    moment = dates.read_date(text, month_first=is_us)
    return moment is not None and moment.day in first.days()


def _is_near(first: dates.Moment, text: str, is_us: bool) -> bool:
    moment = dates.read_date(text, month_first=is_us)
    return moment is not None and abs(moment.day - first.day) <= _ZONES_APART


def _is_date(line: str) -> bool:
    around = dates.around_date(line)
    if around is None:
        return False
    rest = " ".join(around)
    is_short = sum(map(str.isalpha, rest)) <= MAX_OTHER_LETTERS
    return opens_with_label(rest) or (is_short and not _OTHER_LABEL.search(rest))
