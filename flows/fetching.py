"""A batch's pages, fetched: each URL brings a page, or its fate."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from connectors.errors import GiveUp
from connectors.warc import pack_page
from connectors.web import Web
from extractors.records import Fate
from flows.batch_work import PackedPage
from flows.discovering import Discovery
from flows.outcomes import Outcome
from flows.plans import Batch, Target
from flows.progress import Watcher

if TYPE_CHECKING:  # it needs Playwright, which only sites that are rendered do
    from connectors.rendering import Renderer

NOT_MODIFIED = 304
# Of one rendered site: a page's scripts stand in the same queue as its other pages, and must not wait for all.
PAGES_AT_ONCE_WHERE_RENDERED = 2


@dataclass(slots=True)
class Budget:
    """What a run may fetch; 0 is no limit. URLs beyond it are not reached: the next run takes them."""

    pages: int = 0
    body_bytes: int = 0
    seconds: float = 0
    spent_pages: int = 0
    spent_bytes: int = 0
    started: float = field(default_factory=time.monotonic)

    def limit_reached(self) -> str:
        """Which limit is reached, in words; "" if none is."""
        if self.pages and self.spent_pages >= self.pages:
            return f"the run's {self.pages} pages are fetched"
        if self.body_bytes and self.spent_bytes >= self.body_bytes:
            return f"the run's {self.body_bytes} bytes are fetched"
        if self.seconds and time.monotonic() - self.started >= self.seconds:
            return f"the run's {self.seconds:g} seconds are over"
        return ""

    def spend(self, size: int) -> None:
        """Count a page and its bytes."""
        self.spent_pages += 1
        self.spent_bytes += size


class Fetcher:
    """Fetches the targets of batches over one session."""

    def __init__(
        self,
        web: Web,
        watcher: Watcher,
        *,
        delays: Mapping[str, float | None],
        discovery: Discovery,
        budget: Budget,
        renderers: Mapping[str, Renderer] | None = None,
    ) -> None:
        self._budget = budget
        self._web = web
        self._watcher = watcher
        self._delays = delays  # seconds between two requests, by site
        self._pages = discovery.pages
        self._failed = discovery.failed
        self._renderers = renderers or {}  # by site, for those that ask for it
        self._places = {site: asyncio.Semaphore(PAGES_AT_ONCE_WHERE_RENDERED) for site in self._renderers}

    async def fetch(self, batch: Batch) -> tuple[list[PackedPage], list[Outcome]]:
        """The batch's pages, compressed, in the plan's order, and the outcomes of all other targets."""
        ends = await asyncio.gather(*(self._end(target) for target in batch.targets))
        pages = [end for end in ends if isinstance(end, PackedPage)]
        return pages, [end for end in ends if isinstance(end, Outcome)]

    async def _end(self, target: Target) -> PackedPage | Outcome:
        renderer = self._renderers.get(target.site)
        if renderer is None:
            return await self._have(target)
        async with self._places[target.site]:
            return await self._have(target, renderer)

    async def _have(self, target: Target, renderer: Renderer | None = None) -> PackedPage | Outcome:
        if target.url in self._failed:
            return self._failed[target.url]
        page = self._pages.get(target.url)
        if page is None:
            if limit := self._budget.limit_reached():
                return Outcome(url=target.url, site=target.site, fate=Fate.NOT_REACHED, detail=limit)
            try:
                page = await self._web.fetch_patiently(
                    target.url,
                    etag=target.etag,
                    last_modified=target.last_modified,
                    delay_seconds=self._delays.get(target.site),
                )
            except GiveUp as error:
                return Outcome(url=target.url, site=target.site, fate=error.fate, detail=str(error))
        if page.status == NOT_MODIFIED:
            return Outcome(
                url=target.url,
                site=target.site,
                fate=Fate.UNCHANGED,
                detail="the server says that it has not changed",
                content_hash=target.content_hash,
                etag=target.etag,
                last_modified=target.last_modified,
            )
        self._budget.spend(len(page.body))
        self._watcher.fetched(1, len(page.body))
        if renderer is not None:
            page = await renderer.render(page, delay_seconds=self._delays.get(target.site))
        # in a thread: compressing frees the interpreter, and the other fetches go on
        record = await asyncio.to_thread(pack_page, page)
        return PackedPage(site=target.site, record=record, known_hash=target.content_hash)
