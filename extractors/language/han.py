"""Simplified or traditional: the form of Chinese letters."""

from __future__ import annotations

from collections import Counter
from functools import cache

from extractors.language.tables import read_table


def han_form(text: str) -> str:
    """``Hans`` or ``Hant`` by the letters that only one form has; Hans where there are none or as many."""
    counts = Counter(text)
    simplified, traditional = (sum(counts[letter] for letter in letters) for letters in _letters())
    return "Hant" if traditional > simplified else "Hans"


@cache
def _letters() -> tuple[frozenset[str], frozenset[str]]:
    forms = {form: frozenset(letters) for form, letters in read_table("han.tsv")}
    return forms["Hans"] - forms["Hant"], forms["Hant"] - forms["Hans"]
