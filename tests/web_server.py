"""A web server on loopback that misbehaves on demand, and a listener that must stay silent.

Answers are raw bytes or coroutines that write what they like, because a well-made server library
would refuse to send most of what is needed here.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import struct
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import pytest
from aiohttp.abc import AbstractResolver

from connectors.errors import GiveUp
from extractors.records import Fate


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    target: str  # as in the request line: a path, or a whole URL where we act as a proxy
    method: str
    headers: dict[str, str]  # names in lower case
    at: float  # monotonic


Answer = bytes | Callable[[Request, asyncio.StreamWriter], Awaitable[None]]


def response(
    body: bytes | str = b"",
    *,
    status: int = 200,
    kind: str = "text/html; charset=utf-8",
    headers: dict[str, str] | None = None,
) -> bytes:
    """A well-formed response."""
    body = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}"]
    if kind:
        lines.append(f"Content-Type: {kind}")
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def closing(raw: bytes) -> bytes:
    """The response, saying that the connection ends with it, as coroutines' answers do."""
    return raw.replace(b"\r\n", b"\r\nConnection: close\r\n", 1)


def redirect(location: str, status: int = 302) -> bytes:
    return response(status=status, headers={"Location": location})


@dataclass
class WebServer:
    """Routes are paths (or whole URLs, as a proxy sees them); what has none gets 404."""

    host: str = "127.0.0.1"
    port: int = 0
    routes: dict[str, Answer] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    fallback: Answer = field(default_factory=lambda: response("nothing here", status=404))
    connections: int = 0

    def url(self, path: str = "/") -> str:
        return f"http://{self.host}:{self.port}{path}"

    def asked(self, target: str) -> list[Request]:
        return [request for request in self.requests if request.target == target]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                method, target, _ = head[0].split(" ", 2)
                pairs = (line.split(":", 1) for line in head[1:] if line)
                headers = {name.lower(): value.strip() for name, value in pairs}
                request = Request(target=target, method=method, headers=headers, at=time.monotonic())
                self.requests.append(request)
                answer = self.routes.get(target, self.fallback)
                if callable(answer):
                    await answer(request, writer)
                    break
                writer.write(answer)
                await writer.drain()
        with contextlib.suppress(ConnectionError):
            writer.close()


@contextlib.asynccontextmanager
async def serving(server: WebServer, tls: ssl.SSLContext | None = None) -> AsyncIterator[WebServer]:
    """Run the server on a free port of its host."""
    listener = await asyncio.start_server(server._serve, server.host, server.port, ssl=tls)
    server.port = listener.sockets[0].getsockname()[1]
    tasks_before = asyncio.all_tasks()
    try:
        yield server
    finally:
        listener.close()
        left = [task for task in asyncio.all_tasks() - tasks_before if "_serve" in repr(task.get_coro())]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)


def dripping(head: bytes, drop: bytes, seconds: float) -> Answer:
    """Send the head, then a little every so often, for ever."""

    async def drip(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while True:
            writer.write(drop)
            await writer.drain()
            await asyncio.sleep(seconds)

    return drip


async def reset(_: Request, writer: asyncio.StreamWriter) -> None:
    """Break the connection with RST instead of an answer."""
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def hang(_: Request, writer: asyncio.StreamWriter) -> None:
    """Say nothing."""
    await asyncio.sleep(3600)


def failing_first(times: int, failure: bytes | Answer, then: bytes) -> Answer:
    """Fail so many times, then answer well."""
    count = 0

    async def answer(request: Request, writer: asyncio.StreamWriter) -> None:
        nonlocal count
        count += 1
        chosen = failure if count <= times else then
        if callable(chosen):
            await chosen(request, writer)
            return
        writer.write(closing(chosen))
        await writer.drain()

    return answer


class FakeResolver(AbstractResolver):
    """Names of our own choosing."""

    def __init__(self, names: dict[str, list[str]]) -> None:
        self.names = names
        self.asked: list[str] = []

    async def resolve(self, host, port=0, family=socket.AF_INET):
        self.asked.append(host)
        if host not in self.names:
            raise OSError(f"no such name: {host}")
        return [
            {
                "hostname": host,
                "host": address,
                "port": port,
                "family": socket.AF_INET6 if ":" in address else socket.AF_INET,
                "proto": 0,
                "flags": socket.AI_NUMERICHOST,
            }
            for address in self.names[host]
        ]

    async def close(self) -> None:
        return None


PAGE = response("<html><body><p>A page of our own.</p></body></html>")
QUICK = {
    "allow_private_hosts": True,
    "delay_seconds": 0.0,
    "deadline_seconds": 1.0,
    "connect_seconds": 1.0,
    "read_seconds": 0.5,
    "max_page_bytes": 1_000_000,
}


async def fate_of(call) -> Fate:
    with pytest.raises(GiveUp) as caught:
        await call
    return caught.value.fate
