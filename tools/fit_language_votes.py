"""Fit the weights of the language vote and write ``data/vote_weights.tsv``. Needs scikit-learn (``pip install .[train]``).

    python tools/fit_language_votes.py UNITS.jsonl.gz UDHR_FOLDER GOLD.jsonl.gz

Fits on fold 2, which the letter model has not seen (see ``train_language.py``): NTREX documents, paragraphs
of the Declaration, titles of pages of half the sites, and the Declaration in languages that neither the letter model nor a detector knows.
Every language weighs the same; the unknown ones together weigh UNKNOWN_SHARE. Prints cross-validated figures:
the languages are halved, each half judged by weights from the other.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]
from training_packages import require_packages

require_packages(__name__, __doc__, "sklearn")

import numpy as np
from sklearn.linear_model import LogisticRegression
from train_language import MISLABELLED, fold_of, read_declaration

from extractors.language import detectors, ngrams
from extractors.language.cleaning import bounded, clean, without_latin
from extractors.language.identify import ballot_of
from extractors.language.pairs import group_of
from extractors.language.scripts import count_scripts, languages_of
from extractors.language.tags import canonical
from extractors.language.voting import Ballot, facts_of

UNKNOWN_SHARE = 0.03  # of all weight
TITLES = 60
NEAR_FIT = 0.45  # a text of no known code that fits a known language so well is a variety of it, not unknown
OUT = Path(__file__).parents[1] / "extractors/language/data/vote_weights.tsv"


@dataclass(frozen=True)
class Text:
    """One text to fit on."""

    source: str  # "ntrex", "udhr" or "unknown"
    language: str
    ballot: Ballot


def site_fold(site: str) -> int:
    """0 for the sites whose titles the weights are fitted on, 1 for those they are judged by."""
    return hashlib.md5(site.encode(), usedforsecurity=False).digest()[0] % 2


def texts(units: Path, declaration: Path, gold: Path) -> list[Text]:
    """All texts of fold 2 whose script leaves a choice."""
    found: list[Text] = []

    def add(source: str, language: str, text: str) -> None:
        text = clean(bounded(text))
        count = count_scripts(text)
        if count.total and len(languages_of(count.script)) != 1:
            text = text if count.script == "Latn" else without_latin(text)
            found.append(Text(source, language, ballot_of(text, count)))

    with gzip.open(units, "rt", encoding="utf-8") as lines:
        for unit in map(json.loads, lines):
            if fold_of(unit) == 2:
                add("ntrex", MISLABELLED.get(unit["lang"], unit["lang"]), unit["text"])
    covered = {text.language for text in found}
    by_language = defaultdict(list)
    for language, fold, text in read_declaration(declaration):
        if fold == 2:
            by_language[language].append(text)
    known = {
        language
        for row in ("Latn", "Cyrl", "Arab", "Deva", "Ethi", "Hebr", "Hani", "Tibt", "Mymr")
        for language in ngrams.knows(row)
    }
    known |= set().union(*(detectors.known_to(name) for name in ("pycld2", "py3langid", "langdetect")))
    for language, paragraphs in by_language.items():
        if language in covered:
            continue
        source = "udhr" if language in known else "unknown"
        step = 40 if language == "und" else 12  # "und" is some 300 languages without a code here
        some = paragraphs[:: max(1, len(paragraphs) // 2000)] if language == "und" else paragraphs
        for paragraph in some if language == "und" else paragraphs[:step]:
            add(source, language, paragraph[:90].rsplit(" ", 1)[0])
        for start in range(0, len(some), 4):
            add(source, language, " ".join(some[start : start + 4])[:500])
    with gzip.open(gold, "rt", encoding="utf-8") as lines:
        for page in map(json.loads, lines):
            if (
                site_fold(page.get("site") or page["url"].split("/")[2]) == 0
                and page.get("title")
                and canonical(page.get("language") or "") != "und"
            ):
                add("title", canonical(page["language"]), page["title"])
    return [text for text in found if not (text.source == "unknown" and _fits(text.ballot))]


def _fits(ballot: Ballot) -> bool:
    likelihoods = ballot.likelihoods
    return likelihoods is not None and max(likelihoods.scores.values()) / likelihoods.groups > NEAR_FIT


def rows(
    found: list[Text], column: str
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, list[str], list[str]]:
    """Facts, right or wrong, weight, and index of the text, a row a candidate; names of facts; candidates."""
    number = Counter((text.source, text.language) for text in found)
    known = len({key for key in number if key[0] != "unknown"})
    unknown = sum(count for key, count in number.items() if key[0] == "unknown")
    titles = sum(count for key, count in number.items() if key[0] == "title")
    facts, right, weight, index, candidates = [], [], [], [], []
    names: list[str] = []
    for place, text in enumerate(found):
        ballot = text.ballot
        if column == "without":
            ballot = replace(ballot, votes=tuple(vote for vote in ballot.votes if vote.detector != "pycld2"))
        for group, values in facts_of(ballot).items():
            names = names or list(values)
            facts.append([values[name] for name in names])
            right.append(group == group_of(text.language) and text.source != "unknown")
            share = (
                UNKNOWN_SHARE * known / unknown
                if text.source == "unknown"
                else 1 / number[text.source, text.language]
            )
            if text.source == "title":  # as much as TITLES languages in all
                share = TITLES / titles
            weight.append(100 * share)
            index.append(place)
            candidates.append(group)
    return np.array(facts), np.array(right), np.array(weight), np.array(index), names, candidates


def fit(facts: np.ndarray, right: np.ndarray, weight: np.ndarray) -> LogisticRegression:
    """A logistic model, lightly regularised."""
    model = LogisticRegression(C=0.3, max_iter=5000, fit_intercept=False)
    return model.fit(facts, right, sample_weight=weight)


def cross_validate(found: list[Text], column: str) -> None:
    """Print how the vote does on languages that its weights were not fitted on."""
    facts, right, weight, index, _, candidates = rows(found, column)
    side_of = {
        group: place % 2 for place, group in enumerate(sorted({group_of(text.language) for text in found}))
    }
    side = np.array(
        [
            place % 2 if found[place].source == "unknown" else side_of[group_of(found[place].language)]
            for place in index
        ]
    )
    value = np.zeros(len(right))
    for half in (0, 1):
        model = fit(facts[side != half], right[side != half], weight[side != half])
        value[side == half] = model.decision_function(facts[side == half])
    best: dict[int, tuple[float, str]] = {}
    for row, place in enumerate(index):
        best[place] = max(best.get(place, (-99.0, "")), (value[row], candidates[row]))
    table = defaultdict(list)
    for place, (score, group) in best.items():
        table[found[place].source].append(
            (1 / (1 + np.exp(-score)), group == group_of(found[place].language))
        )
    for source, pairs in sorted(table.items()):
        confidence, hits = np.array([pair[0] for pair in pairs]), np.array([pair[1] for pair in pairs])
        print(
            f"{column:12} {source:8} {len(pairs):6} texts  right {100 * hits.mean():5.1f} %  confidence over .9: {100 * (confidence > 0.9).mean():5.1f} %, over .35: {100 * (confidence > 0.35).mean():5.1f} %"
        )


def main() -> None:
    """Fit both columns and write them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("units", type=Path)
    parser.add_argument("declaration", type=Path)
    parser.add_argument("gold", type=Path)
    args = parser.parse_args()
    found = texts(args.units, args.declaration, args.gold)
    print(Counter(text.source for text in found))
    columns = []
    names: list[str] = []
    for column in ("with pycld2", "without"):
        cross_validate(found, column)
        facts, right, weight, _, names, _ = rows(found, column)
        columns.append(fit(facts, right, weight).coef_[0])
    head = (
        [line for line in OUT.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
        if OUT.exists()
        else []
    )
    body = [f"{name}\t{first:.3f}\t{second:.3f}" for name, first, second in zip(names, *columns, strict=True)]
    OUT.write_text("\n".join([*head, *body]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
