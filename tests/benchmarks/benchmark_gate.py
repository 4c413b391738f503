"""How often the gate is right: precision and recall of its refusals, by kind, and what its mark for review is worth.

    python tests/benchmarks/benchmark_gate.py [--every N] [--folds DIR]

Five sets, because real pages that are no articles are rare in corpora of articles:

* the pages of ``tests/pages`` and of the demo site, whose reasons are known;
* the pages of ``tests/test_gate_shapes.py``: other shapes and articles, in twelve languages;
* the gold pages of the shared corpora: articles, but for those that ``gate_labels.tsv`` names
  (looked at by hand; URLs and labels alone);
* every third of them with its article taken out: real frames around nothing;
* every fifth with a list of other pages' titles and openings in its article's place.

A wrong refusal weighs five times what a page weighs that should have been refused. ``--folds`` takes
what ``tools/train_blocks.py folds`` wrote, so that no page is judged by a model that has seen its publisher.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from fastwarc.warc import ArchiveIterator, WarcRecordType
from gate_lists import SHAPES as LIST_SHAPES
from gate_lists import as_list, read_teasers
from gate_report import Outcome, report, report_marks
from lxml.html import HtmlElement
from rich.console import Console

from config.debris_phrases import load_phrases
from extractors.content import choose, find_content, model
from extractors.content.support import fold
from extractors.findings import Content
from extractors.gate import examine
from extractors.judging import judge
from extractors.metadata import read_metadata
from extractors.records import FetchedPage, Rejection, Rules, Verdict
from extractors.tree import decode, parse
from flows.demo_site import EXPECTED
from flows.demo_site.documents import find_document
from tests import test_gate_shapes as shapes

HERE = Path(__file__).parent
CORPORA = HERE.parents[1].parent / "shared" / "corpora"
PAGES = HERE.parent / "pages"
LABELS = HERE / "gate_labels.tsv"
FETCHED = datetime(2026, 11, 24, tzinfo=UTC)
_WORD = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]|\w+")
_BODY = re.compile(r'("(?:articleBody|text)"\s*:\s*)"(?:[^"\\]|\\.)*"')
_TEXT_TAGS = frozenset(
    "p li h2 h3 h4 h5 h6 blockquote div td section dd dt pre span figcaption tr ul ol".split()  # noqa: SIM905  the list reads worse
)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--every", type=int, default=1, help="read every Nth page of the corpora")
    parser.add_argument("--folds", type=Path, help="models that have not seen a page's publisher")
    args = parser.parse_args()
    console = Console()
    rules = Rules(phrases=load_phrases())
    report(console, "own pages and the demo site", list(own_pages(rules)))
    report(console, "own pages of other shapes", list(own_shapes()))
    if not CORPORA.exists():
        console.print(f"the shared corpora are not at {CORPORA}: skipped")
        return
    sets = judge_corpora(args.every, Reader(args.folds, rules))
    for name, outcomes in sets.items():
        report(console, name, outcomes)
    report_marks(console, sets["gold pages of the corpora"])


def judge_corpora(every: int, reader: Reader) -> dict[str, list[Outcome]]:
    """What the gate makes of the gold pages, of the same without their article, and of lists in their place."""
    rows = {row["url"]: row for row in read_gold()}
    labels, teasers = read_labels(), read_teasers(list(rows.values()))
    chance = Random(7)
    whole, emptied, lists = [], [], []
    for number, page in enumerate(read_pages(rows)):
        tree = parse(decode(page)) if number % every == 0 else None
        if tree is None:
            continue
        row, gold = rows[page.url], "".join(map(fold, rows[page.url].get("texts") or []))
        label = labels.get(page.url, "article")
        whole.append(reader.judge(page.url, tree, label, row.get("texts") or []))
        if gold and number % (3 * every) == 0:
            emptied.append(reader.judge(page.url, without_article(tree, gold), "no-article"))
        elif gold and label == "article" and number % (5 * every) == 0:
            shape = list(LIST_SHAPES)[number // (5 * every) % len(LIST_SHAPES)]
            made = as_list(tree, gold, teasers.get(row.get("language"), []), shape, chance)
            if made is not None:
                lists.append(reader.judge(page.url, made, "index-page"))
    return {
        "gold pages of the corpora": whole,
        "the same without their article": emptied,
        "lists of stories in their place": lists,
    }


class Reader:
    """Holds the rules, and the models by publisher where there are any."""

    def __init__(self, folds: Path | None, rules: Rules) -> None:
        self.rules = rules
        self.folds = folds
        self.numbers: dict[str, int] = (
            json.loads((folds / "folds.json").read_text(encoding="utf-8")) if folds else {}
        )

    def judge(self, url: str, tree: HtmlElement, label: str, texts: list[str] | None = None) -> Outcome:
        """One page's outcome; its article's body in structured data is not read where the article was taken out."""
        metadata = read_metadata(tree, url)
        if label == "no-article":
            metadata = replace(metadata, article_body="")
        weights = self.folds / f"{self.numbers[url]}.npz" if self.folds and url in self.numbers else None
        load = partial(model.load_model, weights) if weights else choose.load_model
        with patch.object(choose, "load_model", load):
            content = find_content(tree, metadata, self.rules, url)
        found = examine(tree, metadata, content, url)
        return Outcome(
            url,
            label,
            found.refusal.reason.value if found.refusal else "",
            found.refusal.detail if found.refusal else "",
            is_marked="torn" in found.flags,
            f1=max((word_f1(content, text) for text in texts), default=None) if texts else None,
        )


def word_f1(content: Content, gold: str) -> float:
    """F1 of the kept words, each as often as it stands there; one letter is a word in dense scripts."""
    kept, wanted = (
        Counter(_WORD.findall(text.casefold()))
        for text in ("\n".join(line.text for line in content.lines), gold)
    )
    hits = (kept & wanted).total()
    return 2 * hits / max(1, kept.total() + wanted.total())


def read_labels() -> dict[str, str]:
    """Labels of gold pages that are no articles, by URL."""
    with LABELS.open(encoding="utf-8") as rows:
        return {row["url"]: row["label"] for row in csv.DictReader(rows, delimiter="\t")}


def read_gold() -> list[dict[str, Any]]:
    """The gold rows."""
    with gzip.open(CORPORA / "gold.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_pages(gold: dict[str, dict[str, Any]]) -> Iterator[FetchedPage]:
    with (CORPORA / "pages.warc.gz").open("rb") as file:
        for record in ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=True):
            url = record.headers["WARC-Target-URI"]
            if url in gold:
                headers = tuple(record.http_headers.items())
                yield fetched(url, headers, record.reader.read())


def fetched(url: str, headers: tuple[tuple[str, str], ...], body: bytes) -> FetchedPage:
    return FetchedPage(url=url, final_url=url, fetched_at=FETCHED, status=200, headers=headers, body=body)


def outcome(url: str, label: str, verdict: Verdict) -> Outcome:
    is_refused = isinstance(verdict, Rejection)
    return Outcome(
        url, label, verdict.reason.value if is_refused else "", verdict.detail if is_refused else ""
    )


def without_article(tree: HtmlElement, gold: str) -> HtmlElement:
    """The tree without what its gold text holds, scripts and structured data included, which may hold it again."""
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        if element.tag == "script":
            is_told = element.get("type") == "application/ld+json"
            element.text = _BODY.sub(r'\1""', element.text or "") if is_told else ""
        elif element.tag in _TEXT_TAGS and is_in(element.text_content(), gold):
            element.getparent().remove(element)
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag not in ("title", "h1", "script", "style"):
            element.text = "" if is_in(element.text, gold) else element.text
            element.tail = "" if is_in(element.tail, gold) else element.tail
    return tree


def is_in(text: str | None, gold: str) -> bool:
    folded = fold(text or "")
    return len(folded) >= 15 and folded in gold


def own_pages(rules: Rules) -> Iterator[Outcome]:
    for about in sorted(PAGES.rglob("page.json")):
        told = json.loads(about.read_text(encoding="utf-8"))
        wanted = json.loads((about.parent / "verdict.json").read_text(encoding="utf-8"))
        body = next(about.parent.glob("page.[ht]*")).read_bytes()
        verdict = judge(fetched(told["url"], tuple(told["headers"].items()), body), rules)
        yield outcome(told["url"], wanted.get("reason", "article"), verdict)
    for page in EXPECTED:
        url = f"http://127.0.0.1{page.path}"
        document = find_document(page.path, "http://127.0.0.1")
        if document:
            verdict = judge(fetched(url, (("content-type", document.content_type),), document.body), rules)
            label = page.reason.value if page.reason else "article"
            yield outcome(url, label, verdict)


def own_shapes() -> Iterator[Outcome]:
    """Pages of other shapes and articles, in each language."""
    for language in shapes.LANGUAGES:
        for name, (body, head, path, reasons) in shapes.SHAPES.items():
            verdict = shapes.judged(
                language,
                shapes.framed(language, shapes.words(language, 4, 2), body(language), head),
                path,
            )
            found = outcome(f"{name} {language}", "no-article", verdict)
            yield replace(found, label=found.reason if found.reason in reasons else sorted(reasons)[0].value)
        for name, (body, head) in shapes.ARTICLE_SHAPES.items():
            verdict = shapes.judged(
                language, shapes.framed(language, shapes.title(language), body(language), head), "/2026/story"
            )
            yield outcome(f"{name} {language}", "article", verdict)


if __name__ == "__main__":
    main()
