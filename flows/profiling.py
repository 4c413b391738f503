"""Profiles of sites: learned at the end of a run, looked up when the next one judges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache, partial

from connectors import layout
from connectors.bucket import Bucket, BucketSpec
from connectors.errors import BadInput, MissingKey
from connectors.markers import Marker, read_markers
from connectors.profiles import LEAST_STORIES, NewerProfileError, Profile, StoryLines
from connectors.story_lines import read_story_lines
from flows.plans import Plan
from flows.rule_book import NO_SITE

AT_ONCE = 8  # requests: a store far away takes longer to answer than a shard to read
# What is held of stories until their sites' profiles have them: 10,000 of them, each with 22 cut lines that
# count, take 54 MB (the corpora's pages).
MOST_BATCHES = 100
TRIES = 5  # at a profile that other machines write at the same time


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What a run taught."""

    lines: Mapping[str, int] = field(default_factory=dict)  # site: lines that turned out to recur
    notes: tuple[str, ...] = ()  # profiles that could not be used, a sentence each


NOTHING = Learned()


def learn_profiles(bucket: Bucket, plan: Plan) -> Learned:
    """Learn from all that a finished run has stored; doing it again changes nothing.

    A crawl holds its sites' leases. An archive's pages are of any sites, and of those that it has
    hardly anything of no profile is begun.
    """
    lines: dict[str, int] = {}
    notes: list[str] = []
    markers = read_markers(bucket, plan.run)
    for part, start in enumerate(range(0, len(markers), MOST_BATCHES)):
        by_site: dict[str, list[StoryLines]] = {}
        for story in _stories(bucket, markers[start : start + MOST_BATCHES]):
            by_site.setdefault(story.site, []).append(story)
        by_site.pop(NO_SITE, None)
        lesson = partial(_learn_site, bucket, plan, f"{plan.run}:{part}" if part else plan.run)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for (site, _), (count, note) in zip(
                by_site.items(), pool.map(lesson, by_site.items()), strict=True
            ):
                lines[site] = lines.get(site, 0) + count
                notes.extend([note] if note else [])
    return Learned(lines={site: count for site, count in lines.items() if count}, notes=tuple(notes))


def _stories(bucket: Bucket, markers: Sequence[Marker]) -> Iterator[StoryLines]:
    keys = [key for marker in markers for key in marker.shards]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for start in range(0, len(keys), AT_ONCE):
            for data in pool.map(bucket.get, keys[start : start + AT_ONCE]):
                yield from read_story_lines(data)


def _learn_site(
    bucket: Bucket, plan: Plan, lesson: str, site_stories: tuple[str, list[StoryLines]]
) -> tuple[int, str]:
    """How many lines the site's stories taught, and what was wrong with its profile."""
    site, stories = site_stories
    key, note = layout.profile(site), ""
    for _ in range(TRIES):
        try:
            data, etag = bucket.get_with_etag(key)
        except MissingKey:
            if plan.kind != "ingest" and len(stories) < LEAST_STORIES:
                return 0, note
            data, etag = b"", ""
        try:
            profile = Profile.from_json(data) if data else Profile(site=site)
        except NewerProfileError as error:
            return 0, f"{site}: {key} is left as it is: {error}"
        except BadInput as error:
            bucket.put(layout.broken_profile(site), data)
            profile = Profile(site=site)
            note = f"{site}: {key} could not be read and is begun anew: {error}"
        count = profile.learn(stories, plan.date, lesson)
        stored = profile.to_json()
        if bucket.put_if_match(key, stored, etag) if etag else bucket.put_if_absent(key, stored):
            return count, note
    return 0, f"{site}: {key} was being written by others and has learned nothing of {plan.run}"


@lru_cache(maxsize=1024)  # a judging process has one run in its life, of any number of sites
def recurring_lines(spec: BucketSpec, run: str, site: str) -> Mapping[str, int]:
    """The site's recurring lines, folded, and in how many stories each was seen.

    As they were when this process first asked. A profile that cannot be read is none: who learns says so.
    """
    key = layout.profile(site)
    if key not in _profiles(spec, run):
        return {}
    try:
        profile = Profile.from_json(_open(spec).get(key))
    except (MissingKey, BadInput):
        return {}
    return {folded: line.stories for folded, line in profile.recurring.items()}


@lru_cache(maxsize=4)
def _profiles(spec: BucketSpec, run: str) -> frozenset[str]:  # each run looks anew
    """The profiles that there are: an archive's thousands of sites are not asked for one by one."""
    return frozenset(key for key in _open(spec).list_keys(layout.SITES) if layout.is_profile(key))


@lru_cache(maxsize=4)
def _open(spec: BucketSpec) -> Bucket:
    """One connection for all profiles."""
    return spec.open()
