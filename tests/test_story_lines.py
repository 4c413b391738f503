"""What of stored articles profiles are learned from."""

from __future__ import annotations

import pytest

from connectors.errors import BadInput
from connectors.shards import articles_to_parquet
from connectors.story_lines import read_story_lines
from extractors.records import Article, Cut, CutReason


def article(text: str, **fields: object) -> Article:
    known = {"title": "A title", "structure": tuple("p" for _ in text.split("\n")), **fields}
    return Article(
        id="0" * 32,
        content_hash="1" * 64,
        url="https://news.example/1",
        canonical_url="https://news.example/1",
        site="valley",
        text=text,
        language="en",
        fetched_at="2026-11-24T08:00:00Z",
        status=200,
        near_duplicate_signature="00ff00ff00ff00ff",
        **known,
    )


def ends_of(text: str, **fields: object) -> tuple[str, ...]:
    return read_story_lines(articles_to_parquet([article(text, **fields)]))[0].ends


def test_the_last_lines_count_and_the_first_never_does():
    assert ends_of("one\ntwo\nthree\nfour\nfive\nsix") == ("three", "four", "five", "six")
    assert ends_of("one\ntwo") == ("two",)
    assert ends_of("one") == ()


def test_headings_title_and_lead_do_not_count():
    assert ends_of("one\ntwo\nthree", structure=("p", "h2", "p")) == ("three",)
    assert ends_of("one\nA title!\nthe lead\nfour", lead="The lead") == ("four",)


def test_debris_is_told_apart_from_what_is_the_storys_own():
    def cut(text: str, reason: CutReason) -> Cut:
        return Cut(text=text, reason=reason, rule="a rule")

    promo, note, menu = (
        "Become a member of ours today.",
        "All rights are kept by us, as ever.",
        "News, sport, weather, all",
    )
    shard = articles_to_parquet(
        [
            article("one\ntwo"),
            article("one\ntwo", cuts=(cut(menu, CutReason.NAVIGATION), cut(promo, CutReason.RECURRING))),
            article("one\ntwo", cuts=(cut(menu, CutReason.TITLE), cut("Share this", CutReason.SHARE))),
            article(
                "one",
                cuts=(cut(promo, CutReason.MODEL), cut(menu, CutReason.LEAD), cut(note, CutReason.LEGAL)),
            ),
        ]
    )
    assert [found.cut for found in read_story_lines(shard)] == [(), (promo,), (), (promo, note)]


def test_a_shard_without_articles_has_no_lines():
    assert read_story_lines(articles_to_parquet([])) == []


def test_what_is_no_shard_is_refused():
    with pytest.raises(BadInput, match="no Parquet"):
        read_story_lines(b"not a shard")
