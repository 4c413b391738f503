"""Debris phrases: what the shipped files hold, and what is said of bad ones."""

import pytest

from config.debris_phrases import fold, load_files, load_phrases
from config.errors import ConfigError
from extractors.records import CutReason

PANGEA_HEADINGS = [
    ("hy", "Մատչելիության հղումներ"),
    ("en", "Accessibility links"),
    ("ru", "Ссылки для упрощенного доступа"),
    ("uk", "Доступність посилання"),
    ("az", "Keçid linkləri"),
    ("tk", "Sepleriň elýeterliligi"),
    ("bs", "Dostupni linkovi"),
    ("hr", "Dostupni linkovi"),
    ("sr", "Dostupni linkovi"),
    ("fa", "لینک های دسترسی"),
    ("ko", "연결 가능 링크"),
    ("zh", "无障碍链接"),
]


@pytest.mark.parametrize(("language", "heading"), PANGEA_HEADINGS)
def test_every_known_accessibility_heading_is_a_phrase(language, heading):
    assert f"{language}/accessibility:{fold(heading)}" in load_phrases()


def test_phrases_cover_at_least_fifty_languages():
    assert len({phrase.partition("/")[0] for phrase in load_phrases()}) >= 50


def test_every_phrase_is_folded_and_short_enough_to_be_no_sentence_of_an_article():
    for entry in load_phrases():
        _, _, phrase = entry.partition(":")
        assert phrase == fold(phrase)
        assert 0 < len(phrase) <= 80, entry


def test_every_file_names_its_source():
    assert all(len(file.source) > 10 for file in load_files())


def test_phrases_are_known_by_the_reason_of_their_cut():
    english = next(file for file in load_files() if file.language == "en")
    assert "Accessibility links" in english.phrases[CutReason.ACCESSIBILITY]
    assert "Read also:" in english.phrases[CutReason.RELATED]


def test_phrases_of_a_directory_of_ones_own_are_loaded_instead(tmp_path):
    (tmp_path / "eo.yaml").write_text(
        "language: eo\nsource: our own\nphrases:\n  share:\n    - Kunhavigi  NUN\n", encoding="utf-8"
    )
    assert load_phrases(tmp_path) == frozenset({"eo/share:kunhavigi nun"})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("language: [", "cannot be read"),
        ("- a list", "the file"),
        ("language: eo\nphrases: {}\n", "source"),
        ("language: eo\nsource: x\nphrases:\n  gossip: [a]\n", "gossip"),
        ("language: eo\nsource: x\nphrases:\n  share: [1]\n", "phrases.share"),
        ("language: de\nsource: x\nphrases: {}\n", 'the file\'s name says "eo"'),
        ('language: eo\nsource: x\nphrases:\n  share: ["--"]\n', "holds no letter"),
        ("language: eo\nsource: x\nphrases: {}\ncolour: red\n", "colour"),
    ],
)
def test_a_bad_file_is_refused_with_its_name_and_the_place(tmp_path, content, said):
    (tmp_path / "eo.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"eo\.yaml") as told:
        load_phrases(tmp_path)
    assert said in str(told.value)


def test_bytes_that_are_no_text_are_refused(tmp_path):
    (tmp_path / "eo.yaml").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(ConfigError, match="cannot be read"):
        load_phrases(tmp_path)


def test_a_directory_without_files_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="no debris files"):
        load_phrases(tmp_path)
