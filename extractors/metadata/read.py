"""All of a page's metadata, from every source, most trusted first."""

from __future__ import annotations

from copy import deepcopy

from lxml.html import HtmlElement
from trafilatura.metadata import extract_metadata

from extractors.findings import Metadata


def read_metadata(tree: HtmlElement, url: str) -> Metadata:
    """What the page says of itself. Never raises, whatever the page holds."""
    found = extract_metadata(deepcopy(tree), default_url=url)
    return Metadata(
        title=found.title or "",
        titles=(found.title,) if found.title else (),
        authors=tuple(found.author.split("; ")) if found.author else (),
        published=found.date or "",
        lead=found.description or "",
        site_name=found.sitename or "",
        tags=tuple(found.tags or ()),
        declared_languages=tuple(tree.xpath("//html/@lang")),
    )
