"""Authors as a page shows them, where nothing declares them."""

import pytest

from extractors.metadata import read_metadata
from extractors.metadata.names import choose, read_byline
from extractors.metadata.shown_names import read_beside_date, read_signed
from extractors.tree import parse

TITLE = "Why bridges hum at night and what to do about it"


def authors(body: str, head: str = "") -> tuple[str, ...]:
    tree = parse(f"<html><head><title>{TITLE}</title>{head}</head><body><h1>{TITLE}</h1>{body}</body></html>")
    assert tree is not None
    return read_metadata(tree, "https://www.example.org/stories/why-bridges-hum").authors


def test_a_place_that_only_says_posted_gives_way_to_the_next_that_names_somebody():
    posted = "<div><div><span class='author'>Posted on</span></div></div>"
    assert (
        authors(
            f"<section>{posted}</section><section><p><b class='author-name'>Lena Sahakyan</b></p></section>"
        )
    ) == ("Lena Sahakyan",)


def test_the_first_place_that_names_anybody_is_the_pages():
    first = "<section><p><b class='author-name'>Lena</b></p></section>"
    assert authors(f"{first}<section><p><b class='author-name'>Aram Sargsyan</b></p></section>") == ("Lena",)


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Lena Sahakyan | 24.11.2026 - Updated: 25.11.2026", ("Lena Sahakyan",)),
        ("Lena Sahakyan – 24 November 2026", ("Lena Sahakyan",)),
        ("2026-11-24 · Lena Sahakyan", ("Lena Sahakyan",)),
        ("24.11.2026 - Lena Sahakyan", ("Lena Sahakyan",)),
        ("Lena Sahakyan", ()),
        ("Town News 24.11.2026", ()),
        ("Sides, Breads · 24 November 2026", ()),
        ("NEW YORK - 24 November 2026", ()),
        ("Sport | 24.11.2026", ()),
        ("Online Multiplayer: -", ()),
    ],
)
def test_a_name_and_a_date_with_a_sign_between_are_a_byline(line, people):
    assert read_beside_date([line]).people == people


def test_so_is_such_a_line_beside_the_headline():
    assert authors("<p>Lena Sahakyan | 24.11.2026</p>") == ("Lena Sahakyan",)


def test_a_piece_of_the_title_with_a_date_is_none():
    page = "<html><head><title>Whisky Nights | 24.11.2026</title></head><body><h1>All</h1><p>Whisky Nights | 24.11.2026</p>"
    tree = parse(page)
    assert tree is not None
    assert read_metadata(tree, "https://www.example.org/dates").authors == ()


@pytest.mark.parametrize(
    ("line", "author"), [("by ibbo", "ibbo"), ("Von Lena", "Lena"), ("Posted by Lena", "Lena")]
)
def test_a_single_name_after_by_counts_where_there_is_no_other(line, author):
    assert authors(f"<p>{line}</p>") == (author,)
    assert choose([read_signed([line]), read_byline(["Aram Sargsyan"])]) == ("Aram Sargsyan",)


@pytest.mark.parametrize(
    "claim",
    [
        "Lena Sahakyan Senior Cars Reporter",
        "By Lena Sahakyan Staff Writer",
        "Lena Sahakyan Contributing Editor",
    ],
)
def test_a_job_written_after_a_name_is_cut(claim):
    assert read_byline([claim]).people == ("Lena Sahakyan",)


def test_a_log_in_name_may_end_in_digits_and_a_number_is_no_name():
    assert read_byline(["river2019"]).weak == ("river2019",)
    assert read_byline(["20195512"]) == read_byline([])


def test_a_blogs_own_statistics_name_its_author():
    script = "<script>var dataLayer_content = {'pagePostAuthor': 'Lena Sahakyan'};</script>"
    assert authors("", script) == ("Lena Sahakyan",)


def test_an_interviewers_label_is_no_part_of_the_name():
    assert authors("<p class='author'>Interview: Lena Sahakyan</p>") == ("Lena Sahakyan",)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Jan Koch", "Jan Koch"),
        ("Janet Novak, 01.12.2021", "Janet Novak"),
        ("By Sun Marchetti", "Sun Marchetti"),
        ("By Lena Sahakyan July 4, 2026", "Lena Sahakyan"),
        ("Lena Sahakyan Nov. 24, 2026", "Lena Sahakyan"),
        ("By Lena Sahakyan on 24 November 2026", "Lena Sahakyan"),
        ("© Lena Sahakyan Lena Sahakyan", "Lena Sahakyan"),
    ],
)
def test_months_are_cut_from_dates_and_not_from_names(line, author):
    assert authors(f"<p class='byline'>{line}</p>") == (author,)


@pytest.mark.parametrize("line", ["Dec 16, 2026", "October 2026", "Sat, 20 Dec 2026", "march 3"])
def test_a_date_is_no_author(line):
    assert authors(f"<p class='author'>{line}</p>") == ()


def test_a_weekday_in_the_first_place_is_nobody():
    day = "<section><p><b class='author-date author'>Donnerstag, 24. November 2026</b></p></section>"
    assert authors(f"{day}<section><p><b class='author'>Lena Sahakyan</b></p></section>") == (
        "Lena Sahakyan",
    )


def test_a_person_outdoes_a_body_that_a_meta_element_names():
    head = "<meta name='author' content='Musterländische Landesanstalt für Wald und Wiese'>"
    body = "<div itemscope itemtype='https://schema.org/Article'><b itemprop='author'>Lena Sahakyan</b></div>"
    assert authors(body, head) == ("Lena Sahakyan",)
