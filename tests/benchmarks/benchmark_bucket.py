#!/usr/bin/env python3
"""What storing and reading costs: bucket, WARC, Parquet, archives. Prints a table; CPU where it matters."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from connectors import warc  # noqa: E402 - found by the line above
from connectors.archives import RawPage, is_story_candidate, plan_splits, read_split  # noqa: E402
from connectors.bucket import Bucket, S3Options, open_bucket  # noqa: E402
from connectors.shards import articles_to_parquet, read_articles  # noqa: E402
from extractors.records import Article, Cut, CutReason, FetchedPage, Image, RawPlace, Vote  # noqa: E402
from tests.servers import moto_server, rclone_server  # noqa: E402

CORPUS = ROOT.parent / "shared" / "corpora" / "pages.warc.gz"
OBJECTS = 200
OBJECT_BYTES = 300_000  # a shard of 100 articles
PAGES = 300


def main() -> None:
    """Print all figures."""
    argparse.ArgumentParser(description=__doc__).parse_args()  # takes none, and says so
    with tempfile.TemporaryDirectory() as folder:
        measure_bucket("directory", open_bucket(f"file:{folder}/bucket"))
        (Path(folder) / "rclone").mkdir()
        for name, server in (("moto", moto_server()), ("rclone", rclone_server(Path(folder) / "rclone"))):
            with server as running:
                os.environ.update(running.environment)
                running.make_bucket("benchmark")
                measure_bucket(name, open_bucket("s3://benchmark/b", S3Options(endpoint=running.endpoint)))
    measure_parquet()
    if CORPUS.exists():
        measure_archives()
    else:
        print(f"archives and WARC: skipped, no {CORPUS}")


def measure_bucket(name: str, bucket: Bucket) -> None:
    """Objects a second, of 300 kB, one thread and eight."""
    data, keys = os.urandom(OBJECT_BYTES), [f"a/{number}" for number in range(OBJECTS)]
    for threads in (1, 8):
        with ThreadPoolExecutor(threads) as pool:
            put = _wall(lambda pool=pool: list(pool.map(lambda key: bucket.put(key, data), keys)))
            got = _wall(lambda pool=pool: list(pool.map(bucket.get, keys)))
        print(
            f"{name:10} {threads} threads   put {OBJECTS / put:6.0f}/s   get {OBJECTS / got:6.0f}/s   (300 kB)"
        )
    conditional = _wall(lambda: [bucket.put_if_absent(f"lease/{key}", b"x") for key in keys])
    print(
        f"{name:10} put_if_absent {OBJECTS / conditional:6.0f}/s   conditions hold: {bucket.has_conditional_writes}"
    )


def measure_parquet() -> None:
    """A shard of 100 articles, each different."""
    words = ["".join(chr(97 + (number * step) % 26) for step in (3, 5, 7, 11, 13)) for number in range(500)]
    articles = [_article(number, words) for number in range(100)]
    data = articles_to_parquet(articles)
    write = _cpu(lambda: articles_to_parquet(articles), 20)
    read = _cpu(lambda: read_articles(data), 10)
    print(
        f"Parquet    100 articles: write {write * 1e3:.1f} ms, read {read * 1e3:.1f} ms of CPU, {len(data) / 1e3:.0f} kB"
    )


def measure_archives() -> None:
    """The shared corpus: read by splits, then some of its pages written as WARC at several levels."""
    started = time.process_time()
    splits = plan_splits(str(CORPUS), 100)
    planned = time.process_time() - started
    count = candidates = 0
    kept: list[RawPage] = []
    started = time.process_time()
    for split in splits:
        for item in read_split(split):
            if isinstance(item, RawPage):
                count += 1
                if is_story_candidate(item.page):
                    candidates += 1
                    if len(kept) < PAGES:
                        kept.append(item)
    seconds = time.process_time() - started
    print(
        f"archives   plan {planned * 1e3:.0f} ms; {count} records, {candidates} pages read in {seconds:.2f} s of CPU:"
    )
    print(f"           {candidates / seconds:.0f} pages/s, {seconds / candidates * 1e3:.2f} ms a page")
    measure_warc([item.page for item in kept], [item.member for item in kept])


def measure_warc(pages: list[FetchedPage], members: list[bytes]) -> None:
    """Writing raw shards: compressing anew, and copying members."""
    size = sum(len(page.body) for page in pages)
    print(f"WARC       {len(pages)} pages of {size / len(pages) / 1e3:.0f} kB")
    chosen = warc._GZIP_LEVEL
    for level in (1, 2, 3, 4, 6):
        warc._GZIP_LEVEL = level
        seconds, shard = _cpu(lambda: warc.write_warc(pages), 1), warc.write_warc(pages)[0]
        mark = " <- used" if level == chosen else ""
        print(
            f"           level {level}: {seconds / len(pages) * 1e3:.2f} ms a page, 1:{size / len(shard):.2f}{mark}"
        )
    warc._GZIP_LEVEL = chosen
    print(
        f"           zlib level 3: {_zlib_seconds(pages, 3) / len(pages) * 1e3:.2f} ms a page, bodies alone"
    )
    copied = _cpu(lambda: warc.join_members(members), 5)
    print(f"           copying members: {copied / len(pages) * 1e3:.3f} ms a page")
    shard, offsets = warc.write_warc(pages)
    back = _cpu(lambda: [warc.read_record(shard, offset) for offset in offsets], 1)
    print(f"           reading a record at its offset: {back / len(pages) * 1e3:.2f} ms")


def _zlib_seconds(pages: Iterable[FetchedPage], level: int) -> float:
    return _cpu(lambda: [zlib.compress(page.body, level) for page in pages], 1)


def _article(number: int, words: list[str]) -> Article:
    text = "\n".join(
        " ".join(words[(number * 31 + line * 17 + i) % 500] for i in range(40)) for line in range(15)
    )
    cut = Cut(
        text=f"Share this story {number}", reason=CutReason.SHARE, rule="structure:share", place="div.share"
    )
    return Article(
        id=f"{number:032x}",
        content_hash=f"{number:064x}",
        url=f"https://news.example/a/{number}.html",
        canonical_url=f"https://news.example/a/{number}.html",
        site="news.example",
        title=f"Title {number}",
        text=text,
        structure=("p",) * 15,
        language="en",
        fetched_at="2026-11-24T08:05:00Z",
        status=200,
        images=(Image(url=f"https://news.example/{number}.jpg", caption="A caption"),),
        language_evidence=(Vote(detector="pycld2", language="en", confidence=0.9),) * 3,
        cuts=tuple(replace(cut, text=f"{cut.text} {place}") for place in range(20)),
        raw=RawPlace(shard="raw/site=news/date=2026-11-24/r-000001.warc.gz", offset=number * 35_000),
    )


def _wall(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _cpu(work: Callable[[], object], times: int) -> float:
    started = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - started) / times


if __name__ == "__main__":
    main()
