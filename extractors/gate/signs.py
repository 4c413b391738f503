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
OTHER_TYPES = frozenset(
    ["profilepage", "profile", "contactpage", "aboutpage", "checkoutpage", "product", "product.item"]
)
PLENTY = 3000.0  # weight of paragraphs from which nothing depends on a letter more
LETTERS_A_CHARACTER = 0.8  # of an alphabet's running text
# Set with an early block model on 2,165 gold pages (10 were doubted: stubs, lists, text that lies elsewhere) and on
# 407 of them with the article taken out (55 % were). The model has seen these pages: hence the margins.
DOUBTS = ((150.0, 0.6), (400.0, 0.5), (1500.0, 0.4))  # up to so much prose, under so much mean probability
TRUST_IN_NEWS = 0.1  # of probability, for pages that say in structured data that they are articles
AGREEING = 0.34  # of the title's or the description's words, found in the text; under it they disagree
AGREEING_WELL = 0.8
STRAY_PROBABILITY = 0.7  # under which text that disagrees with the title is doubted
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
    def agreement(self) -> float:
        """The greater share of title's and description's words that the text holds; -1 if the page has neither."""
        return max(self.title_share, self.lead_share)

    @property
    def is_doubted(self) -> bool:
        """Whether the block model takes the kept text for debris, by as much as its length asks for.

        Little text is doubted sooner, text that holds the title's and description's words later.
        """
        if not self.probability:  # the model was not asked
            return self.prose < (STRAY if self.declares_article else DOUBTS[1][0]) and self.is_stray
        trust = TRUST_IN_NEWS if self.declares_news else 0.0
        doubted = any(self.prose < limit and self.probability < least - trust for limit, least in DOUBTS)
        if doubted and (self.prose < DOUBTS[0][0] or self.agreement < AGREEING_WELL):
            return True
        return self.prose < DOUBTS[1][0] and self.probability < STRAY_PROBABILITY - trust and self.disagrees

    @property
    def is_stray(self) -> bool:
        """Whether the text has nothing to do with the title, on a page that is mostly links."""
        return self.page_linked_share > LINKED_PAGE and self.disagrees

    @property
    def disagrees(self) -> bool:
        """Whether title and description, where there are any, share hardly a word with the text."""
        return 0 <= self.agreement < AGREEING

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
