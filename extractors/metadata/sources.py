"""Every source of one page's metadata, read when it is first asked for, and once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from lxml.html import HtmlElement

from extractors.language import clean_declared
from extractors.metadata import beside, blobs, visible
from extractors.metadata.claims import Claims
from extractors.metadata.hosts import host, host_name
from extractors.metadata.jsonld import read_jsonld
from extractors.metadata.meta import read_meta, read_title_element
from extractors.metadata.microdata import read_microdata
from extractors.metadata.parts import collect

_DAY_FIRST_ENGLISH = frozenset({"uk", "ie", "au", "nz", "in", "za", "ng", "ke", "gh", "pk", "sg", "eu"})


class Sources:
    """What a page's parts say, most trusted first: JSON-LD, meta elements, microdata, blobs, the visible page.

    A class, because the dear sources at the end must not be read where the first ones suffice.
    """

    def __init__(self, tree: HtmlElement, url: str) -> None:
        self.tree = tree
        self.url = url
        self.parts = collect(tree)
        self.jsonld = read_jsonld(self.parts.scripts)
        self.meta = read_meta(self.parts)
        self.micro = read_microdata(tree)
        self.headings = visible.read_headings(self.parts)
        self.title_element = read_title_element(self.parts)

    @property
    def declared(self) -> Iterator[Claims]:
        """The sources that are no text of the page, most trusted first."""
        yield self.jsonld
        yield self.meta
        yield self.micro
        yield self.blobs

    @cached_property
    def blobs(self) -> Claims:
        """What scripts of the page are told of it."""
        return blobs.read_blobs(self.parts.scripts)

    @cached_property
    def times(self) -> Claims:
        """Dates in time elements."""
        return visible.read_times(self.parts)

    @cached_property
    def marked(self) -> tuple[visible.Marked, ...]:
        """Elements whose class marks an author or a date."""
        return visible.find_marked(self.tree)

    @cached_property
    def near(self) -> tuple[str, ...]:
        """Short lines beside the headline."""
        return beside.read_near(self.parts)

    @cached_property
    def is_american(self) -> bool:
        """Whether dates with slashes name the month first: English, not of a country that writes otherwise."""
        tag = next(iter(clean_declared([*self.meta.languages, *self.jsonld.languages])), "")
        return tag == "en-US" or (tag == "en" and host(self.url).rpartition(".")[2] not in _DAY_FIRST_ENGLISH)

    @cached_property
    def site_names(self) -> tuple[str, ...]:
        """Names that the site gives itself, as they stand."""
        return (*self.meta.site_names, *self.jsonld.site_names)

    @cached_property
    def own_names(self) -> tuple[str, ...]:
        """The site's names and what its host is called."""
        return (*self.site_names, host_name(self.url), host(self.url))
