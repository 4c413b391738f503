"""Pages of another kind than one article: media, lists of stories, tickers, too little text."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from lxml.html import HtmlElement

from extractors.gate.signs import LIST_TYPES, MEDIA_TYPES, OTHER_TYPES, Signs
from extractors.gate.verdict import Refusal
from extractors.gate.walls import AGREEING, SHORT_NEWS, STUB, WEAK
from extractors.records import Reason

# Set on the labelled pages: see tests/benchmarks/benchmark_gate.py.
MIN_WEIGHT = 80.0  # of all kept text; less is a headline and a half
MIN_UNDECLARED = 150.0  # where nothing says that the page is an article
ENTRANCE_TEASERS = 5  # linked headings on a front page
TEASERS = 8  # linked headings on any other page of little text of its own
LINKED_PAGE = 0.4  # of the page's letters, in links: a frame around nothing
STRAY = 120.0  # weight of paragraphs that a page declared as an article has by accident
LIVE_ENTRIES = 5  # timed entries of a ticker
_SEARCHES = frozenset(
    ["q", "s", "query", "search", "keyword", "keywords", "searchterm", "search_query", "text", "term"]
)
_LIVE_NAMES = re.compile(r"live-?blog|live-?ticker|live-?(?:feed|update|entry|post)|liveblogupdate")


def find_live_blog(tree: HtmlElement, signs: Signs) -> Refusal | None:
    """A running ticker: declared as one or named so, with timed entries."""
    is_declared = "liveblogposting" in signs.types
    if not is_declared and signs.declares_news:
        return None
    entries = _timed_entries(tree)
    if is_declared and not signs.declares_news and entries >= LIVE_ENTRIES:
        return Refusal(reason=Reason.LIVE_BLOG, detail=f"declared as a live blog, {entries} timed entries")
    if is_declared or entries < LIVE_ENTRIES:
        return None
    named = sum(
        bool(_LIVE_NAMES.search(_names(element)))
        for element in tree.iter("article", "div", "section", "li", "ol")
    )
    if named:
        return Refusal(
            reason=Reason.LIVE_BLOG,
            detail=f"{named} elements named as a live blog's, {entries} timed entries",
        )
    return None


def find_media(tree: HtmlElement, signs: Signs) -> Refusal | None:
    """A video, audio or photo page with a caption at most."""
    kinds = sorted(signs.types & MEDIA_TYPES)
    limit = SHORT_NEWS if signs.declares_article else STUB if kinds else WEAK
    if not kinds and not signs.players:
        return None
    if signs.own_prose >= limit:
        return None
    what = f"declared as {kinds[0]}" if kinds else f"{signs.players} players"
    return Refusal(
        reason=Reason.MEDIA_PAGE,
        detail=f"{what}, {signs.own_prose:.0f} letters in paragraphs, {limit:.0f} wanted",
    )


def find_index(tree: HtmlElement, signs: Signs, url: str) -> Refusal | None:
    """A front, section, tag or search page: links and teasers, no story of its own."""
    if signs.declares_news:
        return None
    searched = "" if signs.declares_article else _searched(tree, url)
    if searched:
        return Refusal(reason=Reason.INDEX_PAGE, detail=f'results of the search for "{searched[:60]}"')
    detail = _list_of_teasers(signs)
    return Refusal(reason=Reason.INDEX_PAGE, detail=detail) if detail else None


def _list_of_teasers(signs: Signs) -> str:
    """What makes the page a list of stories, in figures; "" if nothing does."""
    figures = f"{signs.headlines_linked} headings that are links, {signs.prose:.0f} letters in paragraphs"
    per_teaser = signs.prose / max(signs.headlines_linked, 1)
    if signs.is_entrance and signs.headlines_linked >= ENTRANCE_TEASERS and per_teaser < STUB:
        return f"a front page: {figures}"
    if signs.declares_article:
        return ""
    if signs.headlines_linked >= TEASERS and per_teaser < SHORT_NEWS and signs.title_share < 0.5:
        return figures
    if signs.types & LIST_TYPES and signs.headlines_linked >= TEASERS and per_teaser < STUB:
        return f"declared as a list: {figures}"
    if signs.truncated_lines >= TEASERS and signs.truncated_lines > signs.prose_lines:
        return f"{signs.truncated_lines} teasers that end in dots"
    return ""


def find_other(signs: Signs) -> Refusal | None:
    """A profile, product or contact page of hardly any text."""
    kinds = sorted(signs.types & OTHER_TYPES)
    if not kinds or signs.declares_article or signs.prose >= STUB:
        return None
    return Refusal(
        reason=Reason.NOT_ARTICLE, detail=f"declared as {kinds[0]}, {signs.prose:.0f} letters in paragraphs"
    )


def find_too_short(signs: Signs) -> Refusal | None:
    """Hardly any text: a headline, a caption, a stub."""
    if not signs.weight:
        if not signs.letters_page:
            return Refusal(reason=Reason.EMPTY, detail="no visible text")
        return Refusal(
            reason=Reason.TOO_SHORT, detail=f"0 of the page's {signs.letters_page} letters are an article's"
        )
    is_little = signs.prose < (STRAY if signs.declares_article else WEAK)
    if is_little and signs.page_linked_share > LINKED_PAGE and 0 <= signs.agreement < AGREEING:
        detail = f"{signs.prose:.0f} letters in paragraphs, which hold {signs.agreement:.0%} of the title's and the description's words"
        return Refusal(reason=Reason.TOO_SHORT, detail=detail)
    wanted = MIN_WEIGHT if signs.declares_article else MIN_UNDECLARED
    if signs.weight < wanted:
        return Refusal(
            reason=Reason.TOO_SHORT, detail=f"{signs.weight:.0f} letters of text, {wanted:.0f} wanted"
        )
    return None


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
