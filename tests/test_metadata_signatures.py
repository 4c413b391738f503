"""An author is found by a label, a signature or a portrait, where nothing declares one; never by a guess."""

import pytest

from extractors.metadata import read_metadata
from extractors.metadata.signatures import read_signature
from extractors.tree import parse

STORY = (
    "<p>People who live by the river do not sleep, and nobody in the town hall can say why that is so.</p>"
)


def signed(body: str) -> tuple[str, ...]:
    tree = parse(f"<html><body>{body}</body></html>")
    assert tree is not None
    return read_signature(tree, ("The Example", "example.org")).people


@pytest.mark.parametrize(
    "line",
    [
        "<p><strong>Author:</strong> Anna Petrosyan</p>",
        "<p><strong>Autorin:</strong> Anna Petrosyan</p>",
        "<div><span>Written by</span><span>Anna Petrosyan</span></div>",
        "<li><b>Auteur :</b> Anna Petrosyan</li>",
        "<dl><dt>Автор</dt><dd>Anna Petrosyan</dd></dl>",
        "<h5>Text:</h5><p>Anna Petrosyan</p>",
        "<p><em>By Anna Petrosyan</em></p>",
        "<p>Von Anna Petrosyan</p>",
        "<p>Auteur : Anna Petrosyan</p>",
        "<p>Written by Anna Petrosyan</p>",
        "<img class='blog_author-image' src='a.png' alt='Anna Petrosyan'>",
        "<div class='avatar'><img src='a.png' alt='Anna Petrosyan'></div>",
    ],
)
def test_a_label_a_signature_or_a_portrait_names_the_author(line):
    assert signed(f"<h1>A bridge</h1>{STORY}{line}{STORY}") == ("Anna Petrosyan",)


@pytest.mark.parametrize(
    "line",
    [
        "<p>By the river</p>",
        "<p>Text Our Friendly Crew</p>",
        "<p><b>Author:</b> see the imprint of this paper</p>",
        "<p><b>Author:</b> The Example</p>",
        "<p><b>Author:</b></p>",
        "<p><b>Weather:</b> Anna Petrosyan</p>",
        "<div class='comments'><p>By Anna Petrosyan</p></div>",
        "<aside><p><b>Author:</b> Anna Petrosyan</p></aside>",
        "<div class='related'><img class='author' alt='Anna Petrosyan'></div>",
        "<img class='photo' alt='Anna Petrosyan'>",
        "<img class='author' alt='Portrait of the person who wrote this story'>",
        "<p><b>Author:</b> Anna Petrosyan and all of the people who told her of it over the years that passed</p>",
    ],
)
def test_what_is_none_names_nobody(line):
    assert signed(line) == ()


def test_a_signature_counts_where_nothing_else_names_anybody():
    tree = parse(
        f"<html><body><h1>A bridge</h1>{STORY * 80}<p><b>Author:</b> Anna Petrosyan</p></body></html>"
    )
    assert tree is not None
    assert read_metadata(tree, "https://example.org/a").authors == ("Anna Petrosyan",)


def test_a_declared_author_makes_a_label_needless():
    head = "<meta name='author' content='Lena Sahakyan'>"
    tree = parse(f"<html><head>{head}</head><body>{STORY}<p><b>Author:</b> Anna Petrosyan</p></body></html>")
    assert tree is not None
    assert read_metadata(tree, "https://example.org/a").authors == ("Lena Sahakyan",)


@pytest.mark.parametrize(
    ("shown", "name"),
    [
        ("Walter von Aral", "Walter von Aral"),
        ("Verfasst von Anna", "Anna"),
        ("Ein Beitrag von Anna Petrosyan", "Anna Petrosyan"),
        ("Anna Petrosyan For The Example On Sunday", "Anna Petrosyan"),
    ],
)
def test_von_may_be_of_the_name_or_before_it(shown, name):
    tree = parse(f"<html><body><h1>A bridge</h1><p class='author'>{shown}</p>{STORY}</body></html>")
    assert tree is not None
    assert read_metadata(tree, "https://example.org/a").authors == (name,)


@pytest.mark.parametrize("label", ["Member Login", "Bluesky", "Mastodon", "Threads"])
def test_buttons_beside_a_byline_are_nobody(label):
    tree = parse(f"<html><body><h1>A bridge</h1><p class='author'>{label}</p>{STORY}</body></html>")
    assert tree is not None
    assert read_metadata(tree, "https://example.org/a").authors == ()
