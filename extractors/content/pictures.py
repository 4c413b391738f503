"""Pictures of the article's part of the page, with what stands under them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

import numpy as np

from extractors.content.blocks import Block, Node, Picture
from extractors.content.decide import Keep
from extractors.content.support import fold
from extractors.records import CutReason, Image

MAX_IMAGES = 60  # of one page
CAPTION_LETTERS = 15  # folded; a shorter alternative text ("photo") may equal any line
STEPS = 5  # from a picture or a caption up to their figure
BEFORE = 12  # blocks before the article's first line: where its first picture stands

_CREDIT_NAME = re.compile(r"credit|copyright|photographer|source", re.I)
_CAPTION_NAME = re.compile(r"caption|legend", re.I)
_SIGNED = re.compile(r"\s*(?:\(\s*([^()]{2,80}?)\s*\)|[©|]\s*([^©|]{2,80}))\s*$")
# "Photo: Anna Bell" at a caption's end: the word for a picture, a colon (or the Armenian one), a name.
_LABELLED = re.compile(
    r"(?:^|(?<=[\s.!?»”\"'(|–—-]))(?:photo(?:graph)?s?|picture|image|credits?|fotos?|fotoğraf|fotografía|fotografia|fotografie|bild|foto|crédit|crédito|valokuva|"
    r"kuva|zdjęcie|fot|billede|фото|снимка|слика|լուսանկարը?|ֆոտո|ფოტო|φωτογραφία|תמונה|צילום|صورة|الصورة|عکس|تصویر|फोटो|ছবি|"
    r"图|图片|圖|圖片|写真|사진)(?:\s(?:credit|by|courtesy|crédit))?\s?[:：՝]\s*([^:]{2,80}?)\)?$",
    re.I,
)
_AGENCY = re.compile(
    r"/|©|(?<![^\W\d_])(?:AP|AFP|EPA|EFE|DPA|TASS|UPI|ANSA|STR|Getty|Reuters)(?![^\W\d_])", re.I
)


@dataclass(frozen=True, slots=True)
class Pictures:
    """The article's pictures, and the blocks that turned out to be their captions."""

    images: tuple[Image, ...]
    blocks: dict[int, CutReason]  # index of a block -> caption or credit


def find_pictures(blocks: Sequence[Block], pictures: Sequence[Picture], keep: Keep, url: str) -> Pictures:
    """Pictures from a little before the article's first line to its last, each once.

    A caption is what stands in the picture's own ``<figure>`` (or an element named a caption beside
    it), or what repeats its alternative text.
    """
    kept = np.flatnonzero(keep)
    if not len(kept):
        return Pictures((), {})
    first, last = int(kept[0]) - BEFORE, int(kept[-1]) + 1
    figures = _figures(blocks)
    by_text = {block.folded: block for block in blocks if len(block.folded) >= CAPTION_LETTERS}
    found: dict[str, Image] = {}
    named: dict[int, CutReason] = {}
    for picture in pictures:
        if not first <= picture.before <= last or not picture.url:
            continue
        around = _parts(picture, figures, by_text)
        is_inside = kept[0] < picture.before <= kept[-1]
        if not around and not (is_inside and picture.alt.strip()):
            continue  # a logo above the article, or a picture that nobody describes
        image = _image(picture, around, url)
        if image is None:
            continue
        named |= {block.index: reason for block, reason in around}
        if image.url not in found or (image.caption and not found[image.url].caption):
            found[image.url] = image
        if len(found) >= MAX_IMAGES:
            break
    return Pictures(tuple(found.values()), named)


def _figures(blocks: Sequence[Block]) -> dict[int, list[Block]]:
    """Blocks in each ``<figure>``, by the element's identity."""
    found: dict[int, list[Block]] = {}
    for block in blocks:
        figure = _figure(block.node)
        if figure is not None:
            found.setdefault(id(figure), []).append(block)
    return found


def _figure(node: Node) -> Node | None:
    return next((at for at, _ in zip(node.chain(), range(STEPS), strict=False) if at.tag == "figure"), None)


def _parts(
    picture: Picture, figures: dict[int, list[Block]], by_text: dict[str, Block]
) -> list[tuple[Block, CutReason]]:
    figure = _figure(picture.node)
    inside = figures.get(id(figure), []) if figure is not None else []
    parts = [(block, _part(block)) for block in inside if _is_caption(block)]
    twin = by_text.get(fold(picture.alt))
    if twin is not None and all(block is not twin for block, _ in parts):
        parts.append((twin, CutReason.CAPTION))
    return parts


def _is_caption(block: Block) -> bool:
    return any(
        at.tag == "figcaption" or _CAPTION_NAME.search(at.attributes) or _CREDIT_NAME.search(at.attributes)
        for at, _ in zip(block.node.chain(), range(STEPS), strict=False)
    )


def _part(block: Block) -> CutReason:
    names = [at.attributes for at, _ in zip(block.node.chain(), range(2), strict=False)]
    is_credit = any(_CREDIT_NAME.search(name) and not _CAPTION_NAME.search(name) for name in names)
    return CutReason.CREDIT if is_credit else CutReason.CAPTION


def _image(picture: Picture, parts: Sequence[tuple[Block, CutReason]], url: str) -> Image | None:
    try:
        address = urljoin(url, picture.url.strip())
    except ValueError:
        return None
    if not address.startswith(("http://", "https://")):
        return None
    captions = dict.fromkeys(block.text for block, reason in parts if reason is CutReason.CAPTION)
    credits_ = dict.fromkeys(block.text for block, reason in parts if reason is CutReason.CREDIT)
    caption, credit = _split(" ".join(captions) if captions else picture.alt.strip())
    return Image(url=address, caption=caption, credit=" ".join(credits_) or credit)


def _split(text: str) -> tuple[str, str]:
    """A caption, and the credit at its end: "(Anna Bell/AP)", "© Anna Bell", "Photo: Anna Bell"."""
    labelled = _LABELLED.search(text)
    if labelled is not None:
        return text[: labelled.start()].rstrip(" (|–—-"), labelled.group(1).strip()
    signed = _SIGNED.search(text)
    if signed is None or not _AGENCY.search(signed.group()):
        return text, ""
    return text[: signed.start()].rstrip(), (signed.group(1) or signed.group(2)).strip()
