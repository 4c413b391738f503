"""How often the gate is right: precision and recall of its refusals, by kind.

    python tests/benchmarks/benchmark_gate.py [--every N]

Three sets, because real pages that are no articles are rare in corpora of articles:

* the gold pages of the shared corpora: articles, but for those that ``gate_labels.tsv`` names
  (looked at by hand; URLs and labels alone);
* the same pages with their article taken out, every third: real frames around nothing;
* the pages of ``tests/pages`` and of the demo site, whose reasons are known.

A wrong refusal weighs five times what a page weighs that should have been refused.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType
from lxml.html import HtmlElement
from rich.console import Console
from rich.table import Table

from config.debris_phrases import load_phrases
from extractors.content import find_content
from extractors.content.support import fold
from extractors.gate import Refusal, find_refusal
from extractors.judging import judge
from extractors.metadata import read_metadata
from extractors.records import FetchedPage, Rejection, Rules
from extractors.tree import decode, parse
from flows.demo_site import EXPECTED
from flows.demo_site.documents import find_document

HERE = Path(__file__).parent
CORPORA = HERE.parents[1].parent / "shared" / "corpora"
PAGES = HERE.parent / "pages"
LABELS = HERE / "gate_labels.tsv"
WRONG_REFUSAL = 5  # times a page let through
FETCHED = datetime(2026, 11, 24, tzinfo=UTC)
_TEXT_TAGS = frozenset(
    "p li h2 h3 h4 h5 h6 blockquote div td section dd dt pre span figcaption tr ul ol".split()  # noqa: SIM905  the list reads worse
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One page: what it is, and what the gate made of it."""

    url: str
    label: str  # "article", a reason, or "no-article" where any reason is right
    reason: str  # of the refusal; "" if it passed
    detail: str = ""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--every", type=int, default=1, help="read every Nth page of the corpora")
    every = parser.parse_args().every
    console = Console()
    rules = Rules(phrases=load_phrases())
    report(console, "own pages and the demo site", list(own_pages(rules)))
    if not CORPORA.exists():
        console.print(f"the shared corpora are not at {CORPORA}: skipped")
        return
    gold = read_gold()
    labels = read_labels()
    whole, emptied = [], []
    for number, page in enumerate(read_pages(gold)):
        if number % every:
            continue
        tree = parse(decode(page))
        if tree is None:
            continue
        whole.append(examined(page, tree, labels.get(page.url, "article"), rules))
        if gold[page.url] and number % (3 * every) == 0:
            emptied.append(examined(page, without_article(tree, gold[page.url]), "no-article", rules))
    report(console, "gold pages of the corpora", whole)
    report(console, "the same without their article", emptied)


def read_labels() -> dict[str, str]:
    """Labels of gold pages that are no articles, by URL."""
    with LABELS.open(encoding="utf-8") as rows:
        return {row["url"]: row["label"] for row in csv.DictReader(rows, delimiter="\t")}


def read_gold() -> dict[str, str]:
    """Folded gold text by URL; "" where the gold is snippets alone."""
    with gzip.open(CORPORA / "gold.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {row["url"]: "".join(map(fold, row.get("texts") or [])) for row in rows}


def read_pages(gold: dict[str, str]) -> Iterator[FetchedPage]:
    with (CORPORA / "pages.warc.gz").open("rb") as file:
        for record in ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=True):
            url = record.headers["WARC-Target-URI"]
            if url in gold:
                headers = tuple(record.http_headers.items())
                yield fetched(url, headers, record.reader.read())


def fetched(url: str, headers: tuple[tuple[str, str], ...], body: bytes) -> FetchedPage:
    return FetchedPage(url=url, final_url=url, fetched_at=FETCHED, status=200, headers=headers, body=body)


def examined(page: FetchedPage, tree: HtmlElement, label: str, rules: Rules) -> Outcome:
    metadata = read_metadata(tree, page.url)
    if label == "no-article":
        metadata = replace(metadata, article_body="")
    refusal = find_refusal(tree, metadata, find_content(tree, metadata, rules), page.url)
    return outcome(page.url, label, refusal)


def outcome(url: str, label: str, refusal: Refusal | Rejection | None) -> Outcome:
    return Outcome(url, label, refusal.reason.value, refusal.detail) if refusal else Outcome(url, label, "")


def without_article(tree: HtmlElement, gold: str) -> HtmlElement:
    """The tree without what its gold text holds, and without scripts, which may hold it again."""
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        if element.tag == "script" and element.get("type") != "application/ld+json":
            element.text = ""
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
        yield outcome(
            told["url"], wanted.get("reason", "article"), verdict if isinstance(verdict, Rejection) else None
        )
    for page in EXPECTED:
        url = f"http://127.0.0.1{page.path}"
        document = find_document(page.path, "http://127.0.0.1")
        if document:
            verdict = judge(fetched(url, (("content-type", document.content_type),), document.body), rules)
            label = page.reason.value if page.reason else "article"
            yield outcome(url, label, verdict if isinstance(verdict, Rejection) else None)


def report(console: Console, name: str, outcomes: list[Outcome]) -> None:
    """The table of one set, and each page that went wrong."""
    others = [page for page in outcomes if page.label != "article"]
    refused = [page for page in outcomes if page.reason]
    wrong = [page for page in refused if page.label == "article"]
    passed = [page for page in others if not page.reason]
    table = Table(title=f"{name}: {len(outcomes)} pages, {len(others)} of them no articles")
    for column in ("refused for", "pages", "of them right to refuse"):
        table.add_column(column, justify="left" if column == "refused for" else "right")
    for reason, number in Counter(page.reason for page in refused).most_common():
        right = sum(page.reason == reason and page.label != "article" for page in refused)
        table.add_row(reason, str(number), str(right))
    console.print(table)
    named = [page for page in refused if page.label not in ("article", "no-article")]
    console.print(
        f"precision {share(len(refused) - len(wrong), len(refused))} · recall {share(len(others) - len(passed), len(others))}"
        f" · reason as labelled {share(sum(page.reason == page.label for page in named), len(named))}"
        f" · articles kept {share(len(outcomes) - len(others) - len(wrong), len(outcomes) - len(others))}"
        f" · cost a page {(WRONG_REFUSAL * len(wrong) + len(passed)) / max(len(outcomes), 1):.4f}"
    )
    for page in wrong:
        console.print(f"  article refused: {page.reason}: {page.detail}  {page.url}", highlight=False)
    for page in passed[:20] if others and others[0].label == "no-article" else passed:
        console.print(f"  let through: {page.label}  {page.url}", highlight=False)


def share(part: int, whole: int) -> str:
    return f"{part / whole:.1%} ({part} of {whole})" if whole else "none"


if __name__ == "__main__":
    main()
