"""What the steps inside ``judge`` hand to each other: metadata, content, measurements."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.records import Cut, Image, ZoneSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a page says of itself, cleaned; empty where it says nothing believable."""

    title: str = ""  # without the site's name
    titles: tuple[str, ...] = ()  # every form found (h1, og:title, headline, <title>), for likeness
    authors: tuple[str, ...] = ()  # people's names; an agency only where no person is named
    published: str = ""  # ISO 8601 UTC; a bare day where no time is known
    published_zone: str = ""  # offset of the publisher's clock, "+04:00" or "Z"; "" with a bare day
    published_zone_source: ZoneSource = ZoneSource.NONE
    modified: str = ""  # like ``published``
    modified_zone: str = ""  # like ``published_zone``
    modified_zone_source: ZoneSource = ZoneSource.NONE
    section: str = ""
    tags: tuple[str, ...] = ()
    lead: str = ""  # declared description, as the page has it
    dateline: str = ""  # declared place, where structured data names one
    images: tuple[Image, ...] = ()  # declared pictures
    canonical_url: str = ""  # absolute, believable (same site), else ""
    amp_url: str = ""
    alternates: tuple[tuple[str, str], ...] = ()  # hreflang, URL
    site_name: str = ""
    declared_languages: tuple[str, ...] = ()  # BCP-47, cleaned, most trusted first
    declared_types: tuple[str, ...] = ()  # schema.org and og:type, lower case: "newsarticle"
    article_body: str = ""  # structured data's articleBody: a witness, never the text alone
    is_paywalled: bool | None = None  # None: not said
    robots: tuple[str, ...] = ()  # meta robots directives, lower case: "noarchive", "noai"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One paragraph of an article."""

    text: str  # white space folded, no "\n"
    kind: str = "p"  # p, h2 to h6, li, quote, code, row


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurements:
    """Figures of a page that the gate decides on."""

    letters_page: int = 0  # letters of visible text on the whole page
    letters_kept: int = 0  # letters of the article's lines
    letters_linked: int = 0  # letters of visible text inside links, whole page
    letters_kept_linked: int = 0  # letters inside links, in the kept lines
    blocks_page: int = 0  # text blocks on the page
    blocks_kept: int = 0
    sentences_kept: int = 0  # kept lines that end like a sentence
    mean_probability: float = 0.0  # letter-weighted mean of the model's probability over kept blocks
    torn_share: float = 0.0  # share of the letters that the model was unsure of (.3 to .7)
    headlines_linked: int = 0  # headings whose text is a link: teasers
    teasers: int = 0  # pieces of kept text between two lines that are links, each as short as a teaser
    letters_teasers: int = 0  # letters of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What was chosen from a page, and what was cut."""

    lines: tuple[Line, ...] = ()
    lead: str = ""  # standfirst found on the page
    dateline: str = ""
    images: tuple[Image, ...] = ()  # pictures with captions found in the article's part of the page
    cuts: tuple[Cut, ...] = ()
    extracted_by: str = ""
    flags: tuple[str, ...] = ()
    measurements: Measurements = Measurements()
