"""The headline, without the site's name, from whichever form is the headline."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.metadata.titles import Forms, address_words, choose

NAMES = ("The Example", "example", "example.org")
HEADLINE = "New bridge opens after nine years"


@pytest.mark.parametrize(
    "title",
    [
        f"{HEADLINE} | The Example",
        f"{HEADLINE} - The Example",
        f"{HEADLINE} – The Example",
        f"{HEADLINE} — example.org",
        f"{HEADLINE} • The Example",
        f"{HEADLINE} | Town | The Example",
        f"The Example | {HEADLINE}",
        f"The Example: {HEADLINE}",
        f"{HEADLINE} ｜ The Example",
        f"{HEADLINE} │ The Example",
        f"{HEADLINE} ǀ The Example",
        f"{HEADLINE} - THE EXAMPLE News",
        HEADLINE,
    ],
)
def test_the_sites_name_goes(title):
    found = choose(Forms(whole=title), NAMES)
    assert found in (HEADLINE, f"{HEADLINE} | Town")


@pytest.mark.parametrize(
    "title",
    [
        "Town council: bridge costs rise",
        "A bridge - and what it costs",
        "Win-win for the town",
        "9:30 at the river",
    ],
)
def test_a_sign_inside_a_headline_is_no_border(title):
    assert choose(Forms(whole=title), NAMES) == title


def test_what_h1_says_decides_where_the_title_element_ends():
    assert choose(Forms(headings=(HEADLINE,), whole=f"{HEADLINE} | Unknown Paper"), ()) == HEADLINE
    assert choose(Forms(declared=(HEADLINE,), whole=f"{HEADLINE} | Unknown Paper"), ()) == HEADLINE


def test_a_news_articles_declared_headline_comes_first():
    forms = Forms(headings=("A bridge at last for the town",), headline=HEADLINE, is_news=True)
    assert choose(forms, NAMES) == HEADLINE


def test_elsewhere_the_visible_headline_comes_first():
    forms = Forms(headings=("A bridge at last for the town",), headline=HEADLINE)
    assert choose(forms, NAMES) == "A bridge at last for the town"


def test_a_headline_cut_short_is_completed():
    whole = "New bridge opens after nine years of waiting, building and counting, and nobody minds the rain that day"
    forms = Forms(headings=(whole,), headline=whole[:70] + "…", is_news=True)
    assert choose(forms, NAMES) == whole


def test_of_several_headings_the_one_like_the_other_forms_is_taken():
    forms = Forms(headings=("Town news", HEADLINE, "Read on"), declared=(f"{HEADLINE} at last",))
    assert choose(forms, NAMES) == HEADLINE


def test_a_short_heading_unlike_the_declared_title_is_not_the_headline():
    assert choose(Forms(headings=("Our blog",), declared=(HEADLINE,)), NAMES) == HEADLINE
    assert choose(Forms(headings=("The Example",), declared=(HEADLINE,)), NAMES) == HEADLINE


def test_a_heading_that_is_the_title_elements_last_part_is_the_sites_name():
    assert choose(Forms(headings=("Anna's Notes",), whole=f"{HEADLINE} • Anna's Notes"), ()) == HEADLINE


def test_a_label_above_the_headline_goes():
    assert choose(Forms(headings=(f"Town {HEADLINE}",), declared=(HEADLINE,)), NAMES) == HEADLINE
    assert choose(Forms(headings=(f"{HEADLINE} Posted today",), declared=(HEADLINE,)), NAMES) == HEADLINE


def test_a_paragraph_marked_as_h1_is_no_headline():
    paragraph = " ".join(["The town came to look at the new bridge."] * 6)
    assert choose(Forms(headings=(paragraph,), declared=(HEADLINE,)), NAMES) == HEADLINE


def test_words_that_lead_up_to_the_headline_stay():
    forms = Forms(headings=(HEADLINE,), headline=f"River works - {HEADLINE}", is_news=True)
    assert choose(forms, NAMES) == f"River works - {HEADLINE}"


def test_where_all_forms_of_a_news_title_differ_readers_h1_counts():
    headline, declared = "Crossing at last: what it cost the town", "Nine long years and then this happened"
    forms = Forms(headings=("Town", HEADLINE), headline=headline, declared=(declared,), is_news=True)
    assert choose(forms, NAMES) == HEADLINE


def test_where_two_forms_agree_news_keep_the_headline_of_structured_data():
    headline = "Crossing at last: what it cost the town"
    for declared in (HEADLINE, headline, "What it cost the town, crossing at last"):
        forms = Forms(headings=(HEADLINE,), headline=headline, declared=(declared,), is_news=True)
        assert choose(forms, NAMES) == headline


def test_no_form_gives_no_title():
    assert choose(Forms(), NAMES) == ""


@settings(max_examples=500, deadline=None)
@given(
    headings=st.lists(st.text(max_size=40), max_size=3),
    declared=st.lists(st.text(max_size=40), max_size=2),
    texts=st.tuples(st.text(max_size=120), st.text(max_size=80)),
    names=st.lists(st.text(max_size=12), max_size=3),
    is_news=st.booleans(),
)
def test_any_forms_are_survived(headings, declared, texts, names, is_news):
    forms = Forms(
        headings=tuple(headings), declared=tuple(declared), headline=texts[0], whole=texts[1], is_news=is_news
    )
    assert isinstance(choose(forms, names), str)


ADDRESS = address_words("/2026/11/24/new-bridge-opens-after-nine-years.html")


@pytest.mark.parametrize(
    "forms",
    [
        Forms(headings=("Notes from a valley",), whole=f"Notes from a valley » Archive » {HEADLINE}"),
        Forms(headings=("The paper of the valley and its towns",), declared=(HEADLINE,)),
        Forms(headings=("A word from the founder of this paper:",), whole=f"{HEADLINE} | Some Paper"),
    ],
)
def test_a_form_that_the_address_repeats_outdoes_one_that_it_does_not_know(forms):
    assert choose(replace(forms, address=ADDRESS), NAMES) == HEADLINE
    assert choose(forms, NAMES) != HEADLINE


@pytest.mark.parametrize(
    "heading", ["Why the bridge at Arvel opens so late", "New bridge opens after nine years of waiting"]
)
def test_a_headline_that_the_address_knows_in_part_stays(heading):
    assert choose(Forms(headings=(heading,), declared=(HEADLINE,), address=ADDRESS), NAMES) == heading


def test_a_form_that_the_address_knows_in_part_outdoes_nothing():
    forms = Forms(
        headings=("What the river does to stones",), declared=("Bridge: the stones of the river Arvel",)
    )
    assert choose(replace(forms, address=ADDRESS), NAMES) == "What the river does to stones"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/2026/br%C3%BCcken-im-caf%C3%A9", {"2026", "bruecken", "im", "cafe"}),
        ("/a/Мост-открыт.html", {"мост", "открыт", "html"}),
        ("", set()),
    ],
)
def test_an_addresss_words_are_bare(path, words):
    assert address_words(path) == words


def test_a_short_h1_of_other_words_is_a_sections():
    assert choose(Forms(headings=("Our services",), declared=(HEADLINE,)), NAMES) == HEADLINE
    assert (
        choose(Forms(headings=("New bridge services",), declared=(HEADLINE,)), NAMES) == "New bridge services"
    )


def test_a_headline_is_no_sites_name_even_where_the_page_says_so():
    forms = Forms(headings=(HEADLINE,), whole=HEADLINE)
    assert choose(forms, (HEADLINE,)) == HEADLINE


def test_a_day_after_the_headline_in_h1_goes():
    heading = f"{HEADLINE} 24.11.2026 • Town, Press"
    assert choose(Forms(headings=(heading,), declared=(HEADLINE,)), NAMES) == HEADLINE


def test_a_short_h1_that_the_address_repeats_is_the_headline():
    forms = Forms(
        headings=("The lost bridge",), declared=("Stones of Arvel or Bostan",), whole="Stones of Arvel"
    )
    assert choose(replace(forms, address=address_words("/the-lost-bridge/")), NAMES) == "The lost bridge"
    assert choose(replace(forms, address=address_words("/7031/")), NAMES) == "Stones of Arvel or Bostan"


def test_two_forms_that_agree_outdo_the_address():
    title = "Nobody in the valley knows what to do"
    forms = Forms(headings=(title,), declared=(title,), whole=f"{title} -- {HEADLINE} - The Example")
    assert choose(replace(forms, address=ADDRESS), NAMES) == title


def test_a_heading_that_the_address_repeats_is_no_site_s_name():
    forms = Forms(
        headings=("Managing river engines",),
        whole="Aster Engine Blog | Managing river engines",
        address=address_words("/engine-blog/managing-river-engines/"),
    )
    assert choose(forms, []) == "Managing river engines"
    assert choose(replace(forms, address=frozenset()), []) != "Managing river engines"
