"""What the bucket knows of the site of one page that is looked at by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from connectors import layout
from connectors.bucket import BucketSpec
from connectors.errors import BadInput, BucketRefused, MissingKey
from connectors.profiles import Profile
from flows.rule_book import NO_SITE


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A site's recurring lines, or why there are none."""

    lines: Mapping[str, int] = field(default_factory=dict)  # folded line: stories in which it was seen
    note: str = ""  # a sentence
    is_warning: bool = False  # something is wrong with the bucket


def look_up(spec: BucketSpec, site: str) -> Known:
    """The site's recurring lines as the bucket has them now; nothing is written and nothing raised.

    A page can be looked at without any bucket: it must not matter that there is none, or none that answers.
    """
    if site == NO_SITE:
        return Known(note="judged without a profile: nobody knows the page's site, --url says it")
    try:
        # one question, and somebody waits for the answer
        bucket = replace(
            spec, options=replace(spec.options, connect_seconds=3, read_seconds=10, attempts=1)
        ).open()
        data = bucket.get(layout.profile(site))
    except MissingKey:
        return Known(note=f"judged without a profile: nothing was learned of {site} in {spec.url}")
    except (BucketRefused, BadInput) as error:
        return Known(note=f"judged without the profile of {site}: {error}", is_warning=True)
    try:
        profile = Profile.from_json(data)
    except BadInput as error:
        return Known(note=f"judged without the profile of {site}: {error}", is_warning=True)
    lines = {folded: line.stories for folded, line in profile.recurring.items()}
    said = "1 line recurs" if len(lines) == 1 else f"{len(lines):,} lines recur"
    return Known(
        lines=lines,
        note=f"judged with the profile of {site} in {spec.url}: {said}, learned from {profile.stories:,} stories",
    )
