"""What passes between the parts of lrahos: pages, verdicts, cuts.

One way through: ``FetchedPage`` -> ``judge`` -> ``Article | Rejection``. Everything is a frozen
value, everything can be pickled, nothing here touches network, disk or clock.
``docs/schema.md`` is generated from the comments on the fields of ``Article`` and ``Rejection``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

SCHEMA_VERSION = 1  # raised when a field of Article or Rejection changes its meaning or goes
EXTRACTOR_VERSION = "0.1.0"  # raised when the same page may get another verdict


class Reason(StrEnum):
    """Why a page that was looked at is not kept: a closed list."""

    EMPTY = "empty"  # no body, or no visible text
    TOO_SHORT = "too-short"  # some text, too little for an article
    NOT_TEXT = "not-text"  # an image, a PDF, a binary: nothing that judge reads
    TOO_BIG = "too-big"  # over the size that is parsed
    TIMED_OUT = "timed-out"  # judging took longer than a page may
    CRASHED = "crashed"  # judging it ended the process or ran out of memory
    BAD_STATUS = "bad-status"  # the stored response was no success (archives hold those)
    ERROR_PAGE = "error-page"  # says "not found" with a success status
    MEDIA_PAGE = "media-page"  # video, audio or photo with a caption at most
    INDEX_PAGE = "index-page"  # a home, section, tag or search page: links, no story
    LIVE_BLOG = "live-blog"  # a running ticker whose text is none, or any where the settings want none
    CONSENT_WALL = "consent-wall"  # a cookie or consent form in the article's place
    PAYWALL = "paywall"  # a stub before a login or a payment
    SCRIPT_ONLY = "script-only"  # the text is drawn by a script and nowhere in the page
    NOT_ARTICLE = "not-article"  # a form, a product, a legal or profile page
    OTHER_LANGUAGE = "other-language"  # the site's settings refuse this language
    OPTED_OUT = "opted-out"  # the page asks robots not to take it (noindex, noai), and this crawl obeys


class Fate(StrEnum):
    """The one label a URL ends a run with."""

    STORED = "stored"  # an article, in articles/
    UPDATED = "updated"  # a story already known, stored again because its text changed
    UNCHANGED = "unchanged"  # known, and the server or the content hash says it is the same
    DUPLICATE = "duplicate"  # the same story or text as one already stored
    REJECTED = "rejected"  # fetched, judged, not an article: see the rejection's reason
    NOT_FOUND = "not-found"  # 404 or 410
    REFUSED = "refused"  # 401, 402, 403, 451 or another 4xx
    SERVER_ERROR = "server-error"  # 5xx or 429, on every try
    UNREACHABLE = "unreachable"  # no connection, no name, a reset, bad TLS
    TIMED_OUT = "timed-out"  # no whole answer within the deadline
    BAD_RESPONSE = "bad-response"  # too big, a bomb, a broken encoding, a redirect loop
    NOT_TEXT = "not-text"  # a content type that holds no article
    ROBOTS = "robots"  # robots.txt or the page's own robots header forbids it
    FORBIDDEN_ADDRESS = "forbidden-address"  # a private, loopback or otherwise closed address
    OUT_OF_SCOPE = "out-of-scope"  # not of the site by its URL, or older than the day that a crawl begins at
    NOT_REACHED = "not-reached"  # the run's budget or deadline ended first; the next run takes it


class CutReason(StrEnum):
    """Why a piece of text is not part of ``Article.text``: a closed list."""

    ACCESSIBILITY = "accessibility"  # skip links, screen-reader-only headings
    NAVIGATION = "navigation"  # menus, breadcrumbs, tags, pagination
    RESPONSIVE = "responsive"  # breakpoint markers: XS SM MD LG
    SHARE = "share"  # share bars, print and copy links
    RELATED = "related"  # other stories: teasers, "read also", most read
    PROMO = "promo"  # app, donation, product and event promotion, advertising
    NEWSLETTER = "newsletter"  # sign-up boxes
    PAYWALL = "paywall"  # subscribe and log-in boxes
    CONSENT = "consent"  # cookie and privacy notices
    COMMENTS = "comments"  # readers' comments and the form for them
    AUTHOR_BOX = "author-box"  # biography and contact of the author
    BYLINE = "byline"  # now in ``authors``
    DATE_LINE = "date-line"  # publication date and time, now in ``published``
    DATELINE = "dateline"  # place and agency before the first sentence, now in ``dateline``
    TITLE = "title"  # the title again, now in ``title``
    LEAD = "lead"  # the standfirst, now in ``lead``
    CAPTION = "caption"  # a picture's caption, now in ``images``
    CREDIT = "credit"  # a picture's or agency's credit line
    EMBED = "embed"  # an embedded player, post or document's own text
    FACT_BOX = "fact-box"  # a box beside the story
    LEGAL = "legal"  # copyright, terms, correction policy
    FORM = "form"  # a form's labels and buttons
    HIDDEN = "hidden"  # not shown to a reader
    RECURRING = "recurring"  # a line that stands on other pages of the site too
    DOUBLED = "doubled"  # the same line again
    PHRASE = "phrase"  # a known phrase of debris, of no closer kind
    MODEL = "model"  # the block model's judgement alone


class ZoneSource(StrEnum):
    """Where the zone of a date is from: a closed list."""

    NONE = "none"  # no zone is known: a bare day, or no date
    DECLARED = "declared"  # stands in the date itself: an offset, "Z", "EST", seconds since 1970
    PAGE = "page"  # another date of the page has it: the same moment or clock, or one days away
    SHOWN = "shown"  # the date is in UTC, and the clock that the page shows beside its headline is hours off


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedPage:
    """One response, exactly as received; a WARC record, a file or a dump's line becomes one too."""

    url: str  # as requested
    final_url: str  # after redirects
    fetched_at: datetime  # aware, UTC
    status: int  # HTTP status; 200 for files and dumps
    headers: tuple[tuple[str, str], ...]  # as received, in order; () if there were none
    body: bytes  # content-decoded (gzip undone), not character-decoded

    def header(self, name: str) -> str:
        """The first header of this name, whatever its case; "" if absent."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """One piece of debris, or of text that became a field."""

    text: str  # as it stood, white space folded
    reason: CutReason
    rule: str  # what decided: "structure:sr-only", "phrase:hy:...", "model:p=0.03"
    place: str = ""  # where it stood: a short tag path, or "line 3" in plain text


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture of the article."""

    url: str  # absolute
    caption: str = ""  # without the credit
    credit: str = ""  # photographer or agency


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """What one language detector, gate or rule said."""

    detector: str  # "script", "letters", "pycld2", "py3langid", "ngrams", "langdetect", "pair", "declared"
    language: str  # BCP-47, "und" for none
    confidence: float  # 0 to 1, the detector's own


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageShare:
    """A language besides the article's own, and how much of the text it makes."""

    language: str  # BCP-47
    share: float  # of the text's letters, 0 to 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPlace:
    """Where the page as fetched lies."""

    shard: str  # key in the bucket, or the archive's own path; "" if the page was not kept
    offset: int  # of the record's first byte in the (compressed) file


