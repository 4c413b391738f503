"""The settings' part that fetching depends on."""

from __future__ import annotations

from config.settings import Settings
from connectors.web import WebOptions


def web_options(settings: Settings) -> WebOptions:
    """How to fetch, from the settings."""
    return WebOptions(
        contact=settings.contact,
        proxy=settings.proxy,
        ca_bundle=settings.ca_bundle,
        allow_private_hosts=settings.allow_private_hosts,
        delay_seconds=settings.delay_seconds,
        deadline_seconds=settings.deadline_seconds,
        max_page_bytes=settings.max_page_bytes,
    )
