"""What errors, slowness and size of an answer become: one fate each, and no page twice."""

from __future__ import annotations

import asyncio
import gzip
import time
import tracemalloc
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import brotli
import pytest
import zstandard

from connectors.errors import TryLater
from connectors.web import Web, WebOptions
from extractors.records import Fate
from tests import web_sessions
from tests.web_server import (
    PAGE,
    QUICK,
    FakeResolver,
    WebServer,
    closing,
    dripping,
    failing_first,
    fate_of,
    hang,
    redirect,
    reset,
    response,
    serving,
)

quick_backoff, server, client = web_sessions.quick_backoff, web_sessions.server, web_sessions.client


# --- what a bad answer becomes


async def test_a_304_that_nobody_asked_for_is_a_bad_response(server, client):
    server.routes["/a"] = response(status=304, kind="")
    assert await fate_of(client.fetch_patiently(server.url("/a"))) is Fate.BAD_RESPONSE


@pytest.mark.parametrize(
    ("status", "fate"),
    [
        (404, Fate.NOT_FOUND),
        (410, Fate.NOT_FOUND),
        (401, Fate.REFUSED),
        (403, Fate.REFUSED),
        (451, Fate.REFUSED),
        (418, Fate.REFUSED),
        (300, Fate.BAD_RESPONSE),
    ],
)
async def test_a_status_that_stays_ends_the_url(server, client, status, fate):
    server.routes["/a"] = response("x", status=status)
    assert await fate_of(client.fetch_patiently(server.url("/a"))) is fate
    assert len(server.asked("/a")) == 1


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
async def test_a_status_that_may_pass_is_tried_again(server, client, status):
    server.routes["/a"] = failing_first(2, response("x", status=status), PAGE)
    page = await client.fetch_patiently(server.url("/a"))
    assert page.status == 200
    assert len(server.asked("/a")) == 3
    assert client.traffic.retries == 2


async def test_a_host_that_fails_every_time_is_a_server_error(server, client):
    server.routes["/a"] = response("x", status=503)
    assert await fate_of(client.fetch_patiently(server.url("/a"))) is Fate.SERVER_ERROR
    assert len(server.asked("/a")) == 4


async def test_one_try_says_when_the_next_may_be(server, client):
    server.routes["/a"] = response("x", status=429, headers={"Retry-After": "17"})
    with pytest.raises(TryLater) as caught:
        await client.fetch(server.url("/a"))
    assert caught.value.after_seconds == 17
    assert caught.value.fate is Fate.SERVER_ERROR


async def test_a_retry_after_in_seconds_is_waited_for_by_the_whole_host(server, client):
    server.routes["/a"] = failing_first(1, response("x", status=503, headers={"Retry-After": "1"}), PAGE)
    await client.fetch(server.url("/"))
    first = asyncio.create_task(client.fetch_patiently(server.url("/a")))
    while not server.asked("/a"):
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)
    await asyncio.gather(first, client.fetch(server.url("/")))
    refused = server.asked("/a")[0].at
    later = [request.at for request in server.requests if request.at > refused]
    assert len(later) == 2
    assert min(later) - refused >= 0.95


async def test_a_retry_after_as_a_date_is_understood(server, client):
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    server.routes["/a"] = response("x", status=503, headers={"Retry-After": date})
    with pytest.raises(TryLater) as caught:
        await client.fetch(server.url("/a"))
    assert 90 < caught.value.after_seconds <= 100


async def test_a_host_that_wants_hours_of_rest_is_left_alone_for_the_run(server, client):
    server.routes["/a"] = response("x", status=429, headers={"Retry-After": "3000"})
    assert await fate_of(client.fetch_patiently(server.url("/a"))) is Fate.SERVER_ERROR
    assert await fate_of(client.fetch_patiently(server.url("/"))) is Fate.SERVER_ERROR
    assert not server.asked("/")


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", "video/mp4", "application/octet-stream"])
async def test_what_is_no_text_is_not_downloaded(server, client, kind):
    server.routes["/a"] = response(b"\0" * 500_000, kind=kind)
    assert await fate_of(client.fetch_patiently(server.url("/a"))) is Fate.NOT_TEXT
    assert client.traffic.received_bytes < 100_000


async def test_a_connection_reset_is_tried_again(server, client):
    server.routes["/a"] = failing_first(2, reset, PAGE)
    assert (await client.fetch_patiently(server.url("/a"))).status == 200
    assert len(server.asked("/a")) == 3


async def test_a_closed_port_is_unreachable(server):
    async with serving(WebServer()) as gone:
        closed = gone.url("/a")
    async with Web(WebOptions(**QUICK, tries=2)) as client:
        assert await fate_of(client.fetch_patiently(closed)) is Fate.UNREACHABLE


async def test_a_name_that_does_not_exist_is_unreachable():
    async with Web(WebOptions(**QUICK, tries=2), resolver=FakeResolver({})) as client:
        assert await fate_of(client.fetch_patiently("http://nowhere.example/")) is Fate.UNREACHABLE


async def test_a_dead_host_is_asked_no_more(server):
    server.routes["/robots.txt"] = response("", kind="text/plain")
    server.fallback = reset
    async with Web(WebOptions(**QUICK)) as client:
        fates = [await fate_of(client.fetch_patiently(server.url(f"/{n}"))) for n in range(20)]
    assert set(fates) == {Fate.UNREACHABLE}
    assert len(server.requests) <= 1 + 5


async def test_a_body_shorter_than_announced_is_torn(server, client):
    server.routes["/a"] = dripping_once(
        b"HTTP/1.1 200 X\r\nContent-Length: 1000\r\nContent-Type: text/html\r\n\r\nshort"
    )
    assert await fate_of(client.fetch_patiently(server.url("/a"))) is Fate.UNREACHABLE


