"""The nodes of a page's JSON-LD, and which of them is the article.

Sources: schema.org (Article and its kinds, WebPage), JSON-LD 1.1 (@graph, @id).
"""

from __future__ import annotations

from typing import NamedTuple

from lxml.html import HtmlElement

from extractors.metadata.json_text import Json, parse_jsonld

Node = dict[str, Json]

ARTICLE_TYPES = frozenset(
    [
        "article",
        "newsarticle",
        "reportagenewsarticle",
        "analysisnewsarticle",
        "backgroundnewsarticle",
        "opinionnewsarticle",
        "reviewnewsarticle",
        "askpublicnewsarticle",
        "satiricalarticle",
        "advertisercontentarticle",
        "blogposting",
        "liveblogposting",
        "socialmediaposting",
        "discussionforumposting",
        "techarticle",
        "scholarlyarticle",
        "medicalscholarlyarticle",
        "report",
        "review",
        "criticreview",
        "claimreview",
        "recipe",
        "howto",
        "specialreport",
    ]
)
NEWS_TYPES = frozenset(
    kind for kind in ARTICLE_TYPES if kind.endswith("newsarticle") or kind == "liveblogposting"
)
PAGE_TYPES = frozenset(
    ["webpage", "itempage", "medicalwebpage", "faqpage", "aboutpage", "qapage", "creativework"]
)
_MEDIA_TYPES = frozenset(
    ["videoobject", "audioobject", "podcastepisode", "imagegallery", "mediagallery", "imageobject"]
)
# Other articles' nodes hang under these: teasers, not the page.
_OTHER_PAGES = frozenset(
    [
        "itemlistelement",
        "hassubpart",
        "haspart",
        "ispartof",
        "relatedlink",
        "mentions",
        "citation",
        "blogpost",
        "comment",
        "review",
        "isbasedon",
        "about",
        "workexample",
        "significantlink",
        "subjectof",
        "liveblogupdate",
    ]
)
_TELLING = ("headline", "datePublished")  # what an article has that is more than a mention
MAX_NODES = 2_000
MAX_DEPTH = 12


class Found(NamedTuple):
    """A node and where it stands."""

    node: Node
    is_own: bool  # may describe this page, is not another page's teaser
    is_top: bool  # stands by itself or in @graph, not inside another node


def find_nodes(scripts: tuple[HtmlElement, ...]) -> list[Found]:
    """All nodes of the page, in order."""
    found: list[Found] = []
    for script in scripts:
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            for value in parse_jsonld(script.text):
                _walk(value, found)
    return found


def by_id(nodes: list[Found]) -> dict[str, Node]:
    """Nodes by their @id, the fullest of each: a reference alone has no other keys."""
    nodes_by_id: dict[str, Node] = {}
    for node, _, _ in nodes:
        key = node.get("@id")
        if isinstance(key, str) and len(node) > len(nodes_by_id.get(key, {})):
            nodes_by_id[key] = node
    return nodes_by_id


def main_node(nodes: list[Found]) -> Node | None:
    """The node that describes the page: the fullest article, else the first dated or signed page or medium."""
    own = [node for node, is_own, _ in nodes if is_own]
    articles = [node for node in own if ARTICLE_TYPES.intersection(types_of(node))]
    if articles:
        return max(articles, key=lambda node: sum(bool(node.get(key)) for key in _TELLING))
    others = [node for node in own if (_MEDIA_TYPES | PAGE_TYPES).intersection(types_of(node))]
    return next((node for node in others if node.get("datePublished") or node.get("author")), None)


def types_of(node: Node) -> list[str]:
    """The node's types, lower case, without schema.org's address: "newsarticle"."""
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for kind in listed if isinstance(kind, str)]


def _walk(
    value: Json, found: list[Found], depth: int = 0, *, is_own: bool = True, is_top: bool = True
) -> None:
    if depth > MAX_DEPTH or len(found) > MAX_NODES:
        return
    if isinstance(value, list):
        for item in value:
            _walk(item, found, depth + 1, is_own=is_own, is_top=is_top)
    elif isinstance(value, dict):
        found.append(Found(value, is_own, is_top))
        for key, item in value.items():
            if isinstance(item, (dict, list)):
                own = is_own and key.lower() not in _OTHER_PAGES
                _walk(item, found, depth + 1, is_own=own, is_top=is_top and key == "@graph")