NOT_KEPT = RawPlace(shard="", offset=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A clean article: the public schema."""

    # identity
    id: str  # the story's: same over slugs, mirrors, AMP, tracking parameters and updates; 32 hex
    content_hash: str  # SHA-256 of title and text, white space folded; changes when a reader would see it
    url: str  # as requested
    canonical_url: str  # declared by the page where believable, else cleaned from the final URL
    site: str  # the site file's name, else the host without "www."
    schema_version: int = SCHEMA_VERSION
    # text
    title: str  # without the site's name
    text: str  # paragraphs separated by "\n", in normal form C; no title, captions, debris
    structure: tuple[str, ...] = ()  # a kind for each line of text: p, h2 to h6, li, quote, code, row
    lead: str = ""  # the standfirst shown, else declared (and maybe cut off); ``text`` may hold it too
    dateline: str = ""  # "AUBURN, Wash." or "YEREVAN (Reuters)": ``text`` holds it too where it opens a line
    word_count: int = 0  # words of text; characters where the script writes no spaces
    # people, time, place in the site
    authors: tuple[str, ...] = ()  # people's names; an agency only where no person is named
    published: str = ""  # ISO 8601 UTC, "2026-11-24T08:05:00Z"; a bare day "2026-11-24" if no time is known
    published_zone: str = ""  # offset of the publisher's clock then, "+04:00" or "Z"; "" with a bare day
    published_zone_source: ZoneSource = ZoneSource.NONE  # where that is from
    modified: str = ""  # like ``published``
    modified_zone: str = ""  # like ``published_zone``
    modified_zone_source: ZoneSource = ZoneSource.NONE  # where that is from
    section: str = ""
    tags: tuple[str, ...] = ()
    # pictures
    images: tuple[Image, ...] = ()
    # language
    language: str  # BCP-47, "und" when unsure
    script: str = ""  # ISO 15924: "Latn", "Armn"
    language_confidence: float = 0.0  # 0 to 1, calibrated: of verdicts at .9, nine in ten are right
    language_evidence: tuple[Vote, ...] = ()
    declared_languages: tuple[str, ...] = ()  # what the page says of itself, most trusted first
    other_languages: tuple[LanguageShare, ...] = ()
    # provenance
    fetched_at: str  # ISO 8601 UTC
    status: int
    etag: str = ""
    raw: RawPlace = NOT_KEPT
    extracted_by: str = ""  # "blocks", "lines" (a dump), "embedded:next-data" (data for scripts)
    extractor_version: str = EXTRACTOR_VERSION
    cuts: tuple[Cut, ...] = ()
    flags: tuple[str, ...] = ()  # doubts, and what the page asks for: see docs/bucket.md
    # duplicates
    near_duplicate_signature: str = ""  # SimHash of the words, 16 hex; few bits apart: near copies
    duplicate_of: str = ""  # id of the story whose text this one repeats


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A page that was looked at and not kept, and why. Stored like an article."""

    url: str
    reason: Reason
    detail: str  # the measurement behind it: "83 letters of text, 250 wanted"
    site: str = ""
    title: str = ""  # as far as one was found
    text: str = ""  # what was left of the page, so that a wrong refusal can be seen; capped
    fetched_at: str = ""  # ISO 8601 UTC
    status: int = 0
    raw: RawPlace = NOT_KEPT
    extractor_version: str = EXTRACTOR_VERSION
    schema_version: int = SCHEMA_VERSION


Verdict = Article | Rejection
LiveBlogs = Literal["keep", "refuse"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteProfile:
    """What was learned of a site's pages, never written by hand."""

    recurring: frozenset[str] = frozenset()  # folded lines that stand on several of its pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Plain values that judging depends on besides the page: never settings."""

    site: str = ""  # the site's name; "" takes the host's
    phrases: frozenset[str] = frozenset()  # "language/reason:phrase", folded, from config/debris/
    languages: tuple[str, ...] = ()  # what the site publishes in; () is unknown
    refuse_other_languages: bool = False
    story_id_pattern: str = ""  # regular expression over the URL; its first group is the story's id
    profile: SiteProfile = SiteProfile()
    refused_directives: frozenset[str] = frozenset()  # robots directives that keep a crawled page out: "noai"
    always_langdetect: bool = False  # ask langdetect even where it does not count, for audits
    live_blogs: LiveBlogs = "keep"  # running tickers that can be read as a text; others are never kept
