"""The corpus read back by markers, and exported."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import asdict, replace

import pytest

from connectors import layout
from connectors.bucket import Bucket, open_bucket
from connectors.corpus import Versions, read_articles, read_rejections
from connectors.errors import BadInput
from connectors.export import export_jsonl, export_parquet, export_text
from connectors.markers import Marker, list_runs, read_markers, write_manifest, write_marker
from connectors.shards import articles_to_parquet, rejections_to_parquet
from connectors.shards import read_articles as read_shard
from extractors.records import Article, Reason, Rejection


@pytest.fixture
def bucket(tmp_path) -> Bucket:
    return open_bucket(f"file:{tmp_path}/corpus")


def article(number: int, **fields: object) -> Article:
    made = Article(
        id=f"{number:032x}",
        content_hash="",
        url=f"https://a.example/{number}",
        canonical_url="",
        site="a",
        title=f"Title {number}",
        text="One.\nTwo.",
        language="en",
        fetched_at="2026-11-24T08:00:00Z",
        status=200,
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def store(
    bucket: Bucket, run: str, batch: int, articles: list[Article], *, is_done: bool = True, started: str = ""
) -> None:
    keys = []
    for language in sorted({found.language for found in articles}):
        key = layout.articles_shard(language=language, date="2026-11-24", name="a", run=run, batch=batch)
        bucket.put(key, articles_to_parquet([found for found in articles if found.language == language]))
        keys.append(key)
    if is_done:
        write_marker(
            bucket,
            run,
            Marker(batch=batch, shards=tuple(keys), fates={"stored": len(articles)}, started=started or run),
        )


def titles(found: Iterator[Article]) -> list[str]:
    return [read.title for read in found]


def test_articles_come_back_in_the_order_in_which_they_were_stored(bucket):
    store(bucket, "r2", 0, [article(3)])
    store(bucket, "r1", 1, [article(2, language="hy"), article(1)])
    store(bucket, "r1", 0, [article(0)])
    assert list(read_articles(bucket)) == [article(0), article(1), article(2, language="hy"), article(3)]


def test_an_empty_bucket_has_no_articles(bucket):
    assert list(read_articles(bucket)) == []
    assert list(read_rejections(bucket)) == []


def test_a_batch_that_is_not_done_does_not_count(bucket):
    store(bucket, "r1", 0, [article(0)])
    store(bucket, "r1", 1, [article(1)], is_done=False)
    assert titles(read_articles(bucket)) == ["Title 0"]


def test_a_finished_run_is_read_by_its_manifest_alone(bucket):
    for batch in range(3):
        store(bucket, "r1", batch, [article(batch)])
    before = read_markers(bucket, "r1")
    assert write_manifest(bucket, "r1") == 3
    for key in list(bucket.list_keys(layout.batches("r1"))):
        bucket.delete(key)
    assert read_markers(bucket, "r1") == before
    assert len(list(read_articles(bucket))) == 3


def test_what_else_a_marker_holds_does_no_harm(bucket):
    store(bucket, "r1", 0, [article(0)])
    key = layout.marker("r1", 0)
    bucket.put(key, json.dumps({**json.loads(bucket.get(key)), "outcomes": [{"url": "x"}]}).encode())
    assert titles(read_articles(bucket)) == ["Title 0"]


def test_a_story_comes_once_in_the_version_fetched_last(bucket):
    store(bucket, "r1", 0, [article(1, title="new", fetched_at="2026-11-24T10:00:00Z")])
    store(bucket, "r2", 0, [article(1, title="from an archive", fetched_at="2020-01-01T00:00:00Z")])
    assert titles(read_articles(bucket)) == ["new"]
    assert titles(read_articles(bucket, versions=Versions.ALL)) == ["new", "from an archive"]


def test_a_story_under_two_urls_comes_as_often_as_the_reader_wants(bucket):
    store(
        bucket,
        "r1",
        0,
        [article(1, url="https://example.org/1"), article(1, url="https://example.org/1?from=feed")],
    )
    assert len(list(read_articles(bucket))) == 2
    assert len(list(read_articles(bucket, versions=Versions.NEWEST_OF_STORY))) == 1


def test_of_one_fetch_the_extraction_begun_last_counts(bucket):
    store(bucket, "a", 0, [article(1, title="today's code")], started="2026-11-24T12:00:00+00:00")
    store(bucket, "b", 0, [article(1, title="yesterday's code")], started="2026-11-23T12:00:00+00:00")
    assert titles(read_articles(bucket)) == ["today's code"]


def test_a_story_twice_in_one_shard_comes_once(bucket):
    store(bucket, "r1", 0, [article(1), article(1), article(2)])
    assert titles(read_articles(bucket)) == ["Title 1", "Title 2"]


def test_filters_look_at_the_newest_version(bucket):
    store(bucket, "r1", 0, [article(1, language="ru")])
    store(bucket, "r2", 0, [article(1, language="hy", fetched_at="2026-11-24T09:00:00Z")])
    assert list(read_articles(bucket, languages=["ru"])) == []
    assert len(list(read_articles(bucket, languages=["hy"]))) == 1


def test_filters_by_site_language_and_day(bucket):
    store(
        bucket,
        "r1",
        0,
        [
            article(1, published="2026-11-01T23:00:00Z"),
            article(2, published="2026-11-02", site="b"),
            article(3, language="zh-Hant", fetched_at="2026-11-03T00:00:00Z"),
        ],
    )
    assert titles(read_articles(bucket, sites=["b"])) == ["Title 2"]
    assert titles(read_articles(bucket, sites=["a", "b"], languages=["en"])) == ["Title 1", "Title 2"]
    assert titles(read_articles(bucket, languages=["zh-Hant"])) == ["Title 3"]
    assert titles(read_articles(bucket, since="2026-11-02")) == ["Title 2", "Title 3"]
    assert titles(read_articles(bucket, until="2026-11-02")) == ["Title 1", "Title 2"]
    assert titles(read_articles(bucket, since="2026-11-02", until="2026-11-02")) == ["Title 2"]


def test_only_the_columns_asked_for_are_read(bucket):
    store(bucket, "r1", 0, [article(1, authors=("A",))])
    (found,) = read_articles(bucket, columns=["title"])
    assert (found.title, found.site, found.text, found.authors) == ("Title 1", "a", "", ())


def test_rejections_come_back(bucket):
    made = Rejection(url="https://a.example/x", reason=Reason.MEDIA_PAGE, detail="12 letters", site="a")
    key = layout.rejected_shard(date="2026-11-24", name="a", run="r1", batch=0)
    bucket.put(key, rejections_to_parquet([made, replace(made, site="b")]))
    assert list(read_rejections(bucket)) == []
    write_marker(bucket, "r1", Marker(batch=0, rejected=(key,)))
    assert list(read_rejections(bucket, sites=["a"])) == [made]
    assert len(list(read_rejections(bucket))) == 2


def test_runs_are_listed(bucket):
    store(bucket, "r1", 0, [article(1)])
    store(bucket, "r2", 0, [article(1)])
    assert list(list_runs(bucket)) == ["r1", "r2"]


def test_json_lines_hold_every_field(tmp_path):
    file = tmp_path / "out.jsonl"
    assert export_jsonl([article(1, authors=("Ա",)), article(2)], str(file)) == 2
    first, second = map(json.loads, file.read_text("utf-8").splitlines())
    assert first == json.loads(json.dumps(asdict(article(1, authors=("Ա",)))))
    assert list(first)[:6] == ["url", "text", "title", "authors", "published", "language"]
    assert second["id"] == article(2).id
    assert "Ա" in file.read_text("utf-8")


def test_a_name_in_gz_is_compressed_and_repeatable(tmp_path):
    one, two = tmp_path / "1.jsonl.gz", tmp_path / "2.jsonl.gz"
    export_jsonl([article(1)], str(one))
    export_jsonl([article(1)], str(two))
    assert one.read_bytes() == two.read_bytes()
    assert one.read_bytes()[4:8] == bytes(4)  # no time in it
    assert json.loads(gzip.decompress(one.read_bytes()))["title"] == "Title 1"


def test_text_is_title_and_paragraphs(tmp_path):
    file = tmp_path / "out.txt"
    assert export_text([article(1), article(2, title="")], str(file)) == 2
    assert file.read_text() == "Title 1\n\nOne.\nTwo.\n\n\nOne.\nTwo.\n\n\n"


def test_parquet_is_a_shard_like_any(tmp_path):
    made = [article(number) for number in range(2500)]
    file = tmp_path / "out.parquet"
    assert export_parquet(iter(made), str(file)) == 2500
    assert read_shard(file.read_bytes()) == made
    assert export_parquet([], str(file)) == 0
    assert read_shard(file.read_bytes()) == []


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz", "out.parquet"])
def test_an_export_that_fails_leaves_what_was_there(tmp_path, name):
    def breaks() -> Iterator[Article]:
        yield article(1)
        raise BadInput("a broken shard")

    file = tmp_path / name
    file.write_bytes(b"before")
    write = export_parquet if name.endswith("parquet") else export_jsonl
    with pytest.raises(BadInput):
        write(breaks(), str(file))
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert file.read_bytes() == b"before"


def test_an_export_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(BadInput, match="cannot write"):
        export_jsonl([], str(tmp_path / "no such folder" / "out.jsonl"))
