"""The bucket's own raw pages, and what was made of each so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from connectors import layout, shards
from connectors.archives.records import Damage, Kind, RawPage, Split
from connectors.archives.warcs import read_members
from connectors.bucket import Bucket
from connectors.corpus import done_batches_of_runs
from connectors.errors import MissingKey
from connectors.sources import BytesSource
from extractors.records import Article, Fate, Verdict

_WITH_RAW = (Fate.STORED, Fate.UPDATED, Fate.REJECTED)  # fates of pages that a batch keeps
_NOT_COMPARED = frozenset({"cuts", "language_evidence"})  # most of an article's bytes
_ARTICLE_COLUMNS = tuple(name for name in Article.__dataclass_fields__ if name not in _NOT_COMPARED)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawShard:
    """One batch's pages as fetched."""

    key: str
    run: str  # that stored them
    pages: int  # about so many
    verdicts: tuple[str, ...]  # keys of shards with what was made of its pages, oldest first


def list_raw_shards(bucket: Bucket) -> list[RawShard]:
    """The raw shards of all done batches, in the order in which they were begun."""
    found: dict[str, RawShard] = {}
    for run, marker in done_batches_of_runs(bucket):
        for key in marker.raw:
            verdicts = (*marker.shards, *marker.rejected)
            known = found.get(key)
            if known is not None:  # judged again by this batch
                found[key] = replace(known, verdicts=(*known.verdicts, *verdicts))
                continue
            pages = sum(marker.fates.get(fate, 0) for fate in _WITH_RAW)
            found[key] = RawShard(key=key, run=run, pages=pages, verdicts=verdicts)
    return list(found.values())


def read_raw_shard(bucket: Bucket, shard: RawShard) -> Iterator[RawPage | Damage]:
    """The pages of a raw shard, each with its place; what cannot be read comes as ``Damage``."""
    try:
        data = bucket.get(shard.key)
    except MissingKey:
        yield Damage(path=shard.key, offset=0, message="the raw pages are gone", places=1)
        return
    split = Split(path=shard.key, kind=Kind.WARC_GZ, end=len(data), size=len(data))
    yield from read_members(BytesSource(data, shard.key), split)


def read_verdicts(bucket: Bucket, raw: Sequence[RawShard]) -> dict[tuple[str, int], Verdict]:
    """What was made of each page last, by its raw shard's key and its offset there. Articles without ledger."""
    read = {key: _read(bucket, key) for key in dict.fromkeys(key for shard in raw for key in shard.verdicts)}
    return {
        (shard.key, verdict.raw.offset): verdict
        for shard in raw
        for key in shard.verdicts  # oldest first: of several verdicts on a page the last one stays
        for verdict in read[key]
        if verdict.raw.shard == shard.key
    }


def _read(bucket: Bucket, key: str) -> Sequence[Verdict]:
    data = bucket.get(key)
    if key.startswith(layout.ARTICLES):
        return shards.read_articles(data, _ARTICLE_COLUMNS)
    return shards.read_rejections(data)
