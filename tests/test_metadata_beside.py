"""The day that a page shows beside its headline, against the one that it declares."""

import json

import pytest

from extractors.metadata import read_metadata
from extractors.tree import parse

URL = "https://www.example.org/stories/why-bridges-hum"
TITLE = "Why bridges hum at night and what to do about it"


def published(shown: str, *, declared: str, changed: str = "", url: str = URL, lang: str = "en-GB") -> str:
    article = {"@type": "Article", "headline": TITLE, "datePublished": declared, "dateModified": changed}
    tree = parse(
        f"<html lang={lang}><head><script type='application/ld+json'>{json.dumps(article)}</script></head>"
        f"<body><h1>{TITLE}</h1>{shown}<p>People by the river do not sleep.</p></body></html>"
    )
    assert tree is not None
    return read_metadata(tree, url).published


@pytest.mark.parametrize(
    "line",
    [
        "<p>14 March 2021</p>",
        "<div><b>Lena Sahakyan</b><span>14 March 2021</span><i>Copy link</i></div>",
        "<p>Published on 14 March 2021, 10:15</p>",
        "<p>Veröffentlicht am 14.03.2021</p>",
        "<p>4 min read · Mar 14, 2021</p>",
        "<div><span>2021年3月14日</span></div>",
    ],
)
def test_an_older_day_beside_the_headline_outdoes_a_declared_day_that_is_the_last_changes(line):
    assert published(line, declared="2026-11-24", changed="2026-11-24").startswith("2021-03-14")


def test_so_it_does_where_no_change_is_declared():
    assert published("<p>14 March 2021</p>", declared="2026-11-24T08:05:00Z") == "2021-03-14"


def test_a_declared_day_long_before_the_last_change_stands():
    found = published("<p>14 March 2021</p>", declared="2025-02-01", changed="2026-11-24")
    assert found == "2025-02-01"


@pytest.mark.parametrize(
    "line",
    [
        "<p>Updated 14 March 2021</p>",
        "<p>Last updated: <b>14 March 2021</b></p>",
        "<p>Release: 14 March 2021</p>",
        "<p>The bridge of 14 March 2021 was built of wood</p>",
        "<blockquote><p>14 March 2021</p></blockquote>",
        "<figure><figcaption>14 March 2021</figcaption></figure>",
        "<p>25 November 2026</p>",
        "<p>14 March 2021</p><p>24 November 2026</p>",
        "<p>10/11/2026</p>",
        "<p>14 March 2021</p><time datetime='2026-11-24T09:00'>today</time>",
    ],
)
def test_what_is_no_publication_day_leaves_the_declared_one(line):
    declared = "2026-11-10" if "10/11" in line else "2026-11-24"
    assert published(line, declared=declared, changed=declared, lang="en-US") == declared


@pytest.mark.parametrize(
    ("line", "day"), [("<p>23 November 2026</p>", "2026-11-23"), ("<p>22 November 2026</p>", "2026-11-22")]
)
def test_a_bare_declared_day_is_that_very_day_so_that_one_earlier_is_another(line, day):
    assert published(line, declared="2026-11-24", changed="2026-11-24") == day


@pytest.mark.parametrize("line", ["<p>23 November 2026</p>", "<p>25 November 2026</p>"])
def test_a_declared_clock_may_be_the_shown_day_in_some_zone(line):
    declared = "2026-11-24T10:05:00Z" if "25" in line else "2026-11-24T08:05:00Z"
    assert published(line, declared=declared, changed=declared) == declared


def test_a_day_that_no_zone_explains_is_another():
    declared = "2026-11-24T22:05:00Z"
    assert published("<p>23 November 2026</p>", declared=declared, changed=declared) == "2026-11-23"


@pytest.mark.parametrize(
    ("declared", "changed", "line", "day"),
    [
        ("2021-03-14", "", "<p>24 November 2026</p>", "2026-11-24"),
        ("2021-03-14", "2026-11-24", "<p>24 November 2026</p>", "2021-03-14"),
        ("2021-03-14", "", "<p>Updated 24 November 2026</p>", "2021-03-14"),
        ("2021-03-14", "", "<p>24 November 2026</p><p>Aktualisiert</p>", "2021-03-14"),
        ("2021-03-14", "", "<p>24 November 2026</p><p>14 March 2021</p>", "2021-03-14"),
    ],
)
def test_a_newer_day_beside_the_headline_counts_where_the_page_tells_no_change(declared, changed, line, day):
    assert published(line, declared=declared, changed=changed) == day


