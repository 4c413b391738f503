"""What stands beside the headline: short lines, and the day that the page shows there for its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from extractors.metadata import dates
from extractors.metadata.claims import clean, text_of, unique
from extractors.metadata.parts import Parts
from extractors.metadata.titles import fold
from extractors.metadata.visible import is_changed

MAX_LINE = 90  # characters of a line beside the headline
MAX_DATE_LINE = 50  # a longer line is a caption with a date of its own
MAX_OTHER_LETTERS = 12  # in a line that is a date: "7 min read", "Donnerstag, Uhr"
_AFTER, _BEFORE = 50, 12  # elements
_ZONES_APART = timedelta(days=1)  # two clocks may give one moment different days
_SILENT = frozenset(("script", "style", "option", "svg", "path", "noscript", "template"))
_QUOTED = frozenset(("blockquote", "figure", "figcaption"))
_LABEL = re.compile(
    r"^\W*(?:(?:first |originally )?(?:published|posted|created|released)|publi[ée]e?|publicado|pubblicato|publicerad|publisert"
    r"|publikováno|opublikowano|veröffentlicht|erschienen|erstellt|geplaatst|gepubliceerd|yayınlanma|опубликовано|date|datum"
    r"|fecha|data|дата|tarih)\b",
    re.I,
)
_OTHER_LABEL = re.compile(r"[^\W\d_]\s*:")  # "Release: 14.11.2025" is the day of another thing


def read_near(parts: Parts) -> tuple[str, ...]:
    """Short lines right after the headline, then right before it; each element's own text and its whole."""
    heading = _headline(parts)
    if heading is None:
        return ()
    before = list(islice(_preceding(heading), _BEFORE))
    lines = []
    for element in (*islice(_following(heading), _AFTER), *reversed(before)):
        if element.tag in _SILENT:
            continue
        own = clean(element.text or "")
        line = text_of(element, MAX_LINE) if 0 < len(element) <= 3 else own
        lines.extend([text for text in (own, line) if 3 < len(text) <= MAX_LINE])
    return unique(lines)


def _headline(parts: Parts) -> HtmlElement | None:
    """The longest h1 that the page's declared titles hold, else the first."""
    declared = [*parts.all_of("ogtitle")[:1], *(element.text or "" for element in parts.titles[:1])]
    whole = " | ".join(map(fold, declared))
    texts = [(fold(text_of(heading)), heading) for heading in parts.headings[:5]]
    held = [(text, heading) for text, heading in texts if len(text.split()) > 1 and text in whole]
    best = max(held or texts[:1], key=lambda pair: len(pair[0]), default=None)
    return best[1] if best else None


def date_lines(lines: Iterable[str]) -> list[str]:
    """The lines that are a date and little else, up to the first that speaks of a change."""
    found = []
    for line in lines:
        if is_changed(line):
            break
        if any(map(str.isdigit, line)) and len(line) <= MAX_DATE_LINE and _is_date(line):
            found.append(line)
    return found


def rival_of(declared: str, others: Iterable[str]) -> str:
    """The first of the other declared dates, where it is another day; "" where it agrees or there is none."""
    first = dates.read_date(declared)
    other = next((text for text in others if dates.read_date(text)), "")
    return other if first and other and not _is_near(first, other, is_us=False) else ""


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
        _is_near(first, time, is_us) for time in times for is_us in (False, True)
    )


def older_shown(lines: tuple[str, ...], declared: str, *, month_first: bool) -> str:
    """The line with the day that the page shows for its text, where that is older than a doubtful declared day.

    "" where it is not, or where any line shows the declared day as anything but that of a change.
    """
    first = dates.read_date(declared)
    for line in date_lines(lines)[:1]:
        shown = dates.read_date(line, month_first=month_first)
        if first and shown and first.day - shown.day > _ZONES_APART:
            changes = " | ".join(filter(is_changed, lines))
            others = [text for text in lines if text not in changes]
            return "" if is_shown(declared, others) else line
    return ""


def _is_near(first: dates.Moment, text: str, is_us: bool) -> bool:
    moment = dates.read_date(text, month_first=is_us)
    return moment is not None and abs(moment.day - first.day) <= _ZONES_APART


def _is_date(line: str) -> bool:
    around = dates.around_date(line)
    if around is None:
        return False
    rest = " ".join(around)
    is_short = sum(map(str.isalpha, rest)) <= MAX_OTHER_LETTERS
    return bool(_LABEL.match(rest)) or (is_short and not _OTHER_LABEL.search(rest))


def _following(heading: HtmlElement) -> Iterator[HtmlElement]:
    """Elements after the heading, in order; quoted texts and captions left out."""
    for node in (heading, *heading.iterancestors()):
        for sibling in node.itersiblings(etree.Element):
            path: list[Iterator[HtmlElement]] = [iter((sibling,))]
            while path:
                element = next(path[-1], None)
                if element is None:
                    path.pop()
                elif element.tag not in _QUOTED:
                    yield element
                    path.append(element.iterchildren(etree.Element))


def _preceding(heading: HtmlElement) -> Iterator[HtmlElement]:
    """Elements that end before the heading begins, the nearest first."""
    for node in (heading, *heading.iterancestors()):
        for sibling in node.itersiblings(etree.Element, preceding=True):
            path = [(sibling, sibling.iterchildren(etree.Element, reversed=True))]
            while path:
                element, children = path[-1]
                child = next(children, None)
                if child is None:
                    path.pop()
                    yield element
                else:
                    path.append((child, child.iterchildren(etree.Element, reversed=True)))
