"""Author claims to names of people."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from extractors.metadata.claims import unique

MAX_AUTHORS = 20
MAX_WORDS, MAX_CHARACTERS = 6, 70  # of a name
# What stands before a name in bylines: "by" and its like, and words for author, text, report.
_BEFORE = re.compile(
    r"^(?:[\W_]*(?:(?:article|written|reported|posted|published|created|edited|words|story|text|analysis|review|opinion"
    r"|guest post|special report)\s+by|by|interview|author|autor(?:in|es|a)?|auteur(?:e|s)?|autore|von|par|por|vom|dal|da|di"
    r"|door|av|af|przez|napsal[ai]?|text|texte|texto|testo|tekst|skribent|автор(?:ы|и)?|текст|yazan|haber|penulis|oleh"
    r"|作者|记者|記者|文|撰文|取材)(?:\s*[:：|／/-]\s*|\s+))+",
    re.I,
)  # fmt: skip
_BY_AT_END = re.compile(
    r"(?:^|.*\s)(?:by|von|par|por|door|przez|oleh)$", re.I
)  # a label whose name stands elsewhere
_FROM = frozenset(
    {"da", "di", "Da", "Di", "von"}
)  # also the beginnings of surnames: kept before a single word
_AFTER = re.compile(
    r"\s*(?:기자|특파원|記者|记者|撰稿人|특별취재팀)$"
    r"|\s*[(（\[].*?[)）\]]\s*$"
    r"|\s+(?:for|für|pour|para|special to|in|For [Tt]he)\s+.*$"
    r"|\s*[|/•·⋅–—]\s.*$|\s+-\s.*$"
    r"|\s+(?:on|am|le|el|il|den)\s+\d.*$"
)
_BETWEEN = re.compile(
    r"\s*(?:[;|/&+、，،•·⋅∙]|\n|,\s*(?:and|und|et|y|e|og|och)\s|\s(?:and|und|et|y|e|i|og|och|en|ja|és|és|a|si|și|и|і|та|й|ve|dan|και|與|和|with|mit|avec|con)\s)\s*",
    re.I,
)
_DOUBLED = re.compile(r"^(\S+ \S.*) \1$")  # the picture's text and the link's
_FORENAME = re.compile(r"^\S+(?: [A-Z]\.?)*$")
_COMMA = re.compile(r"\s*,\s*")
_NO_NAME = re.compile(r"https?:|www\.|@|[{}<>=\\:?!%#$()\[\]→]|(?<![^\W_])\d{3,}|^\S+\.\S+\.\S+$")
_ROLES = re.compile(
    r"\b(?:admin(?:istrator)?|staff|editors?|editorial|editor-in-chief|redaktion|rédaction|redacción|redação|redazione"
    r"|redaksi|redactie|redakcja|redakce|toimitus|redaktionen|newsroom|news desk|webmaster|team|desk|correspondent|reporter"
    r"|contributor|writer|journalist|producer|anonymous|guest|author|newsdesk|ceo|cto|cfo|founder|co-founder|chief|president|director|manager|coordinator|expert|analyst|professor|specialist|strategist|consultant|years|sponsored|unknown|none|null|undefined|редакция|редакція)\b",
    re.I,
)
_RANK = r"(?:senior|junior|chief|staff|associate|deputy|managing|contributing|executive|assistant|guest|special|lead)"
_JOB = re.compile(
    rf"^(?P<name>\S+ \S+(?: \S+)?) (?i:{_RANK} (?:\S+ )*)(?i:editor|writer|reporter|correspondent|producer|columnist|analyst)$"
)
_ADDRESS = re.compile(r"^\s*(?:https?:|www\.|//)|^\S+\.(?:com|org|net)/", re.I)
_LOGIN = re.compile(
    r"^[a-z0-9][a-z0-9._-]*$|^\S*[a-z][A-Z]\S*$|^\S*\d\S*$"
)  # "jdoe", "anna-k", "KatieS", "user7"
_OTHER_ROLE = re.compile(
    r"^\s*(?:(?:medically |fact )?(?:updated|edited|reviewed|checked|translated|photographed) by|photos? by)\b",
    re.I,
)
# Words that only bodies bear in their names; "and" inside joins no two people.
_BODY = re.compile(
    r"\b(?:centers?|centre|institut\w*|universit\w*|departments?|ministry|ministerium|association|foundation|stiftung|verein"
    r"|committee|council|commission|agency|office|company|corporation|gmbh|inc|ltd|llc|society|federation|bureau|\w*anstalt|\w*verband\w*)\b",
    re.I,
)
_NOBODY = re.compile(
    r"^(?:admin(?:istrator)?|anonymous|guest|(?:no )?author|unknown|none|null|undefined|user|root|webmaster|on|am|at|of|in|by)$",
    re.I,
)
_HANDLE = re.compile(
    r"\s*[(<]?@[\w.]+[)>]?|\s*[(<]?[\w.+-]+@[\w-]+\.[\w.-]+[)>]?"
)  # a log-in or an address after the name
_CREDENTIALS = re.compile(
    r"^(?:[A-Z]{2,5}(?:[-/. ][A-Z0-9]{1,5})*|Ph\.?D\.?|M\.?D\.?|Jr\.?|Sr\.?|M\.?Sc?\.?|B\.?A\.?|Esq\.?)$"
)
# Agencies and their credit lines; from the agencies' own names, a list that only ever ranks after people.
AGENCIES = frozenset(
    ["ap", "associated press", "the associated press", "reuters", "afp", "agence france-presse", "dpa", "dpa-infocom", "dts", "sid", "epd", "kna", "apa", "sda", "keystone-sda", "ats", "efe", "agencia efe", "europa press", "ansa", "adnkronos", "agi", "lusa", "anp", "belga", "tt", "ntb", "ritzau", "stt", "pap", "čtk", "ctk", "mti", "agerpres", "itar-tass", "tass", "тасс", "interfax", "интерфакс", "риа новости", "ria novosti", "укрінформ", "ukrinform", "унiан", "unian", "xinhua", "新华社", "新華社", "kyodo", "kyodo news", "共同通信", "jiji", "時事通信", "yonhap", "연합뉴스", "pti", "press trust of india", "ani", "ians", "bernama", "antara", "aap", "pa", "pa media", "press association", "upi", "bloomberg", "bloomberg news", "anadolu", "anadolu agency", "aa", "dha", "iha", "mena", "wam", "spa", "irna", "isna", "caixin", "tanjug", "hina", "fena", "beta", "sta", "tasr", "sita", "bns", "leta", "elta", "belta", "azertac", "armenpress", "арменпресс", "news wires", "wire", "wires", "agencies", "agenturen", "agences", "agencias", "agenzie", "ajanslar"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Byline:
    """Names that one source gives, with what is known of them."""

    people: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()  # agencies, desks, the site itself, log-in names

    @property
    def is_full(self) -> bool:
        """Whether a person is named as people are: more than one word, or in a script without spaces."""
        return any(" " in name or not name.isascii() for name in self.people)


def read_byline(claims: Iterable[str], site_names: Iterable[str] = ()) -> Byline:
    """Names in one source's claims, once each, in order. ``site_names`` are the site's and the publisher's."""
    site = {fold(name) for name in site_names}
    people: list[str] = []
    weak: list[str] = []
    for claim in claims:
        if _ADDRESS.search(claim) or _OTHER_ROLE.match(claim):
            continue
        if _BODY.search(claim) and "," not in claim and len(claim.split()) <= MAX_WORDS + 2:
            weak.append(" ".join(_BEFORE.sub("", claim).split())[:MAX_CHARACTERS].strip())
            continue
        for name in filter(None, map(_without_job, map(clean_name, split(claim)))):
            is_weak = _is_site(name, site) or is_agency(name) or _ROLES.search(name) or _LOGIN.match(name)
            (weak if is_weak else people).append(name)
    return Byline(
        _once(people)[:MAX_AUTHORS],
        _once([name for name in weak if name and not _NOBODY.match(name)])[:MAX_AUTHORS],
    )


