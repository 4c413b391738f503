"""The ends of stored articles, read column by column: what profiles are learned from."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from connectors.errors import BadInput
from connectors.profiles import END_LINES, LEAST_LETTERS, StoryLines, line_key
from extractors.records import CutReason

_COLUMNS = ("site", "title", "lead", "text", "structure", "near_duplicate_signature", "cuts")
# Cuts that are the story's own, and those of which no line is ever taken for one of its text.
_OTHERS = (
    CutReason.TITLE,
    CutReason.LEAD,
    CutReason.CAPTION,
    CutReason.BYLINE,
    CutReason.DATELINE,
    CutReason.DATE_LINE,
    CutReason.NAVIGATION,
    CutReason.HIDDEN,
)
_HEADING = "h"  # first letter of the kinds h2 to h6


def read_story_lines(data: bytes) -> list[StoryLines]:
    """What learning needs of a shard's articles, in their order. Raises ``BadInput`` if it is no shard."""
    try:
        table = pq.read_table(io.BytesIO(data), columns=list(_COLUMNS), use_threads=False).combine_chunks()
    except (pa.ArrowInvalid, OSError) as error:
        raise BadInput(f"no Parquet shard: {error}") from error
    plain = {name: table.column(name).to_pylist() for name in _COLUMNS[:-1]}
    cuts = _debris_cuts(table.column("cuts"))
    return [
        StoryLines(
            site=site,
            signature=signature,
            ends=_ends(text.split("\n"), structure, {line_key(title), line_key(lead)}),
            cut=cut,
        )
        for site, title, lead, text, structure, signature, cut in zip(*plain.values(), cuts, strict=True)
    ]


def _ends(lines: list[str], kinds: list[str], own: set[str]) -> tuple[str, ...]:
    """The text's last lines: never its first, no headings, nothing that the page declares of itself."""
    kinds = kinds if len(kinds) == len(lines) else [""] * len(lines)
    last = list(zip(lines, kinds, strict=True))[1:][-END_LINES:]
    return tuple(line for line, kind in last if not kind.startswith(_HEADING) and line_key(line) not in own)


def _debris_cuts(column: Any) -> list[tuple[str, ...]]:  # noqa: ANN401  # Arrow has no types
    """The texts that each article lost as debris. An article has hundreds of cuts: no object for each."""
    lists = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(lists, pa.ChunkedArray):  # of no rows
        return []
    cuts = lists.flatten()
    is_other = pc.is_in(cuts.field("reason"), value_set=pa.array([reason.value for reason in _OTHERS]))
    is_wanted = pc.and_(
        pc.greater_equal(pc.utf8_length(cuts.field("text")), LEAST_LETTERS), pc.invert(is_other)
    )
    texts = cuts.field("text").filter(is_wanted).to_pylist()
    places = pc.indices_nonzero(is_wanted).to_pylist()
    by_place = dict(zip(places, texts, strict=True))
    offsets = [offset - lists.offsets[0].as_py() for offset in lists.offsets.to_pylist()]
    found: list[list[str]] = [[] for _ in range(len(lists))]
    row = 0
    spans = list(pairwise(offsets))
    for place in sorted(by_place):
        while not spans[row][0] <= place < spans[row][1]:
            row += 1
        found[row].append(by_place[place])
    return [tuple(one) for one in found]
