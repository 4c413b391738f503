"""What a page declares itself to be, as far as it matters to which of its blocks are the article's."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Genre(Enum):
    """News, another article, or anything else, which includes nothing."""

    NEWS = "news"
    ARTICLE = "article"
    OTHER = "other"


def genre_of(declared_types: Iterable[str]) -> Genre:
    """From types in lower case, schema.org's or OpenGraph's; news stand in paragraphs, hardly ever in lists."""
    types = tuple(declared_types)
    if any(kind.endswith("newsarticle") for kind in types):
        return Genre.NEWS
    is_article = any("article" in kind or "posting" in kind or "report" in kind for kind in types)
    return Genre.ARTICLE if is_article else Genre.OTHER
