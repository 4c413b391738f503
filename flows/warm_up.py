"""Imported by a judging process before its first batch: the slow imports, and one page judged."""

from __future__ import annotations

from datetime import UTC, datetime

from extractors import judge
from extractors.records import FetchedPage, Rules

_PAGE = b"<html><body><article><h1>One</h1><p>" + b"A sentence of a page that warms caches up. " * 20
judge(
    FetchedPage(
        url="https://example.org/one",
        final_url="https://example.org/one",
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=_PAGE,
    ),
    Rules(),
)
