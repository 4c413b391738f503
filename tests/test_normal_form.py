"""One spelling for one text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import document_fromstring

from extractors.content.blocks import segment
from extractors.content.support import fold
from extractors.judging import judge
from extractors.metadata.claims import clean
from extractors.normal_form import normal
from extractors.plain_text.lines import split_lines
from extractors.prose import is_prose, letters, weight
from tests.story_pages import PARAGRAPHS, page, story

SHY = "\u00ad"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("  plain \n text\t", "plain text"),
        (f"Kern{SHY}werk{SHY}zeuge", "Kernwerkzeuge"),
        ("Gurtla\u0308nge", "Gurtlänge"),
        ("\u09df\u09be", "\u09af\u09bc\u09be"),  # a letter that form C always writes as two
        ("the town\x92s bridge\x85 is open", "the town’s bridge… is open"),
        ("\ufeffA news\u200bpaper", "A newspaper"),
        ("\u1780\u17b6\u179a\u200b\u179b\u17be\u1780", "\u1780\u17b6\u179a\u200b\u179b\u17be\u1780"),
        ("\u0645\u06cc\u200c\u0634\u0648\u062f", "\u0645\u06cc\u200c\u0634\u0648\u062f"),
    ],
    ids=[
        "space",
        "soft hyphens",
        "marks",
        "Bengali",
        "windows-1252",
        "stray",
        "Khmer words",
        "Persian joiners",
    ],
)
def test_what_readers_see_alike_is_written_alike(written, read):
    assert normal(written) == read


@given(st.text())
def test_normal_form_is_stable(text):
    once = normal(text)
    assert normal(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_normal_form_loses_no_letter(text):
    assert letters_of(normal(text)) == letters_of(text)


def letters_of(text):
    return [sign for sign in unicodedata.normalize("NFD", text) if sign.isalpha()]


def test_text_titles_and_dumps_share_the_form():
    markup = f"<p>Die Eisen{SHY}bahn ist wie&shy;der da.</p>"
    assert [block.text for block in segment(document_fromstring(markup))] == ["Die Eisenbahn ist wieder da."]
    assert clean("Eisen&amp;shy;bahn") == "Eisenbahn"
    assert [line.text for line in split_lines(f"Eisen{SHY}bahn")] == ["Eisenbahn"]


def test_how_a_word_is_read_aloud_is_no_part_of_the_text():
    markup = "<p><ruby>法律<rp>(</rp><rt>ほうりつ</rt><rp>)</rp></ruby>ができました。</p>"
    assert [block.text for block in segment(document_fromstring(markup))] == ["法律ができました。"]


def test_an_unclosed_reading_swallows_no_article():
    markup = (
        "<div><ruby>町<rt>まち<p>町の議会は橋を直すことにしました。</p><p>工事は春に始まります。</p></div>"
    )
    texts = " ".join(block.text for block in segment(document_fromstring(markup)))
    assert "議会" in texts
    assert "工事" in texts


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("हिन्दी में समाचार पढ़ें", 4),  # vowel signs stand within words
        ("او می\u200cرود", 2),  # and so do joiners
        ("the town’s well-known bridge", 4),
        ("町の橋", 3),
    ],
)
def test_words_are_counted_as_their_script_writes_them(sentence, words):
    written = [" ".join(PARAGRAPHS), f"{' '.join(PARAGRAPHS)} {sentence}"]
    counts = [judge(page(story(f"<p>{text}</p>"))).word_count for text in written]
    assert counts[1] - counts[0] == words


def test_vowel_signs_count_as_letters_and_tell_words_apart():
    assert letters("हिन्दी में") == 9
    assert fold("कि") != fold("की")
    assert fold("Украї́на") == fold("Україна")  # stress is no part of a word


def test_a_paragraph_weighs_alike_whatever_its_script():
    written = {
        "en": "The council voted on Tuesday to reopen the old bridge over the river after seven years.",
        "hi": "परिषद ने मंगलवार को सात साल बाद नदी पर बने पुराने पुल को फिर से खोलने के पक्ष में मतदान किया।",
        "am": "ምክር ቤቱ ከሰባት ዓመታት በኋላ በወንዙ ላይ ያለውን አሮጌ ድልድይ እንደገና ለመክፈት ማክሰኞ ዕለት ድምፅ ሰጠ።",
        "ja": "議会は火曜日、川にかかる古い橋を七年ぶりに再び開通させることを賛成多数で決めた。",
    }
    sizes = {language: weight(text) for language, text in written.items()}
    assert max(sizes.values()) < 1.5 * min(sizes.values()), sizes


def test_a_thai_paragraph_is_one_without_a_sign_at_its_end():
    headline = "สภาเมืองลงมติเปิดสะพานเก่าข้ามแม่น้ำอีกครั้ง"
    assert not is_prose(headline)
    assert is_prose(headline + "หลังจากปิดมานานเจ็ดปีโดยชาวบ้านบอกว่าดีใจที่จะได้ข้ามไปตลาดและโรงเรียนได้สะดวกขึ้น")
