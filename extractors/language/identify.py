"""The language of one text: script gate, votes, letters, close pairs, what the page declares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extractors.language import detectors
from extractors.language.cleaning import bounded, clean
from extractors.language.letters import letter_sign
from extractors.language.scripts import ScriptCount, can_be_in, count_scripts, languages_of
from extractors.language.tags import canonical
from extractors.language.verdict import UNSURE, LanguageVerdict
from extractors.records import Vote


def identify(text: str, declared: Sequence[str] = (), *, always_langdetect: bool = False) -> LanguageVerdict:
    """The language of a text, or ``und``; never raises, in time that does not grow with the text.

    Args:
        text: any string; beyond 3,000 characters its beginning, middle and end are looked at.
        declared: what the page says of itself, most trusted first; decides only in doubt.
        always_langdetect: ask langdetect even where it would not count.
    """
    text = clean(bounded(text))
    count = count_scripts(text)
    if not count.total:
        return LanguageVerdict(language=UNSURE, script="", confidence=0.0)
    only = languages_of(count.script)
    if len(only) == 1:
        language = next(iter(only))
        vote = Vote(detector="script", language=language, confidence=count.letters / count.total)
        return LanguageVerdict(language=language, script=count.script, confidence=0.99, evidence=(vote,))
    return _by_vote(text, count, declared, always_langdetect)


def _by_vote(text: str, count: ScriptCount, declared: Sequence[str], always: bool) -> LanguageVerdict:
    votes = [vote for vote in (detectors.ask_pycld2(text), detectors.ask_py3langid(text)) if vote]
    answers = {vote.language for vote in votes}
    if always or (len(answers) > 1 and answers & detectors.known_to("langdetect")):
        votes.append(detectors.ask_langdetect(text))
    if sign := letter_sign(text, count.script, count.letters):
        votes.append(sign)
    score: Counter[str] = Counter()
    for vote in votes:
        if vote.language != UNSURE and can_be_in(vote.language, count.script):
            score[vote.language] += {"langdetect": 0.55, "letters": 1.2}.get(vote.detector, 1.0) * (0.35 + 0.65 * vote.confidence)
    if not score:
        return LanguageVerdict(language=UNSURE, script=count.script, confidence=0.0, evidence=tuple(votes))
    best, points = score.most_common(1)[0]
    confidence = min(0.99, points / 2)
    for tag in map(canonical, declared):
        if tag in score and confidence < 0.6:
            best = tag
            break
    if best == "sr":
        best = f"sr-{count.script}"
    if best == "zh":
        best = "zh-Hans"
    if confidence < 0.45:
        return LanguageVerdict(language=UNSURE, script=count.script, confidence=confidence, evidence=tuple(votes), alternatives=(best,))
    return LanguageVerdict(language=best, script=count.script, confidence=confidence, evidence=tuple(votes))
