import json

from rich.console import Console

from extractors.language import article_language, identify
from flows.language_view import language_json, language_table
from tests.language_texts import ARTICLES


def shown(verdict):
    console = Console(width=100, record=True, file=None, quiet=False)
    with console.capture() as captured:
        console.print(language_table(verdict))
    return captured.get()


def test_a_verdict_is_shown_with_everybody_who_spoke():
    text = shown(identify(ARTICLES["uk"][0]))
    assert "uk" in text
    assert "Cyrl" in text
    assert "pycld2" in text
    assert "own words and letter groups" in text


def test_an_article_shows_its_other_languages_and_flags():
    text = shown(article_language("", [*ARTICLES["uk"], *ARTICLES["en"]], ["ru"]))
    assert "of the letters" in text
    assert "language-conflict" in text


def test_no_letters_are_said_to_be_none():
    assert "no letters" in shown(identify("123"))


def test_both_kinds_of_verdict_can_be_written_as_json():
    one = json.loads(json.dumps(language_json(identify(ARTICLES["az"][0]))))
    assert one["language"] == "az"
    assert {"detector", "language", "confidence"} == set(one["evidence"][0])
    assert isinstance(one["alternatives"], list)
    whole = json.loads(json.dumps(language_json(article_language("", ARTICLES["az"], ["en"]))))
    assert whole["flags"] == ["language-conflict"]
    assert whole["other_languages"] == []
