"""JSON-LD: found in whatever shape sites put it, and read as schema.org means it.

Sources: schema.org (Article, Person, Organization, ImageObject, DefinedTerm).
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from extractors.metadata.claims import Claims, clean, unique
from extractors.metadata.json_text import Json
from extractors.metadata.nodes import ARTICLE_TYPES, PAGE_TYPES, Node, by_id, find_nodes, main_node, types_of
from extractors.records import Image


def read_jsonld(scripts: tuple[HtmlElement, ...]) -> Claims:
    """What the page's JSON-LD says of the article; of the page around it where no article is described."""
    nodes = find_nodes(scripts)
    known = by_id(nodes)
    main = main_node(nodes)
    rest = [found.node for found in nodes if found.is_top and found.node is not main]
    return _claims(main or {}, rest, known)


def _offers(main: Node, rest: list[Node]) -> list[str]:
    """The type of a price, which stands inside its product's node."""
    products = [node for node in (main, *rest) if any("product" in kind for kind in types_of(node))]
    return ["offer"] if any(node.get("offers") for node in products) else []


def _claims(main: Node, rest: list[Node], known_nodes: dict[str, Node]) -> Claims:
    types = types_of(main)
    kinds = [*types, *(kind for node in rest for kind in types_of(node)), *_offers(main, rest)]
    dated = [main, *(node for node in rest if PAGE_TYPES.intersection(types_of(node)))]
    return Claims(
        titles=unique(_texts(main, ("headline", "name", "alternativeHeadline"))),
        authors=unique(_authors(main, known_nodes, organisations=False)),
        organisations=unique(_authors(main, known_nodes, organisations=True)),
        published=unique(
            [d for n in dated for d in _texts(n, ("datePublished", "uploadDate", "dateCreated"))]
        ),
        modified=unique([d for n in dated for d in _texts(n, ("dateModified",))]),
        sections=unique(_texts(main, ("articleSection",))),
        tags=unique(_tags(main.get("keywords"))),
        leads=unique(_texts(main, ("description", "abstract"))),
        datelines=unique(_texts(main, ("dateline",))),
        images=_images(main.get("image"), known_nodes),
        urls=unique(_addresses(main)),
        site_names=unique(_names(main.get("publisher"), known_nodes)),
        languages=unique(
            [text for n in dated for text in _texts(n, ("inLanguage",), names=("alternateName", "name"))]
        ),
        types=unique(kinds)[:40],
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


def _authors(main: Node, known_nodes: dict[str, Node], *, organisations: bool) -> list[str]:
    """Names under the first key that names an author: of people, or of organisations alone."""
    for key in ("author", "creator", "authors", "contributor"):
        value = main.get(key)
        items = value if isinstance(value, list) else [value]
        if any(_names(item, known_nodes) for item in items):
            fitting = [item for item in items if _is_organisation(item, known_nodes) == organisations]
            return _names(fitting, known_nodes)
    return []


def _is_organisation(value: Json, known_nodes: dict[str, Node]) -> bool:
    if not isinstance(value, dict):
        return False
    types = [*types_of(value), *types_of(known_nodes.get(str(value.get("@id")), {}))]
    return any("organization" in kind or kind in ("corporation", "website", "webpage") for kind in types)


def _names(value: Json, known_nodes: dict[str, Node], depth: int = 0) -> list[str]:
    """Names of people or organisations: texts, nodes, references to nodes, lists of those."""
    if depth > 3:
        return []
    if isinstance(value, str):
        return (
            [clean(value)] if value not in known_nodes else _names(known_nodes[value], known_nodes, depth + 1)
        )
    if isinstance(value, list):
        return [name for item in value[:50] for name in _names(item, known_nodes, depth + 1)]
    if isinstance(value, dict):
        known = known_nodes.get(str(value.get("@id")), {})
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


def _images(value: Json, known_nodes: dict[str, Node]) -> tuple[Image, ...]:
    items = value if isinstance(value, list) else [value]
    images = []
    for item in items[:20]:
        node: Json = known_nodes.get(str(item.get("@id")), item) if isinstance(item, dict) else {"url": item}
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
