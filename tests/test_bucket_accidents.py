"""The bucket when connections break, processes die and several write at once."""

from __future__ import annotations

import secrets
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from connectors.bucket import S3Options, open_bucket
from connectors.errors import BucketRefused
from tests.servers import S3Server, moto_server

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def moto() -> Iterator[S3Server]:
    with moto_server() as server:
        server.make_bucket("corpus")
        yield server


@pytest.fixture(autouse=True)
def _keys(moto, monkeypatch):
    for name, value in moto.environment.items():
        monkeypatch.setenv(name, value)


class BreakingProxy:
    """Passes bytes to a server and back; breaks the answer to a request that holds some words."""

    def __init__(self, server: S3Server) -> None:
        upstream = urlsplit(server.endpoint)
        self._upstream = (upstream.hostname, upstream.port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.endpoint = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.words = b"never"  # a request with these is broken off
        self.times = 0  # as often as this
        self.passed_bytes = 0  # of a broken answer
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client, socket.create_connection(self._upstream) as server:
            asked = b""
            while request := self._received(client, idle_seconds=0.05):
                server.sendall(request)
                asked += request
                answer = self._received(server, idle_seconds=0.2)
                is_interim = answer.startswith(b"HTTP/1.1 100 ")  # "go on": the body is still to come
                if not is_interim and self.words in asked and self.times > 0:
                    self.times -= 1
                    client.sendall(answer[: self.passed_bytes])
                    return
                client.sendall(answer)
                asked = asked if is_interim else b""

    @staticmethod
    def _received(connection: socket.socket, idle_seconds: float) -> bytes:
        """What comes until nothing more does for a moment."""
        connection.settimeout(None)
        data = connection.recv(1 << 20)
        connection.settimeout(idle_seconds)
        try:
            while piece := connection.recv(1 << 20):
                data += piece
        except TimeoutError:
            pass
        return data


@contextmanager
def breaking(server: S3Server) -> Iterator[BreakingProxy]:
    proxy = BreakingProxy(server)
    try:
        yield proxy
    finally:
        proxy.close()


def test_a_write_whose_answer_got_lost_is_known_as_our_own(moto):
    with breaking(moto) as proxy:
        bucket = open_bucket(f"s3://corpus/{secrets.token_hex(4)}", S3Options(endpoint=proxy.endpoint))
        assert bucket.has_conditional_writes
        proxy.words, proxy.times = b"If-None-Match", 1
        assert bucket.put_if_absent("lease", b"mine")
        assert proxy.times == 0
        proxy.times = 1
        assert not bucket.put_if_absent("lease", b"of another")
        assert bucket.get("lease") == b"mine"


def test_a_body_that_breaks_off_is_read_again(moto):
    with breaking(moto) as proxy:
        options = S3Options(endpoint=proxy.endpoint, attempts=3)
        bucket = open_bucket(f"s3://corpus/{secrets.token_hex(4)}", options)
        bucket.put("a", b"0123456789" * 1000)
        proxy.words, proxy.times, proxy.passed_bytes = b"GET ", 2, 3000
        assert bucket.get("a") == b"0123456789" * 1000
        assert proxy.times == 0
        proxy.times = 3
        with pytest.raises(BucketRefused) as refusal:
            bucket.get("a")
        assert "\n" not in str(refusal.value)


def _python(code: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, stdout=subprocess.PIPE, stdin=subprocess.PIPE
    )


COUNT = """
import sys
from connectors.bucket import open_bucket
bucket = open_bucket(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
won = sum(bucket.put_if_absent(f"lease/{n}", sys.argv[2].encode()) for n in range(20))
for _ in range(25):
    added = False
    while not added:
        count, etag = bucket.get_with_etag("count")
        added = bucket.put_if_match("count", b"%d" % (int(count) + 1), etag)
print(won, flush=True)
"""


def test_of_several_processes_one_wins_in_a_directory(tmp_path):
    bucket = open_bucket(f"file:{tmp_path}")
    bucket.put("count", b"0")
    processes = [_python(COUNT, f"file:{tmp_path}", str(number)) for number in range(4)]
    for process in processes:
        assert process.stdout.readline() == b"ready\n"
    for process in processes:
        process.stdin.write(b"go\n")
        process.stdin.flush()
    won = [int(process.communicate()[0]) for process in processes]
    assert bucket.get("count") == b"100"
    assert sum(won) == 20
    kept = [bucket.get(f"lease/{n}") for n in range(20)]
    assert [kept.count(str(number).encode()) for number in range(4)] == won


WRITE = """
import sys
from connectors.bucket import open_bucket
bucket = open_bucket(sys.argv[1])
for n in range(10**6):
    bucket.put(f"folder/{n % 5}", b"%d " % n * 100_000)
    if n == 5:
        print("running", flush=True)
"""


def test_a_process_that_is_killed_leaves_whole_objects_and_no_lock(tmp_path):
    process = _python(WRITE, f"file:{tmp_path}")
    assert process.stdout.readline() == b"running\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    bucket = open_bucket(f"file:{tmp_path}")
    keys = list(bucket.list_keys(""))
    assert keys == [f"folder/{n}" for n in range(5)]
    for key in keys:
        data = bucket.get(key)
        assert data == data[: len(data) // 100_000] * 100_000
    assert bucket.put_if_absent("new", b"")
