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
from flows.site_figures import SiteFigures

NAMES = st.sampled_from(["a", "b", "c"])
COUNTS = st.dictionaries(NAMES, st.integers(min_value=1, max_value=9)).map(Counter)


@st.composite
def figures(draw):
    steps = st.dictionaries(st.integers(0, 20), st.integers(1, 9)).map(Counter)
    return SiteFigures(
        listed=draw(st.none() | st.integers(0, 9)),
        languages=draw(COUNTS),
        reasons=draw(COUNTS),
        lengths=draw(steps),
        debris=draw(steps),
        review=draw(st.integers(0, 9)),
        untitled=draw(st.integers(0, 9)),
        unsigned=draw(st.integers(0, 9)),
        undated=draw(st.integers(0, 9)),
        newest=draw(st.sampled_from(["", "2026-11-24"])),
    )


@st.composite
def sums(draw):
    return Sums(
        fates=draw(COUNTS),
        sites=draw(st.dictionaries(NAMES, COUNTS)),
        figures=draw(st.dictionaries(NAMES, figures())),
        languages=draw(COUNTS),
        reasons=draw(COUNTS),
        cuts=draw(COUNTS),
        cut_letters=draw(COUNTS),
        flags=draw(COUNTS),
        accidents=draw(COUNTS),
        judged=draw(st.integers(0, 99)),
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
    assert total.accidents == one.accidents + other.accidents
    assert total.judged == one.judged + other.judged
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
    assert counted.to_json()["cut_share"] == pytest.approx(0.4)


def test_the_share_of_sums_is_made_of_all_their_letters():
    total = Sums(cut_letters=Counter(share=90), kept_letters=10)
    total.add(Sums(cut_letters=Counter(legal=10, lead=500), kept_letters=890))
    assert total.to_json()["cut_share"] == 0.1
    assert Sums().to_json()["cut_share"] == 0


def test_every_kind_of_cut_that_becomes_a_field_has_one():
    assert {"title", "lead", "caption", "byline", "dateline", "date-line"} == set(KEPT_AS_FIELD)


def test_rejections_are_counted_by_reason():
    counted = Sums()
    counted.add_rejection(Rejection(url="u", reason=Reason.EMPTY, detail=""))
    assert counted.reasons == {"empty": 1}
    assert not counted.accidents


def test_what_judging_did_is_told_from_what_pages_are():
    counted = Sums()
    for reason in (Reason.CRASHED, Reason.TIMED_OUT, Reason.CRASHED, Reason.TOO_BIG):
        counted.add_rejection(Rejection(url="u", reason=reason, detail=""))
    assert counted.accidents == {"crashed": 2, "timed-out": 1}


def test_pages_with_a_verdict_are_counted_as_judged():
    counted = Sums()
    counted.add_outcomes(
        [
            Outcome(url="u1", site="a", fate=Fate.STORED, id="1"),
            Outcome(url="u2", site="a", fate=Fate.REJECTED, detail="empty: no letters"),
            Outcome(url="u3", site="a", fate=Fate.UNCHANGED, id="3", detail="same text as stored"),
            Outcome(url="u4", site="a", fate=Fate.UNCHANGED, content_hash="0123"),  # the server's word
            Outcome(url="u5", site="a", fate=Fate.NOT_FOUND),
            Outcome(url="u6", site="a", fate=Fate.NOT_TEXT),
        ]
    )
    assert counted.judged == 3


def test_stray_bytes_do_not_get_into_an_outcome():
    outcome = Outcome(url="https://a/\udcff", site="a", fate=Fate.STORED, etag='"\udce4"', detail="naïve")
    for text in (outcome.url, outcome.etag, outcome.detail):
        text.encode()
    assert outcome.detail == "naïve"
    assert outcome.fate is Fate.STORED
