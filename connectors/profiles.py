"""What was learned of a site's stories: lines that recur at the ends of their texts.

A profile goes from run to run and forgets what it can: of a line that was seen once or twice a row of
32 bytes, of the site's last ``MOST_SIGHTINGS`` such lines. What recurs is kept as text, for judging and
for people who want to know what was learned.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import struct
from collections.abc import Sequence, Set
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Self

from connectors.errors import BadInput
from extractors.marks import fold

SCHEMA_VERSION = 1

# Gold texts of 172 stories of 37 sites with three or more: of 6,979 lines of 20 letters none stands in
# three stories, 32 in two (paragraphs that one report took over from another, and notes at the end).
LEAST_STORIES = 3
LEAST_LETTERS = 20
MOST_LETTERS = 1_000  # the ledger keeps 2,000 characters of a cut: a longer line would never be seen again
# Kept lines that stand in two stories of a site, by models that have not seen it: among a text's last four
# 16 are junk and 17 real (most of them notes that gold texts took in), before them 3 and 13. And a series'
# standing introduction, which comes first, is the story's. All rules together, on the corpora's 48 sites of
# three or more stories: 3 lines learned, which stand in 4 texts where gold has none and in 1 where it has.
END_LINES = 4
# Of the site's stories since the line was first seen. No corpus has enough pages of one site to measure it:
# what a topic's stories repeat, or a weekly column, is to stay under it. On made sites of 2,000 stories
# (tests/benchmarks/benchmark_profiles.py) a line of 40 % of them is cut from 782 of 804, one of 6 % from 99 of
# 116, a weekly column's (2 %) and a refrain's (1 %) from none.
LEAST_SHARE = 0.05
# Each time that the site had so many stories more, a line that recurs must stand in half that share of them:
# what half of 60 stories in a row end with, and then one in 100, is cut from 8 of the 44 in the same measurement.
CHECK_STORIES = 100
# Two stories of a site differ in 20 bits or more (611 pairs), the same one under two addresses in none (12).
SAME_STORY_BITS = 12

MOST_SIGHTINGS = 10_000  # lines: the ends of the site's last 2,500 stories or more
MOST_RECURRING = 500  # lines
MOST_RUNS = 50  # that are remembered, so that none is learned from twice

_SIGHTING = struct.Struct("<QQQII")  # key, first, second, stories, born


class NewerProfileError(BadInput):
    """The profile was written by a newer lrahos: it is neither used nor overwritten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLines:
    """What learning needs of a stored article."""

    site: str
    signature: str  # the text's near-duplicate signature, 16 hex: what tells one story from another
    ends: tuple[str, ...]  # the last lines of its text, without headings and title
    cut: tuple[str, ...] = ()  # lines that were cut from it as debris


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurringLine:
    """A line that is debris of the site."""

    text: str  # as first seen
    stories: int  # in which it was seen
    first: str  # day on which that became clear, "2026-11-24"
    last: str  # day on which it was seen last
    checked: int  # the profile's stories when its share was last looked at
    since: int  # stories with the line since then


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A line that was seen, and may turn out to recur."""

    first: int  # signatures of the first stories that it was seen in
    second: int  # 0 if there is none
    stories: int  # in which it was seen
    born: int  # the profile's stories when it was first seen


@dataclass(slots=True, kw_only=True)
class Profile:
    """One site's memory of its lines."""

    site: str
    stories: int = 0  # looked at so far
    runs: list[str] = field(default_factory=list)  # learned from, newest last
    recurring: dict[str, RecurringLine] = field(default_factory=dict)  # by the line's key
    sightings: dict[int, Sighting] = field(default_factory=dict)  # by the key's hash, last seen last

    def learn(self, stories: Sequence[StoryLines], day: str, run: str) -> int:
        """Look at a run's stories; how many lines turned out to recur. A run that is known teaches nothing."""
        if run in self.runs:
            return 0
        before = set(self.recurring)
        kept = {hash_key(line_key(text)) for story in stories for text in story.ends}
        for story in stories:
            self._see(story, kept, day)
        self._check()
        self._make_room()
        self.runs = [*self.runs, run][-MOST_RUNS:]
        return len(self.recurring.keys() - before)

    def _see(self, story: StoryLines, kept: Set[int], day: str) -> None:
        """Count the story's lines; of those that were cut, the ones that some story of the run has kept."""
        signature = int(story.signature or "0", 16)
        lines = {line_key(text): text for text in (*story.cut, *story.ends)}
        numbers = {key: hash_key(key) for key in lines if may_recur(key)}
        met = [self.sightings[number] for number in numbers.values() if number in self.sightings]
        if not signature or any(_is_of(seen, signature) for seen in met):
            return  # an update of a story that has been looked at, or the same one at another address
        self.stories += 1
        for key, number in numbers.items():
            known = self.recurring.get(key)
            if known is not None:
                self.recurring[key] = replace(
                    known, stories=known.stories + 1, last=day, since=known.since + 1
                )
            elif number in kept or number in self.sightings:  # what is always cut need not be learned
                self._note(number, key, lines[key], signature, day)

    def _note(self, number: int, key: str, text: str, signature: int, day: str) -> None:
        """One more story has the line."""
        seen = self.sightings.pop(number, None)  # and back at the end: last seen last
        if seen is None:
            seen = Sighting(first=signature, second=0, stories=1, born=self.stories)
        else:
            seen = replace(seen, second=seen.second or signature, stories=seen.stories + 1)
        if seen.stories >= LEAST_STORIES and self._is_often(seen):
            self.recurring[key] = RecurringLine(
                text=text,
                stories=seen.stories,
                first=day,
                last=day,
                checked=seen.born - 1,
                since=seen.stories,
            )
        else:
            self.sightings[number] = seen

    def _is_often(self, seen: Sighting) -> bool:
        """Whether enough of the stories since the line's first have it, that one left out of both counts."""
        return seen.stories - 1 >= LEAST_SHARE * (self.stories - seen.born)

    def _check(self) -> None:
        """Take back what recurred only while a topic was hot, and what the site shows no longer."""
        for key, line in list(self.recurring.items()):
            span = self.stories - line.checked
            if span < CHECK_STORIES:
                continue
            if line.since < LEAST_SHARE / 2 * span:
                del self.recurring[key]
            else:
                self.recurring[key] = replace(line, checked=self.stories, since=0)

    def _make_room(self) -> None:
        """Drop what there is no room for: what was seen least, what was seen longest ago."""
        frequent = sorted(self.recurring.items(), key=lambda item: -item[1].stories)[:MOST_RECURRING]
        self.recurring = dict(sorted(frequent))
        for number in list(self.sightings)[: max(0, len(self.sightings) - MOST_SIGHTINGS)]:
            del self.sightings[number]

    def to_json(self) -> bytes:
        """The profile as it is stored: what recurs in words, the sightings packed."""
        rows = (
            _SIGHTING.pack(number, seen.first, seen.second, seen.stories, seen.born)
            for number, seen in self.sightings.items()
        )
        values = {
            "schema_version": SCHEMA_VERSION,
            "site": self.site,
            "stories": self.stories,
            "recurring": [asdict(line) for line in self.recurring.values()],
            "runs": self.runs,
            "sightings": base64.b64encode(b"".join(rows)).decode(),
        }
        return json.dumps(values, ensure_ascii=False, indent=1).encode("utf-8", "replace")

    @classmethod
    def from_json(cls, data: bytes) -> Self:
        """The profile that ``to_json`` wrote.

        Raises:
            NewerProfileError: a newer lrahos wrote it.
            BadInput: these bytes are no profile.
        """
        try:
            found: dict[str, Any] = json.loads(data)
            version = int(found["schema_version"])
            if version > SCHEMA_VERSION:
                raise NewerProfileError(f"a profile of schema {version}: a newer lrahos wrote it")
            lines = [_line(row) for row in found["recurring"]]
            return cls(
                site=str(found["site"]),
                stories=int(found["stories"]),
                runs=[str(run) for run in found["runs"]],
                recurring={line_key(line.text): line for line in lines},
                sightings={
                    number: Sighting(first=first, second=second, stories=stories, born=born)
                    for number, first, second, stories, born in _SIGHTING.iter_unpack(
                        base64.b64decode(found["sightings"], validate=True)
                    )
                },
            )
        except (ValueError, KeyError, TypeError, AttributeError, struct.error, binascii.Error) as error:
            raise BadInput(f"no profile: {type(error).__name__}: {error}") from error


def line_key(text: str) -> str:
    """What of a line is compared: its letters and digits, as the content's own folding has them."""
    return fold(text)


def may_recur(key: str) -> bool:
    """Whether a folded line has letters enough to be told from what two stories say by chance, and is one line."""
    return LEAST_LETTERS <= len(key) <= MOST_LETTERS and sum(map(str.isalpha, key)) >= LEAST_LETTERS


def hash_key(key: str) -> int:
    """A line's key in 64 bits."""
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def _is_of(seen: Sighting, signature: int) -> bool:
    """Whether the line was seen in this very story."""
    near = (story for story in (seen.first, seen.second) if story)
    return any((story ^ signature).bit_count() <= SAME_STORY_BITS for story in near)


def _line(row: dict[str, Any]) -> RecurringLine:
    return RecurringLine(
        text=str(row["text"]),
        stories=int(row["stories"]),
        first=date.fromisoformat(row["first"]).isoformat(),
        last=date.fromisoformat(row["last"]).isoformat(),
        checked=int(row["checked"]),
        since=int(row["since"]),
    )
