"""JSON-LD: found in whatever shape sites put it, and read as schema.org means it.

Sources: schema.org (Article and its kinds, Person, ImageObject, WebPage), JSON-LD 1.1 (@graph, @id).
"""

from __future__ import annotations

import json
import re
from html import unescape
from typing import NamedTuple

from lxml.html import HtmlElement

from extractors.metadata.claims import Claims, clean, unique
from extractors.records import Image

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
Node = dict[str, Json]


class _Found(NamedTuple):
    node: Node
    is_own: bool  # may describe this page, is not another page's teaser
    is_top: bool  # stands by itself or in @graph, not inside another node


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
_PAGE_TYPES = frozenset(
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
MAX_NODES = 2_000
MAX_CHARACTERS = 3_000_000  # of one script
MAX_DEPTH = 12
_WRAPPING = re.compile(r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[)?\s*|\s*(?://\s*)?(?:-->|\]\]>)?\s*;?\s*$")
_COMMENT_LINE = re.compile(r"^\s*(?://|/\*).*?(?:\*/)?\s*$", re.M)
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_LOST_STRINGS = re.compile(
    r'"(headline|datePublished|dateModified|dateCreated|articleSection|inLanguage|description)"\s*:\s*"((?:[^"\\]|\\.)*)"'
)
_LOST_AUTHOR = re.compile(r'"author"\s*:\s*[\[{][^\]}]{0,400}?"name"\s*:\s*"((?:[^"\\]|\\.)*)"')


def read_jsonld(scripts: tuple[HtmlElement, ...]) -> Claims:
    """What the page's JSON-LD says of the article; of the page around it where no article is described."""
    nodes = _nodes(scripts)
    by_id = _by_id(nodes)
    main = _main_node(nodes)
    rest = [found.node for found in nodes if found.is_top and found.node is not main]
    return _claims(main or {}, rest, by_id)


def parse_jsonld(text: str) -> list[Json]:
    """The values in a script's text; [] where nothing can be saved. Broken JSON is mended, never raised."""
    text = text[:MAX_CHARACTERS]
    for attempt in (_as_it_is, _unwrapped, _mended, _unescaped):
        try:
            return [json.loads(attempt(text), strict=False)]
        except (ValueError, RecursionError):
            continue
    return _in_a_row(_mended(text)) or _lost_strings(text)


def _as_it_is(text: str) -> str:
    return text


def _unwrapped(text: str) -> str:
    return _WRAPPING.sub("", text)


def _mended(text: str) -> str:
    return _TRAILING_COMMA.sub("", _COMMENT_LINE.sub("", _unwrapped(text)))


def _unescaped(text: str) -> str:
    return _mended(unescape(text))


def _in_a_row(text: str) -> list[Json]:
    """Several values one after another, with or without commas between."""
    decoder, place = json.JSONDecoder(strict=False), 0
    values: list[Json] = []
    while place < len(text) and len(values) < MAX_NODES:
        try:
            value, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            break
        values.append(value)
        while place < len(text) and text[place] in " \t\r\n,;":
            place += 1
    return values


def _lost_strings(text: str) -> list[Json]:
    """Key and value pairs picked out of JSON that no parser takes, as an article's."""
    if "Article" not in text and "Posting" not in text:
        return []
    node: Node = {"@type": "Article"}
    for key, value in _LOST_STRINGS.findall(text):
        node.setdefault(key, _unquoted(value))
    node["author"] = [_unquoted(name) for name in _LOST_AUTHOR.findall(text)[:1]]
    return [node] if len(node) > 2 else []


def _unquoted(value: str) -> str:
    try:
        return str(json.loads(f'"{value}"', strict=False))
    except ValueError:
        return value


def _nodes(scripts: tuple[HtmlElement, ...]) -> list[_Found]:
    """All nodes of the page, in order."""
    found: list[_Found] = []
    for script in scripts:
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            for value in parse_jsonld(script.text):
                _walk(value, found)
    return found


def _walk(
    value: Json, found: list[_Found], depth: int = 0, *, is_own: bool = True, is_top: bool = True
) -> None:
    if depth > MAX_DEPTH or len(found) > MAX_NODES:
        return
    if isinstance(value, list):
        for item in value:
            _walk(item, found, depth + 1, is_own=is_own, is_top=is_top)
    elif isinstance(value, dict):
        found.append(_Found(value, is_own, is_top))
        for key, item in value.items():
            if isinstance(item, (dict, list)):
                own = is_own and key.lower() not in _OTHER_PAGES
                _walk(item, found, depth + 1, is_own=own, is_top=is_top and key == "@graph")


def _by_id(nodes: list[_Found]) -> dict[str, Node]:
    """Nodes by their @id, the fullest of each: a reference alone has no other keys."""
    by_id: dict[str, Node] = {}
    for node, _, _ in nodes:
        key = node.get("@id")
        if isinstance(key, str) and len(node) > len(by_id.get(key, {})):
            by_id[key] = node
    return by_id


def _types(node: Node) -> list[str]:
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for kind in listed if isinstance(kind, str)]


def _main_node(nodes: list[_Found]) -> Node | None:
    """The node that describes the page's article: the first with a headline, then the fullest of a weaker kind."""
    for wanted in (ARTICLE_TYPES, _MEDIA_TYPES | _PAGE_TYPES):
        fitting = [node for node, own, _ in nodes if own and wanted.intersection(_types(node))]
        if wanted is ARTICLE_TYPES:
            named = [node for node in fitting if node.get("headline") or node.get("name")]
            fitting = named or fitting
            if fitting:
                return max(
                    fitting, key=lambda node: bool(node.get("datePublished")) + bool(node.get("headline"))
                )
        dated = [node for node in fitting if node.get("datePublished") or node.get("author")]
        if dated:
            return dated[0]
    return None


def _claims(main: Node, rest: list[Node], by_id: dict[str, Node]) -> Claims:
    types = _types(main)
    dated = [main, *(node for node in rest if _PAGE_TYPES.intersection(_types(node)))]
    return Claims(
        titles=unique(_texts(main, ("headline", "name", "alternativeHeadline"))),
        authors=unique(_authors(main, by_id, organisations=False)),
        organisations=unique(_authors(main, by_id, organisations=True)),
        published=unique(
            [d for n in dated for d in _texts(n, ("datePublished", "uploadDate", "dateCreated"))]
        ),
        modified=unique([d for n in dated for d in _texts(n, ("dateModified",))]),
        sections=unique(_texts(main, ("articleSection",))),
        tags=unique(_tags(main.get("keywords"))),
        leads=unique(_texts(main, ("description", "abstract"))),
        datelines=unique(_texts(main, ("dateline",))),
        images=_images(main.get("image"), by_id),
        urls=unique(_addresses(main)),
        site_names=unique(_names(main.get("publisher"), by_id)),
        languages=unique(
            [text for n in dated for text in _texts(n, ("inLanguage",), names=("alternateName", "name"))]
        ),
        types=unique([*types, *(kind for node in rest for kind in _types(node))])[:40],
        article_body=_body(main),
        is_paywalled=_paywall(main),
        is_article=bool(ARTICLE_TYPES.intersection(types)),
    )


def _texts(node: Node, keys: tuple[str, ...], names: tuple[str, ...] = ("name", "@value")) -> list[str]:
    return [text for key in keys for text in _strings(node.get(key), names)]


def _strings(value: Json, names: tuple[str, ...] = ("name", "@value")) -> list[str]:
    """Texts of a value that may be a text, a number, a named node or a list of those."""
    if isinstance(value, str):
        return [clean(value)]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return [str(value)]
    if isinstance(value, list):
        return [text for item in value[:200] if not isinstance(item, list) for text in _strings(item, names)]
    if isinstance(value, dict):
        return next((found for name in names if (found := _flat(value.get(name)))), [])
    return []


def _flat(value: Json) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [text for item in items if isinstance(item, str) and (text := clean(item))]


def _authors(main: Node, by_id: dict[str, Node], *, organisations: bool) -> list[str]:
    """Names under the first key that names an author: of people, or of organisations alone."""
    for key in ("author", "creator", "authors", "contributor"):
        value = main.get(key)
        items = value if isinstance(value, list) else [value]
        if any(_names(item, by_id) for item in items):
            fitting = [item for item in items if _is_organisation(item, by_id) == organisations]
            return _names(fitting, by_id)
    return []


def _is_organisation(value: Json, by_id: dict[str, Node]) -> bool:
    if not isinstance(value, dict):
        return False
    types = [*_types(value), *_types(by_id.get(str(value.get("@id")), {}))]
    return any("organization" in kind or kind in ("corporation", "website", "webpage") for kind in types)


def _names(value: Json, by_id: dict[str, Node], depth: int = 0) -> list[str]:
    """Names of people or organisations: texts, nodes, references to nodes, lists of those."""
    if depth > 3:
        return []
    if isinstance(value, str):
        return [clean(value)] if value not in by_id else _names(by_id[value], by_id, depth + 1)
    if isinstance(value, list):
        return [name for item in value[:50] for name in _names(item, by_id, depth + 1)]
    if isinstance(value, dict):
        known = by_id.get(str(value.get("@id")), {})
        for node in (value, known):
            if found := _flat(node.get("name")):
                return found
            both = " ".join([*_flat(node.get("givenName")), *_flat(node.get("familyName"))])
            if both:
                return [both]
    return []


def _tags(value: Json) -> list[str]:
    listed = _strings(value)
    if len(listed) == 1:
        listed = re.split(r"\s*[,;،、]\s*", listed[0])
    return [re.sub(r"^(?:tag|keyword|topic)s?:\s*", "", tag, flags=re.I) for tag in listed]


def _images(value: Json, by_id: dict[str, Node]) -> tuple[Image, ...]:
    items = value if isinstance(value, list) else [value]
    images = []
    for item in items[:20]:
        node: Json = by_id.get(str(item.get("@id")), item) if isinstance(item, dict) else {"url": item}
        if not isinstance(node, dict):
            continue
        url = next((text for key in ("url", "contentUrl", "@id") for text in _flat(node.get(key))), "")
        caption = next(iter(_texts(node, ("caption", "description"))), "")
        credit = next(iter(_texts(node, ("creditText", "author", "creator", "copyrightHolder"))), "")
        if url:
            images.append(Image(url=url, caption=caption, credit=credit))
    return tuple(images)


def _addresses(main: Node) -> list[str]:
    page = main.get("mainEntityOfPage")
    return [*_flat(main.get("url")), *(_flat(page.get("@id")) if isinstance(page, dict) else _flat(page))]


def _body(main: Node) -> str:
    for key in ("articleBody", "text"):
        value = main.get(key)
        if isinstance(value, list):
            value = "\n".join(item for item in value if isinstance(item, str))
        if isinstance(value, str) and value.strip():
            return value
    return ""


def _paywall(main: Node) -> bool | None:
    value = main.get("isAccessibleForFree")
    if isinstance(value, bool):
        return not value
    if isinstance(value, str) and value.strip().lower() in ("true", "false"):
        return value.strip().lower() == "false"
    return None