def test_the_declared_day_may_stand_in_a_line_of_the_last_change():
    line = "<p>Published <b>14 March 2021</b></p><p>Updated <b>24 November 2026</b></p>"
    assert published(line, declared="2026-11-24", changed="2026-11-24") == "2021-03-14"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("<p>9 March 2025</p>", "2025-03-09"),
        ("<p>14 March 2021</p>", "2024-01-02"),
        ("<p>2 January 2024</p>", "2024-01-02"),
        ("<p>Updated: 9 March 2025</p>", "2024-01-02"),
        ("", "2024-01-02"),
    ],
)
def test_of_two_declared_days_the_one_beside_the_headline_counts(line, day):
    meta = "<meta property='article:published_time' content='2025-03-09T08:00:00Z'>"
    article = json.dumps({"@type": "Article", "datePublished": "2024-01-02"})
    script = f"<script type='application/ld+json'>{article}</script>"
    page = f"<h1>{TITLE}</h1>{line}<p>People do not sleep.</p>"
    assert shown(page, meta + script)[:10] == day


def test_of_three_declared_days_the_one_beside_the_headline_counts():
    meta = "<meta property='article:published_time' content='2024-01-02T08:00:00Z'>"
    meta += "<meta name='pubdate' content='2025-03-09'>"
    article = json.dumps({"@type": "Article", "datePublished": "2024-01-02"})
    page = f"<script type='application/ld+json'>{article}</script><h1>{TITLE}</h1><p>9 March 2025</p>"
    assert shown(page, meta) == "2025-03-09"


@pytest.mark.parametrize(
    ("label", "field"),
    [("Published", "published"), ("Last updated:", "modified"), ("Aktualisiert am", "modified")],
)
def test_a_label_before_a_time_element_says_of_what_it_is(label, field):
    body = f"<h1>{TITLE}</h1><div><span>{label}</span> <time datetime='2026-11-24T08:05Z'>today</time></div>"
    tree = parse(f"<html><body>{body}</body></html>")
    assert tree is not None
    assert getattr(read_metadata(tree, URL), field) == "2026-11-24T08:05:00Z"


def test_a_day_in_the_address_confirms_the_declared_one():
    url = "https://www.example.org/2026/11/why-bridges-hum"
    assert published("<p>14 March 2021</p>", declared="2026-11-24", url=url) == "2026-11-24"


def test_a_day_before_the_headline_counts_as_well():
    tree = parse(
        "<html><head><meta property='article:published_time' content='2026-11-24'></head><body>"
        f"<div><div><span>14 March 2021</span></div></div><h1>{TITLE}</h1><p>People do not sleep.</p></body></html>"
    )
    assert tree is not None
    assert read_metadata(tree, URL).published == "2021-03-14"


def shown(body: str, head: str = "") -> str:
    tree = parse(f"<html><head>{head}</head><body>{body}</body></html>")
    assert tree is not None
    return read_metadata(tree, URL).published


def test_a_teasers_date_does_not_outdo_the_day_beside_the_headline():
    teaser = "<div class='card'><span class='date'>19 December 2026</span><b>Another story</b></div>"
    assert shown(f"{teaser}<h1>{TITLE}</h1><p>12.12.2026</p><p>People do not sleep.</p>") == "2026-12-12"


def test_the_headline_is_the_h1_that_the_pages_title_holds():
    body = f"<h1>The Example</h1><p>1 May 2019</p><ul><li>{'</li><li>'.join('abcdefgh')}</li></ul>"
    body += f"<div><div><h1>{TITLE}</h1></div></div><div><b>Date:</b> <span>18.10.2021</span></div>"
    assert shown(body, f"<title>{TITLE} - The Example</title>") == "2021-10-18"
