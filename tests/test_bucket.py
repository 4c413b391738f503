"""The bucket in all its homes: a directory, moto with authentication on, rclone."""

from __future__ import annotations

import os
import pickle
import secrets
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from connectors.bucket import Bucket, BucketSpec, S3Options, open_bucket
from connectors.errors import BadInput, BucketRefused, MissingKey
from tests.servers import S3Server, free_port, moto_server, rclone_server

HOMES = ("directory", "moto", "rclone")


@pytest.fixture(scope="module")
def moto() -> Iterator[S3Server]:
    with moto_server() as server:
        server.make_bucket("corpus")
        yield server


@pytest.fixture(scope="module")
def rclone(tmp_path_factory) -> Iterator[S3Server]:
    with rclone_server(tmp_path_factory.mktemp("rclone")) as server:
        server.make_bucket("corpus")
        yield server


@pytest.fixture
def keys_of(monkeypatch):
    def use(server: S3Server) -> S3Options:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        return S3Options(endpoint=server.endpoint)

    return use


@pytest.fixture(params=HOMES)
def bucket(request, tmp_path, keys_of) -> Bucket:
    if request.param == "directory":
        return open_bucket(f"file:{tmp_path}/corpus")
    options = keys_of(request.getfixturevalue(request.param))
    return open_bucket(f"s3://corpus/{secrets.token_hex(4)}/news of the day", options)


@pytest.fixture
def store(moto, keys_of) -> S3Options:
    return keys_of(moto)


def test_what_was_put_is_got(bucket):
    bucket.put("articles/language=hy/a.parquet", b"\x00\xffbytes")
    assert bucket.get("articles/language=hy/a.parquet") == b"\x00\xffbytes"
    assert bucket.size("articles/language=hy/a.parquet") == 7
    assert bucket.exists("articles/language=hy/a.parquet")


def test_an_empty_object_is_one(bucket):
    bucket.put("a", b"")
    assert bucket.get("a") == b""
    assert bucket.get_range("a", 0, 10) == b""


def test_putting_again_overwrites(bucket):
    bucket.put("a", b"longer than the next")
    bucket.put("a", b"short")
    assert bucket.get("a") == b"short"


def test_a_missing_object_is_told_apart_from_a_refusal(bucket):
    bucket.put("folder/there", b"")
    for read in (bucket.get, bucket.get_with_etag, bucket.size, lambda key: bucket.get_range(key, 0, 1)):
        for key in ("not/there", "folder", "folder/there/below"):
            with pytest.raises(MissingKey):
                read(key)
    assert not bucket.exists("not/there")
    assert not bucket.exists("folder")


def test_a_range_ends_with_the_object(bucket):
    bucket.put("a", b"0123456789")
    assert bucket.get_range("a", 2, 3) == b"234"
    assert bucket.get_range("a", 8, 10) == b"89"
    assert bucket.get_range("a", 10, 10) == b""
    assert bucket.get_range("a", 50, 10) == b""
    assert bucket.get_range("a", 3, 0) == b""


def test_deleting_twice_is_no_error(bucket):
    bucket.put("a", b"1")
    bucket.delete("a")
    bucket.delete("a")
    assert not bucket.exists("a")


def test_put_if_absent_writes_once(bucket):
    assert bucket.put_if_absent("plan", b"first")
    assert not bucket.put_if_absent("plan", b"second")
    assert bucket.get("plan") == b"first"


def test_put_if_match_takes_the_version_it_saw(bucket):
    bucket.put("lease", b"mine")
    _, etag = bucket.get_with_etag("lease")
    assert bucket.put_if_match("lease", b"renewed", etag)
    assert not bucket.put_if_match("lease", b"too late", etag)
    assert bucket.get("lease") == b"renewed"
    bucket.delete("lease")
    assert not bucket.put_if_match("lease", b"gone", etag)
    assert not bucket.exists("lease")


