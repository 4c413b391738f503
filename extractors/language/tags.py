"""Language tags: what a page says of itself, cleaned; and the codes that verdicts use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from extractors.language.tables import read_table

_NO_LANGUAGE = frozenset("und mul zxx mis xxx un default none null all unknown other".split())
# country codes that pages give for a language, where the code is no other living language of news
_COUNTRY_FOR_LANGUAGE = {
    "ua": "uk", "jp": "ja", "cn": "zh", "cz": "cs", "dk": "da", "gr": "el", "by": "be", "al": "sq", "rs": "sr",
    "kz": "kk", "tj": "tg", "ir": "fa", "vn": "vi", "ge": "ka", "gb": "en", "us": "en", "md": "ro", "kp": "ko",
}  # fmt: skip
_SCRIPT = re.compile(r"[a-z]{4}")
_REGION = re.compile(r"[a-z]{2}|\d{3}")
_REGIONS = frozenset(
    "AC AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY "
    "BZ CA CC CD CF CG CH CI CK CL CM CN CO CP CR CU CV CW CX CY CZ DE DG DJ DK DM DO DZ EA EC EE EG EH ER ES ET FI "
    "FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU IC ID IE IL IM IN IO "
    "IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH "
    "MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM "
    "PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TA TC TD TF "
    "TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW".split()
)  # ISO 3166-1 with the reserved codes of CLDR


def clean_declared(values: Iterable[str]) -> tuple[str, ...]:
    """The declared languages as BCP-47 tags, each once, in order; what cannot be read is left out.

    Repairs what pages get wrong: ``en_US``, ``EN-us``, ``en-US.UTF-8``, ``eng``, ``english``, lists with
    commas, quality values, a region that is none (``hy-HY`` is ``hy``). ``x-default``, ``und``, templates
    that were never filled in and other noise are dropped. Extensions and variants (RFC 5646) go too.
    """
    tags: dict[str, None] = {}
    for value in values:
        if not isinstance(value, str):
            continue
        for part in re.split(r"[,;|/\s]+(?=[^\s])", value[:200].strip())[:12] if len(value) < 2000 else ():
            if tag := _clean_one(part):
                tags[tag] = None
        if not tags and (tag := _clean_one(value.strip())):  # "Haitian Creole": a name of two words
            tags[tag] = None
    return tuple(tags)


@cache
def canonical(code: str) -> str:
    """The bare language of a tag or of a detector's label, as verdicts name it; "und" if it is none.

    ``sr-Latn`` is ``sr``, ``hye`` is ``hy``, ``no`` is ``nb``, ``fa-AF`` is ``prs``, ``sr-ME`` is ``cnr``.
    """
    lowered = code.strip().lower().replace("_", "-")
    if lowered in ("fa-af", "fas-af"):
        return "prs"
    if lowered.startswith(("sr-me", "sr-latn-me", "sr-cyrl-me")):
        return "cnr"
    if lowered.startswith(("zh-hk-yue", "zh-yue")):
        return "yue"
    language = _codes().get(lowered.split("-")[0], "und")
    return {"no": "nb", "fil": "tl"}.get(language, language)


def _clean_one(value: str) -> str:
    """One declared value as a tag; "" if it says nothing."""
    lowered = value.strip("'\"()[] ").casefold()
    if name := _names().get(lowered):
        return name
    subtags = lowered.split(".")[0].split("@")[0].replace("_", "-").split("-")
    language = _codes().get(subtags[0]) or _COUNTRY_FOR_LANGUAGE.get(subtags[0], "")
    if not language or language in _NO_LANGUAGE:
        return ""
    tag = [language]
    for subtag in subtags[1:3]:
        if _SCRIPT.fullmatch(subtag) and len(tag) == 1:
            tag.append(subtag.title())
        elif _REGION.fullmatch(subtag) and (subtag.upper() in _REGIONS or subtag.isdigit()):
            tag.append(subtag.upper())
            break
        else:
            break
    return "-".join(tag)


@cache
def _codes() -> dict[str, str]:
    """Every known code and alias, to the code that verdicts use."""
    codes: dict[str, str] = {}
    for code, _, *rest in read_table("languages.tsv"):
        for alias in rest[1].split() if len(rest) > 1 else ():
            codes[alias] = code
    return codes | {row[0]: row[0] for row in read_table("languages.tsv")}


@cache
def _names() -> dict[str, str]:
    """Names of languages, English and their own, case-folded, to codes."""
    names: dict[str, str] = {}
    for code, english, *rest in read_table("languages.tsv"):
        for name in (english, *rest[:1]):
            if len(name) > 3 or not name.isascii():
                names[name.casefold()] = code
    names.pop("", None)
    return names
