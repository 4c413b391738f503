#!/usr/bin/env python3
"""Train the block model from pages with gold texts, or try it on publishers that it has not seen.

    train_blocks.py fit PAGES.warc.gz GOLD.jsonl.gz OUT.npz
    train_blocks.py folds PAGES.warc.gz GOLD.jsonl.gz DIRECTORY

``fit`` trains on all pages. ``folds`` writes five models, each trained without a fifth of the
publishers, and ``folds.json`` that says which model has not seen which page: what
``evaluate_blocks.py`` needs. Both are seeded: the same pages give the same file.
GOLD holds one JSON object a line: url, corpus, site, texts (any of them is right).
Needs lightgbm (``pip install .[train]``); 1,221 pages take about four minutes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from training_packages import require_packages

require_packages(__name__, __doc__, "lightgbm", "tldextract")

import lightgbm
import numpy as np
import numpy.typing as npt
from block_gold import label, label_snippets, publishers, weigh
from block_words import WordStatistics
from fastwarc.warc import ArchiveIterator, WarcRecordType

from extractors.content.blocks import Block, walk
from extractors.content.features import (
    COLUMNS,
    NAME_COLUMNS,
    NAMES,
    Page,
    describe,
    weigh_names,
)
from extractors.content.model import ALL_COLUMNS, FORESTS, is_menu
from extractors.content.support import Reference
from extractors.content.witness import ask_resiliparse, ask_trafilatura
from extractors.content.witnessing import WITNESS, hear
from extractors.metadata import read_metadata
from extractors.records import FetchedPage
from extractors.tree import decode, parse

FOLDS = 5
SEED = 3
# Learning rate and number of trees. The first forest looks at every page, and must be quick.
GROWTH = {"alone": (0.1, 100), "quick": (0.06, 200), "slow": (0.06, 200)}
PARAMETERS: dict[str, Any] = {
    "objective": "binary",
    "num_leaves": 31,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "verbose": -1,
    "num_threads": 1,
    "seed": SEED,
    "deterministic": True,
}
# Pages of one corpus are articles of every kind (shops, forums, documents): news count for more.
GENERAL_CORPORA = ("wcxb-dev",)

Matrix = npt.NDArray[np.float32]


@dataclass(slots=True, eq=False)
class Example:
    """One page with its gold."""

    url: str
    publisher: int
    blocks: Sequence[Block]
    table: Matrix  # features; the word table's columns are filled in later
    kept: npt.NDArray[np.int8]
    weight: Matrix
    is_whole: bool  # the gold is a whole text, not snippets of one


def read_gold(path: Path) -> dict[str, Mapping[str, Any]]:
    """Gold records that hold whole texts or snippets, by URL."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    return {record["url"]: record for record in records if record.get("texts") or record.get("with")}


def read_pages(path: Path, wanted: Mapping[str, object]) -> Iterator[FetchedPage]:
    """The archive's responses for these URLs."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response):
            url = record.headers["WARC-Target-URI"]
            if url in wanted:
                headers = tuple((str(key), str(value)) for key, value in record.http_headers)
                yield FetchedPage(
                    url=url,
                    final_url=url,
                    fetched_at=now,
                    status=200,
                    headers=headers,
                    body=record.reader.read(),
                )


def make_example(job: tuple[FetchedPage, Mapping[str, Any], int]) -> Example | None:
    """Features without words, and labels; None if there is nothing on the page."""
    fetched, gold, publisher = job
    tree = parse(decode(fetched))
    if tree is None:
        return None
    page = Page(found=walk(tree), metadata=read_metadata(tree, fetched.url))
    is_whole = bool(gold.get("texts"))
    kept, trust = (
        label(page.blocks, gold["texts"])
        if is_whole
        else label_snippets(page.blocks, gold["with"], gold.get("without") or ())
    )
    weight = weigh(page.blocks, trust, is_news=gold["corpus"] not in GENERAL_CORPORA)
    said = [Reference(ask(tree)) for ask in (ask_resiliparse, ask_trafilatura)]
    table = np.hstack([describe(page, {}), *(hear(page.found, reference) for reference in said)])
    weight[[at for at, block in enumerate(page.blocks) if is_menu(block)]] = 0  # the forests never see them
    return Example(gold["url"], publisher, page.blocks, table, kept, weight, is_whole)


def make_examples(archive: Path, gold_file: Path) -> list[Example]:
    """All pages with gold, in the archive's order."""
    gold = read_gold(gold_file)
    urls = list(gold)
    numbers = dict(
        zip(urls, publishers(urls, [gold[url].get("site") or "" for url in urls]).tolist(), strict=True)
    )
    sys.setrecursionlimit(100_000)  # chains of elements are pickled one inside the other
    jobs = ((page, gold[page.url], numbers[page.url]) for page in read_pages(archive, gold))
    with ProcessPoolExecutor(2) as pool:
        return [example for example in pool.map(make_example, jobs, chunksize=16) if example is not None]