def choose(bylines: Iterable[Byline]) -> tuple[str, ...]:
    """The first source that names people fully, else the first that names anybody."""
    seen: list[Byline] = []
    for byline in bylines:
        if byline.is_full:
            return byline.people
        seen.append(byline)
    return next((b.people for b in seen if b.people), next((b.weak for b in seen if b.weak), ()))


def _is_site(name: str, site: set[str]) -> bool:
    """Whether the name is the site's, or one of its desks': "Example", "EXAMPLE North"."""
    folded = fold(name)
    return folded in site or any(folded.startswith(f"{one} ") for one in site if one)


def split(claim: str) -> list[str]:
    """A byline's people, each still with what clings to the name."""
    pieces = []
    for part in _BETWEEN.split(without_by(claim[:400])):
        listed = _COMMA.split(part)
        if len(listed) == 2 and len(listed[0].split()) == 1 and _FORENAME.match(listed[1]):
            pieces.append(f"{listed[1]} {listed[0]}")  # "Petrosyan, Anna", as libraries write
        else:
            pieces.extend(_without_titles(listed))
    return [piece for piece in pieces if piece]


def clean_name(piece: str) -> str:
    """The bare name; "" where this is none: an address, a number, a sentence."""
    name = without_by(_HANDLE.sub("", piece))
    for _ in range(2):
        name = _AFTER.sub("", name).strip(" \t,.;:|-–—•*©\"“”„«»'’‘")
    if not name or len(name) > MAX_CHARACTERS or len(name.split()) > MAX_WORDS or _NO_NAME.search(name):
        return ""
    name = _DOUBLED.sub(r"\1", _BY_AT_END.sub("", name))
    return " ".join(name.split()) if sum(map(str.isalpha, name)) >= 2 else ""


