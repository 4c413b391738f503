"""Letters that one language of a script has and its neighbours lack."""

from __future__ import annotations

from collections import Counter
from functools import cache

from extractors.language.tables import read_table
from extractors.records import Vote


def letter_sign(text: str, script: str, letters: int) -> Vote | None:
    """The language whose own letters the text shows, or None; its confidence is their share, at most 1.

    Args:
        text: cleaned.
        script: ISO 15924 of the text.
        letters: how many letters of that script it has.
    """
    counts = Counter(text)
    lowered = text.lower()
    best: tuple[float, str] = (0.0, "")
    for language, signs, least in _signs(script):
        found = (counts[sign] if len(sign) == 1 else lowered.count(sign) for sign in signs)
        share = sum(found) / max(letters, 1)
        if share >= least:
            best = max(best, (share / least, language))
    return Vote(detector="letters", language=best[1], confidence=min(1.0, best[0] / 4)) if best[1] else None


@cache
def _signs(script: str) -> tuple[tuple[str, tuple[str, ...], float], ...]:
    return tuple(
        (language, tuple(letters.split() if " " in letters else letters), float(least))
        for name, language, letters, least in read_table("letters.tsv")
        if name == script
    )
