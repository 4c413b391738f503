"""What a search has found so far, in bounded memory."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from connectors.canonical import story_key
from connectors.found import Found, SiteRules
from connectors.frontier import hash_key

MAX_FOUND = 1_000_000  # stories kept of one site, the newest ones
GIVEN = "given"  # source of a URL that was named one by one

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_END = datetime(9999, 1, 1, tzinfo=UTC)
_SLACK = 1_000  # sorting out waits for so many more than the limit, or a quarter more


@dataclass(slots=True)
class Harvest:
    """One entry a story; the newest ones where there are more than ``limit``."""

    rules: SiteRules
    since: datetime | None  # aware; stories known to be older are left out
    limit: int
    now: datetime
    by_key: dict[int, Found] = field(default_factory=dict)  # by hash: a million strings weigh 150 MB

    def add(self, found: Found) -> bool:
        """Take a find unless the site's patterns, its languages or its date rule it out."""
        if not self.rules.admits(found.url) or not self.rules.speaks(found.language):
            return False
        if self.since is not None and found.date is not None and found.date < self.since:
            return False
        key = hash_key(story_key(found.url, self.rules.story_id_pattern))
        known = self.by_key.get(key)
        self.by_key[key] = found if known is None else _join(known, found)
        if len(self.by_key) > self.limit + max(_SLACK, self.limit // 4):
            self._keep_newest()
        return True

    def is_full_of_newer(self, date: datetime) -> bool:
        """Whether ``limit`` stories are known that are all newer than this date."""
        if len(self.by_key) < self.limit:
            return False
        newer = sum(1 for found in self.by_key.values() if self._freshness(found) > date)
        return newer >= self.limit

    def newest(self) -> list[Found]:
        """The stories, newest first."""
        self._keep_newest()
        return list(self.by_key.values())

    def _keep_newest(self) -> None:
        ordered = sorted(self.by_key.items(), key=lambda item: self._freshness(item[1]), reverse=True)
        self.by_key = dict(ordered[: self.limit])

    def _freshness(self, found: Found) -> datetime:
        """Its date; what has none counts as new where only new things are listed."""
        if found.source == GIVEN:
            return _END
        return found.date or (_EPOCH if found.source.startswith("sitemap:") else self.now)


def _join(known: Found, other: Found) -> Found:
    """The first find, with what the second one adds."""
    return replace(
        known,
        title=known.title or other.title,
        published=known.published or other.published,
        language=known.language or other.language,
        last_modified=known.last_modified or other.last_modified,
        page=known.page or other.page,
    )
