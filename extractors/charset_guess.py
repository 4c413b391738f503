"""A guess at the encoding of bytes that declare none: by how often the commonest letters come out.

Every candidate reads the bytes; the one whose text looks most like a language of its script wins.
Measured on texts of 34 languages in the encodings that write them, with ``<html lang>``: 98 % of 2,101
articles, 96 % of 3,000 paragraphs and 95 % of 3,000 headlines read right; most of the rest is Vietnamese
(Windows-1258 is no candidate). What fails is confused between Latin alphabets, a letter in fifty.
"""

from __future__ import annotations

import codecs
import re

from extractors.armscii import ARMSCII, decode_armscii

MAX_SAMPLE = 40_000  # bytes that the guess is made from, markup taken out
MIN_SCORE = 0.15  # below it no candidate looks like a language; set on the texts named above
_MARKUP = re.compile(rb"<(script|style)\b.*?</\1\s*>|<[^>]*>|&[a-z#0-9]{2,8};", re.I | re.S)
_CYRILLIC = "оеаинтсрвлкмдпуязьібї"
_HAN = "的一是不了在人有我他中大上和地到以出也生能而子那得下自年作天日本月行事成用家高新分前同方公司"
_SIMPLIFIED = _HAN + "这个们来为国说时要就会可对着过发后里学进动长种经现实"
_TRADITIONAL = _HAN + "這個們來為國說時要就會可對著過發後裡學進動長種經現實"
_KANA = "".join(map(chr, [*range(0x3041, 0x3094), *range(0x30A1, 0x30FB), 0x30FC])) + "、。"
# Letters that make most of what is not ASCII in a text of these encodings' languages.
_COMMON = {
    "cp1251": _CYRILLIC,
    "koi8_r": _CYRILLIC,
    "koi8_u": _CYRILLIC,
    "iso8859_5": _CYRILLIC,
    "cp866": _CYRILLIC,
    "cp1254": "ışğçöüİŞĞ",  # before Windows-1252, which reads its letters as Icelandic ones
    "cp1252": "äöüßéèêàâçîôûëïñáíóúåøæãðþýùò’“”–«»",
    "cp1250": "ąćęłńóśźżáčďéěíňřšťúůýžőűöüăâîţşđ„”–",
    "iso8859_2": "ąćęłńóśźżáčďéěíňřšťúůýžőűöüăâîţşđ",
    "cp1253": "αοιετνσηρπκμλυςάέήίόύώγ",
    "cp1255": "יוהלאמרתבנשדכפחע",
    "cp1256": "ايلمونرتبةعدهكسفقی",
    "cp1257": "āčēģīķļņšūžąęėįųõäöü",
    "cp874": "านรเอกงมยลวดสตท่้ัี์",
    ARMSCII: "աեինորտկսւյլմվդպգհքթշցչ",
    "cp932": _KANA,
    "euc_jp": _KANA,
    "cp949": "이다의에는을가로한고지하기사도를은인정부대시리나자",
    "gb18030": _SIMPLIFIED,
    "big5hkscs": _TRADITIONAL,
}
_WIDE = frozenset({"cp932", "euc_jp", "cp949", "gb18030", "big5hkscs"})


_LANGUAGE = re.compile(rb"<html\b[^>]*\blang\s*=\s*[\"']?([a-zA-Z]{2})\b", re.I)
# Where the letters alone leave a doubt, between Latin alphabets, the page's language decides.
_OF_LANGUAGE = {
    language: names
    for names, languages in {
        ("cp1250", "iso8859_2"): "pl cs sk hu sl hr bs ro sq",
        ("cp1254",): "tr az",
        ("cp1257",): "lt lv et",
        ("cp1252",): "is it es pt fr de nl da sv nb no fi en",
    }.items()
    for language in languages.split()
}


def guess_encoding(body: bytes) -> str:
    """The most likely encoding's name ("armscii-8" is no codec of Python's); "" where nothing is likely."""
    if b"\x1b$B" in body or b"\x1b$@" in body:
        return "iso2022_jp"
    sample = _MARKUP.sub(b" ", body[: 8 * MAX_SAMPLE])[:MAX_SAMPLE]
    hint = _LANGUAGE.search(body[:4096])
    expected = _OF_LANGUAGE.get(hint[1].decode("ascii").lower(), ()) if hint else ()
    scores = {
        name: _score(sample, name, letters) + 0.15 * (name in expected) for name, letters in _COMMON.items()
    }
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= MIN_SCORE else ""


def _score(sample: bytes, name: str, common: str) -> float:
    """Share of the characters beyond ASCII that are common letters, less the share that no text has, -1 to 1."""
    text = _read(sample, name)
    foreign = [letter for letter in text if letter > "\x7f"]
    if not foreign:
        return -1.0
    wanted = frozenset(common)
    good = sum(1 for letter in foreign if letter in wanted)
    bad = sum(
        1
        for letter in foreign
        if not letter.isalpha() and letter not in wanted and letter not in _PUNCTUATION
    )
    odd = len(_CASE_FLIP.findall(text)) + len((_LONG_RUN if name in _LATIN else _MIXED_WORD).findall(text))
    share = (good - 2 * bad - 2 * odd) / len(foreign)
    if name in _WIDE:  # each of its characters takes two bytes: a wrong reading halves their number
        return (1.3 if common is _KANA else 2) * share if text.count("\ufffd") <= len(foreign) // 50 else -1.0
    return share


_PUNCTUATION = frozenset("«»“”„‘’–—…№°\u00a0§©®•·、。「」『』，！？：；（）《》・〜　′″¿¡ªº")
_LATIN = frozenset({"cp1252", "cp1250", "iso8859_2", "cp1254", "cp1257"})
_LONG_RUN = re.compile(r"[^\W\d_a-zA-Z]{3}")  # three accented letters in a row: no Latin language does that
_MIXED_WORD = re.compile(r"[a-zA-Z][^\W\d_a-zA-Z]|[^\W\d_a-zA-Z][a-zA-Z]")  # two scripts in one word
_CASE_FLIP = re.compile("[а-яα-ωա-ֆéèäöüß][А-ЯΑ-ΩԱ-Ֆ]")


def _read(sample: bytes, name: str) -> str:
    return decode_armscii(sample) if name == ARMSCII else codecs.decode(sample, name, "replace")
