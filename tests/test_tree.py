"""Bytes to text, text to tree: whatever comes in, something sensible comes out, soon."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.armscii import encode_armscii
from extractors.content.blocks import segment
from extractors.records import FetchedPage
from extractors.tree import MAX_ATTRIBUTES, decode, is_html, is_plain_text, letters, parse

RUSSIAN = "Вчера вечером жители города собрались на площади, чтобы посмотреть на новый мост через реку."
UKRAINIAN = "Увечері мешканці міста зібралися на площі, щоб побачити новий міст через річку, який їм обіцяли."
ARMENIAN = "Երեկ երեկոյան քաղաքի բնակիչները հավաքվեցին հրապարակում՝ տեսնելու գետի նոր կամուրջը։"
JAPANESE = "昨日の夕方、町の人々は広場に集まり、川にかかる新しい橋を見ました。"
KOREAN = "어제 저녁 시민들은 광장에 모여 강을 가로지르는 새로운 다리를 보았다. 이 다리는 오래 기다린 것이다."
SIMPLIFIED = "昨天晚上，市民们聚集在广场上，观看这座新的大桥。他们说这是一个好的开始，人们都很高兴。"
TRADITIONAL = "昨天晚上，市民們聚集在廣場上，觀看這座新的大橋。他們說這是一個好的開始，人們都很高興。"
GREEK = "Χθες το βράδυ οι κάτοικοι της πόλης συγκεντρώθηκαν στην πλατεία για να δουν τη νέα γέφυρα."
POLISH = "Wczoraj wieczorem mieszkańcy miasta zebrali się na rynku, żeby zobaczyć nowy most przez rzekę. Śpiewali też pieśni."
GERMAN = (
    "Gestern Abend kamen die Bürger auf dem Marktplatz zusammen, um die neue Brücke über den Fluß zu sehen."
)


def page(body: bytes, content_type: str = "text/html") -> FetchedPage:
    headers = (("Content-Type", content_type),) if content_type else ()
    url = "https://example.org/a"
    return FetchedPage(
        url=url,
        final_url=url,
        fetched_at=datetime(2026, 11, 24, tzinfo=UTC),
        status=200,
        headers=headers,
        body=body,
    )


def wrapped(text: str, head: str = "") -> str:
    return f"<html><head>{head}<title>x</title></head><body><p>{text}</p></body></html>"


def encoded(text: str, encoding: str) -> bytes:
    return encode_armscii(text) if encoding == "armscii-8" else text.encode(encoding)


ENCODED = [
    (RUSSIAN, "windows-1251"),
    (RUSSIAN, "koi8-r"),
    (UKRAINIAN, "koi8-u"),
    (ARMENIAN, "armscii-8"),
    (JAPANESE, "shift_jis"),
    (JAPANESE, "euc-jp"),
    (JAPANESE, "iso-2022-jp"),
    (KOREAN, "euc-kr"),
    (SIMPLIFIED, "gb18030"),
    (TRADITIONAL, "big5"),
    (GREEK, "windows-1253"),
    (POLISH, "windows-1250"),
    (POLISH, "iso-8859-2"),
    (GERMAN, "windows-1252"),
]


@pytest.mark.parametrize(("text", "encoding"), ENCODED)
def test_an_encoding_declared_in_the_http_header_is_read(text, encoding):
    assert text in decode(page(encoded(wrapped(text), encoding), f"text/html; charset={encoding}"))


@pytest.mark.parametrize(("text", "encoding"), ENCODED)
def test_an_encoding_declared_in_a_meta_element_is_read(text, encoding):
    body = encoded(wrapped(text, f'<meta charset="{encoding}">'), encoding)
    assert text in decode(page(body))


@pytest.mark.parametrize(("text", "encoding"), ENCODED)
def test_an_encoding_that_nobody_declares_is_found(text, encoding):
    assert text in decode(page(encoded(wrapped(text), encoding)))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_utf_16_is_read_with_and_without_a_byte_order_mark(encoding, mark):
    assert RUSSIAN in decode(page((mark + wrapped(RUSSIAN)).encode(encoding)))


def test_the_byte_order_mark_beats_the_header():
    body = ("\ufeff" + wrapped(RUSSIAN)).encode("utf-8")
    assert decode(page(body, "text/html; charset=windows-1251")) == wrapped(RUSSIAN)


def test_the_header_beats_the_meta_element():
    body = wrapped(RUSSIAN, '<meta charset="koi8-r">').encode("windows-1251")
    assert RUSSIAN in decode(page(body, "text/html; charset=windows-1251"))


@pytest.mark.parametrize("text", [GERMAN, RUSSIAN, ARMENIAN])
def test_utf_8_declared_as_latin_1_is_read_as_utf_8(text):
    assert text in decode(page(wrapped(text).encode(), "text/html; charset=iso-8859-1"))


@pytest.mark.parametrize(
    ("text", "encoding"), [(GERMAN, "latin-1"), (RUSSIAN, "windows-1251"), (KOREAN, "euc-kr")]
)
def test_another_encoding_declared_as_utf_8_is_found(text, encoding):
    assert text in decode(page(encoded(wrapped(text), encoding), "text/html; charset=utf-8"))


def test_cyrillic_declared_as_latin_1_is_found():
    assert RUSSIAN in decode(page(wrapped(RUSSIAN).encode("windows-1251"), "text/html; charset=iso-8859-1"))


def test_one_broken_byte_does_not_cost_the_page_its_encoding():
    body = wrapped(RUSSIAN).encode() + b"\xff"
    assert RUSSIAN in decode(page(body, "text/html; charset=utf-8"))


def test_windows_signs_declared_as_latin_1_are_signs():
    assert "“quoted” — so" in decode(
        page("“quoted” — so".encode("windows-1252"), "text/html; charset=iso-8859-1")
    )


@pytest.mark.parametrize(
    "label", ["rot13", "zip", "utf-7", "no-such", "undefined", "idna", "unicode_escape", "hex", ""]
)
def test_a_label_that_is_no_encoding_is_not_believed(label):
    assert GERMAN in decode(page(wrapped(GERMAN).encode("latin-1"), f"text/html; charset={label}"))


def test_control_characters_and_lone_surrogates_are_dropped():
    assert decode(page(b"a\x00b\x08c\x1fd")) == "abcd"


@settings(max_examples=300, deadline=None)
@given(body=st.binary(max_size=400), content_type=st.text(max_size=40))
def test_any_bytes_decode_to_text_that_can_be_parsed(body, content_type):
    text = decode(page(body, content_type))
    text.encode("utf-8")
    parse(text)
    is_html(page(body, content_type))
    is_plain_text(page(body, content_type))


@settings(max_examples=100, deadline=None)
@given(label=st.text(max_size=20), tail=st.binary(max_size=60))
def test_any_declared_label_is_survived(label, tail):
    body = f'<meta charset="{label}">'.encode("utf-8", "replace") + tail
    assert isinstance(decode(page(body, f"text/html; charset={label}")), str)


@pytest.mark.parametrize(
    "markup", ["", "  \n", "\x00\x00", "<!-- only a comment -->", '<?xml version="1.0"?>']
)
def test_nothing_parses_to_none(markup):
    assert parse(markup) is None


def test_an_xml_declaration_with_an_encoding_is_no_obstacle():
    tree = parse('<?xml version="1.0" encoding="utf-16"?>\n<html><body><p>Ponte à água</p></body></html>')
    assert tree is not None
    assert tree.findtext(".//p") == "Ponte à água"


def test_comments_and_processing_instructions_are_gone():
    tree = parse("<p>one<!-- two --> three<?php four ?></p>")
    assert tree is not None
    assert "two" not in tree.text_content()
    assert all(isinstance(element.tag, str) for element in tree.iter())


def test_entities_are_not_expanded_from_a_document_type():
    bomb = "<!DOCTYPE html [<!ENTITY a 'xxxxxxxxxx'>" + "".join(
        f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
    )
    tree = parse(f"{bomb}]><html><body><p>&j;&j;</p></body></html>")
    assert tree is not None
    assert len(tree.text_content()) < 2_000


@pytest.mark.parametrize("tag", ["div", "b", "table", "font", "a", "ul><li", "p", "button", "span"])
def test_a_million_nested_tags_end(tag):
    markup = f"<p>Before.</p>{f'<{tag}>' * 1_000_000}inside"
    tree = parse(markup)  # under a second; without a bound it would not come back
    assert tree is not None
    assert "Before." in tree.text_content()
    depth, element = 0, tree
    while len(element):
        depth, element = depth + 1, element[-1]
    assert depth < 2_100


def test_a_hundred_thousand_attributes_end_and_the_first_stay():
    attributes = " ".join(f"data-{number}=v" for number in range(100_000))
    tree = parse(f"<p class=lead {attributes}>Still here.</p><p>And on.</p>")
    assert tree is not None
    paragraph = tree.find(".//p")
    assert paragraph.get("class") == "lead"
    assert len(paragraph.attrib) <= MAX_ATTRIBUTES
    assert tree.text_content() == "Still here.And on."


def test_a_picture_inside_an_attribute_is_no_bomb():
    tree = parse(f'<img src="data:image/png;base64,{"iVBORw0KGgo" * 9_000}" alt="A bridge"><p>Text.</p>')
    assert tree is not None
    assert tree.find(".//img").get("alt") == "A bridge"
    assert len(tree.find(".//img").get("src")) > 90_000


@settings(max_examples=300, deadline=None)
@given(markup=st.text(max_size=300))
def test_any_text_parses_to_a_tree_or_none(markup):
    tree = parse(markup)
    assert tree is None or isinstance(tree.text_content(), str)


@pytest.mark.parametrize(
    ("content_type", "body", "html", "plain"),
    [
        ("text/html; charset=utf-8", b"<p>x", True, False),
        ("application/xhtml+xml", b"<html/>", True, False),
        ("", b"<!doctype html><p>x", True, False),
        ("text/plain", b"A line.\nAnother line.", False, True),
        ("", b"A line.\nAnother line.", False, True),
        ("text/plain", b"<html><body><p>x</p></body></html>", True, False),
        ("image/png", b"\x89PNG", False, False),
        ("application/pdf", b"%PDF-1.7", False, False),
        ("", b"", False, False),
        ("", b"\x89PNG\r\n\x1a\n\x00\x00", False, False),
        ("", b"%PDF-1.7\n%\xe2\xe3", False, False),
    ],
)
def test_what_a_page_is_follows_its_type_and_then_its_first_bytes(content_type, body, html, plain):
    assert is_html(page(body, content_type)) is html
    assert is_plain_text(page(body, content_type)) is plain


def test_utf_16_text_is_plain_text_and_noise_is_none():
    assert is_plain_text(page(f"{RUSSIAN}\n{RUSSIAN}".encode("utf-16"), "text/plain"))
    assert not is_plain_text(page(bytes(range(1, 256)) * 8, "text/plain"))


def test_letters_are_counted_and_nothing_else():
    assert letters("Два 2, bridges: 橋!  _") == 3 + 7 + 1


def test_a_page_that_closes_itself_early_is_read_to_its_end():
    menu = "<header><ul><li>Home</li></ul></header>\n</body>\n</html>"
    rest = f'<div class="story"><p>{GERMAN}</p><p>{POLISH}</p></div></body></html>'
    tree = parse(f"<html><body>{menu}\n{rest}")
    assert tree is not None
    read = "".join(tree.itertext())
    assert GERMAN in read
    assert POLISH in read


def test_a_script_that_seems_closed_is_no_text():
    code = "(function() { document.title = 'x'; })();"
    tree = parse(
        f'<html><body><p>{GERMAN}</p><script type="text/javascript"/>{code}</script><p>{POLISH}</p></body></html>'
    )
    assert tree is not None
    assert [block.text for block in segment(tree)] == [GERMAN, POLISH]


def test_an_empty_script_of_an_xml_writer_swallows_nothing():
    tree = parse(f'<html><head><script src="a.js"/><style/></head><body><p>{GERMAN}</p></body></html>')
    assert tree is not None
    assert [block.text for block in segment(tree)] == [GERMAN]
    tree = parse(
        f'<html><head><script src="a.js"/></head><body><p>{GERMAN}</p><script>x()</script></body></html>'
    )
    assert tree is not None
    assert [block.text for block in segment(tree)] == [GERMAN]
