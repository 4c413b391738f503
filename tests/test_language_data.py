"""The data files that editors add to: a slip there should fail here, with its line."""

import itertools
from importlib import resources

import pytest

from extractors.language import ngrams
from extractors.language.pairs import group_of, members_of
from extractors.language.scripts import can_be_in, count_scripts, languages_of
from extractors.language.tables import read_table
from extractors.language.tags import canonical

PAIRS = list(read_table("pairs.tsv"))
WORD_LISTS = [(row[0], row[1]) for row in PAIRS if len(row) > 1 and row[1]]


def is_known(code):
    return code in ("zh-Hans", "zh-Hant") or canonical(code) == code


@pytest.mark.parametrize(
    "name", ["scripts.tsv", "letters.tsv", "pairs.tsv", "detectors.tsv", "rare_languages.tsv", "han.tsv"]
)
def test_tables_are_not_empty(name):
    assert read_table(name)


def test_every_language_named_in_the_tables_has_a_code():
    named = {code for row in read_table("scripts.tsv") for code in row[2].split()} - {"*"}
    named |= {code for row in read_table("detectors.tsv") for code in row[1].split()}
    named |= {row[1] for row in read_table("letters.tsv")}
    named |= {code for row in read_table("rare_languages.tsv") for code in row[0].split()}
    assert sorted(code for code in named if not is_known(code)) == []


def test_ranges_of_scripts_do_not_overlap():
    ranges = []
    for row in read_table("scripts.tsv"):
        for piece in row[1].split():
            first, _, last = piece.partition("-")
            ranges.append((int(first, 16), int(last or first, 16), row[0]))
    ranges.sort()
    assert [(left, right) for left, right in itertools.pairwise(ranges) if left[1] >= right[0]] == []


@pytest.mark.parametrize(("members", "name"), WORD_LISTS)
def test_a_word_list_speaks_only_for_members_of_its_group(members, name):
    for languages, weight, words in read_table(f"pairs/{name}"):
        assert set(languages.split()) <= set(members.split())
        assert 0 < float(weight) <= 3
        assert words == words.lower()
        assert all(word.strip("*") for word in words.split())


def test_every_word_list_is_used():
    folder = resources.files("extractors.language").joinpath("data/pairs")
    assert {file.name for file in folder.iterdir()} == {name for _, name in WORD_LISTS}


def test_a_group_bears_the_name_of_its_first_member():
    assert group_of("hr") == group_of("sr") == group_of("cnr") == "bs"
    assert members_of("bs") == ("bs", "hr", "sr", "cnr")
    assert group_of("fi") == "fi"
    assert members_of("fi") == ("fi",)


def test_letters_stand_in_their_script():
    for script, _, letters, _ in read_table("letters.tsv"):
        for letter in letters.replace(" ", ""):
            assert count_scripts(letter).script in (script, "Hani"), letter


def test_the_letter_model_knows_only_languages_that_its_scripts_have():
    for script in ("Latn", "Cyrl", "Arab", "Deva", "Ethi", "Hebr", "Hani", "Tibt", "Mymr"):
        languages = ngrams.knows(script)
        assert len(languages) >= 2
        assert all(can_be_in(canonical(language), script) for language in languages)


def test_a_script_of_one_language_says_it_alone():
    assert languages_of("Armn") == {"hy"}
    assert not can_be_in("ru", "Latn")
    assert can_be_in("sr", "Latn")
    assert not can_be_in("en", "Cyrl")


def test_data_stays_small():
    folder = resources.files("extractors.language").joinpath("data")
    size = sum(len(file.read_bytes()) for file in folder.iterdir() if file.is_file())
    assert size < 600_000
