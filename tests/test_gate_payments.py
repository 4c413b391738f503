"""A story that a payment cuts off is no article; short news that is whole is one, whatever a site sells."""

import json

import pytest

from extractors.records import Article, Reason, Rejection
from tests.test_gate_errors import judged

OPENING = (
    "It is six o'clock, and Marcel Audoin climbs down into his well with a lamp. Forty centimetres of water are left.",
    "Last year on the same day he had three metres, he says when he is up again, and his boots are dry.",
)
WALL = "<p>You have read a tenth of this story.</p><p>Already a reader? Come in. Or try us for a month for one coin.</p>"


def told(*, is_free):
    node = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "The war of the wells",
        "isAccessibleForFree": is_free,
        "datePublished": "2026-09-09T05:00:00Z",
    }
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def story(below="", *, above="", head="", paragraphs=OPENING):
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The war of the wells</title>{head}</head>'
        f"<body><header><nav><a>News</a><a>Sport</a></nav>{above}</header><main><article><h1>The war of the wells</h1>"
        f"{text}{below}</article></main></body></html>"
    )


@pytest.mark.parametrize(
    "name", ["paywall", "articlePaywall", "subscription-wall", "premium-gate", "metered-end"]
)
@pytest.mark.parametrize(
    "head",
    [
        told(is_free=False),
        '<meta property="og:type" content="article"><meta property="article:content_tier" content="locked">',
    ],
    ids=["structured data", "meta"],
)
def test_two_paragraphs_that_end_in_a_wall_are_a_stub(name, head):
    verdict = judged(story(f'<div class="{name}">{WALL}</div>', head=head))
    assert isinstance(verdict, Rejection)
    assert verdict.reason is Reason.PAYWALL


WALLED = f'<div class="paywall">{WALL}</div>'
MORE = tuple(
    f"The {place} has the same trouble, says its mayor, who counts the days until the prefect decides about the water of {place}."
    for place in ("mill", "golf course", "school", "brewery", "lower town")
)
WHOLE = {
    "no wall": story(head=told(is_free=False)),
    "a wall that free pages hide": story(WALLED, head=told(is_free=True)),
    "a wall above": story(above=WALLED, head=told(is_free=False)),
    "an empty wall": story('<div class="paywall"></div>', head=told(is_free=False)),
    "text below the wall": story(f"{WALLED}<p>{MORE[0]}</p><p>{MORE[1]}</p>", head=told(is_free=False)),
    "a long text": story(WALLED, head=told(is_free=False), paragraphs=OPENING + MORE),
}


@pytest.mark.parametrize("name", WHOLE)
def test_short_news_that_is_whole_is_kept(name):
    assert isinstance(judged(WHOLE[name]), Article)


def test_a_sentence_that_sends_readers_to_the_till_is_told():
    head = '<meta property="og:type" content="article">'
    verdict = judged(story("<p>This article is for subscribers only.</p>", head=head))
    assert isinstance(verdict, Article)
    assert "paywall" in verdict.flags
    assert "paywall" not in judged(story(head=head)).flags
