"""Seconds from the command to its first stored article, on a fresh machine and on one that has run before.

    python tests/benchmarks/benchmark_start.py [--times N]

Runs `lrahos demo` with an empty Prefect home (fresh) and again with the same one (second), a new bucket
each time, and watches the bucket for the first shard of articles.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table


def first_article(bucket: Path, prefect_home: Path) -> tuple[float, float]:
    """Seconds until there is a shard of articles, and until the command has ended."""
    environment = {**os.environ, "LRAHOS_BUCKET": f"file:{bucket}", "PREFECT_HOME": str(prefect_home)}
    environment.pop("PREFECT_API_URL", None)
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "flows.cli", "demo"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    stored = 0.0
    while process.poll() is None:
        if not stored and any(bucket.glob("articles/*/*/*.parquet")):
            stored = time.perf_counter() - start
        time.sleep(0.02)
    if process.returncode:
        raise SystemExit(f"lrahos demo ended with {process.returncode}")
    return stored, time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    times: dict[str, list[tuple[float, float]]] = {"fresh machine": [], "second time": []}
    for number in range(options.times):
        with tempfile.TemporaryDirectory() as name:
            home = Path(name) / "prefect"
            for what, measured in times.items():
                measured.append(first_article(Path(name) / f"{what}{number}".replace(" ", "-"), home))
    table = Table(title=f"lrahos demo, median of {options.times}, seconds from the command")
    for column in ("", "first article stored", "everything done"):
        table.add_column(column, justify="right" if column else "left")
    for what, pairs in times.items():
        stored, ended = (statistics.median(values) for values in zip(*pairs, strict=True))
        table.add_row(what, f"{stored:.1f}", f"{ended:.1f}")
    Console().print(table)


if __name__ == "__main__":
    main()
