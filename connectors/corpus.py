"""The corpus read back: articles and rejections of done batches, as a stream."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from enum import StrEnum

from connectors import layout, shards
from connectors.bucket import Bucket
from connectors.markers import Marker, list_runs, read_markers, write_manifest
from extractors.records import Article, Rejection

__all__ = ["Versions", "done_batches", "read_articles", "read_rejections", "write_manifest"]

_AHEAD = 8  # shards of some 300 kB
# What filters and versions need besides the columns asked for.
_NEEDED = ("id", "url", "site", "language", "published", "fetched_at")


class Versions(StrEnum):
    """Which of several stored versions are read."""

    NEWEST_OF_URL = "url"  # one row a URL; an archive may hold a story under several
    NEWEST_OF_STORY = "story"  # one row a story, whatever URLs it was found under
    ALL = "all"


def read_articles(  # noqa: PLR0913 - filters, each by its name
    bucket: Bucket,
    *,
    sites: Collection[str] = (),
    languages: Collection[str] = (),
    since: str = "",
    until: str = "",
    columns: Sequence[str] | None = None,
    versions: Versions = Versions.NEWEST_OF_URL,
) -> Iterator[Article]:
    """The articles of the bucket, shard by shard, each in its newest version.

    The newest version is the one fetched last; of one fetch, what was made of it last, and if that is a
    rejection, none. Filters apply to it: a story whose newest version is Russian is no Armenian one, whatever it was before.
    Memory holds a few shards, and a number for each URL or story.

    Args:
        bucket: where the corpus lies.
        sites: names of sites; () takes all.
        languages: BCP-47 as stored; () takes all.
        since: first day, "2026-11-24", of publication or, where that is unknown, of fetching; "" is open.
        until: last day, likewise, itself included.
        columns: fields to read; the others are empty. None reads all.
        versions: what counts as a version of the same thing.
    """
    batches = done_batches_of_runs(bucket)
    shards_of = [(age, key) for age, (_, marker) in enumerate(batches) for key in marker.shards]
    keys = [key for _, key in shards_of]
    newest = None if versions is Versions.ALL else _newest_versions(bucket, shards_of, versions, batches)
    wanted = None if columns is None else list(dict.fromkeys([*_NEEDED, *columns]))
    folders = set(map(layout.safe_name, languages))
    chosen = [n for n, key in enumerate(keys) if not folders or layout.language_of(key) in folders]
    for number, data in zip(chosen, _fetched(bucket, [keys[n] for n in chosen]), strict=True):
        for row, article in enumerate(shards.read_articles(data, wanted)):
            if newest is not None:
                version = newest.get(_thing(article.id, article.url, versions))
                if version is None or version[1:] != (number, row):
                    continue
            if _is_wanted(article, sites, languages, since, until):
                yield article


def read_rejections(bucket: Bucket, *, sites: Collection[str] = ()) -> Iterator[Rejection]:
    """The pages that were looked at and not kept, oldest batch first; those judged again by the last verdict."""
    batches = done_batches_of_runs(bucket)
    rejudged = _rejudged(bucket, batches)
    shards_of = [(age, key) for age, (_, marker) in enumerate(batches) for key in marker.rejected]
    for (age, _), data in zip(shards_of, _fetched(bucket, [key for _, key in shards_of]), strict=True):
        for rejection in shards.read_rejections(data):
            if rejudged.get(_page(rejection.url, rejection.fetched_at), -1) > age:
                continue
            if not sites or rejection.site in sites:
                yield rejection


def done_batches(bucket: Bucket) -> list[Marker]:
    """The done batches of all runs, in the order in which they were begun."""
    return [marker for _, marker in done_batches_of_runs(bucket)]


def done_batches_of_runs(bucket: Bucket) -> list[tuple[str, Marker]]:
    """The same, each with its run."""
    runs = list(list_runs(bucket))
    with ThreadPoolExecutor(_AHEAD) as pool:  # an hourly crawl makes thousands of runs a year
        markers = pool.map(lambda run: read_markers(bucket, run), runs)
        found = [(run, marker) for run, own in zip(runs, markers, strict=True) for marker in own]
    return sorted(found, key=lambda entry: (entry[1].started, entry[0], entry[1].batch))


def _fetched(bucket: Bucket, keys: Sequence[str]) -> Iterator[bytes]:
    """The objects in order, some of them ahead: a shard far away takes longer to come than to read."""
    with ThreadPoolExecutor(_AHEAD) as pool:
        coming: deque[Future[bytes]] = deque()
        try:
            for key in keys:
                coming.append(pool.submit(bucket.get, key))
                if len(coming) > _AHEAD:
                    yield coming.popleft().result()
            while coming:
                yield coming.popleft().result()
        finally:
            for future in coming:  # whoever read has had enough
                future.cancel()


_Version = tuple[str, int, int]  # fetched_at, shard's number, row


def _newest_versions(
    bucket: Bucket,
    shards_of: Sequence[tuple[int, str]],
    versions: Versions,
    batches: Sequence[tuple[str, Marker]],
) -> dict[bytes, _Version]:
    """Where the newest version of each URL or story lies, among shards of which each has its batch's age."""
    newest: dict[bytes, _Version] = {}
    rejudged = _rejudged(bucket, batches)
    for number, data in enumerate(_fetched(bucket, [key for _, key in shards_of])):
        found = shards.read_columns(data, ["id", "url", "fetched_at"])
        rows = zip(found["id"], found["url"], found["fetched_at"], strict=True)
        for row, (story, url, fetched_at) in enumerate(rows):
            if rejudged and rejudged.get(_page(url, fetched_at), -1) > shards_of[number][0]:
                continue
            version = (fetched_at, number, row)
            thing = _thing(story, url, versions)
            if thing not in newest or version > newest[thing]:
                newest[thing] = version
    return newest


def _rejudged(bucket: Bucket, batches: Sequence[tuple[str, Marker]]) -> dict[bytes, int]:
    """Pages that a re-extraction published anew: which batch has the last word on each.

    Whatever was made of that fetch before is superseded, be the last word an article, perhaps of another
    story id, or a rejection.
    """
    words = [
        (age, key)
        for age, (run, marker) in enumerate(batches)
        if layout.is_reextraction(run)
        for key in (*marker.shards, *marker.rejected)
    ]
    last: dict[bytes, int] = {}
    for (age, _), data in zip(words, _fetched(bucket, [key for _, key in words]), strict=True):
        found = shards.read_columns(data, ["url", "fetched_at"])
        for url, fetched_at in zip(found["url"], found["fetched_at"], strict=True):
            last[_page(url, fetched_at)] = age
    return last


def _page(url: str, fetched_at: str) -> bytes:
    """One fetch of one URL in 16 bytes."""
    return _digest(f"{fetched_at} {url}")


def _thing(story: str, url: str, versions: Versions) -> bytes:
    """A URL or a story's id in 16 bytes: there may be millions."""
    return _digest(url if versions is Versions.NEWEST_OF_URL else story)


def _digest(name: str) -> bytes:
    return hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=16).digest()


def _is_wanted(
    article: Article, sites: Collection[str], languages: Collection[str], since: str, until: str
) -> bool:
    if (sites and article.site not in sites) or (languages and article.language not in languages):
        return False
    day = (article.published or article.fetched_at)[:10]
    return (not since or day >= since) and (not until or day <= until)
