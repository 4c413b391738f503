"""ARMSCII-8, the Armenian encoding of older sites: Python has no codec for it."""

from __future__ import annotations

import codecs

ARMSCII = "armscii-8"
# AST 34.005:1997, as glibc has it: signs from A1, then capital and small letters by turns, then the apostrophe.
_TABLE = (
    "".join(map(chr, range(0xA1)))
    + "\ufffdև։)(»«—.՝,-֊…՜՛՞"
    + "".join(chr(0x531 + letter) + chr(0x561 + letter) for letter in range(38))
    + "՚\ufffd"
)


def decode_armscii(body: bytes) -> str:
    """The text that the bytes spell; what the encoding leaves free becomes U+FFFD."""
    return codecs.charmap_decode(body, "replace", _TABLE)[0]


def encode_armscii(text: str) -> bytes:
    """The bytes of a text; "?" for what the encoding has not."""
    codes = {letter: code for code, letter in reversed(list(enumerate(_TABLE)))}
    return bytes(codes.get(letter, 0x3F) for letter in text)
