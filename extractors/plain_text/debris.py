"""Lines that are debris by a known phrase, by being breakpoint markers, or by standing twice."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from extractors.plain_text.lines import TextLine
from extractors.records import Cut, CutReason

MARKERS = frozenset({"xs", "sm", "md", "lg", "xl", "xxl"})  # names of Bootstrap's breakpoints
GAP = "…"  # in a phrase that is no whole line: see extractors/content/appeals.py
_COLONS = (":", "：", "՝")  # the last is Armenian's
_SIGNS = " :：.…!?»«>→▶►|[]()•*–—-<／/（）【】［］"
# Who wrote it and when: such words cut only by where their line stands, see extractors/content/fields.py.
_PLACED = (CutReason.BYLINE, CutReason.DATE_LINE)
HEADING_WEIGHT = 10  # "无障碍链接" has 12.5; "Home" and "Menu" have four
TEASER_WORDS = 3  # from here on a line after "Read also" is another story's headline


@dataclass(frozen=True)
class Phrases:
    """Known phrases, ready to be looked up in."""

    whole: dict[str, str]  # folded phrase -> its language
    reasons: dict[str, CutReason]  # folded phrase -> what it says that its line is

    @classmethod
    def of(cls, phrases: frozenset[str]) -> Phrases:
        """From "language:folded phrase" or "language/reason:folded phrase" entries, whatever their order."""
        whole: dict[str, str] = {}
        reasons: dict[str, CutReason] = {}
        for entry in sorted(phrases, reverse=True):  # of languages that share a phrase, the first by name
            kind, _, phrase = entry.partition(":")
            language, _, reason = kind.partition("/")
            if GAP in phrase or reason in _PLACED:
                continue
            whole[phrase] = language
            reasons[phrase] = CutReason(reason) if reason else CutReason.PHRASE
        return cls(whole=whole, reasons=reasons)

    def find(self, folded: str) -> str:
        """The phrase that the line is or begins with, as "language:phrase"; "" if none.

        Signs around a line do not count: of lines that are a phrase but for these, 8 of 8 that an article
        kept were debris ("Related posts:", "You might also like...").
        """
        for line in (folded, folded.strip(_SIGNS)):
            if line in self.whole:
                return f"{self.whole[line]}:{line}"
        for sign in _COLONS:
            opener = folded[: folded.find(sign) + 1]
            if opener in self.whole:
                return f"{self.whole[opener]}:{opener}"
        return ""

    def covers(self, found: str, folded: str) -> bool:
        """Whether a phrase, as ``find`` tells it, is all that the line says."""
        return found.partition(":")[2].strip(_SIGNS) == folded.strip(_SIGNS)

    def reason(self, found: str) -> CutReason:
        """What a line is that a phrase was found in, by the phrase as ``find`` tells it."""
        return self.reasons[found.partition(":")[2]]

    def announces(self, folded: str) -> bool:
        """Whether the line is a phrase that what it announces follows: "Read also", "Read also:"."""
        return folded in self.whole and (
            folded.endswith(_COLONS) or any(folded + sign in self.whole for sign in _COLONS)
        )


def cut(line: TextLine, reason: CutReason, rule: str) -> Cut:
    """The ledger's entry of a line."""
    return Cut(text=line.text, reason=reason, rule=rule, place=f"line {line.number}")


def drop_phrases(lines: list[TextLine], phrases: Phrases) -> tuple[list[TextLine], list[Cut]]:
    """Lines that are no known phrase, and the cuts; the headline after "Read also" goes with it.

    A paragraph stays although it begins with a phrase: a phrase alone never cuts running text.
    """
    kept: list[TextLine] = []
    cuts: list[Cut] = []
    announced = ""
    for line in lines:
        phrase = phrases.find(line.folded)
        if phrase and not (line.is_prose and line.folded not in phrases.whole and line.ends_sentence):
            is_first = not kept and not cuts
            cuts.append(
                cut(line, _reason_at(line, phrases.reason(phrase), is_first=is_first), f"phrase:{phrase}")
            )
            announced = phrase if phrases.announces(line.folded) else ""
        elif announced and not line.ends_sentence and not line.is_prose and len(line.words) >= TEASER_WORDS:
            cuts.append(cut(line, CutReason.RELATED, f"after:phrase:{announced}"))
            announced = ""
        else:
            kept.append(line)
            announced = ""
    return kept, cuts


def _reason_at(line: TextLine, said: CutReason, *, is_first: bool) -> CutReason:
    """What the phrase says; one of no kind, of some length, that opens the page is its accessibility heading."""
    is_heading = is_first and line.number <= 3 and line.weight >= HEADING_WEIGHT
    return CutReason.ACCESSIBILITY if is_heading and said is CutReason.PHRASE else said


def drop_markers(lines: list[TextLine]) -> tuple[list[TextLine], list[Cut]]:
    """Lines that are no breakpoint markers: two or more in a row, or on one line."""
    kept: list[TextLine] = []
    cuts: list[Cut] = []
    for is_marker, group in groupby(lines, key=lambda line: MARKERS.issuperset(line.folded.split())):
        run = list(group)
        if is_marker and sum(len(line.folded.split()) for line in run) > 1:
            cuts += [cut(line, CutReason.RESPONSIVE, "lines:breakpoints") for line in run]
        else:
            kept += run
    return kept, cuts


def find_doubled(lines: list[TextLine]) -> tuple[list[TextLine], list[TextLine]]:
    """Lines without immediate repeats, and the repeats that were left out."""
    kept: list[TextLine] = []
    doubles: list[TextLine] = []
    for line in lines:
        if kept and line.folded == kept[-1].folded:
            doubles.append(line)
        else:
            kept.append(line)
    return kept, doubles
