"""What kind of block a node of data says it is: the words that editors and renderers use for it."""

from __future__ import annotations

import re

from extractors.content.embedded_literals import Value

Dict = dict[str, Value]

_TYPE_KEYS = ("nodeType", "_type", "type", "__typename", "tagName", "tag", "blockType", "component", "kind")
_WEAK_TYPES = frozenset(("element", "tag", "node", "block", "component"))  # another key says which
_INNER_TYPE_KEYS = ("tagName", "name", "style", "tag", "component")
# Where a node keeps its text or children; the first that holds anything counts.
CONTENT_KEYS = (
    "children content contents content_elements contentElements elements blocks paragraphs items listItems"  # noqa: SIM905  words read better so
    " sections components nodes parts body text value html markup richText document doc root json model copy"
    " rendered data paragraph props description properties fields attributes".split()
)
_INLINE = re.compile(
    r"^(?:a|b|i|em|strong|u|s|span|(?:hyper)?link|mark|su[bp]|text|textinline|fragment|leaf|abbr|font|small)$"
)
_LINK = re.compile(r"^(?:a|(?:hyper)?link)$")
_BREAKS = frozenset(("br", "hard-break", "hardbreak", "linebreak"))
_SKIPPED = re.compile(
    r"image|photo|picture|^fig|^img|gallery|slide|video|audio|podcast|embed|iframe|tweet|twitter|social|instagram|youtube|"
    r"(?:^|[-_])ads?(?:$|[-_\d])|advert|promo|related|recommend|newsletter|sign-?up|interstitial|read-?(?:more|also|next)|teaser|"
    r"poll|quiz|widget|divider|^hr$|raw-?html|script|^style$|button|author|byline|share|comment|^form|map$|chart|"
    r"infographic|link-?list|tracker|paywall|donat|meta$|reference$"
)
_PARAGRAPH = re.compile(r"^p$|paragraph|^text|text(?:block)?$|unstyled|^normal$|^html|wysiwyg|^correction")
# In this order: a "list-item" is no list, a "quote-image" is a quote.
_TAGS = (
    ("li", re.compile(r"^li$|list-?item|^[uo]li$")),
    ("h", re.compile(r"^(?:sub-?)?(?:head(?:er|ing|line)|title)|^h[1-6]$|inter-?title|cross-?head")),
    ("blockquote", re.compile(r"quote|^pq$|^bq$|citation")),
    ("ul", re.compile(r"^[uo]l$|list(?:block)?$")),
    ("skip", _SKIPPED),
    ("pre", re.compile(r"^(?:pre|code)$")),
    ("p", _PARAGRAPH),
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD_NUMBERS = {"one": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_NUMBER = re.compile(r"[1-6]|one|two|three|four|five|six")


def kind_of(node: Dict) -> str:
    """What kind of block the node says it is, lower case; "" if it does not say."""
    kind = _first(node, _TYPE_KEYS)
    if kind.lower() in _WEAK_TYPES:
        kind = "listitem" if node.get("listItem") else _first(node, _INNER_TYPE_KEYS) or kind
    return _CAMEL.sub("-", kind).lower().removesuffix("-block").removesuffix("-element")[:60]


def _first(node: Dict, keys: tuple[str, ...]) -> str:
    return next((found for key in keys if isinstance(found := node.get(key), str) and found), "")


def content_of(node: Dict) -> Value:
    """What stands under the first key of content that holds anything."""
    return next(
        (node[key] for key in CONTENT_KEYS if node.get(key) and not isinstance(node[key], bool)), None
    )


def tag_of(node: Dict) -> str:
    """The element that a block is drawn as; "skip" for pictures and the like, "" for a holder of blocks."""
    kind = kind_of(node)
    tag = next((tag for tag, pattern in _TAGS if pattern.search(kind)), "") if kind else ""
    if tag == "h":
        return f"h{_level(kind, node)}"
    return "" if tag == "p" and _holds_blocks(node) else tag


def is_inline(value: Value) -> bool:
    """Whether it is a run of text inside a paragraph: a text, or a node of such a kind."""
    if isinstance(value, str):
        return True
    return isinstance(value, dict) and _INLINE.match(kind_of(value)) is not None


def is_link(kind: str) -> bool:
    """Whether a run of this kind leads somewhere."""
    return _LINK.match(kind) is not None


def is_break(kind: str) -> bool:
    """Whether a run of this kind ends a line."""
    return kind in _BREAKS


def is_skipped(kind: str) -> bool:
    """Whether a block of this kind holds no text of the article: pictures, players, promotion."""
    return _SKIPPED.search(kind) is not None


def are_leaves(children: Value) -> bool:
    """Whether they are runs of one paragraph: texts, with or without marks."""
    return isinstance(children, list) and bool(children) and all(map(_is_leaf, children))


def _is_leaf(child: Value) -> bool:
    return is_inline(child) or (isinstance(child, dict) and "text" in child and not kind_of(child))


def _holds_blocks(node: Dict) -> bool:
    children = content_of(node)
    if isinstance(children, dict):
        children = content_of(children)
    return isinstance(children, list) and any(
        isinstance(child, dict) and not is_inline(child) and tag_of(child) for child in children[:20]
    )


def _level(kind: str, node: Dict) -> int:
    inner = next(
        (value for key in ("attrs", "data", "model") if isinstance(value := node.get(key), dict)), {}
    )
    for value in (node.get("level"), inner.get("level"), node.get("tag")):
        digits = re.sub(r"\D", "", str(value)) if isinstance(value, int | str) else ""
        if digits:
            return min(6, max(2, int(digits[:1])))
    named = _NUMBER.search(kind)
    if named is None:
        return 2
    return max(2, int(named.group())) if named.group().isdigit() else _WORD_NUMBERS[named.group()]


def is_react(value: list[Value]) -> bool:
    """Whether a list is a React element as Next.js streams it: ``["$", "p", key, {...}]``."""
    return len(value) >= 4 and value[0] == "$" and isinstance(value[1], str) and isinstance(value[3], dict)


def from_react(value: list[Value]) -> Dict:
    """The node that a React element stands for."""
    props = value[3] if isinstance(value[3], dict) else {}
    inner = props.get("dangerouslySetInnerHTML")
    html = inner.get("__html") if isinstance(inner, dict) else None
    name = str(value[1])
    if not name.isalnum():  # a component: whatever it is given may be its text
        return {"children": html or props.get("children"), "content": props}
    return {"type": name, "children": html or props.get("children")}
