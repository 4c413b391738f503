"""The votes weighed: how likely a text is in each language that anybody names.

A logistic model over a dozen plain facts a candidate: does the letter model put it first and by how
much, does the text look as the language's own texts do, which detector names it, which knows it and
names another. ``tools/fit_language_votes.py`` fits the weights on texts that the letter model has not
seen, and on texts in languages that nobody here knows, which is why the sum can say "none of them".
Close languages (``data/pairs.tsv``) stand as one candidate here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from extractors.language import ngrams
from extractors.language.detectors import known_to
from extractors.language.ngrams import Likelihoods
from extractors.language.pairs import group_of
from extractors.language.scripts import can_be_in
from extractors.language.tables import read_table
from extractors.language.verdict import UNSURE
from extractors.records import Vote

VOTERS = ("pycld2", "py3langid", "langdetect")
# Natural logarithm of the odds against a language that has hardly any news: the weights were fitted on as much text
# of each. Set on 1,815 titles of English and German pages, where Scots, Interlingua or Bislama won without it.
RARE = 1.5
# Natural logarithm of the odds that a language's own letters bring, for it and against the others: alphabets, not texts
SIGN = 2.5
BEST_KEPT = 3  # of the letter model's languages become candidates
# What a detector calls by another name than its script's readers do
_IN_SCRIPT = {("ku", "Arab"): "ckb", ("wuu", "Hani"): "zh", ("grc", "Grek"): "el"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """All that is known of a text's language before it is decided."""

    script: str  # ISO 15924
    letters: int  # of that script
    votes: tuple[Vote, ...]  # of the detectors, as they are
    sign: Vote | None  # of the letters that one language alone has
    likelihoods: Likelihoods | None  # of our own letter groups


def named(vote: Vote, script: str) -> str:
    """The group that a vote names, ``und`` where the script makes it impossible."""
    language = _IN_SCRIPT.get((vote.language, script), vote.language)
    return group_of(language) if language != UNSURE and can_be_in(language, script) else UNSURE


def weigh(ballot: Ballot) -> dict[str, float]:
    """Each candidate group's probability, likeliest first; they need not sum to 1."""
    if ballot.script not in ngrams.scripts():
        return _by_detectors(ballot)
    weights = _weights(
        "with pycld2" if any(vote.detector == "pycld2" for vote in ballot.votes) else "without"
    )
    shares = {
        group: _logistic(
            sum(weights.get(name, 0.0) * value for name, value in facts.items())
            + SIGN * (facts["letters.for"] - facts["letters.against"])
            - RARE * (group in _rare())
        )
        for group, facts in facts_of(ballot).items()
    }
    return dict(sorted(shares.items(), key=lambda item: (-item[1], item[0])))


def _by_detectors(ballot: Ballot) -> dict[str, float]:
    """In a script of few languages that the letter model has no table for: letters first, else the mean vote."""
    if ballot.sign:
        return {group_of(ballot.sign.language): 0.95}
    shares: dict[str, float] = {}
    for vote in ballot.votes:
        group = named(vote, ballot.script)
        shares[group] = shares.get(group, 0.0) + vote.confidence / len(ballot.votes)
    shares.pop(UNSURE, None)
    return dict(sorted(shares.items(), key=lambda item: (-item[1], item[0])))


def facts_of(ballot: Ballot) -> dict[str, dict[str, float]]:
    """The facts for each candidate group, by the names that ``data/vote_weights.tsv`` explains."""
    named_by = {vote.detector: (named(vote, ballot.script), vote.confidence) for vote in ballot.votes}
    sign = group_of(ballot.sign.language) if ballot.sign else ""
    scores = _by_group(ballot.likelihoods)
    best = sorted(scores, key=lambda group: (-scores[group], group))[:BEST_KEPT]
    candidates = {*best, *(group for group, _ in named_by.values()), sign} - {UNSURE, ""}
    read = ballot.likelihoods.groups if ballot.likelihoods else 1
    length = math.log(max(ballot.letters, 1)) - 4
    thin = {group_of(language) for language in ngrams.thin(ballot.script)} - set(best[:1])
    found = {}
    for group in sorted(candidates):
        facts = {"always": 1.0, "length": length}
        agreed = all(named_by.get(voter, ("", 0.0))[0] == group for voter in VOTERS[:2])
        # what a table learnt from one declaration alone, as Uzbek in Cyrillic, denies nothing that two others say
        heard = (
            scores if not (agreed and group in thin) else {key: scores[key] for key in scores if key != group}
        )
        facts |= _letter_facts(group, heard, best, read, length)
        for voter in VOTERS:
            facts |= _vote_facts(group, voter, named_by.get(voter))
        facts["both.for"] = float(agreed)
        facts["both.for, confidence"] = min(vote.confidence for vote in ballot.votes) if agreed else 0.0
        facts["both.for x length"] = length * agreed
        facts["letters.for"] = float(sign == group)
        facts["letters.against"] = float(bool(sign) and sign != group)
        found[group] = facts
    return found


def _letter_facts(
    group: str, scores: Mapping[str, float], best: Sequence[str], read: int, length: float
) -> dict[str, float]:
    """What the letter model says: the margin, and whether the text looks like the language at all."""
    if group not in scores:
        likest = _within(-1, max(scores.values()) / read, 1) if scores else 0.0
        return {
            "own.margin": 0,
            "own.margin x length": 0,
            "own.unknown": 1,
            "own.other": likest,
            "own.fit": 0,
            "own.low fit": 0,
            "own.fit x length": 0,
        }
    rival = max((scores[other] for other in best if other != group), default=-20.0)
    margin = _within(-4, (scores[group] - rival) / math.sqrt(read), 4)
    fit = _within(-0.7, scores[group] / read, 1.0)
    return {
        "own.margin": margin,
        "own.margin x length": margin * length,
        "own.unknown": 0,
        "own.other": 0,
        "own.fit": fit,
        "own.low fit": min(fit, 0.2),
        "own.fit x length": fit * length,
    }


def _vote_facts(group: str, voter: str, vote: tuple[str, float] | None) -> dict[str, float]:
    """What one detector says; nothing where it was not asked or does not know the language."""
    facts = {f"{voter}.for": 0.0, f"{voter}.for, confidence": 0.0, f"{voter}.against": 0.0}
    if vote is None:
        return facts
    language, confidence = vote
    if language == group:
        facts[f"{voter}.for"], facts[f"{voter}.for, confidence"] = 1.0, confidence
    elif group in _known_groups(voter):
        facts[f"{voter}.against"] = confidence if language != UNSURE else 0.3
    return facts


def _by_group(likelihoods: Likelihoods | None) -> dict[str, float]:
    groups: dict[str, float] = {}
    for language, score in likelihoods.scores.items() if likelihoods else ():
        group = group_of(language)
        groups[group] = max(groups.get(group, score), score)
    return groups


@cache
def _known_groups(voter: str) -> frozenset[str]:
    return frozenset(map(group_of, known_to(voter)))


@cache
def _rare() -> frozenset[str]:
    """Languages that the letter model knows from one declaration alone, and those it does not know."""
    return frozenset(group_of(code) for row in read_table("rare_languages.tsv") for code in row[0].split())


@cache
def _weights(column: str) -> dict[str, float]:
    place = {"with pycld2": 1, "without": 2}[column]
    return {row[0]: float(row[place]) for row in read_table("vote_weights.tsv")}


def _within(low: float, value: float, high: float) -> float:
    return max(low, min(value, high))


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-_within(-30, value, 30)))
