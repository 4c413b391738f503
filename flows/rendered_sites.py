"""The browser of a run: started only where one of its sites asks for rendering."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from config.settings import Settings
from connectors.chromium import find_chromium
from connectors.web import Web
from flows.crawl_sites import CrawlSite

if TYPE_CHECKING:
    from connectors.rendering import Renderer


@asynccontextmanager
async def renderers_by_site(
    settings: Settings, web: Web, sites: Sequence[CrawlSite]
) -> AsyncIterator[dict[str, Renderer]]:
    """The renderer of each site that asks for one; all have the same.

    Raises ``BadInput`` if Playwright or the browser is missing, or does not start.
    """
    names = [site.name for site in sites if site.renders]
    if not names:
        yield {}
        return
    chromium = find_chromium(settings.chromium, names[0])
    from connectors.rendering import Renderer  # noqa: PLC0415  # it imports Playwright, an extra

    async with Renderer(web, chromium) as renderer:
        yield dict.fromkeys(names, renderer)
