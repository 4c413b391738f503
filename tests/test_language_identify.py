import copy
import multiprocessing
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.language import LanguageVerdict, detectors, identify
from extractors.language.cleaning import MAX_CHARACTERS, bounded, clean
from extractors.language.tags import canonical
from tests.language_texts import ARTICLES, SENTENCES

TEXTS = {**SENTENCES, **{language: paragraphs[0] for language, paragraphs in ARTICLES.items()}}

BOSNIAN_SIGNS = (
    "Sedmicu dana prije izbora općina je također saopćila da se historija ponavlja i da je lahko obećati."
)
CROATIAN = "Tko je tijekom prošlog tjedna vidio izvješće sveučilišta, zna da će u siječnju tisuće obitelji ostati bez plaća."
SERBIAN = "Predsednik je posle sednice rekao da će deca cele nedelje imati lepo vreme, a vesti će stići uvek na isto mesto."
MONTENEGRIN = "Nijesu htjeli da kažu đe je opština kupila zemljište, takođe nijesmo čuli zašto je crnogorska vlada sjutra spriječena."


@pytest.mark.parametrize("language", TEXTS)
def test_a_sentence_of_news_is_in_its_language(language):
    assert canonical(identify(TEXTS[language]).language) == language


@pytest.mark.parametrize("language", TEXTS)
def test_the_sentence_is_known_without_pycld2_too(language, monkeypatch):
    monkeypatch.setattr(detectors, "pycld2", None)
    assert canonical(identify(TEXTS[language]).language) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [(BOSNIAN_SIGNS, "bs"), (CROATIAN, "hr"), (SERBIAN, "sr-Latn"), (MONTENEGRIN, "cnr")],
)
def test_bosnian_croatian_serbian_and_montenegrin_are_told_apart_by_their_words(text, language):
    assert identify(text).language == language


def test_serbian_in_cyrillic_says_so():
    text = "Председник је после седнице рекао да ће деца целе недеље имати лепо време и да вести стижу увек."
    verdict = identify(text)
    assert (verdict.language, verdict.script) == ("sr-Cyrl", "Cyrl")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("市议会星期二批准了新桥的计划，工程将于春天开始，预计需要两年时间。", "zh-Hans"),
        ("市議會星期二批准了新橋的計畫，工程將於春天開始，預計需要兩年時間。", "zh-Hant"),
        ("市議會星期二批咗起新橋嘅計劃，佢哋話聽日就開工，而家啲居民都唔使再等。", "yue"),
    ],
)
def test_chinese_says_its_letters_and_cantonese_is_no_mandarin(text, language):
    assert identify(text).language == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "Kommunestyret sa ikke noe om hvor mye den nye broen vil koste, men jeg tror det blir mer enn de sier.",
            "nb",
        ),
        (
            "Kommunestyret sa ikkje noko om kor mykje den nye brua vil koste, men eg trur det vert meir enn dei seier.",
            "nn",
        ),
    ],
)
def test_the_two_forms_of_norwegian_are_told_apart(text, language):
    assert identify(text).language == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "پولیس گفت که شفاخانه ولسوالی در ماه جنوری باز می‌شود و داکتران پوهنتون در آن کار خواهند کرد.",
            "prs",
        ),
        ("پلیس گفت بیمارستان شهرستان در ژانویه باز می‌شود و پزشکان دانشگاه در آن کار خواهند کرد.", "fa"),
    ],
)
def test_dari_is_told_from_persian_by_its_institutions(text, language):
    assert identify(text).language == language


def test_a_declaration_decides_between_close_languages_where_the_text_does_not():
    text = "Most je otvoren u subotu."  # nothing in it is of one of the four alone
    assert identify(text, ["hr"]).language == "hr"
    assert identify(text, ["bs"]).language == "bs"


def test_a_declaration_does_not_turn_a_text_that_says_what_it_is():
    assert identify(SERBIAN, ["hr"]).language == "sr-Latn"
    assert identify(ARTICLES["sw"][0], ["en"]).language == "sw"


@pytest.mark.parametrize(
    "text", ["", " \n", "12 345", "🎉🎉🎉", "https://example.org/a/b?c=d", "@name #tag", "... --- !!!"]
)
def test_text_without_words_is_in_no_language(text):
    assert identify(text) == LanguageVerdict(language="und", script="", confidence=0.0)


def test_an_unsure_verdict_names_its_guesses():
    verdict = identify("Hgf kjwq zxcv bnmp qwrt")
    assert verdict.language == "und"
    assert verdict.alternatives
    assert verdict.confidence < 0.35


def test_foreign_names_in_latin_letters_do_not_make_a_headline_latin():
    assert identify("Apple, Samsung և Microsoft նոր հեռախոս").language == "hy"
    assert identify("Microsoft Windows і Google Chrome: що нового для користувачів").language == "uk"


