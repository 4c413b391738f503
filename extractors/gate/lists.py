"""Lists of stories: front pages, sections, tags, searches."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from lxml.html import HtmlElement

from extractors.gate.signs import LIST_TYPES, Signs
from extractors.gate.sizes import SHORT_NEWS, STUB
from extractors.gate.verdict import Refusal
from extractors.prose import letters
from extractors.records import Reason

# Set on the labelled pages: see tests/benchmarks/benchmark_gate.py.
BELIEVED = 0.8  # mean probability of text that is one story's, whatever stands around it
ENTRANCE_TEASERS = 5  # linked headings on a front page
TEASERS = 8  # linked headings on any other page of little text of its own
# Pieces of the kept text between links to other stories, and their share of its letters. Set on 2,123 articles and 571
# lists of stories in the frames of real pages, with models that had not seen the publisher.
LISTED = (5, 0.5)  # 423 of the lists, and one article: a list of webcams
LISTED_DECLARED = (15, 0.7)  # where og:type says "article", as on some sections' pages; no article
# No article, of those that declare themselves by og:type alone neither.
DOTTED = 5  # pieces that end in dots of omission
DOTTED_SHARE = 0.3  # of the paragraphs' number
LINKED = 0.8  # of the kept letters, in links: no article that does not declare itself has as much
STORIES = 3  # whole ones on one page
STORY_LETTERS = 200  # of one of them; of a headline with a line below it there are fewer
_SEARCHES = frozenset(
    ["q", "s", "query", "search", "keyword", "keywords", "searchterm", "search_query", "text", "term"]
)


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
    if signs.truncated_lines >= max(DOTTED, DOTTED_SHARE * signs.prose_lines) and not signs.has_own_story:
        return f"{signs.truncated_lines} pieces that end in dots beside {signs.prose_lines} paragraphs"
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
    return ""


def _whole_stories(tree: HtmlElement) -> int:
    """How many stories the page holds whole, as a blog's front page does: article elements under linked headlines."""
    return sum(
        any(heading.find(".//a") is not None for heading in article.iter("h1", "h2", "h3"))
        and letters(article.text_content()) >= STORY_LETTERS
        for article in tree.iter("article")
    )


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
