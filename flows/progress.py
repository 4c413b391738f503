"""What a run tells while it works: to a terminal, or to a log."""

from __future__ import annotations

import logging
import time
from contextvars import ContextVar
from typing import TYPE_CHECKING, Protocol

from flows.batch_work import Done

if TYPE_CHECKING:
    from connectors.web import Web

LOG_EVERY_SECONDS = 30.0


class Watcher(Protocol):
    """Hears how far a run is."""

    def phase(self, text: str) -> None:
        """What is being done now."""

    def total(self, batches: int, pages: int | None) -> None:
        """How much there is to do; pages only where they are known before."""

    def fetched(self, pages: int, size: int) -> None:
        """Pages that came in, and their bytes."""

    def done(self, batch: Done) -> None:
        """A batch is stored."""

    def crawling(self, web: Web | None) -> None:
        """Pages come from this session from now on; None: it is over."""


class LogWatcher:
    """A line for each phase, and one every half minute."""

    def __init__(self, logger: logging.Logger | logging.LoggerAdapter[logging.Logger]) -> None:
        self._logger = logger
        self._batches = self._stored = self._pages = 0
        self._total = 0
        self._last = time.monotonic()

    def phase(self, text: str) -> None:
        """Log it."""
        self._logger.info("%s", text)

    def total(self, batches: int, pages: int | None) -> None:
        """Log it."""
        self._total = batches
        self._logger.info("%d batches%s", batches, f", {pages} pages" if pages is not None else "")

    def fetched(self, pages: int, size: int) -> None:
        """Say nothing: a line a page is noise."""

    def crawling(self, web: Web | None) -> None:
        """Say nothing: who waits for whom changes by the second."""

    def done(self, batch: Done) -> None:
        """Log now and then."""
        self._batches += 1
        self._pages += batch.sums.pages
        self._stored += sum(batch.sums.languages.values())
        if time.monotonic() - self._last >= LOG_EVERY_SECONDS:
            self._last = time.monotonic()
            self._logger.info(
                "%d of %d batches, %d pages, %d articles stored",
                self._batches,
                self._total,
                self._pages,
                self._stored,
            )


# Set by the command line; a flow run by a worker finds none and logs.
watching: ContextVar[Watcher | None] = ContextVar("watching", default=None)
