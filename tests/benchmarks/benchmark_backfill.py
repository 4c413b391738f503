"""Pages a second: the whole backfill on two processes, beside judge and trafilatura on one.

    python tests/benchmarks/benchmark_backfill.py [--warc PAGES.warc.gz] [--every N]

The same pages in the same run, in turns, because the machine is noisy: read the ratios. Without the
shared corpora the demo site's pages are taken, many times over: quick pages, so a worse ratio.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import trafilatura
from rich.console import Console
from rich.table import Table

from config.debris_phrases import load_phrases
from connectors.archives import RawPage, is_story_candidate, plan_splits, read_split
from connectors.warc import write_warc
from extractors import FetchedPage, Rules, judge

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpora" / "pages.warc.gz"
PROCESSES = 2


def read_pages(path: Path) -> list[FetchedPage]:
    """The archive's HTML pages."""
    found = (item for split in plan_splits(str(path), 100) for item in read_split(split))
    return [item.page for item in found if isinstance(item, RawPage) and is_story_candidate(item.page)]


def demo_archive(folder: Path) -> Path:
    """An archive of the demo site's articles, each two hundred times under URLs of its own."""
    from dataclasses import replace
    from datetime import UTC, datetime

    from flows.demo_site.documents import find_document
    from flows.demo_site.stories import stories

    pages = []
    for story in stories():
        document = find_document(story.path, "https://demo.example")
        assert document is not None
        page = FetchedPage(
            url="",
            final_url="",
            fetched_at=datetime(2026, 11, 24, tzinfo=UTC),
            status=200,
            headers=(("Content-Type", document.content_type),),
            body=document.body,
        )
        urls = [f"https://demo{number}.example{story.path}" for number in range(200)]
        pages.extend(replace(page, url=url, final_url=url) for url in urls)
    path = folder / "demo.warc.gz"
    path.write_bytes(write_warc(pages)[0])
    return path


def seconds_of(work: Callable[[FetchedPage], object], pages: Iterable[FetchedPage]) -> float:
    """Wall seconds for all pages."""
    start = time.perf_counter()
    for page in pages:
        work(page)
    return time.perf_counter() - start


def extract_plainly(page: FetchedPage) -> object:
    """What plain trafilatura makes of a page, metadata included, comments off."""
    return trafilatura.bare_extraction(page.body, url=page.url, with_metadata=True, include_comments=False)


def run_backfill(archive: Path, folder: Path) -> dict[str, float]:
    """Seconds of the whole command, and what it says of itself."""
    environment = {
        **os.environ,
        "LRAHOS_BUCKET": f"file:{folder}/bucket",
        "LRAHOS_JOBS": str(PROCESSES),
        "PREFECT_HOME": f"{folder}/prefect",
    }
    environment.pop("PREFECT_API_URL", None)
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", "backfill", "--json", str(archive)],
        env=environment,
        capture_output=True,
        check=True,
    )
    report = json.loads(done.stdout)
    return {"command": time.perf_counter() - start, "run": report["seconds"], "pages": report["pages"]}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--warc", type=Path)
    parser.add_argument("--every", type=int, default=6, help="judge and trafilatura get each Nth page")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive = options.warc or (CORPUS if CORPUS.exists() else demo_archive(folder))
        pages = read_pages(archive)
        sample = pages[:: options.every]
        rules = Rules(phrases=load_phrases())
        for page in sample[:20]:  # imports, caches
            judge(page, rules)
            extract_plainly(page)
        # trafilatura, judge, backfill, judge, trafilatura: a machine that slows down slows all of them
        plain = seconds_of(extract_plainly, sample[0::2])
        ours = seconds_of(lambda page: judge(page, rules), sample[0::2])
        whole = run_backfill(archive, folder)
        ours += seconds_of(lambda page: judge(page, rules), sample[1::2])
        plain += seconds_of(extract_plainly, sample[1::2])
    show(archive, len(pages), len(sample), plain, ours, whole)


def show(archive: Path, pages: int, sample: int, plain: float, ours: float, whole: dict[str, float]) -> None:
    """The table of speeds and ratios."""
    table = Table(title=f"{archive.name}: {pages} HTML pages, {sample} of them one by one")
    table.add_column("what")
    for column in ("pages/s", "ms a page", "times trafilatura", "times judge"):
        table.add_column(column, justify="right")
    rates = {
        "trafilatura with metadata, one process": sample / plain,
        "judge, one process": sample / ours,
        f"whole backfill, {PROCESSES} processes, from command to exit": pages / whole["command"],
        f"whole backfill, {PROCESSES} processes, the run itself": pages / whole["run"],
    }
    for what, rate in rates.items():
        table.add_row(
            what,
            f"{rate:.1f}",
            f"{1000 / rate:.1f}",
            f"{rate * plain / sample:.2f}",
            f"{rate * ours / sample:.2f}",
        )
    Console().print(table)


if __name__ == "__main__":
    main()
