"""What metadata costs and how often it is right, beside trafilatura's own, over the shared corpora.

    python tests/benchmarks/benchmark_metadata.py [--every 4]

Prints CPU milliseconds a page (pages with structured data apart from the others) and, where the corpora
tell them, the share of titles, days and authors that are exactly right for both. Not a test: no threshold.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
import unicodedata
from collections import defaultdict
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType
from htmldate import find_date
from trafilatura.metadata import extract_metadata

from extractors.charsets import decode_bytes
from extractors.metadata import read_metadata
from extractors.metadata.sources import Sources
from extractors.tree import parse

CORPORA = Path(__file__).parents[2].parent / "shared" / "corpora"


def folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def right(gold: dict, title: str, published: str, authors: tuple[str, ...]) -> dict[str, bool]:
    """For each field that the gold has: whether it is the same."""
    found = {}
    if gold.get("title"):
        found["title"] = folded(title) == folded(gold["title"])
    if gold.get("date"):
        found["day"] = published[:10] == str(gold["date"])[:10]
    if gold.get("authors"):
        found["authors"] = {*map(folded, authors)} == {*map(folded, gold["authors"])}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--every", type=int, default=4, help="take every Nth page")
    every = parser.parse_args().every
    if not CORPORA.exists():
        sys.exit("the shared corpora are not here: nothing to measure")
    with gzip.open(CORPORA / "gold.jsonl.gz", "rt", encoding="utf-8") as lines:
        golds = {gold["url"]: gold for gold in map(json.loads, lines)}
    find_date(
        "<html><body><p>veröffentlicht gestern, 4. juni 2020</p></body></html>"
    )  # dateparser starts: 1.5 s, once
    milliseconds: dict[str, list[float]] = defaultdict(list)
    scores: dict[tuple[str, str, str], list[bool]] = defaultdict(list)
    with open(CORPORA / "pages.warc.gz", "rb") as stream:
        for number, record in enumerate(ArchiveIterator(stream, record_types=WarcRecordType.response)):
            url = record.headers["WARC-Target-URI"]
            if number % every or url not in golds:
                continue
            measure(url, record.reader.read(), golds[url], milliseconds, scores)
    for name, values in milliseconds.items():
        print(f"{name:34}{len(values):6} pages{sum(values) / len(values):8.2f} ms a page")
    for (corpus, field, who), values in sorted(scores.items()):
        print(f"{corpus:16}{field:9}{who:13}{len(values):6}{sum(values) / len(values):8.3f}")


def measure(url, body, gold, milliseconds, scores) -> None:
    """Read one page's metadata twice, ours and trafilatura's, from trees that are parsed already."""
    markup = decode_bytes(body)
    ours, theirs = parse(markup), parse(markup)
    if ours is None:
        return
    sources = Sources(ours, url)
    declared = [sources.jsonld, sources.meta]
    is_structured = any(s.published for s in declared) and any(s.authors for s in declared)
    start = time.process_time()
    found = read_metadata(ours, url)
    middle = time.process_time()
    other = extract_metadata(theirs, default_url=url)
    end = time.process_time()
    kind = "with structured data" if is_structured else "others"
    for name, spent in (("lrahos, ", middle - start), ("trafilatura, ", end - middle)):
        milliseconds[name + kind].append(1000 * spent)
        milliseconds[name + "all"].append(1000 * spent)
    names = tuple(other.author.split("; ")) if other.author else ()
    for who, values in (
        ("lrahos", right(gold, found.title, found.published, found.authors)),
        ("trafilatura", right(gold, other.title or "", other.date or "", names)),
    ):
        for field, value in values.items():
            scores[gold["corpus"], field, who].append(value)


if __name__ == "__main__":
    main()
