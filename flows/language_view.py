"""A language verdict for a reader: who said what, and what was made of it."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from extractors.language import ArticleLanguage, LanguageVerdict
from flows.console import plain_table, titled

_WHO = {
    "script": "writing system",
    "letters": "letters that only it has",
    "pycld2": "pycld2",
    "py3langid": "py3langid",
    "langdetect": "langdetect",
    "ngrams": "own words and letter groups",
    "pair": "word list of close languages",
    "declared": "the page itself",
}


def language_table(verdict: LanguageVerdict | ArticleLanguage) -> RenderableType:
    """The verdict, the votes in a table, and what else was found."""
    table = plain_table("witness", "says", numbers=("confidence",))
    for vote in verdict.evidence:
        table.add_row(_WHO.get(vote.detector, vote.detector), vote.language, f"{vote.confidence:.2f}")
    head = f"{verdict.language}  ({verdict.script or 'no letters'}, confidence {verdict.confidence:.2f})"
    note = _note(verdict)
    return Group(titled(head, table), *([Text(note, style="dim")] if note else []))


def language_json(verdict: LanguageVerdict | ArticleLanguage) -> dict[str, object]:
    """The same for machines: plain values that json can write."""
    found: dict[str, object] = {
        "language": verdict.language,
        "script": verdict.script,
        "confidence": verdict.confidence,
        "evidence": [
            {"detector": vote.detector, "language": vote.language, "confidence": round(vote.confidence, 4)}
            for vote in verdict.evidence
        ],
    }
    if isinstance(verdict, LanguageVerdict):
        return found | {"alternatives": list(verdict.alternatives)}
    shares = [{"language": other.language, "share": other.share} for other in verdict.other_languages]
    return found | {"other_languages": shares, "flags": list(verdict.flags)}


def _note(verdict: LanguageVerdict | ArticleLanguage) -> str:
    if isinstance(verdict, LanguageVerdict):
        return f"or else {', '.join(verdict.alternatives)}" if verdict.alternatives else ""
    parts = [f"{other.language} {other.share:.0%} of the letters" for other in verdict.other_languages]
    return "; ".join([*parts, *verdict.flags])