def test_one_of_sixteen_wins(bucket):
    if not bucket.has_conditional_writes:
        pytest.skip("rclone ignores conditions, and says so")
    contents = [str(number).encode() for number in range(16)]
    with ThreadPoolExecutor(16) as pool:
        won = list(pool.map(lambda content: bucket.put_if_absent("lease", content), contents))
    assert won.count(True) == 1
    assert bucket.get("lease") == contents[won.index(True)]
    _, etag = bucket.get_with_etag("lease")
    with ThreadPoolExecutor(16) as pool:
        won = list(pool.map(lambda content: bucket.put_if_match("lease", content + b"!", etag), contents))
    assert won.count(True) == 1
    assert bucket.get("lease") == contents[won.index(True)] + b"!"


def test_a_store_says_whether_conditions_hold(moto, rclone, tmp_path, keys_of):
    assert open_bucket(f"file:{tmp_path}").has_conditional_writes
    assert open_bucket("s3://corpus", keys_of(moto)).has_conditional_writes
    unconditional = open_bucket("s3://corpus", keys_of(rclone))
    assert not unconditional.has_conditional_writes
    assert not list(unconditional.list_keys("check"))


def test_keys_come_sorted_by_their_bytes(bucket):
    names = ["b/1", "b/2/x", "b.c", "b-c", "B", "a/a", "a/ä", "a/z", "b/10"]
    for name in names:
        bucket.put(name, b"")
    assert list(bucket.list_keys("")) == sorted(names, key=str.encode)
    assert list(bucket.list_keys("b/")) == ["b/1", "b/10", "b/2/x"]
    assert list(bucket.list_keys("b/1")) == ["b/1", "b/10"]
    assert list(bucket.list_keys("a/ä")) == ["a/ä"]
    assert list(bucket.list_keys("nothing/")) == []
    assert list(bucket.list_folders("")) == ["a", "b"]
    assert list(bucket.list_folders("b/")) == ["2"]
    assert list(bucket.list_folders("nothing/")) == []


def test_more_keys_than_one_answer_holds_are_all_listed(store, monkeypatch):
    monkeypatch.setattr("connectors.bucket_s3._LISTED_AT_ONCE", 10)
    bucket = open_bucket("s3://corpus/many", store)
    names = [f"{number:05d}/x" for number in range(25)]
    for name in names:
        bucket.put(name, b"")
    assert list(bucket.list_keys("")) == names
    assert list(bucket.list_folders("")) == [name.removesuffix("/x") for name in names]


@pytest.mark.parametrize(
    "key",
    [
        "",
        "/a",
        "a/",
        "a//b",
        "..",
        "../a",
        "a/../../b",
        "a/./b",
        ".lock",
        "a/.tmp",
        "a\\b",
        "a\x00b",
        "a\nb",
        "x" * 300,
    ],
)
def test_a_key_that_is_no_plain_path_is_refused(bucket, key):
    for call in (bucket.get, bucket.delete, bucket.exists, lambda name: bucket.put(name, b"")):
        with pytest.raises(BadInput):
            call(key)


def test_a_bucket_crosses_into_other_processes(bucket):
    bucket.put("a", b"1")
    twin = pickle.loads(pickle.dumps(bucket))
    assert twin.get("a") == b"1"
    assert twin.url == bucket.url


def test_a_spec_opens_the_bucket(tmp_path):
    spec = pickle.loads(pickle.dumps(BucketSpec(url=f"file:{tmp_path}")))
    spec.open().put("a", b"1")
    assert (tmp_path / "a").read_bytes() == b"1"


def test_check_leaves_nothing_behind(bucket):
    bucket.check()
    assert list(bucket.list_keys("")) == []


@pytest.mark.parametrize("url", ["file:{0}/x", "file://{0}/x"])
def test_a_directory_has_several_spellings(tmp_path, url):
    open_bucket(url.format(tmp_path)).put("a", b"1")
    assert (tmp_path / "x" / "a").read_bytes() == b"1"


