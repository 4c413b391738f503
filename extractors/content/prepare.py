"""A parsed page, ready for the block model."""

from __future__ import annotations

from lxml.html import HtmlElement

from extractors.content.blocks import walk
from extractors.content.features import Page
from extractors.content.support import Reference
from extractors.content.witness import hear_witness
from extractors.findings import Metadata


def prepare(tree: HtmlElement, metadata: Metadata) -> Page:
    """Walk the page once, hear the witness. The tree is not changed.

    A page too big to be read whole is judged without the witness, whose time nothing bounds.
    """
    found = walk(tree)
    lines = [] if found.is_cut_short else hear_witness(tree)
    return Page(found=found, metadata=metadata, witness=Reference(lines))
