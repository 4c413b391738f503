"""Which blocks of the page are the article's."""

from __future__ import annotations

from lxml.html import HtmlElement

from extractors.content.blocks import Block, Node, walk
from extractors.content.ledger import cut_block, kind_of
from extractors.content.support import Reference, fold
from extractors.content.witness import hear_witness
from extractors.findings import Content, Line, Measurements, Metadata
from extractors.records import Rules


def find_content(tree: HtmlElement, metadata: Metadata, rules: Rules) -> Content:
    """The article's lines in reading order, with everything that was cut. The tree is not changed."""
    found = walk(tree)
    witness = Reference(hear_witness(tree))
    titles = {fold(title) for title in (metadata.title, *metadata.titles)} - {""}
    kept: list[Block] = []
    cuts = []
    for block in found.blocks:
        folded = fold(block.text)
        is_title = folded in titles
        if witness.share(folded) >= 0.5 and not is_title and (not kept or kept[-1].text != block.text):
            kept.append(block)
        elif block.letters:
            cuts.append(cut_block(block, is_title=is_title))
    return Content(
        lines=tuple(Line(text=block.text, kind=kind_of(block)) for block in kept),
        cuts=tuple(cuts),
        extracted_by="trafilatura",
        flags=("cut-short",) if found.is_cut_short else (),
        measurements=measure(found.blocks, kept),
    )


def measure(blocks: list[Block], kept: list[Block]) -> Measurements:
    """The figures that the gate decides on."""
    return Measurements(
        letters_page=sum(block.letters for block in blocks),
        letters_kept=sum(block.letters for block in kept),
        letters_linked=sum(min(block.linked, block.letters) for block in blocks),
        letters_kept_linked=sum(min(block.linked, block.letters) for block in kept),
        blocks_page=len(blocks),
        blocks_kept=len(kept),
        sentences_kept=sum(
            block.text.rstrip("\"'”’»)」』 ").endswith(tuple(".!?。！？։؟…۔।॥")) for block in kept
        ),
        headlines_linked=sum(_is_linked_heading(block) for block in blocks),
    )


def _is_linked_heading(block: Block) -> bool:
    is_heading = any(_is_heading(node) for node in block.node.chain() if node.depth >= block.border.depth - 2)
    return is_heading and block.linked >= 0.8 * len(block.text)


def _is_heading(node: Node) -> bool:
    return len(node.tag) == 2 and node.tag[0] == "h" and node.tag[1].isdigit()
