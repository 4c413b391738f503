"""Features of what a block's text is like: the title, the lead, declared text, other blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from extractors.content.blocks import Block
from extractors.content.support import Reference, fold
from extractors.findings import Metadata

LIKENESS = "title_in title_of lead_in lead_of is_title repeats occurrence seen_start declared".split()  # noqa: SIM905  words read better so

START = 40  # folded characters by which two blocks begin alike
LONGEST = 600  # characters; a longer block is no title or lead
DECLARED = 300  # characters from which a declared body is a text, not a teaser


def liken(blocks: Sequence[Block], metadata: Metadata, wanted: Collection[int]) -> list[tuple[float, ...]]:
    """One row for each of the wanted blocks (their indices), as ``LIKENESS``."""
    forms = {title for title in (metadata.title, *metadata.titles) if title}
    titles = [set(title.casefold().split()) for title in sorted(forms)]
    leads = [set(metadata.lead.casefold().split())] if metadata.lead else []
    folded_titles = {fold(title) for title in forms}
    declared = Reference([metadata.article_body]) if len(metadata.article_body) > DECLARED else None
    repeats = Counter(block.folded for block in blocks)
    starts = Counter(block.folded[:START] for block in blocks if len(block.folded) >= START)
    seen: Counter[str] = Counter()
    rows: list[tuple[float, ...]] = []
    for at, block in enumerate(blocks):
        text = block.folded
        if at not in wanted:
            seen[text] += 1
            seen["=" + text[:START]] += 1
            continue
        words = set(block.text.casefold().split()) if len(block.text) < LONGEST else set()
        start = text[:START]
        seen_start = 0 if starts[start] < 2 else -1 if seen["=" + start] else 1
        seen[text] += 1
        seen["=" + start] += 1
        rows.append(
            (
                *_overlap(words, titles),
                *_overlap(words, leads),
                text in folded_titles,
                min(5, repeats[text]),
                min(5, seen[text]),
                seen_start,
                declared.share(text) if declared else -1,
            )
        )
    return rows


def _overlap(words: set[str], others: Sequence[set[str]]) -> tuple[float, float]:
    """Largest share of the words that stand in another set, and of another set among the words."""
    share_in = share_of = 0.0
    for other in others if words else ():
        common = len(words & other)
        share_in = max(share_in, common / len(words))
        share_of = max(share_of, common / len(other))
    return share_in, share_of
