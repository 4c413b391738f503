import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.language import clean_declared
from extractors.language.tags import canonical


@pytest.mark.parametrize(
    ("declared", "tags"),
    [
        (["en"], ("en",)),
        (["en_US"], ("en-US",)),
        (["EN-us"], ("en-US",)),
        (["en-US.UTF-8"], ("en-US",)),
        (["eng"], ("en",)),
        (["english"], ("en",)),
        (["Русский"], ("ru",)),
        (["Haitian Creole"], ("ht",)),
        (["hy-am"], ("hy-AM",)),
        (["hy-HY"], ("hy",)),
        (["arm"], ("hy",)),
        (["iw"], ("he",)),
        (["zh_hans_cn"], ("zh-Hans-CN",)),
        (["zh-TW"], ("zh-TW",)),
        (["sr-latn-rs"], ("sr-Latn-RS",)),
        (["es-419"], ("es-419",)),
        (["fa-AF"], ("fa-AF",)),
        (["ua"], ("uk",)),
        (["en, fr"], ("en", "fr")),
        (["en;q=0.9, fr;q=0.8"], ("en", "fr")),
        (["de-DE-1996-x-private"], ("de-DE",)),
        (["en", "EN", "eng"], ("en",)),
        (["ru", "hy"], ("ru", "hy")),
    ],
)
def test_declared_languages_become_tags_in_order_and_once(declared, tags):
    assert clean_declared(declared) == tags


@pytest.mark.parametrize(
    "noise",
    [
        "",
        " ",
        "x-default",
        "und",
        "mul",
        "{{ lang }}",
        "default",
        "null",
        "q",
        "123",
        "-",
        "_",
        "en" * 3000,
        "xx",
        "\x00",
    ],
)
def test_what_names_no_language_is_dropped(noise):
    assert clean_declared([noise]) == ()
    assert clean_declared([noise, "ka"]) == ("ka",)


def test_values_that_are_no_text_are_dropped():
    assert clean_declared([None, 7, ["en"], "lt"]) == ("lt",)


@given(st.lists(st.text(max_size=40), max_size=6))
def test_any_values_give_well_formed_tags_that_stay_as_they_are(values):
    tags = clean_declared(values)
    assert clean_declared(tags) == tags
    assert all(canonical(tag) != "und" for tag in tags)


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("sr-Latn", "sr"), ("zh-Hant", "zh"), ("no", "nb"), ("fil", "tl"), ("fa-AF", "prs"), ("sr-ME", "cnr"),
        ("hye", "hy"), ("", "und"), ("und", "und"), ("nonsense", "und"), ("yue-Hant", "yue"),
    ],
)  # fmt: skip
def test_a_tag_has_one_bare_language(tag, language):
    assert canonical(tag) == language
