"""Articles and rejections as Parquet, and back."""

from __future__ import annotations

import io
from dataclasses import replace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors import shards
from connectors.errors import BadInput
from extractors.records import Article, Cut, CutReason, RawPlace, Reason, Rejection, ZoneSource

# A busy machine is no failure.
PATIENT = settings(deadline=None, suppress_health_check=list(HealthCheck))

ARTICLE = Article(
    id="0" * 32,
    content_hash="1" * 64,
    url="https://a.example/1",
    canonical_url="https://a.example/1",
    site="a",
    title="Վերնագիր",
    text="Առաջին\nԵրկրորդ",
    language="hy",
    fetched_at="2026-11-24T08:05:00Z",
    status=200,
    cuts=(Cut(text="Share", reason=CutReason.SHARE, rule="phrase:en:share"),),
    raw=RawPlace(shard="raw/x.warc.gz", offset=7),
)
REJECTION = Rejection(
    url="https://a.example/2", reason=Reason.TOO_SHORT, detail="83 letters of text, 250 wanted"
)

texts = st.text(st.characters(codec="utf-8"), max_size=20)
finite = st.floats(allow_nan=False)
integers = st.integers(-(2**63), 2**63 - 1)


def _any(record: type) -> st.SearchStrategy:
    with_types = {str: texts, int: integers, float: finite}
    for kind, strategy in with_types.items():
        st.register_type_strategy(kind, strategy)
    return st.from_type(record)


@pytest.fixture(autouse=True, scope="module")
def _plain_types_again():
    yield
    for kind in (str, int, float):
        st.register_type_strategy(kind, {str: st.text(), int: st.integers(), float: st.floats()}[kind])


@settings(PATIENT, max_examples=60)
@given(st.data())
def test_articles_come_back_exactly(data):
    written = data.draw(st.lists(_any(Article), max_size=3))
    assert shards.read_articles(shards.articles_to_parquet(written)) == written


@settings(PATIENT, max_examples=40)
@given(st.data())
def test_rejections_come_back_exactly(data):
    written = data.draw(st.lists(_any(Rejection), max_size=3))
    assert shards.read_rejections(shards.rejections_to_parquet(written)) == written


def test_the_same_articles_give_the_same_bytes():
    assert shards.articles_to_parquet([ARTICLE]) == shards.articles_to_parquet([ARTICLE])


def test_what_nests_is_nested_for_other_readers():
    table = pq.read_table(io.BytesIO(shards.articles_to_parquet([ARTICLE])))
    (row,) = table.to_pylist()
    assert row["cuts"] == [{"text": "Share", "reason": "share", "rule": "phrase:en:share", "place": ""}]
    assert row["raw"] == {"shard": "raw/x.warc.gz", "offset": 7}
    assert table.schema.field("authors").type == pa.list_(pa.string())
    assert table.schema.metadata[b"lrahos.schema_version"] == b"1"


def test_shards_are_small():
    data = shards.articles_to_parquet([ARTICLE] * 100)
    file = pq.ParquetFile(io.BytesIO(data))
    column = file.metadata.row_group(0).column(0)
    assert column.compression == "ZSTD"
    assert column.has_dictionary_page
    assert len(data) < 40_000


def test_lone_surrogates_do_not_stop_a_batch():
    data = shards.articles_to_parquet([replace(ARTICLE, title="a\ud800b")])
    assert shards.read_articles(data)[0].title == "a?b"


def test_columns_not_asked_for_are_empty():
    (found,) = shards.read_articles(shards.articles_to_parquet([ARTICLE]), ["id", "title"])
    assert (found.id, found.title, found.text, found.cuts, found.status) == (
        ARTICLE.id,
        "Վերնագիր",
        "",
        (),
        0,
    )
    (rejection,) = shards.read_rejections(shards.rejections_to_parquet([REJECTION]), ["url"])
    assert rejection.url == REJECTION.url


def test_a_field_that_came_later_has_its_default():
    table = pq.read_table(io.BytesIO(shards.articles_to_parquet([ARTICLE]))).drop_columns(["flags", "cuts"])
    target = io.BytesIO()
    pq.write_table(table, target)
    assert shards.read_articles(target.getvalue()) == [replace(ARTICLE, flags=(), cuts=())]


def test_articles_from_before_zones_have_none():
    zoned = replace(ARTICLE, published="2026-11-24T08:05:00Z", published_zone="+04:00")
    zones = [f"{name}_zone{end}" for name in ("published", "modified") for end in ("", "_source")]
    table = pq.read_table(io.BytesIO(shards.articles_to_parquet([zoned]))).drop_columns(zones)
    target = io.BytesIO()
    pq.write_table(table, target)
    (found,) = shards.read_articles(target.getvalue())
    assert found == replace(zoned, published_zone="")
    assert found.published_zone_source is ZoneSource.NONE


def test_a_field_that_went_is_passed_over():
    table = pq.read_table(io.BytesIO(shards.articles_to_parquet([ARTICLE])))
    target = io.BytesIO()
    pq.write_table(table.append_column("gone", pa.array(["x"])), target)
    assert shards.read_articles(target.getvalue()) == [ARTICLE]


def test_a_shard_of_a_newer_schema_is_told():
    table = pq.read_table(io.BytesIO(shards.articles_to_parquet([ARTICLE])))
    target = io.BytesIO()
    pq.write_table(table.replace_schema_metadata({b"lrahos.schema_version": b"99"}), target)
    with pytest.raises(BadInput, match="schema 99"):
        shards.read_articles(target.getvalue())


def test_a_reason_that_came_later_is_told():
    table = pq.read_table(io.BytesIO(shards.rejections_to_parquet([REJECTION])))
    position = table.schema.get_field_index("reason")
    target = io.BytesIO()
    pq.write_table(table.set_column(position, "reason", pa.array(["too-long"])), target)
    with pytest.raises(BadInput, match="too-long"):
        shards.read_rejections(target.getvalue())


@pytest.mark.parametrize("data", [b"", b"no parquet", shards.articles_to_parquet([ARTICLE])[:-9]])
def test_what_is_no_shard_is_told(data):
    with pytest.raises(BadInput):
        shards.read_articles(data)
