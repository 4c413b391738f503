"""Features of a block's own text and tag."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.content.blocks import Block

SHAPE = "letters words ends capitals titled marks odd longest linkdensity bold heading tag depth starts_linked".split()  # noqa: SIM905

_TAGS = {tag: at for at, tag in enumerate("div p li tr figcaption blockquote span a dd dt section pre h1 h2 h3 h4 h5 h6 article td".split(), 1)}  # noqa: SIM905  # fmt: skip
_ENDS = re.compile(r"[.!?。！？।؟։።…۔॥][\s\"'”’»)\]」』›“]*$")
_CAPITALS = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĪĶŁĻŃŅŇŐŒŘŚŞŠŤŪŮŰŹŻŽΑ-ΩА-ЯЁІЇЄҐԱ-Ֆ"
_CAPITAL = re.compile(f"[{_CAPITALS}]")
_TITLED = re.compile(rf"(?<!\S)[{_CAPITALS}]")
_MARK = re.compile(r"[{}\[\]\"=<>|;]")
_ODD = re.compile(r"[©|•›»@→▶]")


def ends_like_a_sentence(text: str) -> bool:
    """Whether the text ends in a full stop of any script, before closing quotes and brackets."""
    return _ENDS.search(text[-12:]) is not None


def heading_level(tag: str) -> int:
    """1 to 6 for h1 to h6, else 0."""
    return int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit() else 0


def shape(blocks: Sequence[Block], longest: int) -> list[tuple[float, ...]]:
    """One row a block, as ``SHAPE``; ``longest`` in letters, of all the page's blocks."""
    return [_shape(block, longest) for block in blocks]


def _shape(block: Block, longest: int) -> tuple[float, ...]:
    text, tag = block.text, block.border.tag
    length, words = len(text), text.count(" ") + 1
    return (
        block.letters,
        words,
        ends_like_a_sentence(text),
        len(_CAPITAL.findall(text)) / length,
        len(_TITLED.findall(text)) / words,
        len(_MARK.findall(text)) / length,
        _ODD.search(text) is not None,
        block.letters / longest,
        block.linked / length,
        block.bold / length,
        heading_level(tag),
        _TAGS.get(tag, 0),
        min(40, block.node.depth),
        block.starts_linked,
    )
