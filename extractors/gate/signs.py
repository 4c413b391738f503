"""What is measured of a page before anything is decided."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from extractors.findings import Content, Metadata
from extractors.prose import is_prose, is_truncated, share_of_terms, weight

# schema.org's types of articles and Open Graph's, lower case (https://schema.org/Article and below it).
ARTICLE_TYPES = frozenset(
    [
        "article",
        "newsarticle",
        "reportagenewsarticle",
        "opinionnewsarticle",
        "analysisnewsarticle",
        "backgroundnewsarticle",
        "reviewnewsarticle",
        "askpublicnewsarticle",
        "advertisercontentarticle",
        "satiricalarticle",
        "scholarlyarticle",
        "techarticle",
        "report",
        "blogposting",
        "socialmediaposting",
        "discussionforumposting",
        "medicalscholarlyarticle",
    ]
)
# Those that no page of another kind declares by habit, as sites do with og:type "article".
NEWS_TYPES = frozenset(kind for kind in ARTICLE_TYPES if kind != "article")
MEDIA_TYPES = frozenset(
    [
        "videoobject",
        "audioobject",
        "imagegallery",
        "mediagallery",
        "video",
        "video.other",
        "video.episode",
        "video.movie",
        "video.tv_show",
        "music.song",
        "podcastepisode",
        "episode",
        "movie",
        "clip",
    ]
)
COLLECTION_TYPES = frozenset({"collectionpage", "searchresultspage"})
LIST_TYPES = COLLECTION_TYPES | {"itemlist"}
PRODUCT_TYPES = frozenset({"product", "product.item", "productgroup"})
OTHER_TYPES = PRODUCT_TYPES | {"profilepage", "profile", "contactpage", "aboutpage", "checkoutpage"}
OFFER_TYPES = frozenset(
    {"offer", "aggregateoffer", "product.item"}
)  # of 2,125 articles 10 have one: all declare an article
PLENTY = 3000.0  # weight of paragraphs from which nothing depends on a letter more
LETTERS_A_CHARACTER = 0.8  # of an alphabet's running text
Doubts = tuple[tuple[float, float], ...]  # letters, probability
AGREEING = 0.34  # of the title's or the description's words, found in the text; text with less disagrees
AGREEING_WELL = 0.8
# Up to so many letters, text of less mean probability is doubted: the more so the less it agrees with title and
# description. Set on 2,123 articles and 917 pages whose article was cut out, each judged by a model that had not seen
# its publisher; in brackets the least probability of an article of that size, and how many of the others are doubted.
DOUBTS_DISAGREEING: Doubts = ((1500.0, 0.85),)  # (.92; 366 of 496)
DOUBTS_BETWEEN: Doubts = ((250.0, 0.75), (1500.0, 0.5))  # (.98; 64 of 100) (.55; 20 of 103)
# By all kept text, not by paragraphs alone: a list of links can be a post.
DOUBTS_AGREEING: Doubts = ((250.0, 0.7),)  # (.92; 17 of 57)
TRUST_IN_NEWS = 0.1  # of probability, for pages that say in structured data that they are articles
SURE = 0.9  # mean probability of text that hardly any doubt is left of
UNASKED = 400.0  # weight of paragraphs up to which text that nobody weighed is doubted on a page of links
STORY_TITLE = 20.0  # weight of a title that says more than a section's name does
STRAY = 120.0  # weight of paragraphs that a page declared as an article has by accident
LINKED_PAGE = 0.4  # of the page's letters, in links: a frame around nothing
_PLAYER = re.compile(
    r"//[^/]*(?:youtu|vimeo|dailymotion|soundcloud|rutube)|[/.-]player[/.-]|/embed/(?:video|audio)", re.I
)
_ENTRANCE = re.compile(r"/?(?:index\.\w{2,5}|home|[a-z]{2}(?:[-_][a-z]{2})?)?/?", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """A page's figures; text is weighed in letters of an English text that says as much."""

    weight: float  # of the kept lines
    prose: float  # of those that read as paragraphs
    lines: int
    prose_lines: int
    truncated_lines: int  # end in dots of omission, as teasers do
    linked_share: float  # of the kept letters, inside links
    page_linked_share: float  # of all the page's letters
    letters_page: int
    headlines_linked: int  # headings that are links, on the whole page
    teasers: int  # pieces of kept text, each under another story's title
    teaser_share: float  # of the kept letters, in them
    title_weight: float
    probability: float  # letter-weighted mean that the block model gives the kept text; 0 if it gave none
    title_share: float  # of the title's words, found in the text; -1 without a title
    lead_share: float  # of the declared description's words, likewise
    types: frozenset[str]  # declared
    players: int  # video and audio elements, and frames that hold one
    passwords: int  # password fields
    is_entrance: bool  # the URL is a site's or a language's front page
    is_dated: bool  # a publication date was found
    is_signed: bool  # an author was found

    @property
    def declares_article(self) -> bool:
        """Whether the page says that it is an article; og:type does not count beside a list's own type."""
        if self.types & COLLECTION_TYPES and not self.declares_news:
            return False
        return bool(self.types & ARTICLE_TYPES)

    @property
    def is_bare(self) -> bool:
        """Whether nothing says that this is an article: no declared type, no date, no author."""
        return not (self.declares_article or self.is_dated or self.is_signed)

    @property
    def agreement(self) -> float:
        """The greater share of title's and description's words that the text holds; -1 if the page has neither."""
        return max(self.title_share, self.lead_share)

    @property
    def is_doubted(self) -> bool:
        """Whether the block model takes the kept text for debris, by as much as its length asks for.

        Little text is doubted sooner, text that holds the title's and description's words later.
        """
        if not self.probability:  # the model was not asked
            return self.prose < (STRAY if self.declares_article else UNASKED) and self.is_stray
        trust = TRUST_IN_NEWS if self.declares_news else 0.0
        size, doubts = self.prose, DOUBTS_BETWEEN
        if self.agreement >= AGREEING_WELL:
            size, doubts = self.weight, DOUBTS_AGREEING
        elif self.disagrees:
            doubts = DOUBTS_DISAGREEING
        return any(size < limit and self.probability < least - trust for limit, least in doubts)

    @property
    def is_stray(self) -> bool:
        """Whether the text has nothing to do with the title, on a page that is mostly links."""
        return self.page_linked_share > LINKED_PAGE and self.disagrees

    @property
    def disagrees(self) -> bool:
        """Whether title and description, where there are any, share hardly a word with the text."""
        return 0 <= self.agreement < AGREEING

    @property
    def is_sure(self) -> bool:
        """Whether the block model believes the text, and it holds what title or description say."""
        return self.probability >= SURE and self.agreement >= AGREEING_WELL

    @property
    def has_own_story(self) -> bool:
        """Whether the text holds what the description says, or a title that says more than a section's name does."""
        is_titled = self.title_share >= AGREEING_WELL and self.title_weight >= STORY_TITLE
        return is_titled or self.lead_share >= AGREEING_WELL

    @property
    def declares_news(self) -> bool:
        """Whether it says so in structured data, not by og:type alone."""
        return bool(self.types & NEWS_TYPES)


