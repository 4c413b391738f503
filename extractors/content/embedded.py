"""Articles that a page carries only in data for its scripts.

The page's own text comes first: structured data's copy of it is worse on the pages that have both.
Data are looked at where the page shows little that is believable, or a beginning that breaks off.
What a publisher sells is not taken out of its data: a page or a node that says so, or a page with a
part named a paywall, keeps what it shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import escape

from lxml.html import HtmlElement

from extractors.content.embedded_bodies import Body, Finder
from extractors.content.embedded_islands import find_islands
from extractors.content.embedded_markup import draw
from extractors.content.ledger import MAX_CUT
from extractors.content.support import Reference, fold
from extractors.findings import Content, Metadata
from extractors.prose import is_prose, is_truncated, share_of_terms, weight
from extractors.records import Cut, CutReason
from extractors.tree import parse

ENOUGH = 2_500  # letters of text that a page shows, from which its data are not looked at
LITTLE = 400  # letters up to which they are
SHORT = (
    700  # letters up to which they are looked at too, and taken if they stand beside the page's title and are
)
MUCH_LONGER = 3.0  # times as long as the shown text at least
BELIEVED = 0.6  # mean probability of the shown text under which they are
LONGER = 1.5  # times the shown text that another is at least
MIN_WEIGHT = 400.0  # of an article's running text in data
MIN_TITLED = 250.0  # ... that stands beside the page's own title
BEGINNING = 0.6  # of the shown lines' letters that stand in the data's text, which then goes on
DISAGREEING = 0.34  # of the title's or the description's terms; a shown text with fewer is another's
AGREEING = 0.5  # of the title's or the description's terms that a text holds which stands beside no title
TITLED = 1.5  # times as long a text without the page's title beside it must be to be taken before one with it
AGAIN = 0.8  # of a shown line's letters, found in the data's text
PROMPT = range(20, 2_000)  # folded characters of a prompt to pay; what is longer is the page itself
MAX_DRAWN = 4  # bodies of one page that are read

_PAY_NAMES = re.compile(
    r"pay-?wall|reg-?wall|pay-?gate|metered|(?:premium|locked)-?(?:content|lock|gate)|piano-", re.I
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """A text that stands in the page's data, drawn as a page of its own."""

    source: str  # "next-data"
    tree: HtmlElement
    is_titled: bool  # stands beside the page's title


def is_wanted(shown: Content, metadata: Metadata) -> bool:
    """Whether the page shows so little, or something so unlike an article, that its data may hold more."""
    measured = shown.measurements
    if metadata.is_paywalled or measured.letters_kept >= ENOUGH:
        return False
    if _is_unlikely(shown, metadata):
        return True
    is_broken_off = bool(shown.lines) and is_truncated(shown.lines[-1].text)
    return (
        measured.letters_kept < SHORT
        or is_broken_off
        or len(metadata.article_body) > 2 * LONGER * measured.letters_kept
    )


def _is_unlikely(shown: Content, metadata: Metadata) -> bool:
    """Whether hardly anything is shown, or nothing that the model or the page's title would call its article."""
    measured = shown.measurements
    if measured.letters_kept < LITTLE or measured.mean_probability < BELIEVED:
        return True
    return 0 <= _agreement([line.text for line in shown.lines], metadata) < DISAGREEING


def find_hidden(tree: HtmlElement, metadata: Metadata, shown: Content) -> Iterator[Hidden]:
    """Texts of the page's data that may be its article, likeliest first; none where they are sold.

    Not those that are too short to take the place of what is shown.
    """
    least = max(MIN_TITLED, shown.measurements.letters_kept)
    found: list[tuple[Body, str]] = []
    finder = Finder([metadata.title, *metadata.titles])
    for island in find_islands(tree):
        for value in island.values:
            found.extend((body, island.name) for body in finder.find(value) if body.mass >= least)
    if (
        not found
        or any(body.is_paid for body, _ in found)
        or (metadata.is_paywalled is None and _has_paywall(tree))
    ):
        return
    found.sort(key=lambda one: (not one[0].is_titled, -one[0].mass))
    for body, source in found[:MAX_DRAWN]:
        drawn = parse(_page("".join(map(draw, body.parts)), metadata.title))
        if drawn is not None:
            yield Hidden(source=source, tree=drawn, is_titled=body.is_titled)


