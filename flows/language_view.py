"""A language verdict for a reader: who said what, and what was made of it."""

from __future__ import annotations

from rich.table import Table

from extractors.language import ArticleLanguage, LanguageVerdict

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


def language_table(verdict: LanguageVerdict | ArticleLanguage) -> Table:
    """A table of the votes; the verdict is its title, what else was found its caption."""
    table = Table(
        title=f"{verdict.language}  ({verdict.script or 'no letters'}, confidence {verdict.confidence:.2f})",
        caption=_caption(verdict),
    )
    table.add_column("witness")
    table.add_column("says")
    table.add_column("confidence", justify="right")
    for vote in verdict.evidence:
        table.add_row(_WHO.get(vote.detector, vote.detector), vote.language, f"{vote.confidence:.2f}")
    return table


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


def _caption(verdict: LanguageVerdict | ArticleLanguage) -> str:
    if isinstance(verdict, LanguageVerdict):
        return f"or else {', '.join(verdict.alternatives)}" if verdict.alternatives else ""
    parts = [f"{other.language} {other.share:.0%} of the letters" for other in verdict.other_languages]
    return "; ".join([*parts, *verdict.flags])
