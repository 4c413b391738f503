"""Author claims become people's names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.metadata.names import Byline, choose, is_agency, read_byline
from extractors.metadata.shown_names import read_shown


@pytest.mark.parametrize(
    ("claim", "people"),
    [
        ("By Anna Petrosyan", ["Anna Petrosyan"]),
        ("by: Anna Petrosyan", ["Anna Petrosyan"]),
        ("Von Anna Petrosyan und Jürgen Groß", ["Anna Petrosyan", "Jürgen Groß"]),
        ("Par Anne Dupont et Luc Martin", ["Anne Dupont", "Luc Martin"]),
        ("Por Ana Pérez y Luis Gómez", ["Ana Pérez", "Luis Gómez"]),
        ("Автор: Анна Петрова и Иван Смирнов", ["Анна Петрова", "Иван Смирнов"]),
        ("Anna Petrosyan & Aram Sargsyan", ["Anna Petrosyan", "Aram Sargsyan"]),
        (
            "Anna Petrosyan, Aram Sargsyan and Lena Sahakyan",
            ["Anna Petrosyan", "Aram Sargsyan", "Lena Sahakyan"],
        ),
        ("Anna Petrosyan; Aram Sargsyan", ["Anna Petrosyan", "Aram Sargsyan"]),
        ("Petrosyan, Anna", ["Anna Petrosyan"]),
        ("Petrosyan, Anna B.", ["Anna B. Petrosyan"]),
        ("Anna Petrosyan, Staff Writer", ["Anna Petrosyan"]),
        ("Anna Petrosyan, PhD", ["Anna Petrosyan"]),
        ("Anna Petrosyan (Gyumri)", ["Anna Petrosyan"]),
        ("Anna Petrosyan @annapetro", ["Anna Petrosyan"]),
        ("Anna Petrosyan anna@example.org", ["Anna Petrosyan"]),
        ("김민수 기자", ["김민수"]),
        ("山田太郎", ["山田太郎"]),
        ("Da Costa", ["Da Costa"]),
        ("Ludwig von Beethoven", ["Ludwig von Beethoven"]),
        ("Jean-Luc d'Arc", ["Jean-Luc d'Arc"]),
        ("ANNA PETROSYAN", ["ANNA PETROSYAN"]),
        ("https://www.facebook.com/example", []),
        ("www.example.org/authors/anna", []),
        ("anna@example.org", []),
        ("12345", []),
        ("", []),
    ],
)
def test_people_are_named_and_nothing_else(claim, people):
    assert list(read_byline([claim]).people) == people


@pytest.mark.parametrize(
    "claim", ["Example Staff", "Redaktion", "Newsroom", "Reuters", "dpa/lno", "AFP", "jdoe", "user7"]
)
def test_desks_agencies_and_log_ins_are_no_people(claim):
    found = read_byline([claim])
    assert not found.people
    assert found.weak


def test_the_site_itself_is_no_person():
    found = read_byline(
        ["The Example", "EXAMPLE North", "Anna Petrosyan | The Example"], ["The Example", "example"]
    )
    assert found.people == ("Anna Petrosyan",)


@pytest.mark.parametrize("claim", ["admin", "Unknown", "null", "undefined", "Anonymous"])
def test_nobody_is_not_even_a_weak_name(claim):
    assert read_byline([claim]) == Byline()


@pytest.mark.parametrize(
    "claim", ["Updated by Anna Petrosyan", "Edited by Anna Petrosyan", "Photo by Anna Petrosyan"]
)
def test_who_edited_or_photographed_is_no_author(claim):
    assert read_byline([claim]) == Byline()


@pytest.mark.parametrize(
    "claim", ["Center for Bridges and Rivers", "Ministry of Roads and Bridges", "Example University"]
)
def test_a_body_is_one_weak_name_and_not_two_people(claim):
    assert read_byline([claim]) == Byline(weak=(claim,))


def test_a_name_is_kept_once():
    assert read_byline(["Anna Petrosyan", "anna petrosyan", "PETROSYAN Anna"]).people == ("Anna Petrosyan",)


def test_an_agency_is_credited_only_where_no_person_is():
    person, agency = read_byline(["Anna Petrosyan", "Reuters"]), read_byline(["Reuters"])
    assert choose([person]) == ("Anna Petrosyan",)
    assert choose([agency]) == ("Reuters",)
    assert choose([agency, person]) == ("Anna Petrosyan",)


def test_a_full_name_beats_a_log_in_name_of_a_better_source():
    assert choose([read_byline(["apetro"]), read_shown(["By Anna Petrosyan"])]) == ("Anna Petrosyan",)
    assert choose([read_byline(["Anna"]), read_shown(["By Anna Petrosyan"])]) == ("Anna Petrosyan",)
    assert choose([read_byline(["apetro"])]) == ("apetro",)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("By Anna Petrosyan", ("Anna Petrosyan",)),
        ("Posted by Anna Petrosyan on 24 November 2026", ("Anna Petrosyan",)),
        ("Full bio Anna Petrosyan", ("Anna Petrosyan",)),
        ("View all posts", ()),
        ("Follow us", ()),
        ("writes about rivers and bridges", ()),
        ("Image: Getty Images", ()),
    ],
)
def test_a_shown_byline_is_read_only_where_it_looks_like_names(text, people):
    assert read_shown([text]).people == people


@pytest.mark.parametrize(
    ("name", "expected"), [("Reuters", True), ("AFP", True), ("dpa/AFP", True), ("Anna Reuter", False)]
)
def test_agencies_are_known(name, expected):
    assert is_agency(name) is expected


@settings(max_examples=500, deadline=None)
@given(claims=st.lists(st.text(max_size=80), max_size=4), names=st.lists(st.text(max_size=10), max_size=2))
def test_any_claims_are_survived(claims, names):
    for byline in (read_byline(claims, names), read_shown(claims, names)):
        for name in (*byline.people, *byline.weak):
            assert name == name.strip()
            assert len(name) <= 70
