"""Lines that ask something of the reader go; the same words in running text stay."""

import numpy as np
import pytest
from lxml.html import document_fromstring

from config.debris_phrases import load_phrases
from extractors.content import find_content
from extractors.content.appeals import find_appeals
from extractors.content.blocks import walk
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


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("CONTINUA DEPOIS DA PUBLICIDADE", CutReason.PROMO),
        ("Advertisement - scroll to continue", CutReason.PROMO),
        ("La suite après cette publicité", CutReason.PROMO),
        ("Weiterlesen nach der Anzeige", CutReason.RELATED),
        ("De tekst gaat verder onder de advertentie", CutReason.PROMO),
        ("Dalsza część artykułu pod materiałem wideo", CutReason.PROMO),
        ("Продолжение после рекламы", CutReason.PROMO),
        ("Продовження після реклами", CutReason.PROMO),
        ("Haberin devamı için tıklayın", CutReason.PROMO),
        ("إعلان", CutReason.PROMO),
        ("विज्ञापन", CutReason.PROMO),
        ("বিজ্ঞাপন", CutReason.PROMO),
        ("請繼續往下閱讀", CutReason.PROMO),
        ("広告", CutReason.PROMO),
        ("SCROLL TO CONTINUE WITH CONTENT", CutReason.PROMO),
        ("Quảng cáo", CutReason.PROMO),
        ("Գովազդ", CutReason.PROMO),
        ("რეკლამა", CutReason.PROMO),
        ("Compartir en X", CutReason.SHARE),
        ("Partager sur Bluesky", CutReason.SHARE),
        ("Condividi su Telegram", CutReason.SHARE),
        ("Поделиться в Одноклассниках", CutReason.SHARE),
    ],
)
def test_a_sign_or_button_in_the_midst_of_running_text_is_cut(line, reason):
    found = content(*PARAGRAPHS[:3], line, *PARAGRAPHS[3:])
    assert [kept.text for kept in found.lines] == list(PARAGRAPHS)
    assert told(found)[line] in (reason, CutReason.MODEL)


@pytest.mark.parametrize(
    "line",
    [
        "Compartir en familia lo poco que hay es, dice la alcaldesa, lo que ha mantenido viva a esta ciudad.",
        "Share on share, the harbour railway was bought back by the town, until nothing of it belonged to strangers.",
        "Teilen auf diesem Niveau, sagte der Bürgermeister, könne nur eine Stadt, die selbst nichts mehr besitze.",
        "Advertisement revenue of the harbour post fell by a half last year, and the railway paper closed in May.",
    ],
)
def test_a_sentence_that_opens_like_a_button_stays(line):
    texts = [*PARAGRAPHS[:3], line, *PARAGRAPHS[3:]]
    assert [kept.text for kept in content(*texts).lines] == texts


@pytest.mark.parametrize(
    "line",
    [
        "انتهای پیام/",
        "(انتهى)",
        "（完）",
        "【全文完】",
        "（了）",
        "<끝>",
        "- ENDS -",
        "Конец сообщения",
    ],
)
def test_an_agencys_mark_of_the_end_is_cut(line):
    text = line.replace("<", "&lt;")
    assert [kept.text for kept in content(*PARAGRAPHS, text).lines] == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "line",
    [
        "Aster Notes is a reader-supported publication. To receive new posts and support my work, become a subscriber.",
        "Copyright 2026 The Aster Desk. All rights reserved. This material may not be published or rewritten.",
        "Mit unserem Newsletter verpassen Sie nichts mehr vom Hafen. Hier kostenlos anmelden!",
        "Ha fontosnak tartja a munkánkat, támogasson minket havi ezer forinttal!",
        "Pratite nas i putem aplikacije za telefon.",
        "Soutenez-nous : faites un don pour une presse libre.",
        "Apoie o jornalismo independente do porto.",
        "Поддержите нашу редакцию: оформите ежемесячное пожертвование.",
        "Suscríbete a nuestro boletín y recibe las noticias del puerto.",
        "Il vous reste 60 % de cet article à lire.",
        "Já é assinante? Faça seu login.",
        "Al abonnee? Log dan hier in.",
        "© Aster Post. Tutti i diritti riservati.",
    ],
)
def test_a_plea_an_offer_or_a_notice_of_rights_at_the_end_is_cut(line):
    assert [kept.text for kept in content(*PARAGRAPHS, line).lines] == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "line",
    [
        "The newsletter of the railway has nine hundred readers, and its editor lives by their gifts alone, she told the council.",
        "All rights to the old line had been reserved for the harbour board, which sold them to the town in the spring.",
        "Der Vertrag der Stadt mit der Bahn ist jederzeit kündbar, sagte der Bürgermeister am Dienstag vor dem Rathaus.",
        "Les abonnés du chemin de fer, déjà inscrits ou non, pourront voyager sans payer pendant tout le mois de mai.",
        "Apoiar o jornalismo do porto foi, disse o prefeito, a melhor decisão que a câmara tomou em vinte anos.",
        "Her last words to the council were that the railway would end where it had begun, at the harbour and its only platform.",
    ],
)
def test_a_story_about_such_things_keeps_its_last_sentence(line):
    texts = [*PARAGRAPHS, line]
    assert [kept.text for kept in content(*texts).lines] == texts


