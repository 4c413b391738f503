"""Where in a page's data the article's text stands, and where other texts do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.content.embedded_kinds import Dict, content_of, is_react, kind_of
from extractors.content.embedded_literals import Value
from extractors.content.embedded_markup import is_prose_like
from extractors.content.embedded_values import MIN_CHARACTERS, parse_nested
from extractors.content.support import fold
from extractors.prose import weight

MAX_NODES = 300_000  # looked at in the data of one page
MAX_DEPTH = 60
HOP = 12  # of that depth for each reference followed: they may lead in circles
MIN_TITLE = 12  # folded characters; shorter ones ("News") stand everywhere
SIDE_SHARE = 0.1  # of the heaviest entry's text: what a further part of the body has at least
RUN, WORDS = 20, 3  # characters and spaces of a run of text that may be a part of a paragraph
MIN_MASS = 250  # characters of running text from which a value may be a body

_TITLE_KEYS = (
    "headline",
    "title",
    "name",
    "heading",
    "headlines",
    "articleTitle",
    "storyTitle",
    "header",
    "webTitle",
)
_ADDRESS_KEYS = (
    "url",
    "slug",
    "permalink",
    "link",
    "href",
    "path",
    "uri",
    "canonical",
    "urlAlias",
    "canonical_url",
    "webUrl",
)
# What keys of other texts are named: of other stories, readers, people, the site's own words.
_OTHERS = re.compile(
    r"comment|repl(?:y|ies)$|related|recommend|recirc|latest|trending|popular|most-?(?:read|view)|more-?(?:from|on|stor|news)|"
    r"newsletter|footer|privacy|cookie|consent|terms|legal|disclaimer|i18n|locale|translation|messages|labels|dictionar|"
    r"^ads?$|advert|sponsor|promo|bio(?:graphy)?$|^authors?$|about-?author|byline|^seo|^meta|^og-?|^tags?$|^config|settings|"
    r"menu|navigation|teaser|^next|^prev|sidebar|caption|transcript|review(?:s|er)|schema|breadcrumb|right-?|left-|similar|also"
)
_BODIES = re.compile(
    r"body|content|text|^html$|paragraph|article|story|section|block|elements|steps|pages|parts|intro|lead|standfirst|conclusion|"
    r"chapter|markdown|rendered|description|components"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_TAGS = re.compile(r"<[^<>]{1,2000}>")
_PAID = re.compile(
    r"^(?:is-?)?(?:premium|paid|pay-?wall(?:ed)?|locked|subscriber-?only|subscription-?required|restricted|metered|subscribers?)(?:-?(?:content|article|only))?$"
)

_FREE = frozenset(("is-accessible-for-free", "is-free", "free"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A value that may be the article's text."""

    parts: tuple[Value, ...]  # in order
    mass: int  # characters of running text, about
    is_titled: bool  # stands beside the page's own title
    is_paid: bool  # ... and beside a mark that says it is sold


