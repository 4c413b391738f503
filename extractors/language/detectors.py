"""The three detectors that others made, each loaded when first asked and asked the same way.

No locks: two threads that load at once load the same thing twice, and a process may fork at any time.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from functools import cache
from typing import Protocol

from extractors.language.cleaning import bounded
from extractors.language.tables import read_table
from extractors.language.tags import canonical
from extractors.language.verdict import UNSURE
from extractors.records import Vote

try:
    import pycld2
except ImportError:  # no wheels beyond Python 3.13: the others decide alone
    pycld2 = None

MAX_PY3LANGID = 500  # characters; its time grows with the text, its answer no longer changes
MAX_TRIALS = 3  # of langdetect's sampling, instead of seven: twice the speed, no other verdict in a thousand
MAX_LANGDETECT = 400  # characters; the slowest by far


class _Classifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


class _Answer(Protocol):
    lang: str
    prob: float


class _Detector(Protocol):
    n_trial: int

    def append(self, text: str) -> None: ...

    def get_probabilities(self) -> list[_Answer]: ...


class _Factory(Protocol):
    def create(self) -> _Detector: ...


class _Compact(dict[str, "array[float]"]):
    """langdetect's table with its lists of 55 floats packed: 30 MB less."""

    def __setitem__(self, key: str, value: Iterable[float]) -> None:
        super().__setitem__(key, array("f", value))


def ask_pycld2(text: str) -> Vote | None:
    """pycld2's first language; its confidence is the language's share, halved where pycld2 calls it unreliable.

    None where pycld2 is not installed.
    """
    if pycld2 is None:
        return None
    try:
        reliable, _, details = pycld2.detect(text, isPlainText=True, bestEffort=True)
    except pycld2.error:  # invalid UTF-8 in its eyes: unassigned or private code points
        plain = "".join(char if char.isprintable() else " " for char in text)
        try:
            reliable, _, details = pycld2.detect(plain, isPlainText=True, bestEffort=True)
        except pycld2.error:
            return Vote(detector="pycld2", language=UNSURE, confidence=0.0)
    _, code, percent, _ = details[0]
    return Vote(
        detector="pycld2", language=canonical(code), confidence=percent / 100 * (1.0 if reliable else 0.5)
    )


def ask_py3langid(text: str) -> Vote:
    """py3langid's likeliest language and its normalised probability."""
    code, probability = _py3langid().classify(bounded(text, MAX_PY3LANGID))
    return Vote(detector="py3langid", language=canonical(code), confidence=float(probability))


def ask_langdetect(text: str) -> Vote:
    """Langdetect's likeliest language; the same for the same text, always."""
    from langdetect.lang_detect_exception import LangDetectException  # noqa: PLC0415 (loads 55 profiles' package)

    try:
        detector = _langdetect().create()
        detector.n_trial = MAX_TRIALS
        detector.append(bounded(text, MAX_LANGDETECT))
        found = detector.get_probabilities()
    except LangDetectException:
        found = []
    if not found:
        return Vote(detector="langdetect", language=UNSURE, confidence=0.0)
    return Vote(detector="langdetect", language=canonical(found[0].lang), confidence=float(found[0].prob))


@cache
def known_to(detector: str) -> frozenset[str]:
    """The languages that a detector can answer; its vote says nothing about others."""
    return frozenset(
        code for row in read_table("detectors.tsv") if row[0] == detector for code in row[1].split()
    )


def load() -> None:
    """Load every detector now, for example before a process forks."""
    ask_pycld2("warm")
    _py3langid()
    _langdetect()


@cache
def _py3langid() -> _Classifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 (loads a model)

    identifier: _Classifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return identifier


@cache
def _langdetect() -> _Factory:
    from langdetect import PROFILES_DIRECTORY  # noqa: PLC0415 (read only in doubt)
    from langdetect.detector_factory import DetectorFactory  # noqa: PLC0415

    factory = DetectorFactory()  # our own: the module's is shared with anybody else in the process
    factory.word_lang_prob_map = _Compact()
    factory.load_profile(PROFILES_DIRECTORY)
    factory.seed = 0  # unseeded, nine answers in 120 change from run to run
    loaded: _Factory = factory
    return loaded
