"""Datelines: place, day and agency before an article's first sentence, as wire services write them.

``AUBURN, Wash. (AP) — ``, ``KYIV, 12 травня (Укрінформ) – ``, ``МОСКВА, 5 мая. /ТАСС/. ``, ``(ANSA) - ROMA, 05 MAG - ``,
``新华社北京4月24日电 ``, ``【ソウル＝小池和樹】``, ``(서울=연합뉴스) ``. By shape, not by names of places: a place in
capitals, or a place beside a day or an agency in brackets.
"""

from __future__ import annotations

import re

LONGEST = 120  # characters of a paragraph that are read for one
MOST_WORDS = 4  # of a place, and of what is named beside it
CAPITALS = 3  # letters of a place in capitals

_DASH = r"[\u2013\u2014\u2015\u2212-]{1,2}"
_SIGN = r"[^\s\d()\[\]{}\u2013\u2014\u2015\u2212:;!?\"“”«»„|<>@#,،.。、=_/-]"  # of a word: letters and their marks
_WORD = rf"{_SIGN}{{2,12}}"
_DAY = (
    rf"(?:(?:le|am|den|dne|il|el)\s)?(?:\d{{1,2}}(?:\.|º)?\s?(?:de\s|d')?{_WORD}\.?|{_WORD}\.?\s\d{{1,2}}|\d{{1,2}}[./]\s?\d{{1,2}}\.?)"
    r"(?:,?\s(?:de\s)?(?:19|20)\d\d)?"
)
_LETTERS = rf"(?:{_SIGN}|['’.`/]|[ \u00a0](?![\u2013\u2014\u2015\u2212-])|(?<=\w)-(?=\w))"
_AGENCY = r"\([^()]{2,30}\)|/[^/()\d]{2,24}/"
_PLACE = rf"{_LETTERS}{{2,40}}?(?:[,،]\s{_LETTERS}{{2,24}}?)?"
_SHAPE = re.compile(
    rf"(?:(?P<first>\([^()\d]{{2,24}}\))\s?(?:{_DASH}\s)?)?"
    rf"(?:(?P<place>{_PLACE})(?=[\s,،.(/\u2013\u2014\u2015\u2212-]))?"
    rf"(?:[,،.]?\s?(?P<day>{_DAY}))?"
    rf"(?:[,.]?\s{{0,2}}(?P<agency>{_AGENCY})|,\s(?P<named>[^\W\d_]{{3,24}})(?=[։.]\s))?"
    rf"(?P<sign>\s?[.։:]?\s?{_DASH}(?=\s)|(?(agency)[.։।]\s|(?(named)[.։]\s|(?!))))"
)
# Without a sign between it and the sentence only place, day and agency together are one, or a large agency's name.
_UNSIGNED = re.compile(
    rf"(?P<place>{_PLACE}),?\s(?:(?P<day>{_DAY})\s(?P<agency>{_AGENCY})(?P<sign>\s)"
    r"|(?P<first>\((?:AP|AFP|Reuters|CNN(?:\s\w+)?|dpa|UPI|Xinhua|TASS|ANSA|EFE|PTI|ANI|IANS)\))\s)(?P<named>)"
)
# Words in capitals before a dash that say what kind of text follows.
_LABELS = re.compile(
    r"(?:live|video|fotos?|photos?|update[ds]?|breaking|exclusi(?:ve|f|vo)|анализ|analys[ei]s?|opinion|watch|interview|fact|"
    r"corrected|kommentar|видео|фото|эксклюзив|срочно|терміново|відео|news|eil|note|editorial|podcast|quiz|explainer)\b",
    re.I,
)
_CHINESE = re.compile(
    r"[（(【\[]?\s?[一-鿿A-Za-z/· ]{0,24}?(?:\d{4}年)?(?:[\d０-９一二三四五六七八九十]{1,2}月)?"
    r"[\d０-９一二三四五六七八九十]{1,3}\s?日(?:[一-鿿]{0,6})?[电電讯訊](?:[）)】\]]|(?=\s|[（(])|(?=[一-鿿]\s?[：:]))"
    r"|[（(【][^）)】。，]{2,30}[电電讯訊][）)】]"
)
_JAPANESE = re.compile(
    r"【[^】。、＝=]{2,12}[＝=][^】。、]{2,16}】|[【［\[][^】］\]。、]{2,24}?(?:共同|時事|ロイター|ＡＦＰ|AFP|ＡＰ|AP|聯合ニュース)[】］\]]"
)
_KOREAN = re.compile(r"[(\[]\s?[가-힣A-Za-z·,./ ]{2,24}\s?=\s?[^()\[\]=]{2,24}[)\]]")
_REPORTER = re.compile(r"\s?[가-힣]{2,4}(?:[,·\s]{1,2}[가-힣]{2,4}){0,3}\s?(?:기자|특파원|통신원)\s?=")
_BRACKETS = "()（）【】[]［］"


