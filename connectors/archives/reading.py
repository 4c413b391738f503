"""A split's pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from connectors.archives import documents, jsonlines, warcs
from connectors.archives.planning import what_is_wrong
from connectors.archives.records import Damage, Kind, RawPage, Split
from connectors.bucket import AWS, S3Options
from connectors.errors import BadInput
from connectors.sources import open_source

_READERS = {
    Kind.WARC_GZ: warcs.read_members,
    Kind.WARC: warcs.read_records,
    Kind.WARC_STREAM: warcs.read_stream,
    Kind.JSONL: jsonlines.read_lines,
    Kind.JSONL_STREAM: jsonlines.read_stream,
}


def read_split(split: Split, options: S3Options = AWS) -> Iterator[RawPage | Damage]:
    """The pages of a split in the order of the archive; if some could not be read, a ``Damage`` last.

    Pages that are no success and no text come too: judging and ``is_story_candidate`` sort them out.

    Raises:
        BadInput: if the file is gone or is another than the plan was made for.
        BucketRefused: if S3 cannot be read.
    """
    damage: Damage | None = None
    for item in _items(split, options):
        if isinstance(item, RawPage):
            yield item
        else:
            damage = replace(damage, places=damage.places + 1) if damage else item
    if damage:
        yield damage


def _items(split: Split, options: S3Options) -> Iterator[RawPage | Damage]:
    if split.kind is Kind.FILES:
        yield from documents.read_files(split, options)
        return
    if split.kind is Kind.BROKEN:
        message = what_is_wrong(split.path, options) or "it was broken when the run was planned"
        yield Damage(path=split.path, offset=0, message=message, places=1)
        return
    source = open_source(split.path, options)
    if source.size != split.size:
        raise BadInput(f"{split.path} has {source.size} bytes, and had {split.size} when the run was planned")
    yield from _READERS[split.kind](source, split)
