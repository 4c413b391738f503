"""Real pages at their real https URLs, through a proxy that answers from an archive, with faults.

Runs where such a proxy does: OFFLINE_WEB_PROXY=http://127.0.0.1:PORT OFFLINE_WEB_CA=FILE, and the
corpora beside the project. Every host's listed pages must come, whole, whatever fails on the first tries.
"""

import asyncio
import os
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from connectors.discovery import discover_url
from connectors.errors import GiveUp
from connectors.web import Web, WebOptions
from extractors.records import Fate

PAGES = Path(__file__).parents[2].parent / "shared" / "corpora" / "pages.warc.gz"
HOSTS = 20

pytestmark = [
    pytest.mark.corpora,
    pytest.mark.skipif(not PAGES.exists(), reason=f"{PAGES} is not there"),
    pytest.mark.skipif("OFFLINE_WEB_PROXY" not in os.environ, reason="OFFLINE_WEB_PROXY names no proxy"),
]


def archived() -> dict[str, dict[str, int]]:
    """Sizes of the archive's pages by origin and URL, of the first so many https hosts."""
    by_origin: dict[str, dict[str, int]] = defaultdict(dict)
    with PAGES.open("rb") as stream:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response):
            url = record.headers["WARC-Target-URI"]
            parts = urlsplit(url)
            is_list = parts.path in {"/robots.txt", "/sitemap.xml", "/feed.xml"}
            if parts.scheme == "https" and not is_list:
                if len(by_origin) == HOSTS and f"https://{parts.netloc}" not in by_origin:
                    break
                by_origin[f"https://{parts.netloc}"][url] = len(record.reader.read())
    return by_origin


async def test_every_listed_page_of_twenty_hosts_comes_whole_through_faults():
    wanted = archived()
    options = WebOptions(
        proxy=os.environ["OFFLINE_WEB_PROXY"],
        ca_bundle=os.environ.get("OFFLINE_WEB_CA", ""),
        contact="crawl@example.org",
        delay_seconds=0.2,
    )
    wrong: list[str] = []

    async def crawl(web: Web, origin: str) -> None:
        try:
            found = await discover_url(web, f"{origin}/")
        except GiveUp as error:
            if error.fate is not Fate.ROBOTS:
                wrong.append(str(error))
            return
        for one in found:
            page = one.page or await web.fetch_patiently(one.url)
            size = wanted[origin].get(one.url)
            if size is not None and size != len(page.body):
                wrong.append(f"{one.url}: {len(page.body)} of {size} bytes")

    async with Web(options) as web:
        await asyncio.gather(*(crawl(web, origin) for origin in wanted))
        assert web.traffic.requests > 3 * HOSTS
    assert wrong == []
