"""Days that only the page's text tells: near the headline, after a label, at the opening of a paragraph."""

import pytest

from extractors.metadata import read_metadata
from extractors.metadata.beside import dated_lines
from extractors.metadata.labelled import read_labelled
from extractors.tree import parse

URL = "https://www.example.org/stories/why-bridges-hum"
TITLE = "Why bridges hum at night"
STORY = (
    "<p>People who live by the river do not sleep, and nobody in the town hall can say why that is so.</p>"
)


def published(body: str, title: str = TITLE) -> str:
    tree = parse(f"<html><head><title>{title} | The Example</title></head><body>{body}</body></html>")
    assert tree is not None
    return read_metadata(tree, URL).published


def labelled(body: str) -> str:
    tree = parse(f"<html><body>{body}</body></html>")
    assert tree is not None
    return read_labelled(tree)


def test_of_several_time_elements_the_one_in_the_headlines_own_part_counts():
    teaser = "<div class='card'><time datetime='2026-11-23T08:00:00Z'>Monday</time><b>Another story</b></div>"
    head = f"<header><time datetime='2026-11-20T08:00:00Z'>Friday</time><h1>{TITLE}</h1></header>"
    assert published(f"<main>{head}{STORY}{teaser}</main>") == "2026-11-20T08:00:00Z"


def test_a_lower_heading_is_the_headline_where_h1_is_the_sites_name():
    menu = f"<ul><li>{'</li><li>'.join('abcdefghijklmnopqrstuvwxyz')}</li></ul>"
    post = f"<div><h2>{TITLE}</h2><p>14 March 2021</p>{STORY}</div>"
    assert published(f"<h1>The Example</h1><p>1 May 2019</p>{menu}{menu}{post}") == "2021-03-14"


def test_a_short_lower_heading_is_a_section_and_no_headline():
    body = f"<h2>The night</h2><p>14 March 2021</p><h1>{TITLE}</h1><p>15 March 2021</p>{STORY}"
    assert published(body, title=f"{TITLE} - The night") == "2021-03-15"


def test_without_h1_the_headline_is_the_first_lower_heading_of_a_headlines_length():
    menu = f"<ul><li>{'</li><li>'.join('abcdefghijklmnopqrstuvwxyz')}</li></ul>"
    body = f"<div><h2>The night</h2><p>1 May 2019</p></div>{menu}{menu}<div><h3>{TITLE}</h3><p>14 March 2021</p></div>"
    assert published(body, title=f"{TITLE} - The night") == "2021-03-14"


def test_a_day_inside_the_headline_itself_counts():
    assert published(f"<h1>{TITLE} <small>14.03.2021</small></h1>{STORY}") == "2021-03-14"


@pytest.mark.parametrize(
    "line",
    [
        "<p>Posted on 14 March 2021 by the harbour desk, in the morning, for the readers of the island</p>",
        "<p><b>Published:</b> <i>14 March 2021</i></p>",
        "<p>Die Nacht am Fluss, veröffentlicht am 14.03.2021</p>",
        "<p>Mise en ligne le 14 mars 2021</p>",
        "<p>Fecha de publicación: 14 de marzo de 2021</p>",
        "<p>Дата публикации: 14 марта 2021</p>",
        "<p>Data publikacji: 14.03.2021</p>",
        "<p>发布时间：2021-03-14</p>",
        "<p>公開日：2021年3月14日</p>",
        "<p>تاريخ النشر: ١٤ مارس ٢٠٢١</p>",
    ],
)
def test_a_label_far_from_the_headline_tells_the_day(line):
    far = "".join(f"<p>{STORY}<b>Word {number}</b></p>" for number in range(40))
    assert published(f"<h1>{TITLE}</h1>{far}{line}{STORY}") == "2021-03-14"


@pytest.mark.parametrize(
    "opening",
    ["14.03.2021 – People", "(14. März 2021) People", "2021-03-14 | People", "14 March 2021: People"],
)
def test_a_paragraph_may_open_with_the_day(opening):
    assert published(f"<div>{TITLE}</div><p>{opening}{STORY[9:]}") == "2021-03-14"