def test_what_a_subscription_holds_goes_with_the_words_before_it():
    wall = "Sie haben bereits ein Abo? Jetzt anmelden."
    offers = ("Alle Artikel auf der Seite und in der App", "Wöchentlich die digitale Ausgabe")
    found = content(*PARAGRAPHS, wall, "<ul>" + "".join(f"<li>{offer}</li>" for offer in offers) + "</ul>")
    assert [kept.text for kept in found.lines] == list(PARAGRAPHS)


def test_text_after_words_of_payment_stays():
    wall = "Already a subscriber? Log in."
    found = content(*PARAGRAPHS[:3], wall, *PARAGRAPHS[3:])
    assert [kept.text for kept in found.lines if kept.text != wall] == list(PARAGRAPHS)


QUOTE = "“We expected ruins and we found a railway,” said Marta Velden, who led the survey."


@pytest.mark.parametrize(
    "markup",
    [
        f"<blockquote><p>{QUOTE}</p></blockquote>",
        f"<aside><p>{QUOTE}</p></aside>",
        f'<div class="pull-quote"><p>{QUOTE}</p></div>',
    ],
)
def test_a_quotation_that_repeats_a_paragraph_near_by_is_doubled(markup):
    found = content(*PARAGRAPHS[:4], markup, *PARAGRAPHS[4:])
    assert [kept.text for kept in found.lines] == list(PARAGRAPHS)
    assert told(found)[QUOTE] in (CutReason.DOUBLED, CutReason.MODEL, CutReason.RELATED)


def test_a_quotation_that_stands_nowhere_else_and_a_repeated_heading_stay():
    letter = "To the person who drives: kindly remember that the whole of the town will hear your whistle."
    heading = "The old harbour railway"
    texts = [
        kept.text
        for kept in content(
            *PARAGRAPHS[:3],
            f"<blockquote><p>{letter}</p></blockquote>",
            f"<h2>{heading}</h2>",
            *PARAGRAPHS[3:],
        ).lines
    ]
    assert letter in texts
    assert heading in texts


@pytest.mark.parametrize("markup", ["<p>KULTURA</p>", '<p class="nadnaslov">Kultura i život</p>'])
def test_the_sections_name_above_the_text_is_no_text(markup):
    assert [kept.text for kept in content(markup, *PARAGRAPHS).lines] == list(PARAGRAPHS)


@pytest.mark.parametrize("first", ["HIV感染が増加したことを報告", "The works", "TL;DR:", "US"])
def test_another_short_first_line_is_no_sections_name(first):
    cuts = told(content(f"<p>{first}</p>", *PARAGRAPHS))
    assert cuts.get(first) is not CutReason.NAVIGATION


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


def appeals(*lines: str, chance: float = 0.99) -> list[str]:
    """Which of these lines, all of them the article's, are appeals to the rule alone."""
    body = "".join(line if line.startswith("<") else f"<p>{line}</p>" for line in lines)
    blocks = walk(document_fromstring(f"<html><body>{body}</body></html>")).blocks
    keep, chances = np.ones(len(blocks), bool), np.full(len(blocks), chance)
    return [blocks[at].text for at in sorted(find_appeals(blocks, keep, chances, RULES.phrases))]


def test_a_short_sentence_in_the_midst_that_opens_like_a_button_stays():
    assert appeals(*PARAGRAPHS[:3], "Share on share was bought back.", *PARAGRAPHS[3:]) == []
    assert appeals(*PARAGRAPHS[:3], "Share on Bluesky", *PARAGRAPHS[3:]) == ["Share on Bluesky"]


def test_offers_go_whose_words_no_phrase_knows():
    wall, offers = "Already a subscriber? Log in.", ["All articles on the page", "The weekly paper"]
    listed = "<ul>" + "".join(f"<li>{offer}</li>" for offer in offers) + "</ul>"
    assert appeals(*PARAGRAPHS, wall, listed, chance=0.8) == [wall, *offers]


def test_paragraphs_below_words_of_payment_are_no_offers():
    wall = "Already a subscriber? Log in."
    assert appeals(*PARAGRAPHS[:3], wall, *PARAGRAPHS[3:], chance=0.8) == [wall]


def test_a_last_sentence_that_opens_like_a_stamp_is_no_appeal():
    assert appeals(*PARAGRAPHS, "Updated rules will hold for all of the trains from May 2027.") == []