async def test_a_compressed_body_that_ends_too_early_is_torn(server, client):
    whole = gzip.compress(b"".join(b"%d words " % n for n in range(2000)))
    server.routes["/a"] = response(whole[: len(whole) // 2], headers={"Content-Encoding": "gzip"})
    assert await fate_of(client.fetch_patiently(server.url("/a"))) is Fate.UNREACHABLE


async def test_a_page_cut_without_an_error_is_asked_for_again(server, client):
    whole = "<html><body>" + "<p>Words.</p>" * 100 + "</body></html>"
    server.routes["/a"] = failing_first(2, response(whole[:300]), response(whole))
    assert (await client.fetch_patiently(server.url("/a"))).body == whole.encode()


async def test_a_host_that_never_ends_its_pages_is_believed_after_two(server, client):
    for name in "abcd":
        server.routes[f"/{name}"] = response("<html><p>Words.")
        await client.fetch_patiently(server.url(f"/{name}"))
    assert [len(server.asked(f"/{name}")) for name in "abcd"] == [3, 3, 1, 1]


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "snappy", "gzip, gzip, gzip"])
async def test_a_broken_or_unknown_encoding_is_a_bad_response(server, client, encoding):
    server.routes["/a"] = response(b"\x1f\x8bno such thing" * 30, headers={"Content-Encoding": encoding})
    assert await fate_of(client.fetch(server.url("/a"))) is Fate.BAD_RESPONSE


async def test_headers_without_an_end_are_a_bad_response(server, client):
    server.routes["/a"] = dripping(b"HTTP/1.1 200 X\r\nX-Long: ", b"x" * 100_000, 0.0)
    assert await fate_of(client.fetch(server.url("/a"))) is Fate.BAD_RESPONSE


async def test_a_thousand_headers_are_a_bad_response(server, client):
    many = "".join(f"X-{n}: 1\r\n" for n in range(1000)).encode()
    server.routes["/a"] = dripping_once(b"HTTP/1.1 200 X\r\n" + many + b"\r\n")
    assert await fate_of(client.fetch(server.url("/a"))) is Fate.BAD_RESPONSE


async def test_what_is_no_http_is_a_bad_response(server, client):
    server.routes["/a"] = dripping_once(b"SSH-2.0-OpenSSH_9.0\r\n\r\n")
    assert await fate_of(client.fetch(server.url("/a"))) is Fate.BAD_RESPONSE


def dripping_once(raw: bytes):
    async def answer(_, writer):
        writer.write(raw)
        await writer.drain()

    return answer


# --- time


@pytest.mark.parametrize(
    "answer",
    [
        hang,
        dripping(b"HTTP/1.1 200 X\r\n", b"X-A: 1\r\n", 0.1),
        dripping(b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\n\r\n", b"x", 0.1),
    ],
    ids=["silence", "slow headers", "slow body"],
)
async def test_a_slow_answer_meets_its_deadline(server, client, answer):
    server.routes["/a"] = answer
    started = time.monotonic()
    with pytest.raises(TryLater) as caught:
        await client.fetch(server.url("/a"))
    assert caught.value.fate is Fate.TIMED_OUT
    assert time.monotonic() - started < 10  # an answer without a deadline never ends


async def test_redirects_share_one_deadline(server):
    async def slow(request, writer):
        await asyncio.sleep(0.3)
        number = int(request.target.removeprefix("/r"))
        writer.write(closing(redirect(f"/r{number + 1}")))
        await writer.drain()

    for number in range(20):
        server.routes[f"/r{number}"] = slow
    options = WebOptions(**{**QUICK, "deadline_seconds": 0.7}, max_redirects=20)
    async with Web(options) as client:
        with pytest.raises(TryLater) as caught:
            await client.fetch(server.url("/r0"))
    assert caught.value.fate is Fate.TIMED_OUT
    assert len(server.requests) < 6


# --- size


@pytest.mark.parametrize("length", ["Content-Length: 5000000\r\n", ""])
async def test_a_page_over_the_cap_is_refused_wherever_it_says_so(server, client, length):
    head = f"HTTP/1.1 200 X\r\nContent-Type: text/html\r\n{length}\r\n".encode()
    server.routes["/a"] = dripping(head, b"x" * 65536, 0.0)
    assert await fate_of(client.fetch(server.url("/a"))) is Fate.BAD_RESPONSE
    assert client.traffic.received_bytes < 2_000_000


def _zstd_bomb() -> bytes:
    return zstandard.ZstdCompressor(level=19).compress(bytes(200_000_000))


@pytest.mark.parametrize(
    ("encoding", "bomb"),
    [
        ("gzip", lambda: gzip.compress(bytes(60_000_000), 9)),
        ("deflate", lambda: zlib.compress(bytes(60_000_000), 9)),
        ("br", lambda: brotli.compress(bytes(60_000_000), quality=5)),
        ("zstd", _zstd_bomb),
        ("gzip, gzip", lambda: gzip.compress(gzip.compress(bytes(200_000_000), 9), 9)),
    ],
    ids=["gzip", "deflate", "br", "zstd", "twice"],
)
async def test_a_bomb_is_stopped_before_it_unfolds(server, client, encoding, bomb):
    server.routes["/a"] = response(bomb(), headers={"Content-Encoding": encoding})
    tracemalloc.start()
    try:
        assert await fate_of(client.fetch(server.url("/a"))) is Fate.BAD_RESPONSE
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 40_000_000
