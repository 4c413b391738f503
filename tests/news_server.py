"""A news site on loopback that a test can change while it is crawled by another process."""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from made_pages import Story, story
from web_server import Answer, Request, WebServer, response, serving

_START_SECONDS = 30


class NewsServer:
    """Pages with ETags; whoever asks with the right one gets 304."""

    def __init__(self) -> None:
        self._server = WebServer()

    @property
    def requests(self) -> list[Request]:
        """What was asked for, in order, robots.txt left out."""
        return [request for request in self._server.requests if request.target != "/robots.txt"]

    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [request.target for request in self.requests]

    def forget(self) -> None:
        """Forget what was asked for."""
        self._server.requests.clear()

    def url(self, path: str = "/") -> str:
        """The address of a path."""
        return self._server.url(path)

    def answer(self, path: str, answer: Answer) -> None:
        """Answer so."""
        self._server.routes[path] = answer

    def publish(self, path: str, body: str, kind: str = "text/html; charset=utf-8") -> str:
        """Put a page online, or another in its place; its URL."""
        tag = hashlib.sha256(body.encode()).hexdigest()[:16]
        whole = response(body, kind=kind, headers={"ETag": f'"{tag}"', "Connection": "close"})
        same = response(status=304, kind="", headers={"ETag": f'"{tag}"', "Connection": "close"})

        async def answer(request: Request, writer: asyncio.StreamWriter) -> None:
            writer.write(same if tag in request.headers.get("if-none-match", "") else whole)
            await writer.drain()

        self.answer(path, answer)
        return self.url(path)

    def story(self, number: int, *, revision: int = 0) -> Story:
        """Put a made story online, or a new revision of it in its place."""
        made = story(number, host=self.url("").rstrip("/"), revision=revision)
        self.publish("/" + made.url.split("/", 3)[3], made.html)
        return made

    def feed(self, path: str, stories: Sequence[Story]) -> str:
        """Put an RSS feed of these stories online; its URL."""
        items = "".join(f"<item><title>{one.title}</title><link>{one.url}</link></item>" for one in stories)
        text = f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{items}</channel></rss>'
        return self.publish(path, text, "application/rss+xml")

    def sitemap(self, path: str, stories: Sequence[Story], *, changed: str = "") -> str:
        """Put a sitemap of these stories online; its URL."""
        date = f"<lastmod>{changed}</lastmod>" if changed else ""
        entries = "".join(f"<url><loc>{one.url}</loc>{date}</url>" for one in stories)
        text = f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
        return self.publish(path, text, "application/xml")


@contextmanager
def news_server() -> Iterator[NewsServer]:
    """A site that is empty yet, served from a thread until the block ends."""
    news = NewsServer()
    loop = asyncio.new_event_loop()
    is_up, ending = threading.Event(), asyncio.Event()

    async def serve() -> None:
        async with serving(news._server):
            is_up.set()
            await ending.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
    thread.start()
    assert is_up.wait(_START_SECONDS)
    try:
        yield news
    finally:
        loop.call_soon_threadsafe(ending.set)
        thread.join()
        loop.close()
