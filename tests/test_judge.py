"""A page goes in, a verdict comes out, whatever the bytes."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors import Article, Reason, Rejection, Rules, judge
from extractors.records import CutReason
from tests.story_pages import PARAGRAPHS, TITLE, page, story

DUMP = "\n\n".join(["Accessibility links", TITLE, *PARAGRAPHS, "XS", "SM", "MD", "LG"])


def judged(markup: str, rules: Rules | None = None) -> Article:
    verdict = judge(page(markup), rules or Rules())
    assert isinstance(verdict, Article), verdict
    return verdict


def test_an_article_is_its_paragraphs_and_nothing_else():
    article = judged(story())
    assert article.text == "\n".join(PARAGRAPHS)
    assert article.title == TITLE
    assert article.structure == ("p",) * len(PARAGRAPHS)
    assert article.language == "en"


def test_everything_that_was_left_out_stands_in_the_ledger_with_its_reason():
    article = judged(story())
    reasons = {cut.text: cut.reason for cut in article.cuts}
    assert reasons["Accessibility links"] is CutReason.ACCESSIBILITY
    assert reasons[TITLE] is CutReason.TITLE
    assert reasons["Ferry strike ends after nine days"] is CutReason.RELATED
    assert reasons["XS"] is reasons["LG"] is CutReason.RESPONSIVE
    assert all(cut.rule and cut.place for cut in article.cuts)


@pytest.mark.parametrize(
    ("fetched", "reason"),
    [
        (page(story(), status=404), Reason.BAD_STATUS),
        (page(b""), Reason.EMPTY),
        (page(b" \n "), Reason.EMPTY),
        (page(b"<html><body></body></html>"), Reason.EMPTY),
        (page(b"%PDF-1.7 \x00\x01", content_type="application/pdf"), Reason.NOT_TEXT),
        (page(b"\x89PNG\r\n\x1a\n\x00\x00", content_type=""), Reason.NOT_TEXT),
        (page(b"<html><body><article><p>Soon more.</p></article></body></html>"), Reason.TOO_SHORT),
        (page(b"One line of text.", content_type="text/plain"), Reason.TOO_SHORT),
    ],
)
def test_a_page_without_a_story_is_rejected_with_its_reason(fetched, reason):
    verdict = judge(fetched)
    assert isinstance(verdict, Rejection)
    assert verdict.reason is reason
    assert verdict.detail


def test_a_text_dump_is_judged_line_by_line():
    verdict = judge(page(DUMP, content_type="text/plain"))
    assert isinstance(verdict, Article)
    assert verdict.title == TITLE
    assert verdict.text == "\n".join(PARAGRAPHS)
    assert verdict.extracted_by == "lines"


def test_a_language_that_the_site_refuses_is_rejected():
    rules = Rules(languages=("hy",), refuse_other_languages=True)
    verdict = judge(page(story()), rules)
    assert isinstance(verdict, Rejection)
    assert verdict.reason is Reason.OTHER_LANGUAGE


def test_a_verdict_does_not_depend_on_the_pages_before_it():
    first = judge(page(story()))
    for number in range(3):
        judge(page(story(f"<p>{PARAGRAPHS[number]} {PARAGRAPHS[number + 1]}</p>")))
    assert judge(page(story())) == first


def test_the_clock_of_the_page_and_its_debris_do_not_change_the_content_hash():
    one = judged(story(after='<div class="now">12:01:07</div>'))
    two = judged(story(after='<div class="now">12:04:55</div>'))
    assert one.content_hash == two.content_hash


def test_verdicts_can_be_sent_to_other_processes():
    for verdict in (judge(page(story())), judge(page(b""))):
        assert pickle.loads(pickle.dumps(verdict)) == verdict


def test_recurring_lines_of_the_site_are_cut():
    line = "The Aster Post is written by its readers and for its readers, every day of the year."
    rules = Rules()
    rules = replace(rules, profile=replace(rules.profile, recurring=frozenset({line.casefold()})))
    with_line = story("".join(f"<p>{text}</p>" for text in (*PARAGRAPHS, line)))
    assert line not in judged(with_line, rules).text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.binary(max_size=3_000),
    st.sampled_from(["text/html", "text/plain", "", "text/html; charset=utf-16", "x"]),
)
def test_any_bytes_get_a_verdict(body, content_type):
    assert isinstance(judge(page(body, content_type=content_type)), Article | Rejection)


_TAGS = [
    "p",
    "div",
    "a",
    "b",
    "span",
    "li",
    "ul",
    "table",
    "td",
    "tr",
    "button",
    "h1",
    "article",
    "figure",
    "img",
    "br",
]
_PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in _TAGS] + [f"</{tag}>" for tag in _TAGS]),
    st.sampled_from(PARAGRAPHS),
    st.sampled_from(
        [
            "<script>",
            "</script>",
            "<!--",
            "-->",
            "<style>",
            "&amp",
            "&#x0;",
            "<![CDATA[",
            "<p class='",
            '" id="x',
        ]
    ),
    st.text(max_size=40),
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_PIECES, max_size=60))
def test_broken_markup_gets_a_verdict(pieces):
    assert isinstance(judge(page("<html><body>" + "".join(pieces))), Article | Rejection)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_page_cut_off_or_torn_anywhere_gets_a_verdict(data):
    whole = story().encode()
    start = data.draw(st.integers(0, len(whole) - 1))
    end = data.draw(st.integers(start, len(whole)))
    torn = whole[:start] + data.draw(st.binary(max_size=20)) + whole[end:]
    assert isinstance(judge(page(torn)), Article | Rejection)


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 100_000 + PARAGRAPHS[0],
        "<b><i>" * 20_000 + PARAGRAPHS[0],
        "<table>" * 5_000 + "<tr><td>" * 5_000,
        "<table>" + "<tr><td>1</td><td>2</td></tr>" * 50_000 + "</table>",
        "<p>word</p>" * 100_000,
        "<br>" * 200_000,
        "<a href='#'>" * 50_000,
        "<p " + " ".join(f"a{number}=1" for number in range(50_000)) + ">x",
        "<p class='" + "article body " * 50_000 + "'>x</p>",
        "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><p>&b;&b;&b;</p>",
        "<p>" + "A" * 1_000_000 + "</p>",
        "<p>" + "A " * 300_000 + "</p>",
        "<img src='x' alt='y'>" * 50_000,
        "<button>" * 10_000 + "".join(f"<p>{text}</p>" for text in PARAGRAPHS),
    ],
    ids=lambda markup: markup[:24],
)
def test_hostile_markup_gets_a_verdict(markup):
    assert isinstance(judge(page(f"<html><body>{markup}</body></html>")), Article | Rejection)
