import pytest

from extractors.language import article_language
from extractors.language.tags import canonical
from tests.language_texts import ARTICLES, MENUS, SENTENCES


def made_page(article, menu):
    """A page's lines as plain text: the menu at the top and bottom, the story between."""
    entries = MENUS[menu].split("|")
    return [*entries * 3, *ARTICLES[article], *entries * 3]


PAIRS = [(article, menu) for article in ARTICLES for menu in [name for name in MENUS if name != article][:8]]


def test_there_are_104_pages_with_a_menu_in_another_language():
    assert len(PAIRS) == 104


@pytest.mark.parametrize(("article", "menu"), PAIRS)
def test_a_menu_does_not_give_the_article_its_language(article, menu):
    found = article_language("", made_page(article, menu))
    assert canonical(found.language) == article
    assert found.other_languages == ()


def test_a_quote_in_russian_makes_no_russian_article():
    paragraphs = [*ARTICLES["hy"], ARTICLES["ru"][0], *ARTICLES["hy"]]
    found = article_language("", paragraphs)
    assert found.language == "hy"
    assert [other.language for other in found.other_languages] == ["ru"]
    assert 0.1 < found.other_languages[0].share < 0.3
    assert "bilingual" not in found.flags


def test_a_page_in_two_languages_says_so():
    found = article_language("", [*ARTICLES["uk"], *ARTICLES["en"], ARTICLES["uk"][0]])
    assert found.language == "uk"
    assert [other.language for other in found.other_languages] == ["en"]
    assert "bilingual" in found.flags


def test_the_longer_half_wins_even_where_the_other_comes_first():
    found = article_language("", [ARTICLES["es"][0], *ARTICLES["fr"], *ARTICLES["fr"]])
    assert found.language == "fr"
    assert [other.language for other in found.other_languages] == ["es"]


def test_other_shares_and_the_articles_own_never_exceed_the_whole():
    mixed = [paragraph for paragraphs in ARTICLES.values() for paragraph in paragraphs]
    found = article_language("", mixed)
    assert sum(other.share for other in found.other_languages) <= 1.0
    assert canonical(found.language) not in {canonical(other.language) for other in found.other_languages}


def test_short_paragraphs_are_read_together():
    lines = ["Եղանակը փոխվում է։", "Վաղը անձրև կլինի։", "Քամին կուժեղանա։"]
    assert article_language("", lines).language == "hy"


def test_an_article_without_text_takes_the_language_of_its_title():
    assert article_language("Новий міст через річку відкриють навесні", []).language == "uk"


def test_nothing_at_all_is_in_no_language():
    found = article_language("", [])
    assert (found.language, found.script, found.confidence, found.flags) == ("und", "", 0.0, ())


def test_a_page_that_declares_another_language_is_in_conflict():
    assert "language-conflict" in article_language("", ARTICLES["sw"], ["en"]).flags
    assert article_language("", ARTICLES["sw"], ["sw-KE"]).flags == ()
    assert article_language("", ARTICLES["sw"]).flags == ()


@pytest.mark.parametrize(("language", "declared"), [("fa", "fa-IR"), ("ckb", "ku"), ("rn", "rn")])
def test_a_name_that_covers_the_language_is_no_conflict(language, declared):
    paragraphs = ARTICLES.get(language) or [SENTENCES[language]]
    assert "language-conflict" not in article_language("", paragraphs, [declared]).flags


def test_dari_declared_as_persian_is_dari_without_conflict():
    text = (
        "پولیس گفت که شفاخانه ولسوالی در ماه جنوری باز می‌شود و داکتران پوهنتون در آن کار خواهند کرد، "
        "اما شاروال و محصلین مکتب از رییس فابریکه خواستند که در اکتوبر به قریه بیاید و سرک را ببیند."
    )
    found = article_language("", [text], ["fa"])
    assert found.language == "prs"
    assert found.flags == ()


def test_title_and_text_that_disagree_are_noted():
    found = article_language("City council approves plans for a new bridge", ARTICLES["ka"])
    assert found.language == "ka"
    assert "title-language" in found.flags
    assert article_language("საქალაქო საბჭომ ახალი ხიდის პროექტი დაამტკიცა", ARTICLES["ka"]).flags == ()


def test_a_title_of_names_does_not_contradict_the_text():
    assert article_language("Real Madrid – Bayern München 2:1", ARTICLES["ru"]).flags == ()


def test_an_article_outside_the_sites_languages_is_noted():
    found = article_language("", ARTICLES["en"], site_languages=["hy", "ru"])
    assert found.language == "en"
    assert "unexpected-language" in found.flags
    assert article_language("", ARTICLES["ru"], site_languages=["hy", "ru"]).flags == ()


def test_the_sites_languages_decide_between_close_ones():
    lines = ["Most je otvoren u subotu."]
    assert article_language("", lines, site_languages=["hr"]).language == "hr"
    assert article_language("", lines, site_languages=["bs"]).language == "bs"


def test_a_thousand_paragraphs_are_sampled_evenly():
    paragraphs = [*ARTICLES["tr"] * 300, *ARTICLES["de"] * 200]
    found = article_language("", paragraphs)
    assert found.language == "tr"
    assert [other.language for other in found.other_languages] == ["de"]
    assert 0.35 < found.other_languages[0].share < 0.45


def test_langdetect_is_asked_about_an_article_on_demand():
    found = article_language("", ARTICLES["tr"], always_langdetect=True)
    assert "langdetect" in {vote.detector for vote in found.evidence}


@pytest.mark.parametrize("pattern", ["hr", "hhrr", "h" * 20 + "r" * 20])
def test_a_long_article_in_two_languages_says_so_however_they_take_turns(pattern):
    languages = {"h": "hy", "r": "ru"}
    order = (pattern * 40)[:40]
    paragraphs = [ARTICLES[languages[letter]][number % 2] for number, letter in enumerate(order)]
    found = article_language("", paragraphs)
    assert {found.language, *(other.language for other in found.other_languages)} == {"hy", "ru"}
    assert "bilingual" in found.flags
