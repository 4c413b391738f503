"""Our own detector: which language's words and letter groups these are.

A naive Bayes over whole words and groups of two to four letters, a table a script, fitted by
``tools/train_language.py``, mostly on translations of the same texts, so that the subject says
nothing and the language everything. It knows languages that no other detector here knows, and tells
close ones apart. ``data/ngrams.npz.xz`` holds its weights: statistics derived from NTREX-128
(CC BY-SA 4.0) and the Universal Declaration of Human Rights, no sentence of either.
"""

from __future__ import annotations

import io
import lzma
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

import numpy as np
import numpy.typing as npt

from extractors.language.cleaning import bounded

MAX_CHARACTERS = 500  # read of a text: more costs time and changes no answer
MAX_WORD = 24  # letters; a longer word is read in pieces
STEP = 0.5  # natural logarithm that one unit of a stored weight stands for
NO_SPACES = frozenset({"Hani", "Tibt", "Mymr", "Thai", "Laoo", "Khmr"})  # their words have no borders to mark
_APOSTROPHES = str.maketrans("’ʼʻ‘`ꞌ", "''''''")
_WORDS = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*'?|[\u0300-\u036f\u0900-\u0fff\u1000-\u109f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Likelihoods:
    """What the letter groups of a text say of each language of its script."""

    scores: dict[str, float]  # log-likelihood ratio against the script's average language
    groups: int  # how many letter groups were read, known or not


def score(text: str, script: str) -> Likelihoods | None:
    """The languages' scores for a cleaned text; None where the script's languages are not in the model."""
    table = _tables().get(script)
    if table is None:
        return None
    rows: list[int] = []
    read = 0
    for word in words(text):
        found, number = _rows(word, script)
        rows += found
        read += number
    if not rows:
        return None
    # 16 bits hold it: 500 characters have under 2,000 groups, and no weight is over 12
    sums = table.weights[rows].sum(axis=0, dtype=np.int16) * STEP
    return Likelihoods(scores=dict(zip(table.languages, sums.tolist(), strict=True)), groups=read)


def knows(script: str) -> frozenset[str]:
    """The languages that the model tells apart in a script."""
    table = _tables().get(script)
    return frozenset(table.languages) if table else frozenset()


def thin(script: str) -> frozenset[str]:
    """The languages of a script that were learnt from little text: their scores say little against them."""
    table = _tables().get(script)
    return table.thin if table else frozenset()


def scripts() -> frozenset[str]:
    """The scripts that the model has a table for."""
    return frozenset(_tables())


def words(text: str, limit: int = MAX_CHARACTERS) -> list[str]:
    """The words of ``limit`` characters of the text, in lower case, apostrophes made one."""
    found = _WORDS.findall(bounded(text, limit).lower().translate(_APOSTROPHES))
    return [word[start : start + MAX_WORD] for word in found for start in range(0, len(word), MAX_WORD)]


def letter_groups(word: str, script: str) -> Iterator[str]:
    """The word and its letter groups; a space marks the word's borders where the script writes spaces."""
    if script in NO_SPACES:
        sizes: Iterable[int] = (1, 2, 3)
    else:
        word, sizes = f" {word} ", (2, 3, 4)
        if len(word) > 4:
            yield word
    for size in sizes:
        for start in range(len(word) - size + 1):
            yield word[start : start + size]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    languages: tuple[str, ...]
    thin: frozenset[str]  # languages of little training text
    rows: dict[str, int]  # letter group -> row of the weights
    weights: npt.NDArray[np.int8]  # a row a letter group, a column a language, in STEPs


@lru_cache(maxsize=10_000)
def _rows(word: str, script: str) -> tuple[tuple[int, ...], int]:
    """The known letter groups of a word as rows, and how many it has in all."""
    table = _tables()[script]
    groups = list(letter_groups(word, script))
    known = table.rows
    return tuple([known[group] for group in groups if group in known]), len(groups)


@cache
def _tables() -> dict[str, _Table]:
    packed = resources.files(__package__).joinpath("data").joinpath("ngrams.npz.xz").read_bytes()
    arrays = np.load(io.BytesIO(lzma.decompress(packed)))
    tables = {}
    for script in str(arrays["scripts"]).split():
        groups = str(arrays[f"{script}.groups"]).split("\n")
        tables[script] = _Table(
            languages=tuple(str(arrays[f"{script}.languages"]).split()),
            thin=frozenset(str(arrays[f"{script}.thin"]).split()),
            rows={group: row for row, group in enumerate(groups)},
            weights=np.ascontiguousarray(arrays[f"{script}.weights"].T),
        )
    return tables