def test_palochka_typed_as_a_digit_is_a_letter():
    typed = clean("къэк1уагъ ц1ыфхэр")
    assert "ӏ" in typed
    assert "1" not in typed


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Нохчийчохь хӏара шо даьлча керла ишкол схьайиллина, аьлла хаамбина куьйгалхочо", "ce"),
        ("Гьел росулъ цӏияб мактаб рагьулеб буго, гьезда цадахъ лъималги руго", "av"),
        ("Азәрбајҹан һөкумәти јени көрпүнүн лајиһәсини тәсдиг етди вә тикинти јазда башланаҹаг", "az"),
        ("Ўзбекистон ҳукумати янги кўприк лойиҳасини тасдиқлади, қурилиш баҳорда бошланади", "uz"),
    ],
)
def test_letters_speak_for_languages_that_the_detectors_hardly_know(text, language):
    assert identify(text).language == language


def test_a_japanese_headline_without_kana_is_japanese_where_the_page_says_so():
    assert identify("東京都知事選、投開票", ["ja"]).language == "ja"
    assert identify("市議會批准新橋計畫", ["ja"]).language == "zh-Hant"


def test_every_witness_is_named_and_langdetect_is_asked_on_demand():
    clear = identify(ARTICLES["fr"][0])
    assert {vote.detector for vote in clear.evidence} == {"pycld2", "py3langid", "ngrams"}
    asked = identify(ARTICLES["fr"][0], always_langdetect=True)
    assert [vote.language for vote in asked.evidence if vote.detector == "langdetect"] == ["fr"]
    assert asked.language == clear.language


def test_langdetect_is_not_asked_where_it_knows_no_answer():
    verdict = identify(SENTENCES["ckb"])
    assert "langdetect" not in {vote.detector for vote in verdict.evidence}


@pytest.mark.parametrize(
    "noise",
    [
        "\x00\x01\x02",
        "\ud800",
        "\udfff\ud800",
        "\ufffd\ufffe",
        "\u202e\u200f",
        "\x85\xa0",
        "\U000e0001",
        "\U0010ffff",
    ],
)
def test_unclean_characters_change_nothing(noise):
    text = noise.join(ARTICLES["en"][0].split(" "))
    assert identify(noise + text + noise).language == "en"


def test_a_long_text_is_looked_at_in_three_places_and_no_more():
    text = ARTICLES["es"][0] * 8_000
    assert len(text) > 1_000_000
    assert len(bounded(text)) <= MAX_CHARACTERS
    assert identify(text).language == "es"
    assert identify("x" * 1_000_000).script == "Latn"
    middle = "a " * 50_000 + ARTICLES["es"][0] * 3_000 + "a " * 50_000
    assert identify(middle).language == "es"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400), st.lists(st.text(max_size=12), max_size=3))
def test_any_text_gets_a_verdict_in_bounds(text, declared):
    verdict = identify(text, declared)
    assert 0.0 <= verdict.confidence <= 1.0
    assert verdict.language == "und" or canonical(verdict.language) != "und"
    assert verdict.language not in verdict.alternatives


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["latin-1", "cp1251", "utf-8", "utf-16-le", "gb18030"]))
def test_bytes_decoded_wrongly_get_a_verdict(raw, encoding):
    for errors in ("replace", "ignore"):
        assert identify(raw.decode(encoding, errors)).confidence <= 1.0
    assert identify(raw.decode("utf-8", "surrogateescape")).confidence <= 1.0


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_torn_and_mixed_texts_get_the_same_verdict_twice(random):
    pieces = [random.choice(list(TEXTS.values())) for _ in range(3)]
    letters = list("".join(piece[: random.randrange(1, 90)] for piece in pieces))
    for _ in range(random.randrange(20)):
        letters[random.randrange(len(letters))] = chr(random.randrange(0x110000))
    text = "".join(letters)
    assert identify(text) == identify(copy.copy(text))


def test_threads_say_what_one_says():
    texts = list(TEXTS.values()) * 3
    alone = [identify(text, always_langdetect=True) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda text: identify(text, always_langdetect=True), texts))
    assert together == alone


def test_another_process_says_the_same():
    texts = [SENTENCES["ky"], SENTENCES["ms"], "Vulkan spyr aske over Mexico City"]
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.map(identify, texts) == [identify(text) for text in texts]


FORKED = """
import os, sys
from extractors.language import detectors, identify
texts = sys.argv[1:]
detectors.load()
parent = [identify(text, always_langdetect=True) for text in texts]
child = os.fork()
if child == 0:
    os._exit(0 if [identify(text, always_langdetect=True) for text in texts] == parent else 1)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def test_a_fork_says_what_its_parent_said():
    texts = [SENTENCES["ky"], SENTENCES["ms"], "Vulkan spyr aske over Mexico City"]
    root = Path(__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", FORKED, *texts], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