def _without_job(name: str) -> str:
    """The name without a job written after it: "Anna Petrosyan Senior Cars Reporter" is "Anna Petrosyan"."""
    match = _JOB.match(name)
    return match["name"] if match else name


def is_agency(name: str) -> bool:
    """Whether the name is a news agency's."""
    return fold(name) in AGENCIES or all(fold(part) in AGENCIES for part in re.split(r"[/,-]", name))


def fold(name: str) -> str:
    """A name without case, punctuation and doubled spaces, to compare by."""
    return " ".join(re.sub(r"[^\w\s-]", "", name.casefold()).split())


def is_signed(line: str) -> bool:
    """Whether the line begins with "by" or its like, before a name and not as a part of it."""
    return bool(_BEFORE.match(line)) and not keeps_opening(line)


def without_by(claim: str) -> str:
    """The claim without "by" and its like before it."""
    return claim if keeps_opening(claim) else _BEFORE.sub("", claim)


def keeps_opening(claim: str) -> bool:
    """Whether the opening "von", "di", "da" is part of the name: "Da Costa", "von Storch"."""
    words = claim.split()
    return len(words) == 2 and words[0] in _FROM


def _without_titles(listed: list[str]) -> list[str]:
    """The pieces between commas that are names: jobs, degrees, places after a name are not."""
    names = [listed[0]]
    for piece in listed[1:]:
        if len(piece.split()) >= 2 and not _CREDENTIALS.match(piece) and not _ROLES.search(piece):
            names.append(piece)
    return names


def _once(names: list[str]) -> tuple[str, ...]:
    """Each name once: "Anna Petrosyan" and "PETROSYAN Anna" are one."""
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(" ".join(sorted(fold(name).split())), name)
    return unique(list(kept.values()))
