"""Lines that ask something of the reader go; the same words in running text stay."""

import pytest
from lxml.html import document_fromstring

from config.debris_phrases import load_phrases
from extractors.content import find_content
from extractors.findings import Content, Metadata
from extractors.records import CutReason, Rules
from tests.story_pages import PARAGRAPHS, TITLE, story

RULES = Rules(phrases=load_phrases())
META = Metadata(title=TITLE, titles=(TITLE,), declared_types=("newsarticle",))


def content(*texts: str) -> Content:
    body = "".join(text if text.startswith("<") else f"<p>{text}</p>" for text in texts)
    return find_content(document_fromstring(story(body)), META, RULES, "https://aster.example/news/railway")


def told(found: Content) -> dict[str, CutReason]:
    return {cut.text: cut.reason for cut in found.cuts}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("For more from the river, sign up for our newsletter and read it on Mondays.", CutReason.NEWSLETTER),
        ("Follow the Aster Post on Facebook for all the news of the harbour.", CutReason.SHARE),
        ("Got a story? Tell us about it at news@aster.example.", CutReason.PROMO),
        ("If you buy through links on this page we may earn a small commission.", CutReason.PROMO),
        ("Folgen Sie uns auf Instagram und verpassen Sie keine Nachricht vom Hafen.", CutReason.SHARE),
        ("Подписывайтесь на наш канал и читайте новости первыми.", CutReason.SHARE),
        ("Siga o Jornal do Porto no Instagram e fique por dentro.", CutReason.SHARE),
        ("有料会員になると、すべての記事をお読みいただけます。", CutReason.PAYWALL),
        ("تابعونا على فيسبوك لمزيد من الأخبار.", CutReason.SHARE),
    ],
)
def test_an_appeal_at_the_end_of_an_article_is_cut(line, reason):
    found = content(*PARAGRAPHS, line)
    assert [kept.text for kept in found.lines] == list(PARAGRAPHS)
    assert told(found).get(line) in (reason, CutReason.MODEL)


def test_an_appeal_says_which_phrase_cut_it():
    line = "Follow the Aster Post on Facebook for all the news of the harbour."
    rules = {cut.text: cut.rule for cut in content(*PARAGRAPHS, line).cuts}
    assert rules[line] == "phrase:en:follow … on facebook"


@pytest.mark.parametrize(
    "line",
    [
        "The council asked residents to follow the works on Facebook, where the engineers post a picture every day of the week.",
        "Nearly nine hundred people had to sign up for the newsletter of the railway before the vote could be held, the mayor said.",
    ],
)
def test_such_words_inside_running_text_stay(line):
    texts = [*PARAGRAPHS[:3], line, *PARAGRAPHS[3:]]
    assert [kept.text for kept in content(*texts).lines] == texts


def test_a_form_of_consent_goes_wherever_it_stands():
    consent = "An dieser Stelle finden Sie einen externen Inhalt, der den Artikel ergänzt und den Sie mit einem Klick anzeigen können."
    found = content(*PARAGRAPHS[:3], consent, *PARAGRAPHS[3:])
    assert [kept.text for kept in found.lines] == list(PARAGRAPHS)


def test_an_article_of_nothing_but_such_lines_is_not_emptied():
    lines = [
        "Follow us on Facebook and Instagram every day.",
        "Sign up for our newsletter and get it in your inbox.",
    ]
    found = content(*lines)
    assert len(found.lines) + len(found.cuts) == found.measurements.blocks_page


def test_a_caption_in_a_figure_without_a_picture_is_no_text():
    caption = "Table 2. Trains on the harbour line by year, with those that ran late in brackets, as counted by the town."
    found = content(*PARAGRAPHS[:3], f"<figure><figcaption>{caption}</figcaption></figure>", *PARAGRAPHS[3:])
    assert [kept.text for kept in found.lines] == list(PARAGRAPHS)
    assert told(found)[caption] is CutReason.CAPTION


def test_what_is_named_a_disclaimer_is_no_text():
    note = "The views in this article are those of its writer, and the Aster Post does not have to share them in any way."
    found = content(*PARAGRAPHS, f'<div class="article-disclaimer"><p>{note}</p></div>')
    assert [kept.text for kept in found.lines] == list(PARAGRAPHS)
    assert told(found)[note] in (CutReason.LEGAL, CutReason.MODEL)


def test_an_article_whose_container_is_named_a_disclaimer_stays():
    found = content('<div class="disclaimer">' + "".join(f"<p>{text}</p>" for text in PARAGRAPHS) + "</div>")
    assert [kept.text for kept in found.lines] == list(PARAGRAPHS)


def test_a_table_of_cookies_is_no_text():
    row = "aster_id 2 years This cookie is set by the ticket office and is used to tell the visitors of its pages apart."
    table = f'<table class="cookie-table"><tr><td>{row}</td></tr></table>'
    found = content(*PARAGRAPHS, table)
    assert [kept.text for kept in found.lines] == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "end",
    [
        '<p><a href="/s/9">How the ferries of the lower river were saved by a captain and his daughter</a></p>',
        "<h3>More on the harbour railway and what it is to cost the town:</h3>",
        "<p>railway.desk@aster.example</p>",
    ],
    ids=["a link", "a heading that announces", "an address"],
)
def test_what_stands_after_the_last_sentence_is_no_text(end):
    assert [kept.text for kept in content(*PARAGRAPHS, end).lines] == list(PARAGRAPHS)


def test_a_link_between_paragraphs_and_a_plain_last_heading_are_for_the_model_to_judge():
    heading = "<h2>What comes next for the railway</h2>"
    texts = [kept.text for kept in content(*PARAGRAPHS[:3], heading, *PARAGRAPHS[3:]).lines]
    assert "What comes next for the railway" in texts