def fold_of(examples: Sequence[Example]) -> npt.NDArray[np.int64]:
    """The fold of each page: all pages of a publisher fall into one."""
    names = np.unique([example.publisher for example in examples])
    np.random.default_rng(SEED).shuffle(names)
    folds = {int(name): at % FOLDS for at, name in enumerate(names)}
    return np.array([folds[example.publisher] for example in examples])


def fit(examples: Sequence[Example]) -> dict[str, npt.NDArray[Any]]:
    """Arrays of a file of weights: word table, and the forests."""
    statistics = WordStatistics()
    for example in filter(lambda example: example.is_whole, examples):
        statistics.add(example.blocks, example.kept.tolist(), example.publisher)
    tables = {number: statistics.table(number) for number in {example.publisher for example in examples}}
    for example in examples:
        example.table[:, NAME_COLUMNS] = np.reshape(
            weigh_names(example.blocks, tables[example.publisher]), (-1, len(NAMES))
        )
    table = np.concatenate([example.table for example in examples])
    kept = np.concatenate([example.kept for example in examples])
    weight = np.concatenate([example.weight for example in examples])
    words = statistics.table()
    stored: dict[str, npt.NDArray[Any]] = {
        "features": np.array(ALL_COLUMNS),
        "words": np.array(list(words)),
        "word_odds": np.array(list(words.values()), np.float32),
    }
    for number, name in enumerate(FORESTS):
        columns = list(range(len(COLUMNS) + number * len(WITNESS)))
        data = lightgbm.Dataset(table[weight > 0][:, columns], kept[weight > 0], weight=weight[weight > 0])
        rate, trees = GROWTH[name]
        stored |= pack(name, columns, lightgbm.train({**PARAMETERS, "learning_rate": rate}, data, trees))
    return stored


def pack(name: str, columns: list[int], booster: lightgbm.Booster) -> dict[str, npt.NDArray[Any]]:
    """A trained forest as flat arrays; see ``extractors.content.forest``."""
    feature: list[int] = []
    threshold: list[float] = []
    children: list[int] = []
    value: list[float] = []
    roots: list[int] = []
    deepest = 0

    def lay(node: Mapping[str, Any], depth: int) -> int:
        nonlocal deepest
        deepest = max(deepest, depth)
        at = len(feature)
        feature.append(node.get("split_feature", 0))
        threshold.append(node.get("threshold", np.inf))
        value.append(node.get("leaf_value", 0.0))
        children.extend((at, at))
        if "split_feature" in node:
            not_greater, greater = lay(node["left_child"], depth + 1), lay(node["right_child"], depth + 1)
            children[2 * at], children[2 * at + 1], value[at] = greater, not_greater, 0.0
        return at

    for tree in booster.dump_model()["tree_info"]:
        roots.append(len(feature))
        lay(tree["tree_structure"], 0)
    return {
        f"{name}_columns": np.array(columns, np.uint8),
        f"{name}_feature": np.array(feature, np.uint8),
        f"{name}_threshold": np.array(threshold, np.float32),
        f"{name}_children": np.array(children, np.uint16),
        f"{name}_value": np.array(value, np.float16),
        f"{name}_roots": np.array(roots, np.uint16),
        f"{name}_depth": np.array([deepest], np.uint8),
    }


def main() -> None:
    """Read the arguments, train, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["fit", "folds"])
    parser.add_argument("pages", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    examples = make_examples(args.pages, args.gold)
    print(f"{len(examples)} pages, {sum(len(example.blocks) for example in examples)} blocks")
    if args.what == "fit":
        np.savez_compressed(args.out, **fit(examples))
        print(f"{args.out}: {args.out.stat().st_size} bytes")
        return
    args.out.mkdir(parents=True, exist_ok=True)
    folds = fold_of(examples)
    for fold in range(FOLDS):
        kept_in = [example for example, own in zip(examples, folds, strict=True) if own != fold]
        np.savez_compressed(args.out / f"{fold}.npz", **fit(kept_in))
    unseen = {example.url: int(fold) for example, fold in zip(examples, folds, strict=True)}
    (args.out / "folds.json").write_text(json.dumps(unseen), encoding="utf-8")


if __name__ == "__main__":
    main()
