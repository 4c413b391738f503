"""The settings' part that fetching depends on."""

from __future__ import annotations

from collections.abc import Iterable

from config.settings import Settings
from connectors.addresses import WEB_PORTS
from connectors.web import WebOptions


def web_options(settings: Settings, ports: Iterable[int] = ()) -> WebOptions:
    """How to fetch, from the settings; ``ports`` are those that site files allow besides the web's own."""
    return WebOptions(
        ports=WEB_PORTS | frozenset(ports),
        contact=settings.contact,
        proxy=settings.proxy,
        ca_bundle=settings.ca_bundle,
        allow_private_hosts=settings.allow_private_hosts,
        delay_seconds=settings.delay_seconds,
        deadline_seconds=settings.deadline_seconds,
        max_page_bytes=settings.max_page_bytes,
    )