def test_a_relative_directory_lies_where_we_are(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    open_bucket("file:data").put("a", b"1")
    assert (tmp_path / "data" / "a").read_bytes() == b"1"


@pytest.mark.parametrize(
    "url", ["", "data", "file:", "file://host/data", "http://x/y", "s3:x", "s3://", "s3:///x", "s3://a b/c"]
)
def test_any_other_address_is_refused(url):
    with pytest.raises(BadInput):
        open_bucket(url)


def test_a_directory_that_cannot_be_written_says_so(tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(BucketRefused, match="file") as refusal:
        open_bucket(f"file:{tmp_path}/file/data").check()
    assert "\n" not in str(refusal.value)


def test_a_directory_never_shows_half_an_object(tmp_path, monkeypatch):
    bucket = open_bucket(f"file:{tmp_path}")
    bucket.put("a", b"whole")

    def full_disk(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(BucketRefused, match="No space left"):
        bucket.put("a", b"half")
    assert bucket.get("a") == b"whole"
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".tmp"] == []


def _refusal(url: str, options: S3Options) -> str:
    with pytest.raises(BucketRefused) as refusal:
        open_bucket(url, options).check()
    message = str(refusal.value)
    assert "\n" not in message
    return message


@pytest.mark.parametrize("home", ["moto", "rclone"])
def test_a_wrong_secret_is_one_clear_line(home, request, keys_of, monkeypatch):
    options = keys_of(request.getfixturevalue(home))
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", secrets.token_hex(16))
    assert "secret key is wrong" in _refusal("s3://corpus", options)


@pytest.mark.parametrize("home", ["moto", "rclone"])
def test_an_unknown_access_key_is_one_clear_line(home, request, keys_of, monkeypatch):
    options = keys_of(request.getfixturevalue(home))
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", secrets.token_hex(8))
    assert "does not know this access key" in _refusal("s3://corpus", options)


@pytest.mark.parametrize("home", ["moto", "rclone"])
def test_a_missing_bucket_is_one_clear_line(home, request, keys_of):
    options = keys_of(request.getfixturevalue(home))
    assert "there is no such bucket" in _refusal("s3://no-such-bucket", options)


def test_a_user_who_may_only_read_is_told(moto, keys_of):
    options = keys_of(moto.limited_to("s3:Get*"))
    assert "must allow" in _refusal("s3://corpus", options)


def test_no_credentials_are_told(store, monkeypatch):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    assert "AWS_ACCESS_KEY_ID" in _refusal("s3://corpus", store)


@pytest.mark.parametrize("home", ["moto", "rclone"])
@pytest.mark.parametrize("checksums", ["when_required", "when_supported"])
@pytest.mark.parametrize("addressing", ["auto", "path"])
def test_stores_are_spoken_to_as_they_like_it(home, checksums, addressing, request, keys_of):
    plain = keys_of(request.getfixturevalue(home))
    options = replace(plain, checksums=checksums, addressing=addressing, region="us-east-1")
    bucket = open_bucket("s3://corpus/modes", options)
    bucket.put("a", b"1" * 100_000)
    assert bucket.get("a") == b"1" * 100_000


def test_an_unknown_profile_is_told(store, monkeypatch):
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    assert "nobody" in _refusal("s3://corpus", store)


def test_an_endpoint_where_nobody_listens_is_told(store):
    assert "LRAHOS_S3_ENDPOINT" in _refusal(
        "s3://corpus", S3Options(endpoint=f"http://127.0.0.1:{free_port()}")
    )


def test_an_endpoint_without_scheme_is_told(store):
    assert "https://HOST:PORT" in _refusal("s3://corpus", S3Options(endpoint="127.0.0.1:9000"))


def test_an_endpoint_that_never_answers_is_told(store):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        options = S3Options(
            endpoint=f"http://127.0.0.1:{silent.getsockname()[1]}", read_seconds=0.2, attempts=1
        )
        assert "cannot be reached" in _refusal("s3://corpus", options)


def test_an_endpoint_that_is_no_store_is_told(store):
    class Nothing(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Nothing) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        options = S3Options(endpoint=f"http://127.0.0.1:{server.server_port}")
        assert "no S3 store" in _refusal("s3://corpus", options)
        server.shutdown()


def test_https_to_a_plain_endpoint_is_told(store):
    endpoint = store.endpoint.replace("http:", "https:")
    assert "TLS failed" in _refusal("s3://corpus", S3Options(endpoint=endpoint))
