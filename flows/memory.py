"""What a site's runs hand on to each other: its frontier, and which stories that makes due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time

from connectors import layout
from connectors.bucket import Bucket
from connectors.canonical import story_key
from connectors.errors import MissingKey
from connectors.found import Found, parse_date
from connectors.frontier import Entry, Frontier
from connectors.harvest import GIVEN
from extractors.records import Fate
from flows.batch_work import Done
from flows.outcomes import Outcome
from flows.plans import Target

MOST_DUE = 100_000  # stories of one site in one run; what is left is due in the next
KNOWN_SOURCE = "known"  # listed by an earlier run, visited again


class SiteMemory:
    """One site's frontier, from its first use in a run to its last."""

    def __init__(self, site: str, frontier: Frontier, story_id_pattern: str) -> None:
        self.site = site
        self.frontier = frontier
        self._pattern = story_id_pattern

    @classmethod
    def load(cls, bucket: Bucket, site: str, story_id_pattern: str = "") -> SiteMemory:
        """The site's frontier from the bucket; an empty one for a site that is new."""
        try:
            frontier = Frontier.from_parquet(bucket.get(layout.frontier(site)))
        except MissingKey:
            frontier = Frontier()
        return cls(site, frontier, story_id_pattern)

    def save(self, bucket: Bucket) -> None:
        """Store the frontier."""
        bucket.put(layout.frontier(self.site), self.frontier.to_parquet())

    def due(
        self,
        found: Sequence[Found],
        now: datetime,
        *,
        limit: int | None,
        only_found: bool,
        since: date | None = None,
    ) -> list[Target]:
        """What to fetch: stories that were given, new ones, then revisits whose time has come.

        Args:
            found: what the site lists now.
            now: aware.
            limit: so many at most.
            since: leave out what is known to have been published before this day (UTC), unless it was given.
            only_found: leave out what is due but was not found just now: the run is about these URLs alone.
        """
        by_key = {self._key(one.url): one for one in reversed(found)}
        for key, one in by_key.items():
            self._see(key, one, now)
        most = MOST_DUE if limit is None else limit
        oldest = datetime.combine(since, time(tzinfo=UTC)).timestamp() if since else 0
        given = [(one.url, key) for key, one in by_key.items() if one.source == GIVEN][:most]
        targets = [self._target(url, self.frontier.get(key), GIVEN) for url, key in given]
        taken = {target.url for target in targets}
        listed = {self.frontier_url(key): one for key, one in by_key.items()}
        for entry in self.frontier.due(now, MOST_DUE):
            if len(targets) >= most:
                break
            source = listed[entry.url].source if entry.url in listed else KNOWN_SOURCE
            if entry.url in taken or (only_found and entry.url not in listed):
                continue
            if 0 < entry.published < oldest:
                continue
            targets.append(self._target(entry.url, entry, source))
        return targets

    def visits(self, found: Sequence[Found], *, only_found: bool) -> list[int]:
        """When each known story is due, in Unix seconds; of those found alone if that is what the run is about."""
        return self.frontier.visits({self._key(one.url) for one in found} if only_found else None)

    def learn(self, outcome: Outcome, now: datetime) -> None:
        """Note how one of the site's URLs ended."""
        key = self._key(outcome.url)
        if self.frontier.get(key) is None:
            self.frontier.see(key, outcome.url, now)
        if outcome.fate is Fate.OUT_OF_SCOPE and outcome.published:  # for this run: others may want it
            self.frontier.see(key, outcome.url, now, parse_date(outcome.published))
            return
        self.frontier.visited(
            key,
            Fate(outcome.fate),
            now,
            etag=outcome.etag,
            last_modified=outcome.last_modified,
            content_hash=outcome.content_hash,
        )

    def frontier_url(self, key: str) -> str:
        """The URL under which a story is known."""
        entry = self.frontier.get(key)
        return entry.url if entry else ""

    def _see(self, key: str, one: Found, now: datetime) -> None:
        self.frontier.see(key, one.url, now, one.published)
        entry = self.frontier.get(key)
        if one.last_modified and entry and entry.last_fetched:
            fetched = datetime.fromtimestamp(entry.last_fetched, UTC)
            if one.last_modified > fetched:
                self.frontier.wake(key, now)

    def _key(self, url: str) -> str:
        return story_key(url, self._pattern)

    def _target(self, url: str, entry: Entry | None, source: str) -> Target:
        if entry is None:
            return Target(url=url, site=self.site, source=source)
        return Target(
            url=url,
            site=self.site,
            source=source,
            etag=entry.etag,
            last_modified=entry.last_modified,
            content_hash=entry.content_hash,
        )


def learn_batch(memories: Mapping[str, SiteMemory], done: Done, now: datetime) -> None:
    """Note how a batch's URLs ended, those of the sites in ``memories``."""
    for outcome in done.outcomes:
        if outcome.site in memories:
            memories[outcome.site].learn(outcome, now)
