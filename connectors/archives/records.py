"""What passes between an archive and those who read it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from extractors.records import FetchedPage, RawPlace


class Kind(StrEnum):
    """How a split's file is cut, and what ``start`` and ``end`` count."""

    WARC_GZ = "warc.gz"  # one gzip member a record; bytes of the compressed file, anywhere
    WARC = "warc"  # not compressed; bytes, at records' beginnings
    WARC_STREAM = "warc-stream"  # compressed as a whole; records
    JSONL = "jsonl"  # not compressed; bytes, anywhere
    JSONL_STREAM = "jsonl-stream"  # compressed; lines
    FILES = "files"  # one page a file; not used
    BROKEN = "broken"  # nothing of it can be read; not used


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A part of an archive that is read alone: about one batch of pages."""

    path: str  # local path or s3:// address; of FILES the first of ``paths``
    kind: Kind
    start: int = 0  # of what ``kind`` says
    end: int = 0  # just behind the last
    size: int = 0  # of the whole file in bytes, so that a file that changed since is noticed
    paths: tuple[str, ...] = ()  # of FILES alone

    def __post_init__(self) -> None:
        """Take what JSON makes of a split: ``Split(**json.loads(json.dumps(asdict(split)))) == split``."""
        object.__setattr__(self, "kind", Kind(self.kind))
        object.__setattr__(self, "paths", tuple(self.paths))


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPage:
    """A page from an archive, and how to keep it without compressing it again."""

    page: FetchedPage
    place: RawPlace  # the archive, and where in it the record (or the line) begins
    member: bytes = b""  # the record's gzip member as it is there; b"" if it has none of its own
    truncated: str = ""  # why the archive holds only a part of the body: "length", "time", ...; "" if whole

    @property
    def offset(self) -> int:
        """Where in the archive the record begins."""
        return self.place.offset


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """What of a split could not be read; the rest was. Comes last, once."""

    path: str
    offset: int  # of the first such place, counted as ``RawPlace.offset``
    message: str  # one line, of the first
    places: int  # how many there were

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" + (f" ({self.places:,} places)" if self.places > 1 else "")
