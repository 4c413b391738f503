"""What two other extractors take for the article: witnesses, never the last word."""

from __future__ import annotations

import logging

from lxml.etree import LxmlError, tostring
from lxml.html import HtmlElement
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree
from trafilatura import bare_extraction
from trafilatura.meta import reset_caches
from trafilatura.metadata import Document

# A page that it cannot read is an ordinary page to us; its warnings would fill a crawl's log.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

# Of those that trafilatura is asked about: its caches and htmldate's grow for ever otherwise.
PAGES_BETWEEN_RESETS = 100

_pages_seen = 0


def ask_resiliparse(tree: HtmlElement) -> list[str]:
    """The lines that Resiliparse takes for the main content, in order; about 2 ms a page.

    The tree is written out again for its own parser: what our parser has bounded (depth, broken
    markup) stays so, where the page as it came could take minutes (100,000 nested elements did).
    """
    markup = tostring(tree, encoding="unicode", method="html", with_tail=False)
    text = extract_plain_text(
        HTMLTree.parse(markup),
        main_content=True,
        preserve_formatting=True,
        alt_texts=False,
        links=False,
        comments=False,
    )
    return [line for line in map(str.strip, text.split("\n")) if line]


def ask_trafilatura(tree: HtmlElement) -> list[str]:
    """The lines that trafilatura would keep, in order; [] where it finds nothing or fails.

    The tree is copied, not changed. Comments and its process-wide deduplication are off: results
    must not depend on the pages that came before.
    """
    global _pages_seen  # noqa: PLW0603  a count for housekeeping, no result depends on it
    _pages_seen += 1
    if _pages_seen % PAGES_BETWEEN_RESETS == 0:
        reset_caches()
    try:
        found = bare_extraction(tree, fast=True, include_comments=False, with_metadata=False)
    except (LxmlError, ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError):
        return []  # seen on broken markup; the block model does without
    if not isinstance(found, Document) or not found.text:
        return []
    return [line for line in found.text.split("\n") if line.strip()]
