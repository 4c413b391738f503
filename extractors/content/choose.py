"""Which blocks of the page are the article's, and what becomes of the others."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from lxml.etree import XPath
from lxml.html import HtmlElement

from extractors.content.appeals import find_appeals
from extractors.content.asides import find_asides
from extractors.content.blocks import Block, walk
from extractors.content.decide import Chances, Keep, choose, without_twins
from extractors.content.embedded import find_embedded, is_wanted
from extractors.content.features import Page, is_news
from extractors.content.fields import find_fields
from extractors.content.ledger import cut_block, find_comments, kind_of, reason_of, unseen_reason
from extractors.content.lists import find_lists
from extractors.content.measure import measure
from extractors.content.model import load_model
from extractors.content.openings import find_dateline, find_lead
from extractors.content.others import find_others
from extractors.content.phrases import find_phrases
from extractors.content.pictures import find_pictures
from extractors.content.reasons import field_of, fold_names, kind_of_debris
from extractors.content.shape import heading_level
from extractors.content.support import Reference, fold
from extractors.content.witness import ask_resiliparse, ask_trafilatura
from extractors.findings import Content, Line, Metadata
from extractors.records import Cut, CutReason, Rules

# trafilatura's time grows with the cube of the depth of nested tables: 1,500 of them took 170 s.
# The biggest of 2,165 real pages has 10,100 elements, the deepest text lies 48 deep.
MAX_HEARD = 25_000  # elements
MAX_DEPTH = 100  # elements one inside the other
# Of one element: Resiliparse's time grows with their square, 50,000 took 9 s. Of 361 real pages none has over 38.
MAX_ATTRIBUTES = 100
_HAS_TOO_MANY = XPath(f"boolean(//*[@*[{MAX_ATTRIBUTES}]])")

# Of 1,067 kept lines that are nothing but a link within the page 487 were in no gold text, and the
# others there as the headings that they lead to.
ALL_ANCHORED = 0.8  # of a block's characters

BEFORE = 12  # blocks before and after the article's lines among which its byline and date stand

Because = dict[int, tuple[CutReason, str]]  # index of a block -> why it is cut, besides the model


def find_content(tree: HtmlElement, metadata: Metadata, rules: Rules, url: str = "") -> Content:
    """The article's lines in reading order, with everything that was cut. The tree is not changed.

    Args:
        tree: the parsed page.
        metadata: what the page says of itself: titles, lead, declared types and text.
        rules: phrases of debris and the site's recurring lines.
        url: where the page lies, for its pictures' addresses; "" leaves relative ones out.
    """
    shown = _read(tree, metadata, rules, url)
    if not is_wanted(shown, metadata):
        return shown
    return find_embedded(tree, metadata, shown, lambda drawn: _read(drawn, metadata, rules, url)) or shown


def _read(tree: HtmlElement, metadata: Metadata, rules: Rules, url: str) -> Content:
    """The text of one tree: the page's, or one drawn from its data."""
    page = Page(found=walk(tree), metadata=metadata)
    blocks = page.blocks
    witnesses = [partial(_hear, witness, tree, page) for witness in (ask_resiliparse, ask_trafilatura)]
    chances = load_model().probabilities(page, witnesses)
    because = _refuse(page, rules)
    chances = np.where(np.isin(np.arange(len(blocks)), list(because)), 0.0, chances)
    in_news = is_news(metadata)
    chosen = choose(chances, blocks, is_news=in_news) | find_lists(blocks, chances, is_news=in_news)
    keep = without_twins(chosen, [block.folded for block in blocks])
    because |= dict.fromkeys(np.flatnonzero(chosen & ~keep).tolist(), (CutReason.DOUBLED, "text:again"))
    pictures = find_pictures(blocks, page.found.pictures, keep, url)
    because |= {at: (reason, "structure:picture") for at, reason in pictures.blocks.items()}
    because |= find_phrases(blocks, keep, chances, rules.phrases)
    left = keep & ~np.isin(np.arange(len(blocks)), list(because))
    because |= find_asides(blocks, left, chances) | find_appeals(blocks, left, chances, rules.phrases)
    left &= ~np.isin(np.arange(len(blocks)), list(because))
    because |= find_fields(blocks, left, chances, rules.phrases, metadata.authors)
    dateline, dateline_at = find_dateline(blocks, keep)
    if dateline_at is not None:
        because[dateline_at] = (CutReason.DATELINE, "text:dateline")
    keep[[at for at in because if keep[at]]] = False
    lead_at = find_lead(blocks, keep, metadata)
    if lead_at is not None:
        because.setdefault(lead_at, (CutReason.LEAD, "structure:lead"))
    return Content(
        lines=tuple(
            Line(text=blocks[at].text, kind=kind_of(blocks[at])) for at in np.flatnonzero(keep).tolist()
        ),
        lead=blocks[lead_at].text if lead_at is not None else "",
        dateline=dateline,
        images=pictures.images,
        cuts=_account(page, keep, chances, because, rules.phrases),
        extracted_by="blocks",
        flags=("cut-short",) if page.found.is_cut_short else (),
        measurements=measure(blocks, keep, chances),
    )