def test_a_chronicles_openings_tell_no_day():
    assert labelled("<p>14.03.2021 – It began.</p><p>15.03.2021 – It went on.</p>") == ""
    assert labelled("<p>14.03.2021 – It began.</p><p>14.03.2021 – It went on.</p>") != ""


@pytest.mark.parametrize(
    "part",
    [
        "<div class='comments'><p>Posted on 14 March 2021</p></div>",
        "<div class='related'><p>Published 14 March 2021</p></div>",
        "<p>Last updated, first published on request: updated 14 March 2021</p>",
        "<p>The version updated and published on 14 March 2021</p>",
        "<p>The book of 14 March 2021 was a success</p>",
        "<p>Release: 14 March 2021</p>",
        "<script>Published 14 March 2021</script>",
        "<p>Published in March 2021</p>",
    ],
)
def test_what_is_no_label_of_the_page_tells_no_day(part):
    assert labelled(part) == ""


@pytest.mark.parametrize(
    "line", ["<p>14.03.2021</p>", "<em>14.03.2021 11:35 Uhr</em>", "<h3><span>A</span> March 14, 2021</h3>"]
)
def test_a_line_that_is_a_day_and_nothing_else_tells_it_where_it_is_the_only_one(line):
    assert labelled(f"{STORY}{line}{STORY}") != ""
    assert labelled(f"{STORY}{line}{STORY}<p>15.03.2021</p>") == ""


@pytest.mark.parametrize(
    "line",
    [
        "<a href='/day'>14.03.2021</a>",
        "<b>Last updated:</b> <i>14.03.2021</i>",
        "<footer><p>14.03.2021</p></footer>",
        "<div class='teaser'><p>14.03.2021</p></div>",
        "<p>Concert on 14.03.2021 in town</p>",
        "<p>14.03.2021 - 16.03.2021</p>",
        "<p>(14 March 2021). https://example.org/report</p>",
    ],
)
def test_a_line_with_another_things_day_tells_nothing(line):
    assert labelled(line) == ""


def test_a_label_outdoes_a_line_alone():
    assert "15" in labelled("<p>14.03.2021</p><p>Published: 15.03.2021</p>")


def test_labels_beside_the_article_count_where_they_tell_one_day():
    footer = "<footer><p>Published on 14 March 2021</p></footer>"
    assert labelled(footer) == "Published on 14 March 2021"
    assert labelled(f"{footer}<footer><p>Published on 15 March 2021</p></footer>") == ""


def test_a_readers_membership_is_no_day_of_the_text():
    lines = ["Registered: 18.09.2008, 05:56", "Date: 14 March 2021", "Anna Petrosyan, 15 March 2021"]
    assert dated_lines(lines) == lines[1:]


def test_the_pages_own_change_outdoes_a_teasers():
    teaser = "<div class='card'><span class='date'>Updated October 17, 2025</span></div>"
    own = "<p>By Anna Petrosyan, Lena Sahakyan, and the team Updated on December 11, 2025</p>"
    assert published(f"<h1>{TITLE}</h1>{own}{STORY}{teaser}") == "2025-12-11"


def test_a_search_that_finds_the_last_change_alone_found_nothing():
    head = "<meta property='article:modified_time' content='2026-11-24T08:05:00Z'>"
    tree = parse(
        f"<html><head><title>{TITLE}</title>{head}</head><body><h1>{TITLE}</h1>{STORY}</body></html>"
    )
    assert tree is not None
    found = read_metadata(tree, URL)
    assert (found.published, found.modified) == ("", "2026-11-24T08:05:00Z")


def test_the_day_of_a_file_is_no_day_of_the_text():
    files = "<link rel='stylesheet' href='/style20210314.css'><script src='/a.js?v=2021-03-14'></script>"
    tree = parse(
        f"<html><head><title>{TITLE}</title>{files}</head><body><h1>{TITLE}</h1>{STORY}</body></html>"
    )
    assert tree is not None
    assert read_metadata(tree, URL).published == ""
