"""Declared pictures: absolute addresses, captions without their credit."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors.metadata.links import absolute
from extractors.records import Image

MAX_IMAGES = 20
# "Foto: dpa", "(AP Photo/Jane Doe)", "© Reuters", "Photo by Jane Doe", "Bild: X": at the end of a caption.
_CREDIT = re.compile(
    r"\s*[\[(]?\s*(?:(?:©|\(c\)|&copy;|Copyright)\s*|(?:Photo|Foto|Fotografie|Fotó|Bild|Image|Imagen|Immagine|Photograph|Picture"
    r"|Credit|Quelle|Source|Crédit|Crédits|Фото|Լուսանկար|写真|사진|图片|صورة|عکس)(?:\s+(?:by|de|di|von|par))?\s*[:：/]\s*|Photo by\s+)"
    r"(?P<credit>[^\[\]()]{2,100}?)\s*[\])]?\s*$",
    re.I,
)
_NO_PICTURE = re.compile(r"(?:logo|placeholder|default|blank|spacer|avatar|favicon)[^/]*$", re.I)


def absolute_images(images: Iterable[Image], url: str) -> tuple[Image, ...]:
    """The pictures with absolute addresses, each once, site logos and placeholders left out."""
    found: dict[str, Image] = {}
    for image in images:
        address = absolute(image.url, url)
        if not address or _NO_PICTURE.search(address.split("?")[0]):
            continue
        caption, credit = split_credit(image.caption)
        entry = Image(url=address, caption=caption, credit=image.credit or credit)
        known = found.get(address)
        if known is None or (entry.caption and not known.caption):
            found[address] = entry
        if len(found) >= MAX_IMAGES:
            break
    return tuple(found.values())


def split_credit(caption: str) -> tuple[str, str]:
    """A caption without the credit at its end, and the credit: "A bridge. Photo: Reuters" gives two texts."""
    match = _CREDIT.search(caption)
    if not match:
        return caption, ""
    return caption[: match.start()].rstrip(" .,|-–—/") + (
        "." if caption[: match.start()].rstrip()[-1:] == "." else ""
    ), match["credit"].strip()
