"""What names of classes and ids, and tags further out, say about a place in the markup."""

from __future__ import annotations

import re
from functools import lru_cache

NEAR = 6  # innermost elements whose words the model looks at
FAR = 9  # distance of what is not there, and the farthest that is told apart

ANCESTORS = "figure figcaption li p article main table aside footer details".split()  # noqa: SIM905  words read better so
_ANCESTOR_AT = {tag: at for at, tag in enumerate(ANCESTORS)}

# Groups of names in the languages that template authors use; first written down from 1,200 pages.
_GROUPS = {
    "caption": r"caption|credit|photo|image|img|figure|picture|media|copyright-?h|legende|bild",
    "newsletter": r"newsletter|subscri|signup|sign-up|register|mail|abo(nn|-|_|$)",
    "paywall": r"paywall|premium|piano|regwall|meter|offer|upsell|plus-",
    "body": r"body|rich-?text|articletext|article-?text|story-?text|prose|(entry|post|article|story|page|main|text)[-_]?(content|body|text|copy)|wysiwyg|paragraph",
    "article": r"article|story|post|entry|artikel",
    "content": r"content|main|text|copy",
    "footer": r"foot|bottom|copyright|legal|disclaimer|imprint",
    "tags": r"tag(s|-|_|$)|topic|keyword|categor|label|rubri|section-?(name|title)",
    "date": r"date|time|publish|updated|meta|info($|[-_ ])|posted",
    "box": r"box|fact|infobox|panel|callout|aside|inset|pull-?quote|highlight|key-?point|sidebar|timeline|poll|quiz",
    "card": r"card|teaser|tile|thumb|item|list|grid|feed|stream|collection",
    "login": r"login|log-in|account|user|search|form|signin",
}
GROUPS = tuple(_GROUPS)
_PATTERNS = tuple(re.compile(pattern) for pattern in _GROUPS.values())
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NO_LETTERS = re.compile(r"[^a-z]+")
_MAX_ATTRIBUTES = 300  # characters read; utility classes run to thousands


@lru_cache(maxsize=8_192)  # one site's templates repeat a few hundred strings
def read_names(attributes: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The groups (their numbers) and the words of 3 to 14 letters in class, id and role."""
    groups: set[int] = set()
    words: set[str] = set()
    for name in attributes[:_MAX_ATTRIBUTES].split():
        name_groups, name_words = _read_name(name)
        groups.update(name_groups)
        words.update(name_words)
    return tuple(sorted(groups)), tuple(sorted(words))


@lru_cache(maxsize=65_536)  # names repeat over sites where whole lists of them do not
def _read_name(name: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    folded = _CAMEL.sub("-", name).lower()
    groups = tuple(at for at, pattern in enumerate(_PATTERNS) if pattern.search(folded))
    return groups, tuple(word for word in _NO_LETTERS.split(folded) if 3 <= len(word) <= 14)


def ancestor_number(tag: str) -> int:
    """The place of a tag in ``ANCESTORS``, or -1."""
    return _ANCESTOR_AT.get(tag, -1)
