"""Pages of another kind than one article: media, lists of stories, tickers, too little text."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from lxml.html import HtmlElement

from extractors.gate.signs import LIST_TYPES, MEDIA_TYPES, OTHER_TYPES, Signs
from extractors.gate.verdict import Refusal
from extractors.gate.walls import SHORT_NEWS, STUB, WEAK
from extractors.prose import letters
from extractors.records import LiveBlogs, Reason

# Set on the labelled pages: see tests/benchmarks/benchmark_gate.py.
MIN_WEIGHT = 80.0  # of all kept text; less is a headline and a half
MIN_UNDECLARED = 150.0  # where nothing says that the page is an article
BELIEVED = 0.8  # mean probability of text that is one story's, whatever stands around it
ENTRANCE_TEASERS = 5  # linked headings on a front page
TEASERS = 8  # linked headings on any other page of little text of its own
# Set on 2,123 articles (one refused: a list of webcams) and 571 lists of stories in the frames of real pages (411 are).
LISTED = (
    5,
    0.5,
)  # pieces of the kept text, each under a title that is a link; their share of the kept letters
LISTED_DECLARED = (10, 0.7)  # where og:type says "article", as on some sections' pages; no article is refused
LINKED = 0.8  # of the kept letters, in links; no article of the 2,123 that does not declare itself has .8
STORIES = 3  # whole ones on one page
STORY_LETTERS = 200  # of one of them; of a headline with a line below it there are fewer
LIVE_ENTRIES = 5  # timed entries of a ticker
TICKER_TEXT = 400.0  # weight of paragraphs of a ticker that can be read as a text
TICKER_BELIEVED = 0.6  # mean probability of such a text
_SEARCHES = frozenset(
    ["q", "s", "query", "search", "keyword", "keywords", "searchterm", "search_query", "text", "term"]
)
_LIVE_NAMES = re.compile(r"live-?blog|live-?ticker|live-?(?:feed|update|entry|post)|liveblogupdate")


def find_live_blog(signs: Signs, ticker: str, live_blogs: LiveBlogs) -> Refusal | None:
    """A running ticker (``ticker`` says what shows it): one whose text is no text, or any where none is wanted."""
    if not ticker:
        return None
    is_doubted = signs.is_doubted or 0 < signs.probability < TICKER_BELIEVED
    is_text = signs.prose >= TICKER_TEXT and not is_doubted
    if live_blogs == "keep" and is_text:
        return None
    return Refusal(reason=Reason.LIVE_BLOG, detail=f"{ticker}; {_measured(signs)}")


def find_ticker(tree: HtmlElement, signs: Signs) -> str:
    """What makes the page a running ticker, declared as one or named so; "" if nothing does."""
    entries = _timed_entries(tree)
    if "liveblogposting" in signs.types:
        return f"declared as a live blog, {entries} timed entries"
    if signs.declares_news or entries < LIVE_ENTRIES:
        return ""
    named = sum(
        bool(_LIVE_NAMES.search(_names(element)))
        for element in tree.iter("article", "div", "section", "li", "ol")
    )
    return f"{named} elements named as a live blog's, {entries} timed entries" if named else ""


def find_shape(tree: HtmlElement, signs: Signs, url: str) -> Refusal | None:
    """What else than a story the page is, or too little of one."""
    return find_media(signs) or find_index(tree, signs, url) or find_other(signs) or find_too_short(signs)


def find_media(signs: Signs) -> Refusal | None:
    """A video, audio or photo page with a caption at most."""
    kinds = sorted(signs.types & MEDIA_TYPES)
    if not kinds and not signs.players:
        return None
    # og:type "article" is set by habit on media pages too: beside a declared medium it does not count.
    says_article = signs.declares_news or (signs.declares_article and not kinds)
    limit = SHORT_NEWS if says_article else STUB if kinds else WEAK
    least = (
        0.0 if signs.declares_news else 0.5 if kinds else 0.3
    )  # mean probability of a text beside a player
    is_doubted = signs.is_doubted or 0 < signs.probability < least
    is_text = signs.prose >= limit or (
        not kinds and signs.weight >= STUB
    )  # verses are text, and no paragraphs
    if is_text and not is_doubted:
        return None
    what = f"declared as {kinds[0]}" if kinds else f"{signs.players} players"
    return Refusal(reason=Reason.MEDIA_PAGE, detail=f"{what}, {_measured(signs)}, {limit:.0f} wanted")


def find_index(tree: HtmlElement, signs: Signs, url: str) -> Refusal | None:
    """A front, section, tag or search page: links and teasers, no story of its own."""
    if signs.declares_news:
        return None
    searched = "" if signs.declares_article else _searched(tree, url)
    if searched:
        return Refusal(reason=Reason.INDEX_PAGE, detail=f'results of the search for "{searched[:60]}"')
    has_own_story = not signs.is_entrance and (signs.declares_article or signs.title_share >= 0.5)
    stories = 0 if has_own_story else _whole_stories(tree)
    if stories >= STORIES:
        return Refusal(
            reason=Reason.INDEX_PAGE, detail=f"{stories} stories, each under a headline that is a link"
        )
    detail = _list_of_excerpts(signs) or _list_of_teasers(signs)
    return Refusal(reason=Reason.INDEX_PAGE, detail=detail) if detail else None


def _list_of_excerpts(signs: Signs) -> str:
    """What shows, in figures, that the kept text is no story but pieces of others; "" if nothing does."""
    least, share = LISTED_DECLARED if signs.declares_article else LISTED
    if signs.teasers >= least and signs.teaser_share >= share and not signs.has_own_story:
        return f"{signs.teasers} pieces under titles that are links, {signs.teaser_share:.0%} of the kept letters"
    if signs.linked_share >= LINKED and not signs.declares_article:
        return f"{signs.linked_share:.0%} of the kept letters are links"
    return ""


def _list_of_teasers(signs: Signs) -> str:
    """What makes the whole page a list of stories, in figures; "" if nothing does."""
    figures = f"{signs.headlines_linked} headings that are links, {signs.prose:.0f} letters in paragraphs"
    per_teaser = signs.prose / max(signs.headlines_linked, 1)
    is_much_linked = signs.headlines_linked >= TEASERS
    is_front = signs.is_entrance and signs.headlines_linked >= ENTRANCE_TEASERS
    if is_front and (per_teaser < STUB or not signs.declares_article):
        return f"a front page: {figures}"
    if signs.declares_article:
        return ""
    is_thin = per_teaser < SHORT_NEWS and signs.title_share < 0.5 and signs.probability < BELIEVED
    if is_much_linked and (signs.is_doubted or is_thin):
        return figures
    if signs.types & LIST_TYPES and is_much_linked and per_teaser < SHORT_NEWS:
        return f"declared as a list: {figures}"
    if signs.truncated_lines >= TEASERS and signs.truncated_lines > signs.prose_lines:
        return f"{signs.truncated_lines} teasers that end in dots"
    return ""


def _whole_stories(tree: HtmlElement) -> int:
    """How many stories the page holds whole, as a blog's front page does: article elements under linked headlines."""
    return sum(
        any(heading.find(".//a") is not None for heading in article.iter("h1", "h2", "h3"))
        and letters(article.text_content()) >= STORY_LETTERS
        for article in tree.iter("article")
    )


