"""Pages of another kind than one article: media, tickers, forms, too little text."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from extractors.gate.signs import (
    AGREEING_WELL,
    MEDIA_TYPES,
    OFFER_TYPES,
    OTHER_TYPES,
    PLENTY,
    PRODUCT_TYPES,
    Signs,
)
from extractors.gate.sizes import SHORT_NEWS, STUB, WEAK
from extractors.gate.verdict import Refusal
from extractors.records import LiveBlogs, Reason

# Set on the labelled pages: see tests/benchmarks/benchmark_gate.py.
MIN_WEIGHT = 80.0  # of all kept text; less is a headline and a half
MIN_AGREEING = 60.0  # of text that holds what title or description say, and is believed
MIN_UNDECLARED = 150.0  # where nothing says that the page is an article
DESCRIPTION = 200.0  # weight of paragraphs that make more of a medium's description than a caption
LIVE_ENTRIES = 5  # timed entries of a ticker
TICKER_TEXT = 400.0  # weight of paragraphs of a ticker that can be read as a text
TICKER_BELIEVED = 0.6  # mean probability of such a text
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
    if "liveblogposting" in signs.types and (entries >= LIVE_ENTRIES or not signs.declares_news):
        return f"declared as a live blog, {entries} timed entries"
    if signs.declares_news or entries < LIVE_ENTRIES:
        return ""
    named = sum(
        bool(_LIVE_NAMES.search(_names(element)))
        for element in tree.iter("article", "div", "section", "li", "ol")
    )
    return f"{named} elements named as a live blog's, {entries} timed entries" if named else ""


def find_media(signs: Signs) -> Refusal | None:
    """A video, audio or photo page with a caption at most."""
    kinds = sorted(signs.types & MEDIA_TYPES)
    if not kinds and not signs.players:
        return None
    # og:type "article" is set by habit on media pages too: beside a declared medium it does not count.
    says_article = signs.declares_news or (signs.declares_article and not kinds)
    limit = SHORT_NEWS if says_article else STUB if kinds else WEAK
    # mean probability of a text beside a player
    least = 0.0 if signs.declares_news else 0.5 if kinds else 0.3
    is_plenty = signs.prose >= PLENTY and signs.agreement >= AGREEING_WELL  # a recipe beside its film
    is_doubted = signs.is_doubted or (0 < signs.probability < least and not is_plenty)
    unlinked = signs.weight * (1 - signs.linked_share)
    is_verse = not kinds and unlinked >= STUB  # text, and no paragraphs
    is_described = signs.prose >= DESCRIPTION and signs.is_sure
    is_text = signs.prose >= limit or is_verse or is_described
    if is_text and not is_doubted:
        return None
    what = f"declared as {kinds[0]}" if kinds else f"{signs.players} players"
    return Refusal(reason=Reason.MEDIA_PAGE, detail=f"{what}, {_measured(signs)}, {limit:.0f} wanted")


def find_other(signs: Signs) -> Refusal | None:
    """A profile, product or contact page of hardly any text."""
    kinds = sorted(signs.types & OTHER_TYPES)
    if not kinds or signs.declares_article or signs.prose >= STUB:
        return None
    return Refusal(
        reason=Reason.NOT_ARTICLE, detail=f"declared as {kinds[0]}, {signs.prose:.0f} letters in paragraphs"
    )


def is_for_sale(signs: Signs) -> bool:
    """Whether the page declares a product and its price, and no article.

    Told, not refused: on five of the corpora's 953 general pages such a text was wanted, as a description.
    """
    return bool(signs.types & PRODUCT_TYPES and signs.types & OFFER_TYPES) and not signs.declares_article


def find_too_short(signs: Signs) -> Refusal | None:
    """Hardly any text: a headline, a caption, a stub, or lines that are more likely debris."""
    if not signs.weight:
        if not signs.letters_page:
            return Refusal(reason=Reason.EMPTY, detail="0 letters of visible text")
        return Refusal(
            reason=Reason.TOO_SHORT, detail=f"0 of the page's {signs.letters_page} letters are an article's"
        )
    wanted = MIN_UNDECLARED
    if signs.declares_article:
        wanted = MIN_AGREEING if signs.is_sure else MIN_WEIGHT
    if signs.weight < wanted:
        return Refusal(
            reason=Reason.TOO_SHORT, detail=f"{signs.weight:.0f} letters of text, {wanted:.0f} wanted"
        )
    if signs.is_doubted:
        reason = Reason.TOO_SHORT if signs.prose < STUB else Reason.NOT_ARTICLE
        return Refusal(reason=reason, detail=_measured(signs))
    if signs.prose < SHORT_NEWS and not (signs.declares_article or signs.is_dated or signs.is_signed):
        detail = f"{_measured(signs)}, no date, no author and no word of being an article"
        return Refusal(reason=Reason.TOO_SHORT, detail=detail)
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


def _names(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}".lower()