class Finder:
    """Looks through one page's data; holds how much of it was looked at."""

    def __init__(self, titles: Sequence[str]) -> None:
        self.titles = frozenset(title for title in map(fold, titles) if len(title) >= MIN_TITLE)
        self.left = MAX_NODES
        self.table: dict[str, Value] = {}  # nodes of a normalised cache, by name
        self.nested: dict[str, Value] = {}  # texts that are JSON themselves, read once

    def find(self, value: Value) -> Iterator[Body]:
        """Bodies beside the page's title; if there are none, the heaviest text that stands beside no other."""
        self.table = _cache_of(value)
        titled = [body for node in self._holders(value) if (body := self._body(node)) is not None]
        yield from titled
        if not titled:
            mass = self.mass(value, 0)
            if mass >= MIN_MASS:
                yield Body(parts=self._heaviest(value, 0), mass=mass, is_titled=False, is_paid=False)

    def _holders(self, value: Value) -> list[Dict]:
        """Nodes that carry the page's title."""
        found: list[Dict] = []
        stack: list[tuple[Value, int]] = [(value, 0)]
        while stack and self.left > 0:
            at, depth = stack.pop()
            self.left -= 1
            if depth > MAX_DEPTH:
                continue
            if isinstance(at, str):
                nested = self._inner(at)
                if nested is not None:
                    stack.append((nested, depth + 1))
            elif isinstance(at, list):
                stack.extend((item, depth + 1) for item in reversed(at))
            elif isinstance(at, dict):
                if self._title(at):
                    found.append(at)
                stack.extend((item, depth + 1) for key, item in reversed(at.items()) if not is_other(key))
        return found

    def _title(self, node: Mapping[str, Value]) -> str:
        """The node's own title where it is the page's."""
        for key in _TITLE_KEYS:
            value = node.get(key)
            if isinstance(value, dict):
                value = next((text for text in value.values() if isinstance(text, str)), None)
            if isinstance(value, str) and MIN_TITLE <= len(value) < 500 and fold(value) in self.titles:
                return value
        return ""

    def _body(self, node: Dict) -> Body | None:
        mass = self.mass(node, 0)
        if mass < MIN_MASS:
            return None
        return Body(parts=self._heaviest(node, 0), mass=mass, is_titled=True, is_paid=says_paid(node))

    def _heaviest(self, value: Value, depth: int) -> tuple[Value, ...]:
        """The parts of a node that hold its text: the heaviest entry, and others named as parts of a body."""
        value = self._followed(value)
        if isinstance(value, str):
            nested = self._inner(value)
            return (value,) if nested is None else self._heaviest(nested, depth + 1)
        if not isinstance(value, dict) or depth > MAX_DEPTH:
            return self._story_of(value, depth) if isinstance(value, list) else (value,)
        if _is_block(value) or all(key.isdigit() for key in value):
            return (value,)
        entries = [
            (key, item, self.mass(item, depth + 1)) for key, item in value.items() if not is_other(key)
        ]
        most = max((mass for _, _, mass in entries), default=0)
        parts: list[Value] = []
        is_first = True
        for key, item, mass in entries:
            is_heaviest = mass == most and is_first
            is_part = mass >= SIDE_SHARE * most and mass and _BODIES.search(_dashed(key))
            if most and (is_heaviest or is_part):
                is_first = is_first and not is_heaviest
                parts.extend(self._heaviest(item, depth + 1))
        return tuple(parts)

    def _story_of(self, values: list[Value], depth: int) -> tuple[Value, ...]:
        """A list of blocks as it is; of a list that holds one heavy node among light ones, that node's parts."""
        if is_react(values):
            return (values,)
        if len(values) == 1:
            return self._heaviest(values[0], depth + 1)
        return tuple(self._followed(item) for item in values if not self._is_other_story(item))

    def _inner(self, text: str) -> Value:
        """The value of a text that is JSON inside JSON; None if it is none."""
        if len(text) < MIN_CHARACTERS:
            return None
        if text not in self.nested:
            self.nested[text] = parse_nested(text)
        return self.nested[text]

    def _followed(self, value: Value) -> Value:
        """The node that a reference into a normalised cache stands for, its own references followed."""
        return self._follow(value, 0) if self.table else value

    def _follow(self, value: Value, depth: int) -> Value:
        self.left -= 1
        if depth > MAX_DEPTH or self.left <= 0:
            return None
        if isinstance(value, list):
            return [self._follow(item, depth + 1) for item in value]
        if isinstance(value, dict):
            target = _target(value, self.table)
            if target is not None:
                return self._follow(target, depth + HOP)
            if any(isinstance(item, dict | list) for item in value.values()):
                return {
                    key: self._follow(item, depth + 1) for key, item in value.items() if not is_other(key)
                }
        return value

    def mass(self, value: Value, depth: int) -> int:
        """Characters of running text below a value, without other stories' and other texts'."""
        self.left -= 1
        if depth > MAX_DEPTH or self.left <= 0:
            return 0
        if isinstance(value, str):
            nested = self._inner(value)
            return _prose(value) if nested is None else self.mass(nested, depth + 1)
        if isinstance(value, list):
            return sum(self.mass(item, depth + 1) for item in value)
        return self._mass_of(value, depth) if isinstance(value, dict) else 0

    def _mass_of(self, node: Dict, depth: int) -> int:
        if depth and self._is_other_story(node):
            return 0
        target = _target(node, self.table)
        if target is not None:
            return self.mass(target, depth + HOP)
        return sum(self.mass(item, depth + 1) for key, item in node.items() if not is_other(key))

    def _is_other_story(self, value: Value) -> bool:
        """Whether a node has a title and an address, and the title is not the page's."""
        if not isinstance(value, dict) or self._title(value):
            return False
        has_title = any(
            isinstance(text := value.get(key), str | dict) and text for key in _TITLE_KEYS if key != "name"
        )
        return has_title and any(isinstance(text := value.get(key), str) and text for key in _ADDRESS_KEYS)


def is_other(key: str) -> bool:
    """Whether a key's name says that what it holds is no part of the page's article."""
    return len(key) < 60 and _OTHERS.search(_dashed(key.partition("(")[0])) is not None


def says_paid(node: Mapping[str, Value]) -> bool:
    """Whether a node marks its article as sold: ``isPremium: true``, ``isAccessibleForFree: false``."""
    return any(_is_paid(_dashed(key), value) for key, value in node.items())


def _is_paid(name: str, value: Value) -> bool:
    if value is True:
        return _PAID.match(name) is not None
    if value is False or value in ("false", "False"):
        return name in _FREE
    is_access = name.endswith(("access-level", "access-type", "access", "paid-status"))
    return is_access and isinstance(value, str) and _PAID.match(value.lower()) is not None


def _dashed(key: str) -> str:
    return _CAMEL.sub("-", key).lower().replace("_", "-")


def _is_block(node: Dict) -> bool:
    return bool(kind_of(node)) and isinstance(content_of(node), list)


def _prose(text: str) -> int:
    """Running text in a string, of a short run inside a paragraph too: characters, or weight where it is not ASCII."""
    if "<" in text:
        text = _TAGS.sub("", text)
    if text.isascii():
        is_run = len(text) >= RUN and text.count(" ") >= WORDS and "://" not in text
        is_code = text.count("{") > WORDS and text.count(";") > WORDS
        return len(text) if (is_run or is_prose_like(text)) and not is_code else 0
    size = int(weight(text))
    return size if size >= RUN else 0


def _cache_of(value: Value) -> dict[str, Value]:
    """The nodes of a normalised cache (Apollo, Relay) by their names; {} where there is none."""
    found: dict[str, Value] = {}
    holders: list[Value] = [value]
    for _ in range(3):
        holders = [item for holder in holders if isinstance(holder, dict) for item in holder.values()][:500]
        for holder in holders:
            if isinstance(holder, dict) and any(
                key.startswith(("ROOT_QUERY", "$ROOT_QUERY")) for key in holder
            ):
                found |= holder
    if isinstance(value, dict) and any(key.startswith(("ROOT_QUERY", "$ROOT_QUERY")) for key in value):
        found |= value
    return found


def _target(node: Mapping[str, Value], table: Mapping[str, Value]) -> Value:
    """What a reference stands for; None if the node is none."""
    if not table or len(node) > 5:
        return None
    name = node.get("__ref") or (node.get("id") if node.get("type") == "id" else None)
    return table.get(name) if isinstance(name, str) else None
