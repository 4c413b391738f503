"""Why a crawl has nothing to fetch: no news is the rule, and looks like a mistake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from connectors.revisits import NEVER
from flows.discovering import Discovery
from flows.memory import SiteMemory
from flows.plans import Target

if TYPE_CHECKING:
    from flows.crawl import CrawlOrder


def why_idle(
    order: CrawlOrder, memories: Mapping[str, SiteMemory], discovery: Discovery, targets: Sequence[Target]
) -> list[str]:
    """Why the run has nothing to fetch, in a sentence; none where it has, or where nothing could be read."""
    if targets or not order.sites or discovery.unread:
        return []
    visits = [
        visit
        for site in order.sites
        for visit in memories[site.name].visits(
            discovery.found.get(site.name, []), only_found=not site.is_whole
        )
    ]
    if not visits:
        return ["nothing to fetch: no story is listed"]
    known = f"nothing to fetch: {len(visits):,} {'story is' if len(visits) == 1 else 'stories are'} known"
    now = order.now.timestamp()
    if order.wanted.since and any(visit <= now for visit in visits):
        return [f"{known}, and none that is due is from {order.wanted.since} or later"]
    coming = min((visit for visit in visits if now < visit < NEVER), default=None)
    if coming is None:
        return [f"{known}, and none is visited again"]
    return [f"{known}, and the next visit is due at {datetime.fromtimestamp(coming, UTC):%Y-%m-%d %H:%M} UTC"]
