"""Text as the detectors get it: bounded, without what is no language."""

from __future__ import annotations

import re

MAX_CHARACTERS = 2_000  # looked at; the rest of an article changes no verdict
_SLICES = 3  # of a longer text: its beginning, middle and end
_NOISE = re.compile(
    r"(?:https?://|www\.)\S{1,2000}|\S{1,64}@\S{1,255}|[@#]\w{1,100}|<[^<>]{1,200}>|&\w{2,8};"
)
_NOISE_SIGNS = ("http", "www.", "@", "#", "<", "&")  # looked for first: the pattern is slow
_LATIN = re.compile(r"[A-Za-z\u00aa\u00ba\u00c0-\u02af\u1e00-\u1eff]+")
_DIGITS = re.compile(r"\d+")
_CYRILLIC = re.compile("[а-яА-Я]")
_UNPRINTABLE = re.compile(
    r"[^\S\n ]|[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd-\uffff\ud800-\udfff]"
)
_SPACES = re.compile(r" {2,}")
# The palochka of Caucasian languages as people type it, a digit one or a Latin I or l between Cyrillic letters
_TYPED_PALOCHKA = re.compile(
    r"(?<=[гкпстхцчшъьГКПСТХЦЧШ])[1IlӀ|](?=[а-яё])|\b[1IlӀ|](?=[а-яё]{2})|(?<=[а-яё])[1IІӀ|](?=[а-яё])"
)


def bounded(text: str, limit: int = MAX_CHARACTERS) -> str:
    """At most ``limit`` characters of the text, in slices from its beginning, middle and end."""
    if len(text) <= limit:
        return text
    size = limit // _SLICES
    starts = (0, (len(text) - size) // 2, len(text) - size)
    return "\n".join(_whole_words(text[start : start + size]) for start in starts)


def clean(text: str) -> str:
    """The words of a bounded text: no control characters, surrogates, URLs, addresses, handles, digits.

    pycld2 raises on control characters and lone surrogates; the others vote on noise.
    """
    if not text.replace("\n", "").isprintable():
        text = _UNPRINTABLE.sub(" ", text)
    if any(sign in text for sign in _NOISE_SIGNS):
        text = _NOISE.sub(" ", text)
    if _CYRILLIC.search(text):
        text = _TYPED_PALOCHKA.sub("ӏ", text)
    return _SPACES.sub(" ", _DIGITS.sub(" ", text)).strip()


def without_latin(text: str) -> str:
    """A text in another script without its Latin words: names of firms and people that say nothing of it."""
    return _LATIN.sub(" ", text)


def _whole_words(piece: str) -> str:
    """The piece without the words torn at its ends, where it has spaces."""
    words = piece.split(" ")
    return " ".join(words[1:-1]) if len(words) > 20 else piece
