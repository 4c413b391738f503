"""Language tags: what a page says of itself, cleaned; and the codes that verdicts use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from extractors.language.tables import read_table

_NO_LANGUAGE = frozenset(
    ["und", "mul", "zxx", "mis", "xxx", "un", "default", "none", "null", "all", "unknown", "other"]
)
# country codes that pages give for a language, where the code is no other living language of news
_COUNTRY_FOR_LANGUAGE = {
    "ua": "uk", "jp": "ja", "cn": "zh", "cz": "cs", "dk": "da", "gr": "el", "by": "be", "al": "sq", "rs": "sr",
    "kz": "kk", "tj": "tg", "ir": "fa", "vn": "vi", "ge": "ka", "gb": "en", "us": "en", "md": "ro", "kp": "ko",
}  # fmt: skip
_SCRIPT = re.compile(r"[a-z]{4}")
_REGION = re.compile(r"[a-z]{2}|\d{3}")


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


@lru_cache(maxsize=4096)  # pages declare anything
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
        elif _REGION.fullmatch(subtag) and (subtag.upper() in _regions() or subtag.isdigit()):
            tag.append(subtag.upper())
            break
        else:
            break
    return "-".join(tag)


@cache
def _regions() -> frozenset[str]:
    return frozenset(region for row in read_table("regions.tsv") for region in row[0].split())


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
