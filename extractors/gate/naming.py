"""What templates call their elements: class, id and test name, in English almost everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def names_of(element: HtmlElement) -> str:
    """Its class, id and test name, lower case, camel case parted by hyphens."""
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-testid') or ''}"
    return _CAMEL.sub("-", names).lower()


def find_named(tree: HtmlElement, pattern: re.Pattern[str]) -> Iterator[HtmlElement]:
    """Elements below the body whose names match."""
    for element in tree.iter("div", "section", "aside", "form", "dialog", "main", "article", "iframe", "p"):
        if pattern.search(names_of(element)):
            yield element
