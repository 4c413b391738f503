"""The demo site on a loopback port."""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from aiohttp import web

from flows.demo_site.documents import find_document

HOST = "127.0.0.1"
STOP_SECONDS = 10


@asynccontextmanager
async def serve(port: int = 0) -> AsyncIterator[str]:
    """Serve the site until the block ends; gives its base URL, "http://127.0.0.1:PORT".

    Args:
        port: 0 takes a free one.

    Raises:
        OSError: the port is taken.
    """
    application = web.Application()
    application.router.add_get("/{path:.*}", _answer)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, port).start()
        yield f"http://{HOST}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@contextmanager
def serve_in_thread(port: int = 0) -> Iterator[str]:
    """The same for callers without an event loop: the site runs in a thread of its own.

    Raises:
        OSError: the port is taken.
    """
    thread = _Serving(port)
    thread.start()
    try:
        yield thread.base_url()
    finally:
        thread.stop()


class _Serving(threading.Thread):
    """Holds the loop that serves."""

    def __init__(self, port: int) -> None:
        super().__init__(name="demo-site", daemon=True)
        self._port = port
        self._loop = asyncio.new_event_loop()
        self._ending = asyncio.Event()
        self._is_up = threading.Event()
        self._base_url = ""
        self._error: OSError | None = None

    def run(self) -> None:
        try:
            self._loop.run_until_complete(self._serve())
        except OSError as error:
            self._error = error
        finally:
            self._loop.close()
            self._is_up.set()

    def base_url(self) -> str:
        self._is_up.wait()
        if self._error:
            raise self._error
        return self._base_url

    def stop(self) -> None:
        if self.is_alive():
            self._loop.call_soon_threadsafe(self._ending.set)
        self.join(STOP_SECONDS)

    async def _serve(self) -> None:
        async with serve(self._port) as self._base_url:
            self._is_up.set()
            await self._ending.wait()


async def _answer(request: web.Request) -> web.Response:
    document = find_document(request.path, str(request.url.origin()))
    if document is None:
        return web.Response(status=404, text="There is nothing here.")
    etag = hashlib.sha256(document.body).hexdigest()[:32]
    headers = {"ETag": f'"{etag}"', "Cache-Control": "max-age=60"}
    if any(known.value in (etag, "*") for known in request.if_none_match or ()):
        return web.Response(status=304, headers=headers)
    return web.Response(body=document.body, headers={**headers, "Content-Type": document.content_type})
