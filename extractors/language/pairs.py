"""Close languages: which member of a group a text is in."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from extractors.language.detectors import known_to
from extractors.language.han import han_form
from extractors.language.ngrams import NO_SPACES, Likelihoods
from extractors.language.tables import read_table
from extractors.language.tags import canonical
from extractors.records import Vote

MAX_WORDS = 250  # of a text that are looked up
# How many natural logarithms of odds each witness may move; fitted by eye on folds 0 and 1 of the training texts.
GROUPS_WEIGHT = 1.0  # a unit of the letter groups' margin over the square root of their number
GROUPS_LIMIT = 5.0
THIN_LIMIT = 1.0  # against a member whose letter groups come from one declaration alone
WORDS_WEIGHT = 1.0
WORDS_LIMIT = 4.0
DETECTOR_WEIGHT = 0.3  # a detector's vote for a member
DECLARED_WEIGHT = 2.0  # the page's own word: wins where the text says little, loses where it says much

_WORD = re.compile(r"[^\W\d_]+(?:['\u200c-][^\W\d_]+)*")
_NORMAL = str.maketrans("’ʼʻ‘`يك", "''''\u0027یک")
_CYRILLIC = {
    **dict(zip("абвгдђежзијклмнопрстћуфхцчш", "abvgdđežzijklmnoprstćufhcčš", strict=True)),
    "љ": "lj",
    "њ": "nj",
    "џ": "dž",
}
_SERBIAN_LATIN = str.maketrans(_CYRILLIC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The members of a group by probability."""

    shares: Mapping[str, float]  # member -> probability; together 1
    evidence: tuple[Vote, ...]  # what the word list and the declaration said


@lru_cache(maxsize=4096)
def group_of(language: str) -> str:
    """The name of the close group that a language belongs to, its first member; the language itself if none."""
    return _groups().get(language, language)


def members_of(group: str) -> tuple[str, ...]:
    """The members of a group, or the language alone."""
    for members, *_ in _rows():
        if members[0] == group:
            return members
    return (group,)


def choose_member(
    group: str,
    text: str,
    script: str,
    *,
    likelihoods: Likelihoods | None,
    votes: Sequence[Vote],
    declared: Sequence[str],
) -> Choice:
    """How likely the text is each member of the group.

    Args:
        group: a group's name, see ``group_of``; a language of no group is its own only member.
        text: cleaned.
        script: ISO 15924.
        likelihoods: of the letter groups, if there are any.
        votes: what the detectors said.
        declared: languages that the page claims, as they stand there.
    """
    members = _possible(group, text, script)
    if len(members) == 1:
        return Choice(shares={members[0]: 1.0}, evidence=())
    odds = dict.fromkeys(members, 0.0)
    evidence: list[Vote] = []
    for member, points in _by_letter_groups(members, likelihoods).items():
        odds[member] += points
    by_words = _by_words(group, members, text, script)
    for member, points in by_words.items():
        odds[member] += points
    if any(by_words.values()):
        evidence.append(_vote("pair", by_words))
    for vote in votes:
        for member in _spoken_for(vote, members):
            odds[member] += DETECTOR_WEIGHT * vote.confidence
    for tag in declared:
        if claimed := [member for member in members if _claims(tag, member)]:
            odds[claimed[0]] += DECLARED_WEIGHT
            evidence.append(Vote(detector="declared", language=claimed[0], confidence=1.0))
            break
    return Choice(shares=_softmax(odds), evidence=tuple(evidence))


def _possible(group: str, text: str, script: str) -> tuple[str, ...]:
    """The members that can be written so: Croatian is not in Cyrillic, traditional Chinese not in simplified."""
    members = members_of(group)
    if group == "zh-Hans":
        return (f"zh-{han_form(text)}", "yue")
    if group == "bs" and script == "Cyrl":
        return ("bs", "sr", "cnr")
    return members


def _by_letter_groups(members: Sequence[str], likelihoods: Likelihoods | None) -> dict[str, float]:
    """Each member's margin under the best one, in natural logarithms, bounded."""
    if likelihoods is None:
        return {}
    scores = {member: likelihoods.scores[member] for member in members if member in likelihoods.scores}
    best = max(scores.values(), default=0.0)
    root = math.sqrt(likelihoods.groups)
    found = {
        member: max(
            -THIN_LIMIT if member in _thin() else -GROUPS_LIMIT, GROUPS_WEIGHT * (score - best) / root
        )
        for member, score in scores.items()
    }
    lowest = min(found.values(), default=0.0)
    return {
        member: found.get(member, lowest / 2) for member in members
    }  # one it does not know: in the middle


