"""A run's plan: what is to be done, written before anything is.

Names of shards depend on the plan alone, so a batch done twice overwrites the same keys, and a run
that died is finished by whoever reads its plan next.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

from connectors import layout
from connectors.archives import Split
from connectors.bucket import Bucket

MANY = "many"  # the name of batches that hold several small sites: no small files
LEAST_PAGES = 50  # of a batch that one site has to itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One URL to fetch, and what is known of it."""

    url: str
    site: str
    source: str = ""  # where it was found: a feed's, sitemap's or page's URL, "command line"
    etag: str = ""
    last_modified: str = ""
    content_hash: str = ""  # of the article stored last


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The unit of work: URLs to fetch, a piece of an archive, or pages that the bucket holds already."""

    number: int
    name: str  # first part of its shards' names
    targets: tuple[Target, ...] = ()
    split: Split | None = None
    raw: tuple[str, ...] = ()  # keys of raw shards that are judged again


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one run is to do."""

    run: str
    kind: str  # "ingest", "backfill" or "reextract"
    created: str  # ISO 8601 UTC; its day names the folders of all the run's shards
    batches: tuple[Batch, ...]
    listed: Mapping[str, int] = field(default_factory=dict)  # site: stories that its start points listed
    since: str = ""  # ISO day, UTC: what was published before is not wanted
    unread: tuple[str, ...] = ()  # sites of which nothing could be read: what they list is not planned

    @property
    def date(self) -> str:
        """The day in the shards' keys."""
        return self.created[:10]


def new_run(kind: str, now: datetime, seed: str) -> str:
    """A run's name: sorts by time, and two that start in the same second differ."""
    return f"{kind}-{now.astimezone(UTC):%Y%m%dT%H%M%S}-{_digest(seed)[:6]}"


def same_run(kind: str, inputs: Iterable[str]) -> str:
    """The name of the run over these very inputs: asking for it again finds what is done."""
    return f"{kind}-{_digest(chr(10).join(inputs))[:16]}"


def pack_targets(targets: Sequence[Target], pages: int) -> tuple[Batch, ...]:
    """Batches of at most ``pages`` URLs; sites with few URLs share batches."""
    by_site: dict[str, list[Target]] = {}
    for target in targets:
        by_site.setdefault(target.site, []).append(target)
    groups: list[tuple[str, list[Target]]] = []
    shared: list[Target] = []
    least = min(LEAST_PAGES, pages)
    for site, own in by_site.items():
        whole = len(own) - len(own) % pages
        groups.extend((site, own[start : start + pages]) for start in range(0, whole, pages))
        rest = own[whole:]
        if len(rest) >= least:
            groups.append((site, rest))
        else:
            shared.extend(rest)
    groups.extend((_name_of(part), part) for part in _chunks(shared, pages))
    return tuple(
        Batch(number=number, name=name, targets=tuple(part)) for number, (name, part) in enumerate(groups)
    )


def write_plan(bucket: Bucket, plan: Plan) -> bool:
    """Store the plan unless the run has one; False if it has."""
    return bucket.put_if_absent(layout.plan(plan.run), json.dumps(asdict(plan)).encode())


def read_plan(bucket: Bucket, run: str) -> Plan:
    """A run's plan. Raises ``MissingKey``."""
    found = json.loads(bucket.get(layout.plan(run)))
    batches = tuple(
        Batch(
            number=batch["number"],
            name=batch["name"],
            targets=tuple(Target(**target) for target in batch["targets"]),
            split=Split(**batch["split"]) if batch["split"] else None,
            raw=tuple(batch.get("raw", ())),
        )
        for batch in found.pop("batches")
    )
    return Plan(batches=batches, unread=tuple(found.pop("unread", ())), **found)


def done_batches(bucket: Bucket, run: str) -> frozenset[int]:
    """Numbers of the batches that have their marker."""
    return frozenset(
        int(key.rsplit("/", 1)[1].removesuffix(".json")) for key in bucket.list_keys(layout.batches(run))
    )


def _name_of(targets: Sequence[Target]) -> str:
    sites = {target.site for target in targets}
    return sites.pop() if len(sites) == 1 else MANY


def _chunks(targets: Sequence[Target], size: int) -> Iterable[list[Target]]:
    for start in range(0, len(targets), size):
        yield list(targets[start : start + size])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
