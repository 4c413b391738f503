"""The lines of a text dump, and what each looks like by itself."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from extractors import prose
from extractors.language.scripts import count_scripts
from extractors.metadata.dates import read_date
from extractors.normal_form import normal

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_BULLET = re.compile(r"^[•‣▪●◦■*]\s+(?=\S)")
_NUMBER = re.compile(r"^\(?\d{1,2}[.)]\s+(?=[^\W\d_])")
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\b")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")

SENTENCE_WEIGHT = 18  # "The driver is from Teshen."; less ends a menu's entry or an exclamation
DATE_LETTERS = (
    45  # letters that a date line has at most: "Last updated on Wednesday, 24 November 2026 at 10:05"
)
NAME_WORDS = 7  # words that a byline has at most


@dataclass(frozen=True)
class TextLine:
    """One line that holds something, white space folded."""

    number: int  # in the text, from 1
    text: str
    after_gap: bool  # an empty line stands before it

    @cached_property
    def folded(self) -> str:
        """The form in which lines and phrases are compared."""
        return " ".join(self.text.casefold().split())

    @cached_property
    def weight(self) -> float:
        """Its letters, in letters of a text in an alphabet that says as much."""
        return prose.weight(self.text)

    @cached_property
    def letters(self) -> int:
        """Its letters as they are."""
        return prose.letters(self.text)

    @property
    def words(self) -> list[str]:
        """Its words; a run of letters without spaces is one."""
        return _WORD.findall(self.text)

    @cached_property
    def script(self) -> str:
        """ISO 15924 code; "" without letters."""
        return count_scripts(self.text).script

    @cached_property
    def ends_sentence(self) -> bool:
        """Whether it ends with the sign of a whole sentence, in any script."""
        return prose.ends_sentence(self.text)

    @cached_property
    def is_prose(self) -> bool:
        """Whether it reads as a paragraph by itself."""
        return prose.is_prose(self.text)

    @property
    def is_sentence(self) -> bool:
        """Whether it is a short paragraph of a whole sentence."""
        return self.weight >= SENTENCE_WEIGHT and self.ends_sentence

    @cached_property
    def is_date(self) -> bool:
        """Whether it is a date, with at most a place or a label beside it."""
        text = self.text
        if self.letters > DATE_LETTERS or not any(map(str.isdigit, text)) or self.is_prose:
            return False
        if _YEAR.search(text) and (
            read_date(text) is not None or (_DAY.search(text) and len(self.words) <= 4)
        ):
            return True
        return bool(_CLOCK.search(text)) and len(self.words) <= 4

    @property
    def is_bullet(self) -> bool:
        """Whether it is marked as an entry of a list, by a sign or a number."""
        return bool(_BULLET.match(self.text) or _NUMBER.match(self.text))

    @property
    def without_bullet(self) -> str:
        """Its text without the list's mark."""
        return _BULLET.sub("", self.text)


def split_lines(text: str) -> list[TextLine]:
    """The lines that hold a letter or a digit; a text wrapped at a fixed width is unwrapped first."""
    rows = [(number, normal(row)) for number, row in enumerate(text.splitlines(), 1)]
    found: list[TextLine] = []
    gap = True
    for number, row in _unwrapped(rows):
        if any(char.isalnum() for char in row):
            found.append(TextLine(number, row, gap))
            gap = False
        elif not row:
            gap = True
    return found


WRAP_WIDTH = 100  # characters; mail, Usenet and Gutenberg texts are wrapped at 65 to 80
WRAP_FILL = 0.65  # of the longest row: what all rows but a paragraph's last fill


def _unwrapped(rows: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Rows joined to paragraphs where the text is wrapped at a fixed width, else as they are."""
    groups: list[list[tuple[int, str]]] = [[]]
    for number, row in rows:
        if row:
            groups[-1].append((number, row))
        elif groups[-1]:
            groups.append([])
    many = [group for group in groups if len(group) >= 3]
    if len(many) < 2:
        return rows
    widths = Counter(len(row) for group in many for _, row in group[:-1])
    widest = max(widths)
    full = sum(count for width, count in widths.items() if width >= WRAP_FILL * widest)
    if widest > WRAP_WIDTH or widest < WRAP_WIDTH / 2 or full < 0.9 * sum(widths.values()):
        return rows
    joined: list[tuple[int, str]] = []
    for group in groups:
        if group:
            is_wrapped = all(len(row) >= WRAP_FILL * widest for _, row in group[:-1])
            joined += [(group[0][0], " ".join(row for _, row in group))] if is_wrapped else group
            joined.append((0, ""))
    return joined
