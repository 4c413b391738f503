"""Memory of a long backfill: all processes of one command, from its first page to its last.

    python tests/benchmarks/benchmark_memory.py [--warc PAGES.warc.gz] [--pages 20000]

The archive's pages are written again and again under addresses of their own until there are enough of
them. What counts is the slope: resident memory may not grow with the pages that went by.

Measured on 20,000 of the corpora's pages, two judging processes: the main process has 304 MB in the second
quarter and 306 in the last, all together 1,175 in both. Learning profiles at the end takes 85 MB more. While
the main process kept the outcomes of all batches until the end, it grew by 2.4 MB a 1,000 pages (12,000 pages).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count, islice
from pathlib import Path

from benchmark_backfill import CORPUS, PROCESSES, demo_archive, read_pages
from rich.console import Console
from rich.table import Table

from connectors.warc import write_warc
from extractors import FetchedPage

PAGE = os.sysconf("SC_PAGE_SIZE")
PAUSE = 1.0  # seconds between two looks
AT_ONCE = 500  # pages packed at a time
ROWS = 20


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the running command; memory in MB."""

    batches: int
    main: float
    workers: tuple[float, ...]


def again_and_again(pages: list[FetchedPage]) -> Iterator[FetchedPage]:
    """The pages, then the same under other addresses, without end."""
    for turn in count():
        for page in pages:
            url = f"{page.url}{'&' if '?' in page.url else '?'}turn={turn}"
            yield replace(page, url=url, final_url=url)


def write_archive(path: Path, pages: list[FetchedPage], wanted: int) -> None:
    """So many pages in one WARC file; it is written piece by piece."""
    endless = islice(again_and_again(pages), wanted)
    with path.open("wb") as file:
        while piece := list(islice(endless, AT_ONCE)):
            file.write(write_warc(piece)[0])


def resident(process: int) -> float:
    """MB in memory; 0 once it is gone."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE / 1e6
    except (OSError, IndexError):
        return 0.0


def children(process: int) -> list[int]:
    """Of a process, with theirs."""
    try:
        own = [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []
    return own + [below for child in own for below in children(child)]


def watch(archive: Path, folder: Path) -> list[Look]:
    """Run the backfill and look at it until it ends."""
    environment = {
        **os.environ,
        "LRAHOS_BUCKET": f"file:{folder}/bucket",
        "LRAHOS_JOBS": str(PROCESSES),
        "PREFECT_HOME": f"{folder}/prefect",
    }
    environment.pop("PREFECT_API_URL", None)
    command = [sys.executable, "-m", "flows.cli", "backfill", "--json", str(archive)]
    looks = []
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as running:
        while running.poll() is None:
            batches = len(list((folder / "bucket" / "runs").glob("*/batches/*.json")))
            workers = tuple(sorted(filter(None, map(resident, children(running.pid))), reverse=True))
            looks.append(Look(batches, resident(running.pid), workers))
            time.sleep(PAUSE)
        if running.returncode:
            raise SystemExit(f"the backfill ended with {running.returncode}")
    return looks


def mean_of(looks: list[Look], low: float, high: float) -> Look:
    """The mean look at a part of the run, from ``low`` to ``high`` of its batches."""
    last = max(look.batches for look in looks)
    inside = [look for look in looks if low * last <= look.batches < high * last]
    count = max(1, len(inside))
    return Look(
        batches=round(sum(look.batches for look in inside) / count),
        main=sum(look.main for look in inside) / count,
        workers=(sum(sum(look.workers) for look in inside) / count,),
    )


def show(looks: list[Look], pages: int) -> None:
    """A table over the run, with a bar for all processes together."""
    last = max(look.batches for look in looks)
    table = Table(title=f"{pages} pages, {PROCESSES} judging processes: resident memory in MB")
    for column in ("batches done", "main", "largest worker", "all", ""):
        table.add_column(column, justify="left" if not column else "right")
    most = max(look.main + sum(look.workers) for look in looks)
    for row in range(ROWS + 1):
        look = next(look for look in looks if look.batches * ROWS >= last * row)
        whole = look.main + sum(look.workers)
        figures = (look.batches, look.main, max(look.workers, default=0), whole)
        table.add_row(*(f"{figure:,.0f}" for figure in figures), "█" * round(30 * whole / most))
    Console().print(table)
    second, latter = mean_of(looks, 0.25, 0.5), mean_of(looks, 0.75, 1.0)
    between = max(1, latter.batches - second.batches) * pages / last / 1000  # thousands of pages
    for name, low, high in (
        ("main process", second.main, latter.main),
        ("all processes", second.main + sum(second.workers), latter.main + sum(latter.workers)),
    ):
        print(
            f"{name}: {low:,.0f} MB in the second quarter, {high:,.0f} in the last: "
            f"{(high - low) / between:+.2f} MB a 1,000 pages"
        )
    print(f"most: {most:,.0f} MB")


def main() -> None:
    """Write the archive, run, show."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--warc", type=Path)
    parser.add_argument("--pages", type=int, default=20_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = read_pages(options.warc or (CORPUS if CORPUS.exists() else demo_archive(folder)))
        archive = folder / "long.warc.gz"
        write_archive(archive, pages, options.pages)
        del pages
        show(watch(archive, folder), options.pages)


if __name__ == "__main__":
    main()
