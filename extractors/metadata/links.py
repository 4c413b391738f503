"""Addresses that a page declares: canonical, AMP, other languages' versions."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from extractors.addresses import is_deep, same_site

MAX_ALTERNATES = 60


def absolute(address: str, url: str) -> str:
    """The address as an absolute http URL; "" where it is none."""
    try:
        joined = urljoin(url, address.strip())
        return joined if urlsplit(joined).scheme in ("http", "https") and urlsplit(joined).hostname else ""
    except ValueError:
        return ""


def believable_canonical(claims: list[str], url: str) -> str:
    """The first claim that can be this page's address: same registrable site, not a home page.

    Content systems that fail declare their start page, or another site's copy, for every page.
    """
    for claim in claims:
        address = absolute(claim, url)
        if address and same_site(address, url) and (is_deep(address) or not is_deep(url)):
            return address
    return ""


def linked(links: tuple[HtmlElement, ...], relation: str) -> list[str]:
    """Targets of the link elements of a relation."""
    return [
        link.get("href") or ""
        for link in links
        if relation in (link.get("rel") or "").lower().split() and link.get("href")
    ]


def alternates(links: tuple[HtmlElement, ...], url: str) -> tuple[tuple[str, str], ...]:
    """Other languages' versions: language tag as declared, absolute URL."""
    found = [
        (link.get("hreflang") or "", absolute(link.get("href") or "", url))
        for link in links
        if link.get("hreflang") and "alternate" in (link.get("rel") or "").lower()
    ]
    return tuple(dict.fromkeys((language, target) for language, target in found if target))[:MAX_ALTERNATES]
