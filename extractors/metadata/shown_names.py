"""Author names in what a page shows: bylines, lines that say "by", a name beside the date."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors.metadata import dates
from extractors.metadata.names import MAX_CHARACTERS, Byline, is_signed, read_byline, without_by

_DESK_WORDS = 3  # of a desk's or a log-in name after "by"
_MONTH = (
    r"(?:jan(?:uary?)?|feb(?:ruary?)?|mar(?:ch)?|märz?|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?|sept?(?:ember)?"
    r"|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)"
)
_DATED_END = re.compile(
    rf"(?:\s+(?:on|am|at|le|el|il|den))?(?:[\s,]+{_MONTH}\.?)?\s+[(|·•–—,-]*\s*\d.*$", re.I
)  # "Anna Petrosyan 4 August 2026, 10:00"
_LONE_DATE = re.compile(rf"^(?:{_MONTH}|mon|tues?|wed|thurs?|fri|sat|sun)$", re.I)  # what is left of a date
_SHOWN_BY = re.compile(r"^.{0,40}?\b(?:by|von|par|por|door|av|af|przez|di)\s+(?=\w)", re.I)
_WITH_PLACE = re.compile(
    r"^(?!(?:geschrieben|verfasst|text|texte|beitrag|artikel|bericht|publicado|escrito|scritto|foto)\b)"
    r"[^\W\d_]+ (?:von|di|af|av) [^\W\d_]+$",
    re.I,
)  # "Walter von Aral": "von" is of the name
_NAME_AND_SIGN = re.compile(r"^(?P<name>[^\W\d][^\d,:|·•–—]{4,40}?)\s*(?:\s-|[|·•–—])$")  # before a date
_SIGN_AND_NAME = re.compile(r"^[|·•–—-]\s*(?P<name>[^\W\d][^\d,:|·•–—]{4,40})$")  # after a date
# Words of buttons, links and labels beside bylines.
_FURNITURE = re.compile(
    r"\b(?:bio|more|about|full|archives?|website|twitter|facebook|instagram|linkedin|posts?|all|alle|beiträge|view"
    r"|follow|articles?|images?|getty|size|small|written|posted|published|updated|home|search|subscribe|newsletter"
    r"|comments?|kommentar\w*|read|share|veröffentlicht|publiziert|nachricht\w*|artikel\w*|zur|profile?|photo|foto|expert|manager|director"
    r"|reviewed|fact[- ]checked|menu|log-?in|members?|bluesky|mastodon|threads|youtube|learn|replies|reply|antworten|contact|kontakt|privacy|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mehr)\b",
    re.I,
)
_PARTICLES = frozenset(
    ["de", "da", "di", "do", "dos", "das", "du", "del", "della", "van", "von", "der", "den", "ter", "la", "le", "el", "al", "bin", "ibn", "y", "e", "of", "zu"]
)  # fmt: skip


def read_shown(texts: Iterable[str], site_names: Iterable[str] = ()) -> Byline:
    """Names in texts that the page shows as bylines: only what is written as names are."""
    bare = [
        _DATED_END.sub("", text if _WITH_PLACE.match(text) else _SHOWN_BY.sub("", text)) for text in texts
    ]
    found = read_byline(filter(None, map(_without_furniture, bare)), site_names)
    people = tuple(name for name in found.people if _looks_like_name(name))
    full = tuple(name for name in people if " " in name)  # beside a full name, single words are labels
    return Byline(
        (full or people[:1])[:6],
        tuple(name for name in found.weak if not (_FURNITURE.search(name) or _LONE_DATE.match(name)))[:1],
    )


def read_signed(lines: Iterable[str], site_names: Iterable[str] = ()) -> Byline:
    """Names in lines beside the headline that say "by" and then nothing but a name; a single word or a desk is a weak one."""
    signed = [line for line in lines if is_signed(line)][:3]
    found = read_shown(signed, site_names)
    full = tuple(name for name in found.people if " " in name or not name.isascii())
    if full:
        return Byline(full[:4])
    short = [line for line in signed if len(without_by(_DATED_END.sub("", line)).split()) <= _DESK_WORDS]
    alone = read_shown(short, site_names)
    return Byline((), (*(name for name in alone.people if " " not in name), *alone.weak)[:1])


def read_beside_date(lines: Iterable[str], site_names: Iterable[str] = ()) -> Byline:
    """The name in a line beside the headline that is a name, a sign between, and a date: "Anna Petrosyan | 24.11.2026".

    Without the sign it is as often a section or a town.
    """
    beside = [pair for line in lines if len(line) <= MAX_CHARACTERS and (pair := dates.around_date(line))]
    for before, after in beside[:3]:
        match = _NAME_AND_SIGN.match(before) if before else _SIGN_AND_NAME.match(after)
        found = read_shown([match["name"]] if match else [], site_names)
        if names := tuple(name for name in found.people if is_full_name(name)):
            return Byline(names)
    return Byline()


def is_full_name(name: str) -> bool:
    """Whether a name is two or three words, each written as names are."""
    words = name.split()
    return 2 <= len(words) <= 3 and all(word.istitle() and word.strip(".-").isalpha() for word in words)


def _looks_like_name(name: str) -> bool:
    words = name.split()
    if len(words) > 5 or any(map(str.isdigit, name)) or _FURNITURE.search(name) or _LONE_DATE.match(name):
        return False
    return all(not word[0].islower() or word.casefold() in _PARTICLES for word in words)


def _without_furniture(text: str) -> str:
    """The text without labels and months at its ends: "Full bio Anna Petrosyan July" is "Anna Petrosyan"."""
    words = text.split()
    while words and _FURNITURE.search(words[-1]):
        words.pop()
    while words and _FURNITURE.search(words[0]):
        words.pop(0)
    return " ".join(words)
