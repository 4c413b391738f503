"""What trafilatura takes for the article: the first witness, never the last word."""

from __future__ import annotations

import logging

from lxml.etree import LxmlError
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.meta import reset_caches
from trafilatura.metadata import Document

# A page that it cannot read is an ordinary page to us; its warnings would fill a crawl's log.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

PAGES_BETWEEN_RESETS = (
    100  # of those it is asked about, one in six; its caches and htmldate's grow for ever otherwise
)

_pages_seen = 0


def hear_witness(tree: HtmlElement) -> list[str]:
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
