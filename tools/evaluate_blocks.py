#!/usr/bin/env python3
"""Judge each page with the block model that has not seen its publisher: honest texts to score.

    evaluate_blocks.py PAGES.warc.gz GOLD.jsonl.gz FOLDS OUT.jsonl

FOLDS is what ``train_blocks.py folds`` wrote. OUT gets one article a line (url, text, title, authors,
published), for a scorer of texts against gold; refused pages are counted by reason.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from unittest.mock import patch

from training_packages import require_packages

require_packages(__name__, __doc__, "lightgbm", "tldextract")

from train_blocks import read_gold, read_pages

from config.debris_phrases import load_phrases
from connectors.export import local_time
from extractors.content import choose, model
from extractors.judging import judge
from extractors.records import Article, FetchedPage, Rules, Verdict


def judge_unseen(job: tuple[FetchedPage, Path], rules: Rules) -> Verdict:
    """The verdict with these weights."""
    page, weights = job
    with patch.object(choose, "load_model", partial(model.load_model, weights)):
        return judge(page, rules)


def main() -> None:
    """Read the arguments, judge, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("pages", "gold", "folds", "out"):
        parser.add_argument(name, type=Path)
    args = parser.parse_args()
    folds: dict[str, int] = json.loads((args.folds / "folds.json").read_text(encoding="utf-8"))
    rules = Rules(phrases=load_phrases())
    refused: Counter[str] = Counter()
    kept = 0
    jobs = (
        (page, args.folds / f"{folds[page.url]}.npz")
        for page in read_pages(args.pages, read_gold(args.gold))
        if page.url in folds
    )
    with ProcessPoolExecutor(2) as pool, args.out.open("w", encoding="utf-8") as out:
        for verdict in pool.map(partial(judge_unseen, rules=rules), jobs, chunksize=20):
            if not isinstance(verdict, Article):
                refused[verdict.reason] += 1
                continue
            kept += 1
            row = {
                "url": verdict.url,
                "text": verdict.text,
                "title": verdict.title,
                "authors": verdict.authors,
                "published": local_time(verdict.published, verdict.published_zone),
            }
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(f"{kept} articles, refused: {dict(refused)}")


if __name__ == "__main__":
    main()