def read_dateline(text: str) -> str:
    """The dateline that opens a paragraph, without its dash and outer brackets; "" if none does."""
    text = text[:LONGEST]
    for pattern in (_CHINESE, _JAPANESE, _KOREAN):
        found = pattern.match(text)
        if found is not None:
            return found.group().strip(_BRACKETS + " ")
    found = _SHAPE.match(text) or _UNSIGNED.match(text)
    if found is None or not _is_believable(found):
        return ""
    is_abbreviated = found["sign"] is not None and found["sign"].startswith(".") and not found["agency"]
    end = found.start("sign") + is_abbreviated if found["sign"] else found.end("first")
    return text[:end].strip(" ,،")


def is_only_dateline(text: str, *, is_named: bool) -> bool:
    """Whether a short line is a dateline and nothing else.

    Args:
        text: the line.
        is_named: the markup calls it one: then it needs no dash after it.
    """
    bare = re.sub(rf"\s*{_DASH}$", "", text.strip())
    if not is_named and bare == text.strip():
        return False
    found = read_dateline(f"{bare} \u2014 x")
    return found != "" and found in (bare, bare.strip(_BRACKETS + " ,،"))


def _is_believable(found: re.Match[str]) -> bool:
    place, day = (found["place"] or "").strip(), found["day"]
    agency, sign = found["agency"] or found["first"], (found["sign"] or "").strip()
    is_dashed = bool(re.search(_DASH, sign))
    if found["named"]:
        return _is_capitals(place) and bool(day) and _is_capitals(found["named"])
    if not place:
        return bool(agency) and is_dashed and not any(map(str.isdigit, agency)) and _is_short(agency)
    if _LABELS.match(place):
        return False
    is_capitals = _is_capitals(place.partition(",")[0])
    if day and not agency and not is_capitals:  # "Lower Aster 38 - 17" is a result
        before = found.string[found.end("place") : found.start("day")]
        return is_dashed and "," in before and _is_name(place)
    if agency or day:
        is_signed = is_dashed or bool(agency and (sign or day)) or found["sign"] is None
        return is_signed and (is_capitals or _is_name(place))
    return is_capitals and is_dashed


def _is_capitals(place: str) -> bool:
    """Whether it is a name of a few words in capitals."""
    letters = [letter for letter in place if letter.isalpha()]
    return len(letters) >= CAPITALS and place.isupper() and len(place.split()) <= MOST_WORDS


def _is_name(place: str) -> bool:
    """Whether each longer word begins with a capital, or the script has none and the words are few."""
    words = re.split(r"[\s,،/]+", place)
    has_case = place.lower() != place.upper()
    if not has_case:
        return len(words) < MOST_WORDS
    return len(words) <= MOST_WORDS + 1 and all(word[:1].isupper() for word in words if len(word) > 3)


def _is_short(agency: str) -> bool:
    return len(agency.split()) < MOST_WORDS
