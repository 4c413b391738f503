"""The language of one text: script gate, votes, letters, close pairs, what the page declares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.language import detectors, ngrams
from extractors.language.cleaning import bounded, clean, without_latin
from extractors.language.letters import letter_sign
from extractors.language.pairs import choose_member, group_of
from extractors.language.scripts import ScriptCount, count_scripts, languages_of
from extractors.language.tags import canonical
from extractors.language.verdict import UNSURE, LanguageVerdict
from extractors.language.voting import Ballot, named, weigh
from extractors.records import Vote

MIN_CONFIDENCE = 0.3  # below it "und"; of held-out guesses between .2 and .35 two in three are right
DECLARED_IN_DOUBT = 0.6  # below it a declared language that somebody voted for wins
NAMED_ALTERNATIVES = 3
SURE_SCRIPT = 0.99  # confidence where the script has one language; .9 where it has a minority of the letters


def identify(text: str, declared: Sequence[str] = (), *, always_langdetect: bool = False) -> LanguageVerdict:
    """The language of a text, or ``und``; never raises, in time that does not grow with the text.

    Args:
        text: any string; beyond 2,000 characters its beginning, middle and end are looked at.
        declared: what the page says of itself, most trusted first; it decides between close languages
            and in doubt, nowhere else.
        always_langdetect: ask langdetect even where it would not count, for audits.
    """
    text = clean(bounded(text))
    count = count_scripts(text)
    if not count.total:
        return LanguageVerdict(language=UNSURE, script="", confidence=0.0)
    only = languages_of(count.script)
    if len(only) == 1:
        verdict = _by_script(next(iter(only)), count)
        audit = (detectors.ask_langdetect(text),) if always_langdetect else ()
        return replace(verdict, evidence=(*verdict.evidence, *audit))
    if count.script != "Latn":
        text = without_latin(text)
    return _by_vote(text, count, declared, always_langdetect)


def ballot_of(text: str, count: ScriptCount, *, always_langdetect: bool = False) -> Ballot:
    """Everybody's word on a cleaned text.

    langdetect is asked where the other two differ and it knows one of their answers: elsewhere it is
    wrong with confidence.
    """
    votes = [vote for vote in (detectors.ask_pycld2(text), detectors.ask_py3langid(text)) if vote]
    answers = {named(vote, count.script) for vote in votes}
    known = {group_of(language) for language in detectors.known_to("langdetect")}
    if always_langdetect or (len(answers) > 1 and answers & known):
        votes.append(detectors.ask_langdetect(text))
    return Ballot(
        script=count.script,
        letters=count.letters,
        votes=tuple(votes),
        sign=letter_sign(text, count.script, count.letters),
        likelihoods=ngrams.score(text, count.script),
    )


def _by_script(language: str, count: ScriptCount) -> LanguageVerdict:
    share = count.letters / count.total
    vote = Vote(detector="script", language=language, confidence=round(share, 3))
    confidence = SURE_SCRIPT if share > 0.5 else 0.9
    return LanguageVerdict(language=language, script=count.script, confidence=confidence, evidence=(vote,))


def _by_vote(text: str, count: ScriptCount, declared: Sequence[str], always: bool) -> LanguageVerdict:
    ballot = ballot_of(text, count, always_langdetect=always)
    groups = {group_of(language) for language in languages_of(count.script)}
    shares = _by_group_alone(groups.pop(), ballot) if len(groups) == 1 else weigh(ballot)
    evidence = _evidence(ballot)
    if not shares:
        return LanguageVerdict(language=UNSURE, script=count.script, confidence=0.0, evidence=evidence)
    group, confidence = _decide(shares, declared)
    choice = choose_member(
        group, text, count.script, likelihoods=ballot.likelihoods, votes=ballot.votes, declared=declared
    )
    member = max(choice.shares, key=lambda name: choice.shares[name])
    others = sorted((name for name in choice.shares if name != member), key=lambda name: -choice.shares[name])
    guesses = [
        _tagged(name, count.script) for name in (member, *others, *(name for name in shares if name != group))
    ]
    sure = confidence >= MIN_CONFIDENCE
    return LanguageVerdict(
        language=guesses[0] if sure else UNSURE,
        script=count.script,
        confidence=round(confidence * choice.shares[member], 4),
        evidence=(*evidence, *choice.evidence),
        alternatives=tuple(guesses[1:] if sure else guesses)[:NAMED_ALTERNATIVES],
    )


def _by_group_alone(group: str, ballot: Ballot) -> dict[str, float]:
    """In a script that writes one close group: Tibetan letters bo or dz, Han without kana Chinese.

    A headline in Japanese may do without kana: its own letters say so, a detector's word makes a doubt.
    """
    if ballot.sign:
        return {ballot.sign.language: 0.9, group: 0.1}
    if any(vote.language == "ja" for vote in ballot.votes):
        return {group: 0.59, "ja": 0.4}
    return {group: SURE_SCRIPT}


def _decide(shares: dict[str, float], declared: Sequence[str]) -> tuple[str, float]:
    """The group that wins and its probability; in doubt a declared one that is a candidate."""
    best = next(iter(shares))
    if shares[best] < DECLARED_IN_DOUBT:
        for tag in declared:
            group = group_of(canonical(tag))
            if shares.get(group, 0.0) > 0.01:
                return group, max(shares[group], DECLARED_IN_DOUBT)
    return best, shares[best]


def _evidence(ballot: Ballot) -> tuple[Vote, ...]:
    """The votes, and our letter groups' among them."""
    votes = list(ballot.votes)
    if ballot.sign:
        votes.append(ballot.sign)
    if ballot.likelihoods:
        scores, read = ballot.likelihoods.scores, ballot.likelihoods.groups
        best = max(sorted(scores), key=lambda language: scores[language])
        votes.append(
            Vote(
                detector="ngrams", language=best, confidence=round(max(0.0, min(1.0, scores[best] / read)), 3)
            )
        )
    return tuple(votes)


def _tagged(language: str, script: str) -> str:
    """The BCP-47 tag of a verdict: Serbian says its script."""
    return f"sr-{script}" if language == "sr" else language
