"""One story, one id; two stories, two ids; the same text, the same hash."""

import gzip
import json
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.addresses import same_site
from extractors.identity import (
    canonical_url,
    content_hash,
    near_duplicate_signature,
    signature_distance,
    story_id,
)

CORPORA = Path(__file__).parents[1].parent / "shared" / "corpora"
STORY = "https://www.example.org/news/new-bridge-opens"


@pytest.mark.parametrize(
    "form",
    [
        "https://www.example.org/news/new-bridge-opens?utm_source=feed&utm_medium=rss",
        "https://www.example.org/news/new-bridge-opens?fbclid=IwAR0abc",
        "https://www.example.org/news/new-bridge-opens?ref=rss#comments",
        "https://WWW.Example.ORG:443/news/new-bridge-opens",
        "HTTPS://www.example.org/news//new-bridge-opens",
        "https://www.example.org/amp/news/new-bridge-opens",
        "https://www.example.org/news/new-bridge-opens/amp",
        "https://www.example.org/news/new-bridge-opens/amp/",
        "https://www.example.org/news/new-bridge-opens.amp",
        "https://www.example.org/news/new-bridge-opens?amp=1",
        "https://www.example.org/news/new-bridge-opens?outputType=amp",
        "https://amp.example.org/news/new-bridge-opens",
        "https://m.example.org/news/new-bridge-opens",
        "https://mobile.example.org/news/new-bridge-opens?xtor=RSS-1",
        "https://www-example-org.cdn.ampproject.org/c/s/www.example.org/news/new-bridge-opens",
        "https://www.google.com/amp/s/www.example.org/amp/news/new-bridge-opens",
        "https://www.example.org/news/new-bridge-opens;jsessionid=0A1B2C",
        "https://www.example.org/news/new%2dbridge%2Dopens",
        " https://www.example.org/news/new-bridge-opens ",
        "https://www.example.org./news/new-bridge-opens",
    ],
)
def test_all_forms_of_an_address_are_one(form):
    assert canonical_url(form) == STORY


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/article?id=17",
        "https://example.org/?p=4711",
        "https://example.org/index.php?page=news&story=5",
        "https://example.org/watch?v=abc123",
        "https://example.org/news/?tag=bridges",
        "https://example.org:8443/news/a",
        "https://example.org/news/example",
        "https://example.org/campus/amplifier",
        "https://web.archive.org/web/20200101000000/https://example.org/a",
    ],
)
def test_what_may_name_the_story_stays(url):
    assert canonical_url(url) == url


def test_parameters_come_in_one_order():
    assert canonical_url("https://e.org/?b=2&a=1") == canonical_url("https://e.org/?a=1&amp;b=2")


def test_letters_beyond_ascii_have_one_form():
    assert canonical_url("https://e.org/brücke") == canonical_url("https://e.org/br%c3%bccke")
    assert canonical_url("https://e.org/brücke") == canonical_url("https://e.org/bru\u0308cke")


def test_a_declared_address_of_the_same_site_is_believed():
    assert (
        canonical_url("https://m.example.org/x?id=1", "https://www.example.org/a/b")
        == "https://www.example.org/a/b"
    )
    assert (
        canonical_url("https://blog.example.co.uk/x", "https://example.co.uk/a") == "https://example.co.uk/a"
    )


@pytest.mark.parametrize(
    "declared", ["https://www.example.org/", "https://other.org/news/a", "not a url", "//", ""]
)
def test_a_home_page_or_another_site_is_not_believed(declared):
    assert canonical_url(STORY, declared) == STORY


def test_sites_under_a_public_suffix_are_different_sites():
    assert not same_site("https://one.co.uk/", "https://two.co.uk/")
    assert same_site("https://one.co.uk/", "https://news.one.co.uk/")


@pytest.mark.parametrize(
    "forms",
    [
        ["https://www.example.org/a/new-bridge-opens/32145678.html", "https://www.example.org/a/32145678.html",
         "https://mirror.example.net/a/bridge-opens-at-last/32145678.html"],
        ["https://example.org/politics/article409956720/bridge.html", "https://example.org/city/article409956720/other.html"],
        ["https://example.org/news/bridge-3cc842471fb9df42315d658d88c8403a",
         "https://example.org/news/new-bridge-3cc842471fb9df42315d658d88c8403a"],
        ["https://example.org/news/bridge-65464327", "https://example.org/news/new-bridge-65464327"],
        ["https://example.org/de/bridge/a-65464327", "https://example.org/de/new-bridge/a-65464327"],
        ["https://www.example.org/x/slug", "http://example.org/x/slug/"],
    ],
)  # fmt: skip
def test_a_story_keeps_its_id_over_slugs_sections_and_mirrors(forms):
    assert len({story_id(canonical_url(form), "example") for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/de/bridge/a-65464327", "https://example.org/de/bridge/av-65464327"),
        ("https://example.org/news/the-first-20261124", "https://example.org/news/the-second-20261124"),
        ("https://example.org/news/best-of-2026", "https://example.org/news/worst-of-2026"),
        ("https://example.org/a/one/32145678.html", "https://example.org/a/one/32145679.html"),
        ("https://example.org/?id=32145678", "https://example.org/?id=32145679"),
        ("https://example.org/video/32145678", "https://example.org/story/32145678"),
    ],
)
def test_different_stories_have_different_ids(one, other):
    assert story_id(one, "example") != story_id(other, "example")


