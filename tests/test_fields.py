"""Lines that say who wrote the text and when become fields; the same words in running text stay."""

import numpy as np
import pytest
from lxml.html import document_fromstring

from config.debris_phrases import load_phrases
from extractors.content.blocks import walk
from extractors.content.fields import find_fields
from extractors.records import CutReason
from tests.story_pages import PARAGRAPHS

PHRASES = load_phrases()
SURE = 0.99  # the model takes every line for the article's


def fields(*lines: str, authors: tuple[str, ...] = (), chance: float = SURE) -> dict[str, CutReason]:
    """What is found among these lines, each a paragraph or markup."""
    body = "".join(line if line.startswith("<") else f"<p>{line}</p>" for line in lines)
    blocks = walk(document_fromstring(f"<html><body>{body}</body></html>")).blocks
    keep, chances = np.ones(len(blocks), bool), np.full(len(blocks), chance)
    found = find_fields(blocks, keep, chances, PHRASES, authors)
    return {blocks[at].text: reason for at, (reason, _) in found.items()}


CREDITS = [
    "Reporter: Dewi Lestari | Editor: Bagus Santoso",
    "Penulis: Dewi Lestari",
    "Editing by Clara Osei and Tom Adair",
    "(Reporting by Clara Osei; Editing by Tom Adair)",
    "Translated by Ana Ruiz",
    "Redaktion: Lena Vogt",
    "Aus dem Englischen von Lena Vogt",
    "Traduction : Jeanne Morel",
    "Propos recueillis par Jeanne Morel",
    "Edición: Marta Gil",
    "Edição: João Prado",
    "A cura di Paola Neri",
    "Vertaald door Joost de Wit",
    "Oprac. Jan Nowicki",
    "Редактор: Анна Левина",
    "Беседовала Анна Левина",
    "Підготувала Олена Шевчук",
    "Editör: Ayşe Demir",
    "EDİTÖR: AYŞE DEMİR",
    "تحرير: سامي حداد",
    "خبرنگار: مریم رضایی",
    "रिपोर्ट: सीमा वर्मा",
    "সম্পাদনা: রহিম উদ্দিন",
    "（编辑：王小明）",
    "编辑：王小明",
    "記者 王小明",
    "取材・文：山田花子",
    "김하늘 기자 sky@aster.example",
    "[김하늘 기자]",
    "Biên tập: Minh Anh",
    "Խմբագիր՝ Անի Սարգսյան",
    "რედაქტორი: ნინო ბერიძე",
    "Müxbir: Leyla Əliyeva",
    "Szerkesztette: Kiss Anna",
    "Аутор: Мила Јовић",
    "Επιμέλεια: Μαρία Νικολάου",
]


@pytest.mark.parametrize("line", CREDITS)
def test_a_line_of_credits_at_the_end_is_a_byline(line):
    assert fields(*PARAGRAPHS, line) == {line: CutReason.BYLINE}


@pytest.mark.parametrize("line", CREDITS)
def test_a_line_of_credits_in_the_midst_is_not_told_from_a_speaker(line):
    assert fields(*PARAGRAPHS[:4], line, *PARAGRAPHS[:4]) == {}


@pytest.mark.parametrize(
    "line",
    [
        "Editor: Why did you go back to the harbour after all those years?",
        "Editor: a word that is older than the press",
        "Author: the one who wrote it",
        "Editing by hand takes the better part of a night, she said.",
        "Editing by hand",
        "Redaktion: was wir daraus lernen",
        "Редактор: почему вы вернулись в город?",
        "Беседовала с соседями до утра, вспоминает она.",
        "تحرير: لماذا عدت إلى المدينة؟",
        "编辑：你为什么回到这座城市？",
        "記者從市政府獲悉，鐵路將於明年重開。",
        "이 사건을 오래 취재한 기자",
        "Penulis: mengapa Anda kembali ke pelabuhan?",
        "Text: 12 pages of it",
    ],
)
def test_a_label_before_anything_but_names_stays(line):
    assert fields(*PARAGRAPHS, line) == {}


def test_a_speaker_of_an_interview_whose_label_opens_line_after_line_stays():
    lines = [
        line for name in ("Anna Kern", "Tom Adair", "Mia Brandt") for line in (f"Editor: {name}", "A port.")
    ]
    assert fields(*PARAGRAPHS, *lines) == {}


def test_a_heading_is_no_credit():
    assert fields(*PARAGRAPHS, "<h3>Translation: Ana Ruiz</h3>") == {}


@pytest.mark.parametrize(
    "line",
    [
        "By Ruben Thies",
        "Von Ruben Thies",
        "Por Ruben Thies",
        "Von: Ruben Thies",
        "Door Ruben Thies, Aster",
        "Автор статьи Ruben Thies",
        "<h3>By Ruben Thies</h3>",
    ],
)
def test_by_and_the_name_of_a_known_author_is_a_byline(line):
    assert list(fields(line, *PARAGRAPHS, authors=("Ruben Thies",)).values()) == [CutReason.BYLINE]