def _hear(witness: Callable[[HtmlElement], list[str]], tree: HtmlElement, page: Page) -> Reference:
    """What a witness keeps; nothing of a page so big or deep that nothing bounds its time."""
    found = page.found
    is_bounded = not found.is_cut_short and len(found.nodes) <= MAX_HEARD and found.depth <= MAX_DEPTH
    return Reference(witness(tree) if is_bounded and not _HAS_TOO_MANY(tree) else [])


def _refuse(page: Page, rules: Rules) -> Because:
    """Blocks that are no part of any text, whatever the model says."""
    titles = {fold(title) for title in (page.metadata.title, *page.metadata.titles)} - {""}
    comments = find_comments(page.found.nodes)
    others = find_others(page.blocks, fold(page.metadata.title), titles)
    recurring = {fold(line) for line in rules.profile.recurring} - titles
    found: Because = {}
    for at, block in enumerate(page.blocks):
        unseen = unseen_reason(block)
        if at in others:
            found[at] = (CutReason.RELATED, "structure:other-article")
        elif block.folded in titles:
            found[at] = (CutReason.TITLE, "text:title")
        elif unseen is not None:
            found[at] = unseen
        elif id(block.node) in comments:
            found[at] = (CutReason.COMMENTS, "structure:comments")
        elif _is_contents(block):
            found[at] = (CutReason.NAVIGATION, "structure:contents")
        elif block.folded in recurring:
            found[at] = (CutReason.RECURRING, "profile:recurring")
    return found


def _is_contents(block: Block) -> bool:
    """Whether it only leads to another place of the page; a heading may carry a link to itself."""
    if block.anchored < ALL_ANCHORED * len(block.text):
        return False
    return not any(heading_level(node.tag) for node, _ in zip(block.border.chain(), range(3), strict=False))


def _account(
    page: Page, keep: Keep, chances: Chances, because: Because, phrases: frozenset[str]
) -> tuple[Cut, ...]:
    """The ledger: every block that is not kept, in reading order."""
    kept = np.flatnonzero(keep)
    beside = range(max(0, int(kept[0]) - BEFORE), int(kept[-1]) + BEFORE) if len(kept) else range(0)
    authors = fold_names(page.metadata.authors)
    cuts = []
    for at, block in enumerate(page.blocks):
        if keep[at]:
            continue
        reason = because.get(at) or reason_of(block)
        if at in beside and reason[0] in (CutReason.NAVIGATION, CutReason.MODEL):
            reason = field_of(block, authors) or reason
        if reason[0] is CutReason.MODEL:
            reason = kind_of_debris(block, phrases) or reason
        cuts.append(cut_block(block, chance=float(chances[at]), because=reason))
    unseen = (
        cut_block(block, chance=0.0, because=(CutReason.HIDDEN, "structure:unseen"))
        for block in page.found.unseen
    )
    references = (
        cut_block(block, chance=0.0, because=(CutReason.NAVIGATION, "structure:reference"))
        for block in page.found.references
    )
    return (*cuts, *unseen, *references)
