"""How clean the text of a crawl's text record comes out, against gold texts.

    python tests/benchmarks/benchmark_plain_text.py [--every N]

Text records (WET) are not in the shared corpora: each news page is turned into one, its title element
first and then every block of the page on a line of its own, menus, teasers and footers with it.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
from statistics import mean
from types import ModuleType

from benchmark_gate import CORPORA, read_pages
from rich.console import Console

from config.debris_phrases import load_phrases
from extractors.content.blocks import walk
from extractors.plain_text import read_plain_text
from extractors.records import Rules
from extractors.tree import decode, parse

NEWS = ("fundus-test", "fundus-history", "fundus-eval", "aeb")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--every", type=int, default=1, help="read every Nth page")
    every = parser.parse_args().every
    console = Console()
    if not CORPORA.exists():
        console.print(f"the shared corpora are not at {CORPORA}: skipped")
        return
    gold = read_gold()
    records = [
        (page.url, as_record(tree))
        for number, page in enumerate(read_pages(dict.fromkeys(gold, "")))
        if number % every == 0 and (tree := parse(decode(page))) is not None
    ]
    for name, rules in (("with phrases", Rules(phrases=load_phrases())), ("without", Rules())):
        console.print(f"{name}: {figures(records, gold, rules)}")


def read_gold() -> dict[str, dict[str, object]]:
    with gzip.open(CORPORA / "gold.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {row["url"]: row for row in rows if row["corpus"] in NEWS and row.get("texts")}


def as_record(tree) -> str:
    title = " ".join((tree.findtext(".//title") or "").split())
    return "\n".join([title, *(block.text for block in walk(tree).blocks)])


def figures(records, gold, rules: Rules) -> str:
    referee = load_referee()
    scores, titles = [], []
    for url, record in records:
        metadata, content = read_plain_text(record, rules)
        found = referee.tokens("\n".join(line.text for line in content.lines))
        scores.append(
            max((referee.prf(found, referee.tokens(text)) for text in gold[url]["texts"]), key=lambda s: s[2])
        )
        if gold[url].get("title"):
            titles.append(referee.prf(referee.tokens(metadata.title), referee.tokens(gold[url]["title"]))[2])
    precision, recall, both = (mean(column) for column in zip(*scores, strict=True))
    return f"{len(scores)} pages, F1 {both:.3f}, precision {precision:.3f}, recall {recall:.3f}, title F1 {mean(titles):.3f}"


def load_referee() -> ModuleType:
    """The corpora's own scorer, which counts tokens in any script."""
    spec = importlib.util.spec_from_file_location(
        "score_articles", CORPORA.parent / "tools" / "score_articles.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