def _by_words(group: str, members: Sequence[str], text: str, script: str) -> dict[str, float]:
    """The word list's points for each member, in natural logarithms, bounded against the best one."""
    lexicon = _lexicon(group)
    points = dict.fromkeys(members, 0.0)
    hits = 0
    for word in _words(text, script):
        for languages, weight in lexicon.look_up(word):
            hits += 1
            for language in points.keys() & languages:
                points[language] += weight
    best = max(points.values())
    scale = WORDS_WEIGHT / math.sqrt(max(hits, 1))  # ten words to none say more than thirty to twenty
    return {member: max(-WORDS_LIMIT, scale * (found - best)) for member, found in points.items()}


def _words(text: str, script: str) -> list[str]:
    text = text.lower().translate(_NORMAL)
    if script in NO_SPACES:
        letters = text[: 2 * MAX_WORDS]
        return [letters[start : start + size] for size in (1, 2) for start in range(len(letters) - size + 1)]
    if script == "Cyrl":
        text = text.translate(_SERBIAN_LATIN)
    return [match.group() for match, _ in zip(_WORD.finditer(text), range(MAX_WORDS), strict=False)]


Entry = tuple[tuple[str, ...], float]  # languages, weight


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lexicon:
    whole: dict[str, list[Entry]]
    beginnings: dict[str, list[Entry]]
    endings: dict[str, list[Entry]]

    def look_up(self, word: str) -> list[Entry]:
        """The entry of the word itself, else of its longest known beginning, else ending."""
        if found := self.whole.get(word):
            return found
        for size in range(len(word), 0, -1):
            if found := self.beginnings.get(word[:size]):
                return found
        for size in range(len(word), 0, -1):
            if found := self.endings.get(word[-size:]):
                return found
        return []


@cache
def _lexicon(group: str) -> _Lexicon:
    whole: dict[str, list[Entry]] = {}
    beginnings: dict[str, list[Entry]] = {}
    endings: dict[str, list[Entry]] = {}
    name = next((file for members, file, _ in _rows() if members[0] == group), "")
    for languages, weight, words in read_table(f"pairs/{name}") if name else ():
        entry = (tuple(languages.split()), float(weight))
        for word in words.split():
            shelf = beginnings if word.endswith("*") else endings if word.startswith("*") else whole
            shelf.setdefault(word.strip("*"), []).append(entry)
    return _Lexicon(whole=whole, beginnings=beginnings, endings=endings)


@cache
def _rows() -> tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...]:
    rows = ((*row, "", "")[:3] for row in read_table("pairs.tsv"))
    return tuple((tuple(members.split()), words, tuple(thin.split())) for members, words, thin in rows)


@cache
def _thin() -> frozenset[str]:
    return frozenset(member for *_, thin in _rows() for member in thin)


@cache
def _groups() -> dict[str, str]:
    groups = {member: members[0] for members, *_ in _rows() for member in members}
    return groups | {"zh": "zh-Hans", "sh": "bs"}


def _spoken_for(vote: Vote, members: Sequence[str]) -> list[str]:
    """The members that a detector's vote supports: the named one, and those that it could not have named."""
    known = known_to(vote.detector)
    if not any(vote.language == canonical(member) for member in members):
        return []
    return [
        member for member in members if vote.language == canonical(member) or canonical(member) not in known
    ]


def _claims(tag: str, member: str) -> bool:
    return canonical(tag) == canonical(member)


def _vote(detector: str, odds: Mapping[str, float]) -> Vote:
    shares = _softmax(odds)
    best = max(shares, key=lambda member: shares[member])
    return Vote(detector=detector, language=best, confidence=round(shares[best], 3))


def _softmax(odds: Mapping[str, float]) -> dict[str, float]:
    best = max(odds.values())
    raw = {member: math.exp(value - best) for member, value in odds.items()}
    total = sum(raw.values())
    return {member: value / total for member, value in raw.items()}
