"""Pages per second per core of judge beside plain trafilatura, and where judge's time goes.

    python tests/benchmarks/benchmark_judge.py [--every 10] [--floor]

Both read the same pages of the shared corpora in the same process, in turns of ten, so that a busy
machine slows both alike; CPU time counts. trafilatura runs with its defaults and with metadata.
With ``--floor`` the exit code is 1 where judge is under 1.3 times trafilatura's speed.
"""

from __future__ import annotations

import argparse
import cProfile
import logging
import pstats
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType
from htmldate import find_date
from rich.console import Console
from rich.table import Table
from trafilatura import bare_extraction

from config.debris_phrases import load_phrases
from extractors.judging import judge
from extractors.records import FetchedPage, Rules

PAGES = Path(__file__).parents[2].parent / "shared" / "corpora" / "pages.warc.gz"
TURN = 10  # pages that one side judges before the other takes its turn
FLOOR = 1.3
# Function -> what it does, in the order of the steps.
STEPS = {
    ("tree.py", "decode"): "decode",
    ("tree.py", "parse"): "parse",
    ("read.py", "read_metadata"): "metadata",
    ("blocks.py", "walk"): "content: walk the tree",
    ("features.py", "describe"): "content: features",
    ("forest.py", "log_odds"): "content: trees",
    ("witness.py", "ask_resiliparse"): "content: Resiliparse, in doubt",
    ("witness.py", "ask_trafilatura"): "content: trafilatura, in great doubt",
    ("choose.py", "find_content"): "content, all of it",
    ("examine.py", "examine"): "gate",
    ("article.py", "article_language"): "language",
    ("identity.py", "near_duplicate_signature"): "near-duplicate signature",
}


def read_pages(every: int) -> list[FetchedPage]:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    pages = []
    with PAGES.open("rb") as stream:
        for number, record in enumerate(ArchiveIterator(stream, record_types=WarcRecordType.response)):
            content_type = record.http_content_type or ""
            if number % every == 0 and "html" in content_type:
                url = record.headers["WARC-Target-URI"]
                headers = tuple((str(key), str(value)) for key, value in record.http_headers)
                pages.append(
                    FetchedPage(
                        url=url,
                        final_url=url,
                        fetched_at=now,
                        status=200,
                        headers=headers,
                        body=record.reader.read(),
                    )
                )
    return pages


def seconds(act: Callable[[FetchedPage], object], pages: Sequence[FetchedPage]) -> float:
    start = time.process_time()
    for page in pages:
        act(page)
    return time.process_time() - start


def where_time_goes(pages: Sequence[FetchedPage], rules: Rules, console: Console) -> None:
    profile = cProfile.Profile()
    profile.enable()
    for page in pages:
        judge(page, rules)
    profile.disable()
    found = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    whole = sum(cumulative for (file, _, name), (_, _, _, cumulative, _) in found.items() if name == "judge")
    table = Table(
        "step", "share of judge's time", title="Where the time goes (profiled; inner steps counted in outer)"
    )
    for (file, name), label in STEPS.items():
        spent = sum(
            row[3] for (path, _, own), row in found.items() if own == name and path.endswith("/" + file)
        )
        table.add_row(label, f"{spent / whole:.1%}")
    console.print(table)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--every", type=int, default=10, help="take every Nth page")
    parser.add_argument("--floor", action="store_true", help="fail where judge is too slow")
    args = parser.parse_args()
    if not PAGES.exists():
        sys.exit("the shared corpora are not here: nothing to measure")
    logging.disable(logging.CRITICAL)
    console, rules = Console(), Rules(phrases=load_phrases())
    pages = read_pages(args.every)

    def plain(page: FetchedPage) -> object:
        return bare_extraction(page.body, url=page.url, with_metadata=True, include_comments=False)

    def ours(page: FetchedPage) -> object:
        return judge(page, rules)

    find_date(
        "<html><body><p>veröffentlicht gestern, 4. juni 2020</p></body></html>"
    )  # dateparser starts: 1.5 s
    for page in pages[:TURN]:  # both load what they load once
        plain(page)
        ours(page)
    spent = {"judge": 0.0, "trafilatura with metadata": 0.0}
    for at in range(0, len(pages), TURN):
        turn = pages[at : at + TURN]
        spent["judge"] += seconds(ours, turn)
        spent["trafilatura with metadata"] += seconds(plain, turn)
    table = Table("", "pages/s of a core", "ms a page", title=f"{len(pages)} pages")
    for name, total in spent.items():
        table.add_row(name, f"{len(pages) / total:.1f}", f"{1000 * total / len(pages):.1f}")
    ratio = spent["trafilatura with metadata"] / spent["judge"]
    console.print(table, f"judge is {ratio:.2f} times as fast; floor {FLOOR}")
    where_time_goes(pages[: len(pages) // 2], rules, console)
    if args.floor and ratio < FLOOR:
        sys.exit(1)


if __name__ == "__main__":
    main()