def test_a_name_alone_is_a_byline_where_the_model_doubts_it():
    assert fields("Ruben Thies", *PARAGRAPHS, authors=("Ruben Thies",)) == {}
    assert "Ruben Thies" in fields("Ruben Thies", *PARAGRAPHS, authors=("Ruben Thies",), chance=0.8)


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        (("By Anna Kern", *PARAGRAPHS), ("Ruben Thies",)),
        (
            ("With him came Ruben Thies and the whole of the harbour's old crew", *PARAGRAPHS),
            ("Ruben Thies",),
        ),
        (("By Ruben Thies they swore.", *PARAGRAPHS), ("Ruben Thies",)),
        (("(Wertung: Ruben Thies)", *PARAGRAPHS), ("Ruben Thies",)),
        ((*PARAGRAPHS[:4], "By Ruben Thies", *PARAGRAPHS[:4]), ("Ruben Thies",)),
    ],
    ids=["another name", "a sentence's part", "a sentence", "in brackets", "in the midst"],
)
def test_no_byline(lines, authors):
    assert fields(*lines, authors=authors) == {}


STAMPS = [
    "Updated 3 hours ago",
    "Last updated: 12 January 2026",
    "21/06/2026 18h42 · Atualizado há 3 horas",
    "3 hours ago",
    "17:41 GMT, October 13, 2024",
    "Aktualisiert am 3. März 2026",
    "vor 2 Stunden",
    "Vor einer Stunde",
    "Mis à jour le 3 mars 2026 à 10h15",
    "il y a 2 heures",
    "hace 5 minutos",
    "Última actualización: 3 de marzo, 10:15",
    "Aggiornato alle 10.15",
    "2 ore fa",
    "2 uur geleden",
    "Aktualizacja: 3 marca, 10:15",
    "2 часа назад",
    "Оновлено 3 березня, 10:15",
    "Güncelleme: 3 Mart 2026",
    "2 saat önce",
    "منذ 3 ساعات",
    "آخر تحديث: 3 مارس 2026",
    "۳ ساعت پیش",
    "3 घंटे पहले",
    "প্রকাশ: ৩ মার্চ ২০২৬",
    "更新时间：2026-03-03",
    "3小时前",
    "更新：3月3日 10:15",
    "3時間前",
    "입력 2026.03.03 10:15",
    "3시간 전",
    "3 jam yang lalu",
    "Cập nhật 3/3/2026",
    "3 giờ trước",
    "Թարմացվել է 3 մարտի, 10:15",
    "3 ժამ წინ".replace("ժამ წინ", "საათის წინ"),
    "3 saat əvvəl",
    "Frissítve: 2026. 03. 03.",
    "před 3 hodinami",
]


@pytest.mark.parametrize("line", STAMPS)
def test_the_time_of_the_last_change_above_the_text_is_a_date_line(line):
    assert fields(line, *PARAGRAPHS) == {line: CutReason.DATE_LINE}


@pytest.mark.parametrize(
    "line",
    [
        "Updated rules from 2019 still hold for all of the trains on the line.",
        "Published in 1871, the map shows a town of two streets and a pier",
        "Three hours ago he was still at sea",
        "It all began in a harbour pub on a wet night 40 years ago",
        "Programm: 21.02.2020, 19 Uhr",
        "11.12.2019, 14.00 – Ostmünde",
        "Vor drei Stunden brannte es noch.",
    ],
)
def test_a_line_that_tells_of_a_time_stays(line):
    assert fields(line, *PARAGRAPHS) == {}


def test_a_stamp_deep_in_the_text_stays():
    assert fields(*PARAGRAPHS, "Updated 3 hours ago") == {}


@pytest.mark.parametrize(
    "line",
    [
        "<p><em>Imogen Farr is a writer in Whitmouth. Her book appears in spring.</em></p>",
        "<p><i>Imogen Farr ist Reporterin für das Gebiet am Hafen.</i></p>",
        "<p><em>Imogen Farr es periodista y vive en el puerto.</em></p>",
    ],
)
def test_what_an_author_is_in_italics_after_the_text_is_the_authors_box(line):
    assert list(fields(*PARAGRAPHS, line, authors=("Imogen Farr",)).values()) == [CutReason.AUTHOR_BOX]


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        ((*PARAGRAPHS, "Imogen Farr is a writer in Whitmouth, and went home."), ("Imogen Farr",)),
        ((*PARAGRAPHS, "<p><em>Anna Kern is a writer in Whitmouth.</em></p>"), ("Imogen Farr",)),
        (
            ("Imogen Farr wrote it all down.", *PARAGRAPHS, "<p><em>Imogen Farr died in May.</em></p>"),
            ("Imogen Farr",),
        ),
        ((*PARAGRAPHS, "<p><em>Aster railways run late.</em></p>"), ("Aster",)),
    ],
    ids=["no italics", "another name", "the article is about them", "one word"],
)
def test_no_authors_box(lines, authors):
    assert fields(*lines, authors=authors) == {}


def test_an_article_of_nothing_but_such_lines_is_not_emptied():
    assert fields("By Ruben Thies", "Updated 3 hours ago", authors=("Ruben Thies",)) == {}
