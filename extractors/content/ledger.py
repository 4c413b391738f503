"""Why a block is not the article's, and where it stood: entries of the ledger of cuts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from extractors.content.blocks import Block, Node
from extractors.records import Cut, CutReason

# What names of classes, ids and roles say a part of a page is. The first that matches, looking from
# the block outwards, gives the cut its reason; it decides nothing by itself.
_NAMES: tuple[tuple[CutReason, str], ...] = (
    (CutReason.ACCESSIBILITY, r"sr-?only|screen-?reader|visually-?hidden|skip-?(to|link|nav)|a11y|assistive"),
    (CutReason.RESPONSIVE, r"responsive-indicator|breakpoint"),
    (CutReason.CONSENT, r"cookie|consent|gdpr|onetrust|cmp[-_]"),
    (CutReason.NEWSLETTER, r"newsletter|sign-?up|mailing"),
    (CutReason.PAYWALL, r"paywall|regwall|piano|premium|subscri|metered|log-?in"),
    (CutReason.COMMENTS, r"comment|disqus|kommentar|respond"),
    (CutReason.SHARE, r"shar(e|ing)|social|addthis|follow-?us|link-print"),
    (CutReason.CREDIT, r"credit|copyright-?holder|photographer"),
    (CutReason.CAPTION, r"caption|legend"),
    (CutReason.EMBED, r"embed|tweet|instagram|youtube|oembed|player"),
    (CutReason.AUTHOR_BOX, r"author-?(box|bio|info|card)|about-?author|contributor|biograph"),
    (CutReason.BYLINE, r"byline|author"),
    (CutReason.DATE_LINE, r"publish(ed)?-?(date|time|on)|date-?line|time-?stamp|post-?date|article-?date"),
    (CutReason.RELATED, r"relat|recommend|recirc|outbrain|taboola|trending|popular|most-?(read|view)|read-?(more|also)|"
                        r"see-?also|teaser|latest|more-?(from|on|stories|news)|next-?(article|story|post)"),
    (CutReason.PROMO, r"promo|(^|[-_ ])ads?([-_ ]|$)|advert|sponsor|banner|affiliate|donat|app-?store"),
    (CutReason.FACT_BOX, r"fact-?box|info-?box|sidebar|side-?box"),
    (CutReason.LEGAL, r"copyright|legal|disclaimer|imprint|terms"),
    (CutReason.NAVIGATION, r"nav|menu|breadcrumb|pagin|footer|header|masthead|toolbar|tags?([-_ ]|$)|topics?([-_ ]|$)|categor"),
)  # fmt: skip
_PATTERNS = tuple((reason, re.compile(pattern)) for reason, pattern in _NAMES)
_UNSEEN = (CutReason.ACCESSIBILITY, CutReason.RESPONSIVE)
_COMMENTS = re.compile(
    r"(?:^| )(?:comments?|commentlist|comments?[-_](?:list|area|section|body|thread|container|wrap\w*|content|text|item|form))(?: |$)",
    re.I,
)
_TAGS = {
    "nav": CutReason.NAVIGATION,
    "footer": CutReason.NAVIGATION,
    "header": CutReason.NAVIGATION,
    "form": CutReason.FORM,
    "label": CutReason.FORM,
    "figcaption": CutReason.CAPTION,
    "time": CutReason.DATE_LINE,
    "aside": CutReason.RELATED,
}
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
MAX_NAMES = 300  # characters of class and id that are read; utility classes run to thousands
UNSEEN_STEPS, UNSEEN_LETTERS = (
    4,
    300,
)  # elements outwards, and letters of one that is for screen readers alone
MOST_COMMENTS = 0.7  # of the page's letters
MAX_CUT = 2_000  # characters of one cut that are kept in the ledger


def cut_block(block: Block, *, chance: float, because: tuple[CutReason, str] | None = None) -> Cut:
    """The ledger's entry of a block that is not kept.

    Args:
        block: what is cut.
        chance: the model's probability for it, the rule where nothing else names one.
        because: reason and rule, if something but the model's choice cut it.
    """
    reason, rule = because or reason_of(block)
    if reason is CutReason.MODEL:
        rule = f"model:p={chance:.2f}"
    return Cut(text=block.text[:MAX_CUT], reason=reason, rule=rule, place=place_of(block))


def reason_of(block: Block) -> tuple[CutReason, str]:
    """What the markup says the block is, and which name or tag says so."""
    for node in block.node.chain():
        if node.is_hidden and not (node.parent and node.parent.is_hidden):
            return CutReason.HIDDEN, "structure:hidden"
        if node.attributes and node.tag not in ("html", "body"):
            found = _named(node.attributes)
            if found:
                return found
        if node.tag in _TAGS:
            return _TAGS[node.tag], f"structure:<{node.tag}>"
    return CutReason.MODEL, "not-chosen"


def unseen_reason(block: Block) -> tuple[CutReason, str] | None:
    """Reason and rule where the markup says that no reader sees the block, else None.

    Looked for close by and in small elements alone: such words stand in names of whole pages too.
    """
    node: Node | None = block.node
    for _ in range(UNSEEN_STEPS):
        if node is None or node.letters > UNSEEN_LETTERS:
            return None
        found = _named(node.attributes) if node.attributes else None
        if found and found[0] in _UNSEEN:
            return found
        node = node.parent
    return None


def find_comments(nodes: Sequence[Node]) -> set[int]:
    """Identities of all elements in parts of the page that are named readers' comments.

    Over 1,221 pages with gold such parts held 290,000 letters, none of them the article's. An
    element with most of the page's letters is none: its name may say that comments are allowed.
    """
    most = MOST_COMMENTS * max((node.letters for node in nodes), default=0)
    found: set[int] = set()
    for node in nodes:
        if id(node.parent) in found or (
            node.attributes
            and "omment" in node.attributes
            and node.letters <= most
            and _COMMENTS.search(node.attributes)
        ):
            found.add(id(node))
    return found


@lru_cache(maxsize=8_192)  # one site's templates repeat a few hundred strings
def _named(attributes: str) -> tuple[CutReason, str] | None:
    """The first reason of ``_NAMES`` that any of the names gives, and the words that give it."""
    found = [_named_one(name) for name in attributes[:MAX_NAMES].split()]
    number, word = min(filter(None, found), default=(-1, ""))
    return (_PATTERNS[number][0], f"structure:{word}") if word else None


@lru_cache(maxsize=65_536)  # names repeat over sites where whole lists of them do not
def _named_one(name: str) -> tuple[int, str] | None:
    folded = _CAMEL.sub("-", name).lower()
    for number, (_, pattern) in enumerate(_PATTERNS):
        found = pattern.search(folded)
        if found and found.group():
            return number, found.group()
    return None


def place_of(block: Block) -> str:
    """Tags and first class of the block's nearest elements, outermost first."""
    steps = []
    for node, _ in zip(block.node.chain(), range(4), strict=False):
        name = node.attributes.split(" ", 1)[0][:40]
        steps.append(f"{node.tag}.{name}" if name else node.tag)
    return " > ".join(reversed(steps))


def kind_of(block: Block) -> str:
    """What a kept block is in the article: p, h2 to h6, li, quote, code, row."""
    for node, _ in zip(block.node.chain(), range(5), strict=False):
        kind = _kind(node)
        if kind:
            return kind
    return "p"


def _kind(node: Node) -> str:
    tag = node.tag
    if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
        return "h2" if tag == "h1" else tag
    return {"li": "li", "blockquote": "quote", "pre": "code", "tr": "row", "dd": "li"}.get(tag, "")
