"""Fixtures of a web session against a server that misbehaves: ``server = web_sessions.server`` takes one over."""

from __future__ import annotations

import pytest

from connectors import pace, web
from connectors.web import Web, WebOptions
from tests.web_server import PAGE, QUICK, WebServer, serving


@pytest.fixture(autouse=True)
def quick_backoff(monkeypatch):
    monkeypatch.setattr(web, "_FIRST_BACKOFF_SECONDS", 0.01)
    monkeypatch.setattr(pace, "_FIRST_TROUBLE_SECONDS", 0.01)


@pytest.fixture
async def server():
    async with serving(WebServer()) as running:
        running.routes["/"] = PAGE
        yield running


@pytest.fixture
async def client():
    async with Web(WebOptions(**QUICK)) as opened:
        yield opened