def read_signs(tree: HtmlElement, metadata: Metadata, content: Content, url: str) -> Signs:
    """The figures of one page."""
    measured = content.measurements
    texts = [line.text for line in content.lines]
    sizes, prose_lines = _weigh(texts)
    folded = "\n".join(texts).casefold()
    return Signs(
        weight=sum(sizes),
        prose=sum(sizes[index] for index in prose_lines),
        lines=len(texts),
        prose_lines=len(prose_lines),
        truncated_lines=sum(is_truncated(text) for text in texts),
        linked_share=measured.letters_kept_linked / max(measured.letters_kept, 1),
        page_linked_share=measured.letters_linked / max(measured.letters_page, 1),
        letters_page=measured.letters_page,
        headlines_linked=measured.headlines_linked,
        teasers=measured.teasers,
        teaser_share=measured.letters_teasers / max(measured.letters_kept, 1),
        title_weight=weight(metadata.title),
        probability=measured.mean_probability,
        title_share=share_of_terms(metadata.title, folded),
        lead_share=share_of_terms(metadata.lead, folded),
        types=frozenset(metadata.declared_types),
        players=sum(1 for _ in tree.iter("video", "audio")) + sum(map(_is_player, tree.iter("iframe"))),
        passwords=sum(field.get("type") == "password" for field in tree.iter("input")),
        is_entrance=_is_entrance(url),
        is_dated=bool(metadata.published),
        is_signed=bool(metadata.authors),
    )


def _is_player(frame: HtmlElement) -> bool:
    return bool(_PLAYER.search(frame.get("src") or frame.get("data-src") or ""))


def _weigh(texts: list[str]) -> tuple[list[float], list[int]]:
    """Each line's weight, and which lines are paragraphs; once there is plenty the rest is estimated."""
    sizes: list[float] = []
    prose: list[int] = []
    total = 0.0
    for index, text in enumerate(texts):
        size = weight(text) if total < PLENTY else LETTERS_A_CHARACTER * len(text)
        sizes.append(size)
        if is_prose(text, size):
            prose.append(index)
            total += size
    return sizes, prose


def _is_entrance(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(_ENTRANCE.fullmatch(parts.path)) and not parts.query