def find_other(signs: Signs) -> Refusal | None:
    """A profile, product or contact page of hardly any text."""
    kinds = sorted(signs.types & OTHER_TYPES)
    if not kinds or signs.declares_article or signs.prose >= STUB:
        return None
    return Refusal(
        reason=Reason.NOT_ARTICLE, detail=f"declared as {kinds[0]}, {signs.prose:.0f} letters in paragraphs"
    )


def find_too_short(signs: Signs) -> Refusal | None:
    """Hardly any text: a headline, a caption, a stub, or lines that are more likely debris."""
    if not signs.weight:
        if not signs.letters_page:
            return Refusal(reason=Reason.EMPTY, detail="0 letters of visible text")
        return Refusal(
            reason=Reason.TOO_SHORT, detail=f"0 of the page's {signs.letters_page} letters are an article's"
        )
    wanted = MIN_WEIGHT if signs.declares_article else MIN_UNDECLARED
    if signs.weight < wanted:
        return Refusal(
            reason=Reason.TOO_SHORT, detail=f"{signs.weight:.0f} letters of text, {wanted:.0f} wanted"
        )
    if signs.is_doubted:
        return Refusal(reason=Reason.TOO_SHORT, detail=_measured(signs))
    return None


def _measured(signs: Signs) -> str:
    text = f"{signs.prose:.0f} letters in paragraphs"
    if signs.probability:
        text += f" of probability {signs.probability:.2f}"
    return (
        text
        if signs.agreement < 0
        else f"{text}, with {signs.agreement:.0%} of the title's or description's words"
    )


def _timed_entries(tree: HtmlElement) -> int:
    """How many times of the day stand on the page, each in a time element."""
    return len({time.get("datetime") or time.text_content() for time in tree.iter("time")})


def _searched(tree: HtmlElement, url: str) -> str:
    """What was searched for, where the address and a search field on the page agree on it."""
    try:
        asked = {
            value.strip().casefold()
            for key, value in parse_qsl(urlsplit(url).query)
            if key.lower() in _SEARCHES
        }
    except ValueError:
        return ""
    shown = {(field.get("value") or "").strip().casefold() for field in tree.iter("input")}
    return next(iter(sorted((asked & shown) - {""})), "")


def _names(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}".lower()
