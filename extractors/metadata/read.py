"""All of a page's metadata, from every source, most trusted first."""

from __future__ import annotations

from copy import deepcopy
from collections.abc import Callable, Iterator

from htmldate import find_date
from lxml.etree import LxmlError
from lxml.html import HtmlElement

from extractors.findings import Metadata
from extractors.metadata import dates, links, names, titles
from extractors.metadata.blobs import read_blobs, read_embedded
from extractors.metadata.claims import Claims, unique
from extractors.metadata.jsonld import NEWS_TYPES, read_jsonld
from extractors.metadata.meta import read_meta, read_robots, read_title_element
from extractors.metadata.microdata import read_microdata
from extractors.metadata.parts import Parts, collect
from extractors.metadata.visible import (
    is_changed,
    read_bylines,
    read_dated,
    read_headings,
    read_near,
    read_times,
)

_PRUNED = frozenset("script style svg nav footer form aside iframe select noscript template button".split())
MAX_SEARCHED = 60_000  # characters of text: htmldate took 1.5 s for pages of more
LAST_DAY = "2099-12-31"  # what is judged does not depend on the day of judging


def read_metadata(tree: HtmlElement, url: str) -> Metadata:
    """What the page says of itself. Never raises, whatever the page holds."""
    parts = collect(tree)
    jsonld, meta = read_jsonld(parts.scripts), read_meta(parts)
    micro, blobs = read_microdata(tree), read_blobs(parts.scripts)
    sources = (jsonld, meta, micro, blobs)
    headings, whole = read_headings(parts), read_title_element(parts)
    site_names = [name for source in sources for name in source.site_names]
    own_names = [*site_names, titles.host_name(url), titles.host(url)]
    times = read_times(parts)
    published = _published(sources, parts, times, url)
    return Metadata(
        title=titles.choose(_forms(jsonld, meta, micro, headings, whole), site_names, url),
        titles=unique([*headings, *jsonld.titles, *meta.titles, *micro.titles, *whole]),
        authors=_authors(sources, parts, own_names),
        published=published,
        modified=dates.pick([d for s in (*sources, times) for d in s.modified], jsonld.published),
        section=_first(sources, lambda claims: claims.sections),
        tags=next((source.tags for source in sources if source.tags), ()),
        lead=_first(sources, lambda claims: claims.leads),
        dateline=_first(sources, lambda claims: claims.datelines),
        images=next((source.images for source in sources if source.images), ()),
        canonical_url=links.believable_canonical(
            [*links.linked(parts.links, "canonical"), *meta.urls, *jsonld.urls], url
        ),
        amp_url=next((links.absolute(target, url) for target in links.linked(parts.links, "amphtml")), ""),
        alternates=links.alternates(parts.links, url),
        site_name=next(iter(site_names), ""),
        declared_languages=unique(
            [language for source in (meta, jsonld, micro) for language in source.languages]
        ),
        declared_types=unique([kind for source in (jsonld, meta, micro) for kind in source.types]),
        article_body=jsonld.article_body,
        is_paywalled=next((s.is_paywalled for s in sources if s.is_paywalled is not None), None),
        robots=read_robots(parts),
    )


def _forms(
    jsonld: Claims, meta: Claims, micro: Claims, headings: tuple[str, ...], whole: tuple[str, ...]
) -> titles.Forms:
    """The forms of the page's title."""
    return titles.Forms(
        headings=headings,
        headline=next(iter(jsonld.titles), "") if jsonld.is_article else "",
        declared=(*meta.titles[:1], *micro.titles[:1], *jsonld.titles[:1]),
        whole="".join(whole),
        is_news=bool(NEWS_TYPES.intersection(jsonld.types[:3])),
    )


def _authors(sources: tuple[Claims, ...], parts: Parts, site_names: list[str]) -> tuple[str, ...]:
    """People of the first source that names them in full; shown bylines count as the last source but one."""
    declared = [(source.authors, source.organisations) for source in sources]

    def bylines() -> Iterator[names.Byline]:
        for authors, organisations in declared:
            byline = names.read_byline(authors, site_names)
            yield names.Byline(byline.people, byline.weak or organisations)
        yield names.read_shown(read_bylines(parts), site_names)
        yield names.read_signed(read_near(parts), site_names)

    return names.choose(bylines())


def _published(sources: tuple[Claims, ...], parts: Parts, times: Claims, url: str) -> str:
    """Declared, then in the address, then shown, then searched: the later, the dearer and the less certain."""
    declared = [value for source in sources for value in source.published]
    modified = [value for source in (*sources, times) for value in source.modified]
    if found := dates.pick([*declared, *times.published], modified):
        return found
    if found := dates.in_address(url) or dates.pick(read_embedded(parts.scripts), modified):
        return found
    shown = read_dated(parts)
    near = [line for line in read_near(parts) if not is_changed(line)]
    return dates.pick([*shown.published, *near, *shown.modified], modified) or _searched(parts.tree, url)


def _searched(tree: HtmlElement, url: str) -> str:
    """The day that htmldate finds in the text: dear, and only where nothing else was found.

    The first of January is what it makes of a bare year, in a copyright line as a rule: not believed.
    """
    try:
        found = find_date(_pruned(tree), original_date=True, url=url, max_date=LAST_DAY) or ""
    except (ValueError, TypeError, AttributeError, IndexError, RecursionError, OverflowError, LxmlError):
        return ""
    return "" if found.endswith("-01-01") else found


def _pruned(tree: HtmlElement) -> HtmlElement:
    """A copy without what holds other dates or costs time: scripts, navigation, forms, very long pages' ends."""
    copy = deepcopy(tree)
    size = 0
    for element in copy.xpath("//body//*"):
        size += len(element.text or "")
        if element.tag in _PRUNED or size > MAX_SEARCHED:
            element.drop_tree() if element.getparent() is not None else None
    return copy


def _first(sources: tuple[Claims, ...], pick: Callable[[Claims], tuple[str, ...]]) -> str:
    return next((claims[0] for source in sources if (claims := pick(source))), "")
