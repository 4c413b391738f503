"""Sums: each URL counted once, added up over batches, stored and read back."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_pages import fetched, story

from extractors import judge
from extractors.records import Cut, CutReason, Fate, Reason, Rejection
from flows.outcomes import KEPT_AS_FIELD, Outcome, Sums

NAMES = st.sampled_from(["a", "b", "c"])
COUNTS = st.dictionaries(NAMES, st.integers(min_value=1, max_value=9)).map(Counter)


@st.composite
def sums(draw):
    return Sums(
        fates=draw(COUNTS),
        sites=draw(st.dictionaries(NAMES, COUNTS)),
        languages=draw(COUNTS),
        reasons=draw(COUNTS),
        cuts=draw(COUNTS),
        cut_letters=draw(COUNTS),
        flags=draw(COUNTS),
        kept_letters=draw(st.integers(0, 99)),
        page_bytes=draw(st.integers(0, 99)),
        warnings=draw(st.lists(NAMES)),
    )


@given(sums())
def test_sums_are_read_as_they_were_written(one):
    assert Sums.from_json(json.loads(json.dumps(one.to_json()))) == one


@given(sums(), sums())
def test_adding_forgets_nothing_and_counts_nothing_twice(one, other):
    before = (one.pages, other.pages)
    total = Sums()
    total.add(one)
    total.add(other)
    assert total.pages == sum(before)
    assert total.fates == one.fates + other.fates
    assert {site: total.sites[site] for site in total.sites} == {
        site: one.sites.get(site, Counter()) + other.sites.get(site, Counter())
        for site in {*one.sites, *other.sites}
    }
    assert total.warnings == [*one.warnings, *other.warnings]
    assert (one.pages, other.pages) == before


def test_what_an_older_version_did_not_write_is_zero():
    assert Sums.from_json({"fates": {"stored": 2}}) == Sums(fates=Counter(stored=2))


def test_urls_are_counted_under_their_site():
    counted = Sums()
    counted.add_outcomes(
        Outcome(url=f"u{number}", site=site, fate=fate)
        for number, (site, fate) in enumerate(
            [("a", Fate.STORED), ("a", Fate.ROBOTS), ("b", Fate.STORED), ("b", Fate.STORED)]
        )
    )
    assert counted.pages == 4
    assert counted.fates == {"stored": 3, "robots": 1}
    assert counted.sites == {"a": {"stored": 1, "robots": 1}, "b": {"stored": 2}}


def test_text_that_became_a_field_is_no_debris():
    article = judge(fetched(story(1)))
    kept = replace(article, text="x" * 60, cuts=(Cut(text="y" * 40, reason=CutReason.CAPTION, rule=""),))
    counted = Sums()
    counted.add_article(kept)
    assert counted.cut_share == 0
    counted.add_article(replace(kept, text="", cuts=(Cut(text="z" * 40, reason=CutReason.SHARE, rule=""),)))
    assert counted.cut_share == pytest.approx(0.4)
    assert counted.cut_letters == {"caption": 40, "share": 40}


def test_every_kind_of_cut_that_becomes_a_field_has_one():
    assert {"title", "lead", "caption", "byline", "dateline", "date-line"} == set(KEPT_AS_FIELD)


def test_rejections_are_counted_by_reason():
    counted = Sums()
    counted.add_rejection(Rejection(url="u", reason=Reason.EMPTY, detail=""))
    assert counted.reasons == {"empty": 1}


def test_stray_bytes_do_not_get_into_an_outcome():
    outcome = Outcome(url="https://a/\udcff", site="a", fate=Fate.STORED, etag='"\udce4"', detail="naïve")
    for text in (outcome.url, outcome.etag, outcome.detail):
        text.encode()
    assert outcome.detail == "naïve"
    assert outcome.fate is Fate.STORED
