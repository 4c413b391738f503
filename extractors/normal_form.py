"""One spelling for one text: what readers see alike is alike, letter by letter."""

from __future__ import annotations

import re
import unicodedata

# HTML reads the numbers 128 to 159 as windows-1252 (WHATWG HTML, "numeric character reference end
# state"): "&#146;" is an apostrophe. libxml2 takes them as the control characters that they are.
_CONTROLS = {code: bytes([code]).decode("windows-1252", "ignore") for code in range(0x80, 0xA0)}
# Soft hyphen, word joiner, byte order mark and the place of an object say nothing to a reader.
# Joiners and marks of direction stay: Persian and Indic spelling and mixed lines need them.
_DROPPED = dict.fromkeys((0xAD, 0x2060, 0xFEFF, 0xFFFC), "")
_TABLE = _CONTROLS | _DROPPED
_SIGNS = re.compile(f"[{''.join(map(chr, _TABLE))}]")
# A space of no width parts words where a script writes no spaces, and is a stray everywhere else.
_STRAY = re.compile(
    "(?<![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])\u200b|\u200b(?![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])"
)


def normal(text: str) -> str:
    """The text on one line in Unicode's normal form C, without signs that only tell where it may break.

    White space is folded; soft hyphens, byte order marks and stray spaces of no width go.
    """
    if not text.isascii():
        if _SIGNS.search(text):
            text = text.translate(_TABLE)
        if "\u200b" in text:
            text = _STRAY.sub("", text)
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.split())
