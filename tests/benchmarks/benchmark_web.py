"""What fetching costs: CPU a page, and a thousand hosts at once.

    python tests/benchmarks/benchmark_web.py [HOSTS] [PAGES]

A server process of its own answers on as many loopback addresses as there are hosts (every address
under 127.0.0.0/8 is loopback on Linux), with pages of our own of about the size that news pages have,
compressed as they mostly are. Robots, queues, guard and decoding are all in the figures; TLS is not.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import multiprocessing
import random
import resource
import sys
import time
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from connectors.frontier import Frontier
from connectors.sitemaps import ListReader
from connectors.web import Web, WebOptions
from extractors.records import Fate

MAX_MILLISECONDS = 3.0  # of CPU a page
PAGE_BYTES = 200_000


def make_page() -> bytes:
    """A page of words without sense, with the proportions of markup and text of a news page."""
    words = [chr(97 + number % 26) * (2 + number % 9) for number in range(4000)]
    dice = random.Random(1)
    rows = []
    while sum(map(len, rows)) < PAGE_BYTES:
        text = " ".join(dice.choices(words, k=40))
        rows.append(
            f'<div class="row c{dice.random():.6f}"><p data-id="{dice.getrandbits(40)}">{text}</p></div>'
        )
    return ("<html><head><title>Page</title></head><body>" + "".join(rows) + "</body></html>").encode()


async def _serve(ready: Connection) -> None:
    packed = gzip.compress(make_page(), 6)
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n"
    page = head.format(len(packed)).encode() + packed
    missing = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                request = await reader.readuntil(b"\r\n\r\n")
                writer.write(missing if b"robots.txt" in request else page)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            writer.close()

    server = await asyncio.start_server(answer, "0.0.0.0", 0, backlog=4096)
    ready.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


def _run_server(ready: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (8192, 8192))
    asyncio.run(_serve(ready))


async def crawl(port: int, hosts: int, pages: int) -> None:
    """Fetch so many pages of so many hosts, and print what it took."""
    options = WebOptions(allow_private_hosts=True, delay_seconds=0.0, connections=2000)
    names = [f"127.{1 + number // 62500}.{number // 250 % 250}.{1 + number % 250}" for number in range(hosts)]
    open_now = most_open = 0

    async def visit(web: Web, host: str) -> int:
        nonlocal open_now, most_open
        open_now += 1
        most_open = max(most_open, open_now)
        plain = 0
        for number in range(pages):
            page = await web.fetch_patiently(f"http://{host}:{port}/a/{number}.html")
            plain += len(page.body)
        open_now -= 1
        return plain

    async with Web(options) as web:
        cpu, wall = time.process_time(), time.monotonic()
        sizes = await asyncio.gather(*(visit(web, host) for host in names))
        cpu, wall = time.process_time() - cpu, time.monotonic() - wall
        count = hosts * pages
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        each = 1000 * cpu / count
        print(f"{hosts} hosts, {most_open} at once, {count} pages, {web.traffic.requests} requests")
        print(f"  {sum(sizes) / 1e6:.0f} MB plain, {web.traffic.received_bytes / 1e6:.0f} MB over the wire")
        print(
            f"  {each:.2f} ms of CPU a page (floor: under {MAX_MILLISECONDS}), {count / wall:.0f} pages/s, peak {peak:.0f} MiB"
        )
        if each > MAX_MILLISECONDS:
            raise SystemExit("fetching costs more CPU than it may")


def read_sitemap(urls: int) -> None:
    """Read one sitemap of so many URLs as it would arrive."""
    row = b"<url><loc>https://news.example/a/some-slug-of-words/%d.html</loc><lastmod>2026-11-24</lastmod></url>"
    count = 0

    def take(_: object) -> None:
        nonlocal count
        count += 1

    reader = ListReader("https://news.example/sitemap.xml", take)
    reader.take(b"<urlset>")
    cpu = time.process_time()
    for start in range(0, urls, 1000):
        reader.take(b"".join(row % number for number in range(start, start + 1000)))
    cpu = time.process_time() - cpu
    print(f"sitemap of {count} URLs: {cpu:.1f} s of CPU, {1e6 * cpu / count:.1f} µs a URL")


def keep_frontier(stories: int) -> None:
    """Make, store and load the memory of a site with so many stories."""
    now = datetime(2026, 11, 24, tzinfo=UTC)
    frontier = Frontier()
    for number in range(stories):
        key = f"id:{number}"
        frontier.see(key, f"https://news.example/a/some-slug-of-words-{number % 977}/{number}.html", now)
    stored = frontier.to_parquet()
    del frontier
    start = time.monotonic()
    frontier = Frontier.from_parquet(stored)
    loaded = time.monotonic()
    frontier.due(now, 1000)
    chosen = time.monotonic()
    frontier.visited("id:1", Fate.STORED, now)
    frontier.to_parquet()
    written = time.monotonic()
    print(f"frontier of {stories} stories: {len(stored) / 1e6:.0f} MB, loaded in {loaded - start:.1f} s,")
    print(f"  1000 due chosen in {chosen - loaded:.2f} s, changed and stored in {written - chosen:.1f} s")


def main() -> None:
    """Run the server, crawl it, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("hosts", type=int, nargs="?", default=1000)
    parser.add_argument("pages", type=int, nargs="?", default=5, help="of each host")
    arguments = parser.parse_args()
    hosts, pages = arguments.hosts, arguments.pages
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(8192, hard), hard))
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=_run_server, args=(there,), daemon=True)
    server.start()
    port = here.recv()
    try:
        asyncio.run(crawl(port, 1, hosts * pages // 10))
        asyncio.run(crawl(port, hosts, pages))
    finally:
        server.terminate()
    read_sitemap(200_000)
    keep_frontier(1_000_000)


if __name__ == "__main__":
    main()
