"""All of a page's metadata, from every source, most trusted first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from lxml.html import HtmlElement

from extractors.findings import Metadata
from extractors.language import clean_declared
from extractors.metadata import beside, dates, links, names, shown_names, stamps, titles, visible
from extractors.metadata.blobs import read_embedded
from extractors.metadata.claims import Claims, unique
from extractors.metadata.date_words import is_changed
from extractors.metadata.hosts import path
from extractors.metadata.images import absolute_images
from extractors.metadata.labelled import read_labelled
from extractors.metadata.meta import read_robots
from extractors.metadata.nodes import NEWS_TYPES
from extractors.metadata.search import search_date
from extractors.metadata.signatures import read_signature
from extractors.metadata.sources import Sources
from extractors.metadata.stamps import NO_STAMP, Stamp

_MAX_TAGS = 50
_CLOCKS = 3  # lines beside the headline; later ones are other stories' dates
_MACHINE_ID = re.compile(r"^(?:[0-9a-f-]{32,36}|\d{5,})$", re.I)


def read_metadata(tree: HtmlElement, url: str) -> Metadata:
    """What the page says of itself. Never raises, whatever the page holds.

    Args:
        tree: the parsed page; not changed.
        url: its final address, for relative links and the site's name.
    """
    page = Sources(tree, url)
    jsonld, meta = page.jsonld, page.meta
    published = _zoned(page, _published(page))
    modified = stamps.beside_stamp(_modified(page), published)
    return Metadata(
        title=_title(page),
        titles=unique(
            [*page.headings, *jsonld.titles, *meta.titles, *page.micro.titles, *page.title_element]
        ),
        authors=_authors(page),
        published=published.utc,
        published_zone=published.zone,
        published_zone_source=published.zone_source,
        modified=modified.utc,
        modified_zone=modified.zone,
        modified_zone_source=modified.zone_source,
        section=_first(page, lambda claims: claims.sections),
        tags=_tags(page),
        lead=_first(page, lambda claims: claims.leads),
        dateline=_first(page, lambda claims: claims.datelines),
        images=absolute_images([*jsonld.images, *meta.images], url),
        canonical_url=_canonical(page),
        amp_url=next(
            (links.absolute(target, url) for target in links.linked(page.parts.links, "amphtml")), ""
        ),
        alternates=links.alternates(page.parts.links, url),
        site_name=next(iter(page.site_names), ""),
        declared_languages=_languages(page),
        declared_types=unique([*jsonld.types, *meta.types, *page.micro.types]),
        article_body=jsonld.article_body,
        is_paywalled=next((s.is_paywalled for s in (jsonld, meta) if s.is_paywalled is not None), None),
        robots=read_robots(page.parts),
    )


def _title(page: Sources) -> str:
    forms = titles.Forms(
        headings=page.headings,
        headline=next(iter(page.jsonld.titles), "") if page.jsonld.is_article else "",
        declared=(*page.meta.titles[:1], *page.micro.titles[:1], *page.jsonld.titles[:1]),
        whole="".join(page.title_element),
        address=titles.address_words(path(page.url)),
        is_news=bool(NEWS_TYPES.intersection(page.jsonld.types[:3])),
    )
    return titles.choose(forms, page.own_names)


def _authors(page: Sources) -> tuple[str, ...]:
    """People of the first source that names them in full; what the page shows counts last."""

    def bylines() -> Iterator[names.Byline]:
        for claims in page.declared:
            found = names.read_byline(claims.authors, page.own_names)
            yield names.Byline(found.people, found.weak or claims.organisations)
        shown = (shown_names.read_shown(texts, page.own_names) for texts in visible.read_bylines(page.marked))
        yield next((byline for byline in shown if byline.people or byline.weak), names.Byline())
        yield shown_names.read_signed(page.near, page.own_names)
        title = titles.fold(" ".join(page.title_element))
        lines = (line for line in page.near if titles.fold(line) not in title)
        yield shown_names.read_beside_date(lines, page.own_names)

    return names.choose(bylines()) or read_signature(page.tree, page.own_names).people


def _published(page: Sources) -> Stamp:
    """Declared, then in the address, beside the headline, elsewhere, searched: ever dearer and less certain."""
    pick = partial(stamps.pick, others=[*_changes(page), *page.times.modified], month_first=page.is_american)
    if found := _declared_date(page, pick):
        return found
    for values in (page.blobs.published, page.times.published, read_embedded(page.parts.scripts)):
        if found := pick(values):
            return found
    if found := Stamp(utc=dates.in_address(page.url)) or pick(
        titles.last_piece(title) for title in page.title_element
    ):
        return found
    if found := pick(beside.date_lines(page.near)[:1]):
        return found
    shown = visible.read_dated(page.marked)
    changes = [line for line in page.near if is_changed(line)]
    shown_dates = [*shown.published, *beside.dated_lines(page.near), *changes, *shown.modified]
    return pick(shown_dates) or pick([read_labelled(page.tree)]) or _searched(page)


def _zoned(page: Sources, found: Stamp) -> Stamp:
    """Machines write UTC: the clock beside the headline tells where the publisher lives.

    78 of the corpora's 765 pages with a time in UTC, of 58 hosts; all offsets are those of the publisher's country
    and season but four of one site, which shows a reader's own clock.
    """
    if found.zone != "Z":
        return found
    lines = beside.date_lines(page.near)[:_CLOCKS]
    return stamps.beside_clock(found, lines, month_first=page.is_american)


def _searched(page: Sources) -> Stamp:
    """The day that a search finds; none where it is that of the last change: three of four such were wrong."""
    found = search_date(page.tree, page.url)
    return NO_STAMP if found == _modified(page).utc[:10] else Stamp(utc=found)


def _declared_date(page: Sources, pick: Callable[[Iterable[str]], Stamp]) -> Stamp:
    """The declared date; where the page declares two, or that of its last change, as what it shows decides."""
    others = [*page.meta.published, *page.micro.published]
    declared = [*page.jsonld.published, *others]
    found = pick([*declared, *page.times.published]) if declared else NO_STAMP
    if rivals := beside.rivals_of(found.utc, others):
        lines = beside.date_lines(page.near)[:1]
        return next((pick([rival, *declared]) for rival in rivals if beside.is_shown(rival, lines)), found)
    changed = pick([*_changes(page), *page.times.modified])
    if not beside.is_doubtful(found.utc, changed.utc, page.times.published, page.url):
        return found
    shown = beside.other_shown(
        page.near, found.utc, month_first=page.is_american, is_changed_known=bool(changed)
    )
    return pick([shown]) or found


def _modified(page: Sources) -> Stamp:
    published = [*page.jsonld.published, *page.meta.published]
    return stamps.pick([*_changes(page), *page.times.modified], published, month_first=page.is_american)


def _changes(page: Sources) -> list[str]:
    return [value for claims in (page.jsonld, page.meta, page.micro) for value in claims.modified]


def _canonical(page: Sources) -> str:
    claims = [*links.linked(page.parts.links, "canonical"), *page.meta.urls, *page.jsonld.urls]
    return links.believable_canonical(claims, page.url)


def _tags(page: Sources) -> tuple[str, ...]:
    """The first source's tags, without the ids that machines put among them."""
    tags = next((claims.tags for claims in page.declared if claims.tags), ())
    return tuple(tag for tag in tags if not _MACHINE_ID.match(tag))[:_MAX_TAGS]


def _languages(page: Sources) -> tuple[str, ...]:
    """Of the page's own claims and of the alternate link that leads to itself."""
    own = {page.url.rstrip("/"), *(url.rstrip("/") for url in links.linked(page.parts.links, "canonical"))}
    itself = [tag for tag, url in links.alternates(page.parts.links, page.url) if url.rstrip("/") in own]
    return clean_declared([*page.meta.languages, *page.jsonld.languages, *page.micro.languages, *itself])


def _first(page: Sources, pick: Callable[[Claims], tuple[str, ...]]) -> str:
    return next((claims[0] for source in page.declared if (claims := pick(source))), "")
