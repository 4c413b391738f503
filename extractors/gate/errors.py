"""Pages that say with a success status that there is no page: not found, no access, closed for repairs.

Structure decides where it can: a status code, a template's names, an address. Where a page only says so in words,
the words of ``data/placeholders.tsv`` count, and only on pages that have little text and nothing that an article has.
Of 3,906 openings of real articles, cut to 200 or 390 letters and stripped of type, date and author, none is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from extractors.findings import Content, Metadata
from extractors.gate.naming import names_of
from extractors.gate.placeholders import count_texts, find_title
from extractors.gate.signs import Signs
from extractors.gate.sizes import LONG, SHORT_NEWS, STUB, WEAK
from extractors.gate.verdict import Refusal
from extractors.prose import weight
from extractors.records import Reason

# The HTTP status words of RFC 9110 are figures in every language; templates name their error pages in English.
_STATUS = re.compile(r"(?<![\d.,:/-])(?:40[0134]|410|451|50[0234])(?![\d/%-]|[.,:]\d)")
_STATUS_ALONE = re.compile(
    r"\s*(?:(?:http\s+)?error\s*[:#]?\s*)?(?:40[0134]|410|451|50[0234])\s*[.!]?\s*", re.I
)
_CODE_APART = re.compile(
    r"(?:^|[-–—|:•·(])\s*(?:(?:http|error)\s+){0,2}(?:40[0134]|410|451|50[0234])(?:\s+error)?\s*(?:$|[-–—|:•·)!.])",
    re.I,
)
_CODE_FIRST = re.compile(r"\W*40[34]\b")
# Whole names: "post-404" is a story's number, and "search-not-found" hides on many pages.
_ERROR_NAMES = re.compile(
    r"(?:^|\s)(?:error-?page|page-?error|(?:error|http|page|is|status)?-?40[34](?:-?(?:page|error|content|wrapper|container))?"
    r"|error-?50[0234]|(?:page|is|error)?-{0,2}not-?found(?:-?page)?)(?:$|\s|__|--)"
)
# What firewalls put in a page's place; the scripts that they add to every page do not count.
_CHECK_NAMES = re.compile(
    r"(?:^|\s)(?:cf-error-details|cf-challenge|challenge-(?:form|running|error)|px-captcha)"
)
_CHECK_FRAMES = re.compile(r"captcha-delivery\.com|_incapsula_resource|/cdn-cgi/challenge-platform/h/", re.I)
_ERROR_PATH = re.compile(
    r"/(?:[a-z]{2}/)?(?:(?:error|err|page)?[-_/]?(?:404|403|410|50[023])|(?:page[-_]?)?not[-_]?found|error(?:page)?)(?:\.\w{2,5})?/?",
    re.I,
)
_HINTED_TEXTS = 3  # wordings in a text that no title introduces
_BESIDE_SIGNS = 2  # wordings in a text below such a title on a page with a date, or of much text


def find_error(
    tree: HtmlElement, metadata: Metadata, content: Content, signs: Signs, url: str
) -> Refusal | None:
    """A page that says "not found", "no access" or "server error" with a success status."""
    if signs.declares_news or signs.prose > LONG or signs.weight > LONG:
        return None
    texts = [line.text for line in content.lines] or [cut.text for cut in content.cuts]
    detail = ""
    if signs.prose <= STUB:
        detail = _find_code(tree, metadata, signs, texts) or _find_structure(tree, metadata, signs, url)
    detail = detail or _find_words(tree, metadata, signs, texts)
    if not detail:
        return None
    return Refusal(reason=Reason.ERROR_PAGE, detail=f"{detail}, {signs.prose:.0f} letters in paragraphs")


def _find_code(tree: HtmlElement, metadata: Metadata, signs: Signs, texts: list[str]) -> str:
    """A status code in the title, or a template's name for its error page."""
    shown = next((title for title in metadata.titles if _STATUS.search(title) and weight(title) < 60), "")
    if shown and not (signs.is_dated and signs.prose >= SHORT_NEWS) and _is_code(shown, signs, texts):
        return f'a status code in the title "{shown[:80]}"'
    elements = tree.iter("html", "body", "main", "section", "article", "div", "h1")
    found = filter(None, (_ERROR_NAMES.search(names_of(element)) for element in elements))
    name = next((match.group().strip() for match in found), "")
    return f'markup named "{name}"' if name else ""


def _is_code(title: str, signs: Signs, texts: list[str]) -> bool:
    """Whether the figure is a status: not the number of a bus, of a road or of marchers."""
    if _CODE_APART.search(title) or find_title("error", [title]):
        return True
    return (signs.is_bare and bool(_CODE_FIRST.match(title))) or count_texts("error", texts) > 0


def _find_structure(tree: HtmlElement, metadata: Metadata, signs: Signs, url: str) -> str:
    """A firewall's question, an error page's address, or a status code that stands alone."""
    if not signs.is_bare:
        return ""
    for element in tree.iter("div", "form", "iframe", "section", "body"):
        frame = _CHECK_FRAMES.search(element.get("src") or "") if element.tag == "iframe" else None
        if frame or _CHECK_NAMES.search(names_of(element)):
            return "a firewall's question"
    for address in (url, metadata.canonical_url):
        if _ERROR_PATH.fullmatch(_path(address)):
            return f'the address of an error page "{_path(address)[:60]}"'
    headings = (
        ("h1", "h2") if signs.letters_page > LONG else ("h1", "h2", "h3", "div", "p", "span", "strong", "b")
    )
    if signs.prose < WEAK and any(map(_is_status, tree.iter(*headings))):
        return "a status code that stands alone"
    return ""


def _find_words(tree: HtmlElement, metadata: Metadata, signs: Signs, texts: list[str]) -> str:
    """What the page says of itself in words, where nothing else says that it is an article."""
    if signs.is_signed:
        return ""
    title = find_title("error", dict.fromkeys((metadata.title, *metadata.titles, *_headings(tree))))
    if title is None and not (signs.is_bare and signs.prose < WEAK):
        return ""
    told = count_texts("error", texts)
    if title is None:
        is_found = told >= _HINTED_TEXTS
    elif signs.is_dated or signs.prose > STUB:
        is_found = told >= _BESIDE_SIGNS
    elif title.is_whole or signs.declares_article:  # by og:type, as many sites set it on every page
        is_found = told > 0
    else:
        is_found = True
    if not is_found:
        return ""
    named = f'the title says "{title.phrase}"' if title else "no title says what the page is"
    return f"{named}, {told} of an error page's turns in the text"


def _headings(tree: HtmlElement) -> Iterator[str]:
    for heading in tree.iter("h1"):
        yield " ".join(heading.text_content().split())


def _is_status(element: HtmlElement) -> bool:
    return not len(element) and bool(_STATUS_ALONE.fullmatch(element.text or ""))


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
