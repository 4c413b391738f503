"""Which element is the page's headline, and what stands near it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from extractors.metadata.claims import text_of
from extractors.metadata.parts import Parts
from extractors.metadata.titles import fold

MAX_LOWER = 60  # h2 to h4 that are looked at where no h1 is the headline
MIN_WORDS = 3  # of a lower heading that counts as the headline: a section's name is shorter
_QUOTED = frozenset(("blockquote", "figure", "figcaption"))


def find_headline(parts: Parts) -> HtmlElement | None:
    """The longest h1 that the page's declared titles hold, else a lower heading that they hold, else the first h1.

    A short h1 that they hold may be the site's name: a longer lower heading outdoes it.
    """
    declared = [*parts.all_of("ogtitle")[:1], *(element.text or "" for element in parts.titles[:1])]
    whole = " | ".join(map(fold, declared))
    texts = [(fold(text_of(heading)), heading) for heading in parts.headings[:5]]
    held = [(text, heading) for text, heading in texts if len(text.split()) > 1 and text in whole]
    best = max(held, key=lambda pair: len(pair[0]), default=("", None))
    if len(best[0].split()) > MIN_WORDS:
        return best[1]
    text, lower = _lower_heading(parts.tree, whole)
    if lower is not None and len(text) > len(best[0]):
        return lower
    return best[1] if best[1] is not None else next(iter(parts.headings), None)


def _lower_heading(tree: HtmlElement, whole: str) -> tuple[str, HtmlElement | None]:
    """The first h2 to h4 that the declared titles hold: where h1 is the site's name, or there is none."""
    for heading in islice(tree.iter("h2", "h3", "h4"), MAX_LOWER):
        text = fold(text_of(heading, 300))
        if len(text.split()) >= MIN_WORDS and text in whole:
            return text, heading
    return "", None


def by_closeness(elements: list[HtmlElement], heading: HtmlElement | None) -> list[HtmlElement]:
    """The elements, those first that share the smallest part of the page with the headline."""
    if heading is None:
        return elements
    steps = {ancestor: number for number, ancestor in enumerate((heading, *heading.iterancestors()))}

    def distance(element: HtmlElement) -> int:
        return next(
            (steps[node] for node in (element, *element.iterancestors()) if node in steps), len(steps)
        )

    return sorted(elements, key=distance)


def following(heading: HtmlElement) -> Iterator[HtmlElement]:
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


def preceding(heading: HtmlElement) -> Iterator[HtmlElement]:
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