def find_embedded(
    tree: HtmlElement, metadata: Metadata, shown: Content, read: Callable[[HtmlElement], Content]
) -> Content | None:
    """The article from the page's data, told as the page's content; None where they hold none that is better.

    Args:
        tree: the parsed page.
        metadata: what it says of itself.
        shown: what was read from what it shows.
        read: reads a tree as that one was read.
    """
    found: list[tuple[float, Content, str]] = []
    for hidden in find_hidden(tree, metadata, shown):
        content = read(hidden.tree)
        if is_better(content, shown, metadata, is_titled=hidden.is_titled):
            size = sum(len(line.text) for line in content.lines) * (TITLED if hidden.is_titled else 1.0)
            found.append((size, content, hidden.source))
    if not found:
        return None
    _, content, source = max(found, key=lambda one: one[0])
    return join(content, shown, source)


def is_better(read: Content, shown: Content, metadata: Metadata, *, is_titled: bool) -> bool:
    """Whether a text read from data is this page's article, and more of it than the page shows."""
    texts = [line.text for line in read.lines]
    sizes = [weight(text) for text in texts]
    prose = sum(size for text, size in zip(texts, sizes, strict=True) if is_prose(text, size))
    shown_weight = sum(weight(line.text) for line in shown.lines)
    if prose < (MIN_TITLED if is_titled else MIN_WEIGHT) or sum(sizes) < LONGER * shown_weight:
        return False
    if not is_titled and _agreement(texts, metadata) < AGREEING:
        return False
    if _is_unlikely(shown, metadata):
        return True
    if shown.measurements.letters_kept < SHORT and is_titled and sum(sizes) >= MUCH_LONGER * shown_weight:
        return True  # a box of the page, beside an empty place
    return _holds(texts, shown) >= BEGINNING


def join(read: Content, shown: Content, source: str) -> Content:
    """The text from data as the page's content; what the page shows is told of in the ledger."""
    known = Reference([line.text for line in read.lines])
    again = (
        Cut(text=line.text[:MAX_CUT], reason=CutReason.DOUBLED, rule="embedded:again")
        if known.share(fold(line.text)) >= AGAIN
        else Cut(text=line.text[:MAX_CUT], reason=CutReason.MODEL, rule="embedded:not-in-data")
        for line in shown.lines
    )
    drawn = (
        replace(cut, place=f"{source}: {cut.place}") for cut in read.cuts if cut.reason is not CutReason.TITLE
    )
    return replace(
        read,
        lead=read.lead or shown.lead,
        dateline=read.dateline or shown.dateline,
        images=read.images or shown.images,
        cuts=(*again, *shown.cuts, *drawn),
        extracted_by=f"embedded:{source}",
        flags=tuple(dict.fromkeys((*shown.flags, *read.flags, "embedded"))),
        measurements=replace(
            read.measurements,
            letters_page=shown.measurements.letters_page + read.measurements.letters_page,
            letters_linked=shown.measurements.letters_linked + read.measurements.letters_linked,
            blocks_page=shown.measurements.blocks_page + read.measurements.blocks_page,
            headlines_linked=shown.measurements.headlines_linked,
        ),
    )


def _agreement(texts: list[str], metadata: Metadata) -> float:
    """Share of the title's or the description's terms that stand in a text; -1 where the page has neither."""
    folded = "\n".join(texts).casefold()
    return max(share_of_terms(metadata.title, folded), share_of_terms(metadata.lead, folded))


def _holds(texts: list[str], shown: Content) -> float:
    """Share of the shown lines' letters that stand in these texts; a broken end does not count."""
    reference = Reference(texts)
    folded = [fold(line.text) for line in shown.lines]
    whole = sum(map(len, folded))
    return sum(len(line) * reference.share(line) for line in folded) / max(1, whole)


def _has_paywall(tree: HtmlElement) -> bool:
    """Whether a part of the page is named one and says something; empty ones stand on free pages too."""
    return any(
        _PAY_NAMES.search(f"{element.get('class') or ''} {element.get('id') or ''}")
        and len(fold(element.text_content())) in PROMPT
        for element in tree.iter("div", "section", "aside", "dialog", "main", "article", "p")
    )


def _page(markup: str, title: str) -> str:
    return (
        f"<html><body><main><article><h1>{escape(title)}</h1>"
        f'<div class="article-body">{markup}</div></article></main></body></html>'
    )
