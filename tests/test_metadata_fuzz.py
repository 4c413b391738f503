"""No page makes reading its metadata raise, hang, or return something of another type."""

import json
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.findings import Metadata
from extractors.metadata import read_metadata
from extractors.metadata.json_text import parse_jsonld
from extractors.tree import parse

KEYS = [
    "@type", "@id", "@graph", "@context", "headline", "name", "author", "creator", "datePublished", "dateModified",
    "image", "url", "mainEntityOfPage", "publisher", "keywords", "articleSection", "inLanguage", "description",
    "isAccessibleForFree", "articleBody", "itemListElement", "caption", "dateline",
]  # fmt: skip
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=True),
    st.text(max_size=20),
    st.sampled_from(
        ["NewsArticle", "Person", "#a", "2026-11-24T08:05:00Z", "http://[bad", "Organization", "\ud800"]
    ),
)
JSON = st.recursive(
    VALUES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(KEYS), inner, max_size=6)
    ),
    max_leaves=25,
)
NAMES = [
    "og:title", "og:image", "author", "article:published_time", "date", "keywords", "og:locale", "robots", "og:url",
    "twitter:label1", "twitter:data1", "article:tag", "title", "og:site_name", "",
]  # fmt: skip
TAGS = [
    "h1",
    "h2",
    "img",
    "time",
    "div",
    "span",
    "a",
    "p",
    "title",
    "script",
    "meta",
    "link",
    "article",
    "footer",
    "svg",
]
ATTRIBUTES = [
    "class",
    "itemprop",
    "itemtype",
    "datetime",
    "rel",
    "href",
    "content",
    "name",
    "property",
    "hreflang",
    "lang",
]
WORDS = [
    "author", "byline", "date", "datePublished", "headline", "https://schema.org/NewsArticle", "canonical", "amphtml",
    "alternate", "comments", "by", "2026-11-24", "//", "http://[", "\x85", "name", "author vcard",
]  # fmt: skip


def check(markup: str, url: str) -> None:
    tree = parse(markup)
    if tree is None:
        return
    found = read_metadata(tree, url)
    for field in fields(Metadata):
        value = getattr(found, field.name)
        assert isinstance(value, (str, tuple, bool, type(None))), field.name
        repr(value).encode("utf-8", "surrogatepass")
    assert all(
        isinstance(text, str) and text.strip() for text in (*found.authors, *found.titles, *found.tags)
    )


@settings(max_examples=400, deadline=None)
@given(value=JSON, url=st.sampled_from(["https://e.org/a", "", "http://[bad", "nonsense"]))
def test_any_json_ld_is_survived(value, url):
    text = json.dumps(value)
    check(f'<html><script type="application/ld+json">{text}</script><body><h1>x</h1></body></html>', url)
    check(
        f'<html><script type="application/ld+json">{text[: len(text) // 2]}</script><body><h1>x</h1></body></html>',
        url,
    )


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=200))
def test_any_text_in_place_of_json_ld_is_survived(text):
    assert isinstance(parse_jsonld(text), list)


@settings(max_examples=300, deadline=None)
@given(metas=st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=40)), max_size=8))
def test_any_meta_elements_are_survived(metas):
    head = "".join(f'<meta name="{name}" content="{content}">' for name, content in metas)
    check(f"<html><head>{head}</head><body></body></html>", "https://e.org/a")


@st.composite
def elements(draw):
    tag = draw(st.sampled_from(TAGS))
    pairs = draw(st.lists(st.tuples(st.sampled_from(ATTRIBUTES), st.sampled_from(WORDS)), max_size=3))
    attributes = "".join(f' {name}="{value}"' for name, value in pairs)
    inner = draw(
        st.sampled_from(
            [
                "",
                "By Anna Petrosyan",
                "24 November 2026",
                "<b>x",
                "2026",
                "updated 1/2/2026",
                "24.11.26",
                "Author:",
                "Published on:",
                "99.99.99",
                "32 November 2026",
                "2026. november 99.",
                "(24. März 2026) Text",
            ]
        )
    )
    return f"<{tag}{attributes}>{inner}" + (f"</{tag}>" if draw(st.booleans()) else "")


@settings(max_examples=400, deadline=None)
@given(parts=st.lists(elements(), max_size=12))
def test_any_elements_are_survived(parts):
    check("<html><body>" + "".join(parts), "https://e.org/a")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"@graph":[' * 5_000 + "]}" * 5_000,
        '"' + "\\" * 100_001,
        '{"@type":"NewsArticle","author":{"@id":"#a"},"@id":"#a"}',
        '{"@type":"NewsArticle","author":[' + '{"name":"A B"},' * 50_000 + '{"name":"C D"}]}',
        '{"@type":"NewsArticle","headline":"' + "x" * 3_000_000 + '"}',
        "{" + ",".join(f'"k{n}":{{"@type":"NewsArticle","headline":"h"}}' for n in range(20_000)) + "}",
    ],
    ids=["lists", "nodes", "graphs", "escapes", "itself", "authors", "headline", "many"],
)
def test_bombs_of_json_end(text):
    check(
        f'<html><script type="application/ld+json">{text}</script><body><h1>x</h1></body></html>',
        "https://e.org/a",
    )


@pytest.mark.parametrize(
    "markup",
    [
        "<h1>" * 3_000 + "x",
        "<time>2026-11-24</time>" * 50_000,
        "<meta name=author content='A B'>" * 50_000,
        "<div class=byline>" * 3_000 + "By Anna Petrosyan",
        "<span class=date>24.11.2026</span>" * 50_000,
        "<script>dataLayer=" + "{byline:'" * 50_000 + "</script>",
        "<p>" + "12.11." * 100_000,
        "<link rel=alternate hreflang=hy href=/x>" * 30_000,
        "<h1>a b c</h1>" + "<p>By " + "Anna " * 100_000,
        "<title>" + "a | " * 100_000 + "</title>",
        "<meta name=author content='" + "A B, " * 100_000 + "'>",
        "<h2>a b c d</h2>" * 50_000,
        "<p>Published 24.11.2026" * 50_000,
        "<b>Author:</b>" * 50_000 + "<i>x" * 3_000,
        "<i>Author:</i> " + "Anna Petrosyan " * 100_000,
        "<img class=author alt='" + "Anna " * 100_000 + "'>" * 1_000,
        "<p>" + "published " * 100_000 + "2026",
        "<p>" + "2026 " * 100_000,
        "<p>2026" + " m" * 100_000,
        "<h1>" + "x <b>24.11.26</b>" * 50_000,
    ],
    ids=[
        "h1",
        "time",
        "meta",
        "bylines",
        "dates",
        "blob",
        "digits",
        "links",
        "by",
        "title",
        "names",
        "h2",
        "labels",
        "authors",
        "name",
        "portraits",
        "published",
        "years",
        "spaces",
        "days",
    ],
)
def test_bombs_of_elements_end(markup):
    check(f"<html><body>{markup}", "https://e.org/a")
