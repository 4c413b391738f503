"""Which writing system a text is in: the first gate, and for 26 scripts the last."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cache

from extractors.language.tables import read_table

# Of kana and Han letters together: 200 Japanese texts have .18 at least, 639 Chinese and Cantonese ones none
KANA_SHARE = 0.08
LONG_LETTERS = 120  # from here on the letters themselves decide; shorter text may be mostly foreign names
# In short text a letter of another script outweighs so many Latin ones: names come in Latin, not the reverse
FOREIGN_NAMES = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptCount:
    """The letters of a text by script."""

    script: str  # ISO 15924 of the text; "" without letters
    letters: int  # of that script
    total: int  # of all scripts


@cache
def languages_of(script: str) -> frozenset[str]:
    """The languages that a text in this script can be in; empty where any may be (Latin)."""
    for row in read_table("scripts.tsv"):
        if row[0] == script:
            return frozenset(row[2].split()) - {"*"}
    return frozenset()


@cache
def never_latin() -> frozenset[str]:
    """Languages that are written, by the table, in other scripts alone; a Latin text is none of them."""
    claimed = {lang for row in read_table("scripts.tsv") if row[0] != "Latn" for lang in row[2].split()}
    return frozenset(claimed) - languages_of("Latn")


def can_be_in(language: str, script: str) -> bool:
    """Whether texts of the language are written in the script at all."""
    if script == "Latn":
        return language not in never_latin()
    return language in languages_of(script) or not languages_of(script)


def count_scripts(text: str) -> ScriptCount:
    """The script that the text is in, and how many letters speak for it.

    Kana makes the Han letters beside it Japanese. In short text every other script outweighs Latin.
    """
    counts: Counter[str] = Counter()
    for char, number in Counter(text).items():
        if script := _script_of(char):
            counts[script] += number
    total = sum(counts.values())
    if counts["Kana"] and counts["Kana"] >= KANA_SHARE * (counts["Kana"] + counts["Hani"]):
        counts["Kana"] += counts.pop("Hani", 0)
    elif counts["Kana"]:
        counts["Hani"] += counts.pop("Kana")
    if not total:
        return ScriptCount(script="", letters=0, total=0)
    foreign = FOREIGN_NAMES if total < LONG_LETTERS else 1.5
    script = max(counts, key=lambda name: counts[name] * (1.0 if name == "Latn" else foreign))
    return ScriptCount(script=script, letters=counts[script], total=total)


@cache
def _ranges() -> tuple[list[int], list[tuple[int, str]]]:
    """Starts of all ranges, sorted, and for each its end and script."""
    found: list[tuple[int, int, str]] = []
    for script, ranges, *_ in read_table("scripts.tsv"):
        for piece in ranges.split():
            first, _, last = piece.partition("-")
            found.append((int(first, 16), int(last or first, 16), script))
    found.sort()
    return [first for first, _, _ in found], [(last, script) for _, last, script in found]


@cache
def _script_of(char: str) -> str:
    """The script of a letter or of a mark that letters carry; "" for anything else."""
    if not (char.isalpha() or unicodedata.category(char)[0] == "M"):
        return ""
    starts, ends = _ranges()
    place = bisect_right(starts, ord(char)) - 1
    if place < 0 or ord(char) > ends[place][0]:
        return ""
    return ends[place][1]
