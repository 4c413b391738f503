"""What the bucket has, for whoever asks for what it has not: a name that is misspelt gives no empty result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from connectors import layout, shards
from connectors.bucket import Bucket
from connectors.corpus import Versions, read_articles
from connectors.errors import LrahosError
from connectors.raw_shards import RawShard

MOST_NAMES = 6  # told of; the most frequent ones


class NothingMatches(LrahosError):  # noqa: N818  # named by what happened
    """Nothing in the bucket can match; the message says what it has."""


def require_articles(bucket: Bucket, *, sites: Collection[str] = (), languages: Collection[str] = ()) -> None:
    """Raises ``NothingMatches`` if there is no article of these sites, or in these languages. Reads all shards."""
    own_sites, own_languages = Counter[str](), Counter[str]()
    for article in read_articles(bucket, columns=("site", "language"), versions=Versions.ALL):
        own_sites[article.site] += 1
        own_languages[article.language] += 1
    for what, wanted, own in (("of", sites, own_sites), ("in", languages, own_languages)):
        if wanted and not own.keys() & set(wanted):
            raise NothingMatches(_sentence(f"no articles {what}", bucket, wanted, own))


def require_pages(bucket: Bucket, chosen: Sequence[RawShard], sites: Collection[str]) -> None:
    """Raises ``NothingMatches`` if none of the raw shards has pages of these sites; reads until one has."""
    names = set(map(layout.safe_name, sites))
    if any(shard.run.startswith("ingest-") and layout.name_of_raw(shard.key) in names for shard in chosen):
        return
    own = Counter[str]()
    for key in dict.fromkeys(key for shard in chosen for key in shard.verdicts):
        own.update(shards.read_columns(bucket.get(key), ["site"])["site"])
        if own.keys() & set(sites):
            return
    raise NothingMatches(_sentence("no raw pages of", bucket, sites, own))


def _sentence(what: str, bucket: Bucket, wanted: Iterable[str], own: Counter[str]) -> str:
    if not own:
        return f"{bucket.url} has {what} {', '.join(wanted)}: it has none at all"
    names = [name for name, _ in own.most_common(MOST_NAMES)]
    more = f" and {len(own) - len(names):,} more" if len(own) > len(names) else ""
    return f"{bucket.url} has {what} {', '.join(wanted)}: it has {', '.join(names)}{more}"
