"""A text dump to title, text and what was cut."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from extractors.findings import Content, Line, Measurements, Metadata
from extractors.language.scripts import count_scripts
from extractors.metadata.names import choose, read_byline
from extractors.metadata.stamps import pick
from extractors.plain_text.body import find_body
from extractors.plain_text.debris import Phrases, cut, drop_markers, drop_phrases, find_doubled
from extractors.plain_text.lines import TextLine, split_lines
from extractors.plain_text.sort import Layout, Sorted, sort_lines
from extractors.plain_text.title import find_title
from extractors.records import Cut, CutReason, Image, Rules

# "TESHEN (Valley Wire) - ", "BRENHOLM, Nov. 2 — ": a place in capitals, or an agency in brackets, and a dash.
_DATELINE = re.compile(r"([^\W\d_][^()\u2013\u2014]{1,50}?(?:\s?\([^()]{2,30}\))?)\s*[\u2013\u2014-]{1,2}\s")
DOUBLED_DUMP = 1 / 3  # of the lines stand twice in a row: the dump doubles everything, these are no captions


def read_plain_text(text: str, rules: Rules) -> tuple[Metadata, Content]:
    """Title, text, captions and cuts of a page without markup; every line ends in one of them.

    The article is the stretch of lines that reads as running text; the title is the line before it
    that fits it best. What stands outside is debris where it is a known phrase, a breakpoint marker,
    a date, short lines in a row, or in another script. A line that stands twice in a row before the
    text is a picture's alternative text and caption: it goes to ``Content.images``, without a URL.
    """
    everything = split_lines(text)
    lines, markers = drop_markers(everything)
    lines, phrases = drop_phrases(lines, _phrases(rules.phrases))
    lines, doubles = find_doubled(lines)
    known = markers + phrases
    cuts = known + [cut(line, CutReason.DOUBLED, "lines:twice in a row") for line in doubles]
    doubled = _numbers_of_doubled(lines, doubles)
    before = _cut_before(lines, known)
    span = find_body(lines, before, doubled)
    script = count_scripts("\n".join(line.text for line in lines[span.start : span.end])).script
    title = find_title(lines, span.start, span.end, doubled, script)
    layout = Layout(lines=lines, span=span, title=title, doubled=doubled, script=script, cut_before=before)
    found = sort_lines(layout)
    cuts = sorted(cuts + found.cuts, key=lambda entry: int(entry.place.removeprefix("line ")))
    return _metadata(found), _content(everything, found, tuple(cuts))


@lru_cache(maxsize=4)
def _phrases(phrases: frozenset[str]) -> Phrases:
    return Phrases.of(phrases)


def _numbers_of_doubled(lines: list[TextLine], doubles: list[TextLine]) -> frozenset[int]:
    """Numbers of the lines that stood twice in a row, unless so many do that it says nothing."""
    if len(doubles) > 2 and len(doubles) > DOUBLED_DUMP * len(lines):
        return frozenset()
    folded = {line.folded for line in doubles}
    return frozenset(line.number for line in lines if line.folded in folded)


def _cut_before(lines: list[TextLine], cuts: list[Cut]) -> list[int]:
    """For each line, how many lines between it and the one before were cut as debris, teasers not counted."""
    known = {
        int(entry.place.removeprefix("line ")) for entry in cuts if entry.reason is not CutReason.RELATED
    }
    numbers = [0, *(line.number for line in lines)]
    return [sum(n in known for n in range(low + 1, high)) for low, high in pairwise(numbers)]


def _metadata(found: Sorted) -> Metadata:
    published = pick(found.dates)
    return Metadata(
        title=found.title,
        titles=(found.title,) if found.title else (),
        authors=choose([read_byline(found.bylines)]),
        published=published.utc,
        published_zone=published.zone,
        published_zone_source=published.zone_source,
    )


def _dateline(lines: list[TextLine]) -> str:
    """Place and agency before the first sentence; they stay in the text."""
    opening = _DATELINE.match(lines[0].text) if lines else None
    if opening is None:
        return ""
    dateline = opening.group(1).strip()
    place = re.split(r"[,(]", dateline)[0]
    return dateline if dateline.endswith(")") or place.isupper() else ""


def _content(everything: list[TextLine], found: Sorted, cuts: tuple[Cut, ...]) -> Content:
    measurements = Measurements(
        letters_page=sum(line.letters for line in everything),
        letters_kept=sum(line.letters for line in found.kept),
        blocks_page=len(everything),
        blocks_kept=len(found.kept),
        sentences_kept=sum(line.ends_sentence for line in found.kept),
    )
    return Content(
        lines=tuple(
            Line(text=line.without_bullet, kind="li" if line.is_bullet else "p") for line in found.kept
        ),
        dateline=_dateline(found.kept),
        images=tuple(Image(url="", caption=line.text) for line in found.captions),
        cuts=cuts,
        extracted_by="lines",
        measurements=measurements,
    )
