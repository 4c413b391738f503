"""The elements of a page that metadata is read from, collected in one walk."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")
_WANTED = ("meta", "link", "script", "title", "h1", "time", "html")
MAX_ELEMENTS = 5_000  # of these kinds; a page of more is a bomb, not news


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Elements of one page, in document order."""

    tree: HtmlElement
    meta: dict[str, list[str]]  # folded name ("articlepublishedtime"), contents
    links: tuple[HtmlElement, ...]
    scripts: tuple[HtmlElement, ...]
    titles: tuple[HtmlElement, ...]
    headings: tuple[HtmlElement, ...]  # h1
    times: tuple[HtmlElement, ...]  # those after the first h1, then those before
    html_language: str  # <html lang>

    def all_of(self, *names: str) -> list[str]:
        """Contents of the meta elements of these folded names, in the order of the names."""
        return [content for name in names for content in self.meta.get(name, ())]


def collect(tree: HtmlElement) -> Parts:
    """Walk the tree once."""
    found: dict[str, list[HtmlElement]] = {kind: [] for kind in _WANTED}
    early_times: list[HtmlElement] = []
    for number, element in enumerate(tree.iter(*_WANTED)):
        is_early = element.tag == "time" and not found["h1"]
        (early_times if is_early else found[element.tag]).append(element)
        if number >= MAX_ELEMENTS:
            break
    return Parts(
        tree=tree,
        meta=_contents(found["meta"]),
        links=tuple(found["link"]),
        scripts=tuple(found["script"]),
        titles=tuple(found["title"]),
        headings=tuple(found["h1"]),
        times=(*found["time"], *early_times),
        html_language=next((e.get("lang") or e.get("xml:lang") or "" for e in found["html"]), ""),
    )


def fold_name(name: str) -> str:
    """A meta element's name without case and punctuation: "DC.date.issued" is "dcdateissued"."""
    return _NOT_A_LETTER.sub("", name.lower())


def _contents(elements: list[HtmlElement]) -> dict[str, list[str]]:
    contents: dict[str, list[str]] = {}
    for element in elements:
        content = (element.get("content") or element.get("value") or "").strip()
        if not content:
            continue
        for attribute in ("name", "property", "itemprop", "http-equiv"):
            for name in (element.get(attribute) or "").split():
                contents.setdefault(fold_name(name), []).append(content)
    return contents