def test_the_same_number_on_two_sites_is_two_stories():
    assert story_id("https://e.org/a/32145678.html", "one") != story_id(
        "https://e.org/a/32145678.html", "two"
    )


def test_a_sites_own_pattern_finds_the_id():
    pattern = r"[?&]story=(\d+)"
    one = story_id("https://e.org/?story=5&lang=hy", "e", pattern)
    assert one == story_id("https://e.org/old?story=5", "e", pattern)
    assert one != story_id("https://e.org/?story=6", "e", pattern)
    assert len(one) == 32
    int(one, 16)


@pytest.mark.parametrize("pattern", ["((", "(x)?", "no-group", "*"])
def test_a_broken_or_idle_pattern_falls_back(pattern):
    assert story_id(STORY, "e", pattern) == story_id(STORY, "e")


def test_the_content_hash_sees_what_a_reader_sees():
    assert content_hash("A  title", "One.\n\nTwo. ") == content_hash("A title", "One.\nTwo.")
    assert content_hash("A title", "One.") != content_hash("A title", "Two.")
    assert content_hash("A", "B C") != content_hash("A B", "C")


PARAGRAPHS = [f"The {noun} of the town met on day {n} and spoke about the {n}th bridge over the river for hours."
              for n, noun in enumerate(("mayor", "council", "bakers", "fishers", "teachers", "doctors", "drivers"))]  # fmt: skip


def test_near_copies_are_near_and_others_far():
    text = "\n".join(PARAGRAPHS)
    signature = near_duplicate_signature(text)
    assert len(signature) == 16
    assert signature_distance(signature, near_duplicate_signature(text.upper() + " !")) == 0
    assert signature_distance(signature, near_duplicate_signature(text + "\nOne more short line.")) <= 10
    other = "Snow fell in the mountains again, and trains stood still until noon. Nobody was hurt, said the railway."
    assert signature_distance(signature, near_duplicate_signature(other)) > 16


def test_scripts_without_spaces_have_signatures_too():
    text = "昨日の夕方、町の人々は広場に集まり、川にかかる新しい橋を見ました。橋は長い間待たれていました。"
    near = near_duplicate_signature(text + "以上。")
    assert signature_distance(near_duplicate_signature(text), near) <= 16
    other = "今朝は山に雪が降り、電車は昼まで止まりました。けが人はいないと鉄道会社は言っています。"
    assert signature_distance(near_duplicate_signature(text), near_duplicate_signature(other)) > 16


def test_a_distance_to_no_signature_is_the_largest():
    assert signature_distance("", "0" * 16) == 64
    assert signature_distance("xyz", "0" * 16) == 64
    assert signature_distance("0" * 16, "f" * 16) == 64
    assert near_duplicate_signature("") == near_duplicate_signature("?!") == "0" * 16


@settings(max_examples=300, deadline=None)
@given(url=st.text(max_size=120), declared=st.text(max_size=60), pattern=st.text(max_size=12))
def test_any_strings_are_survived(url, declared, pattern):
    folded = canonical_url(url, declared)
    assert canonical_url(folded) == folded.strip()
    assert len(story_id(folded, url, pattern)) == 32
    assert len(content_hash(url, declared)) == 64
    assert len(near_duplicate_signature(url)) == 16
    assert 0 <= signature_distance(url, declared) <= 64


@settings(max_examples=300, deadline=None)
@given(
    host=st.sampled_from(
        ["example.org", "m.example.org", "www.example.co.uk", "[::1]", "xn--e1afmkfd.xn--p1ai"]
    ),
    path=st.text(max_size=60),
    query=st.text(max_size=40),
)
def test_folding_an_address_again_changes_nothing(host, path, query):
    once = canonical_url(f"https://{host}/{path}?{query}")
    assert canonical_url(once) == once


@pytest.mark.corpora
def test_no_two_texts_of_the_corpora_share_an_id():
    if not CORPORA.exists():
        pytest.skip("the shared corpora are not here")
    pages = defaultdict(list)
    with gzip.open(CORPORA / "gold.jsonl.gz", "rt", encoding="utf-8") as lines:
        for gold in map(json.loads, lines):
            url = canonical_url(gold["url"])
            pages[story_id(url, url.split("/")[2])].append(gold)
    shared = [golds for golds in pages.values() if len(golds) > 1]
    for golds in shared:
        signatures = [near_duplicate_signature(gold["texts"][0]) for gold in golds]
        # the same page read into two corpora by two people: up to 20 bits apart, where strangers have 32
        assert all(signature_distance(signatures[0], other) <= 22 for other in signatures), [
            g["url"] for g in golds
        ]
    assert len(shared) >= 5
