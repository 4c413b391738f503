"""One story, one key: what the frontier and a harvest know a story by, the same as its article's id."""

from __future__ import annotations

from extractors.identity import canonical_url, story_id


def story_key(url: str, story_id_pattern: str = "") -> str:
    """What tells a story from all others of its site, 32 hex: its id where the URL shows one, else its URL.

    Tracking parameters, AMP and mobile forms, "www." and slugs beside an id make no difference.

    Args:
        url: any of the story's URLs.
        story_id_pattern: regular expression; its first group is the id.
    """
    return story_id(canonical_url(url), "", story_id_pattern)
