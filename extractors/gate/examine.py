"""The gate: the first reason that holds refuses a page; doubts are told."""

from __future__ import annotations

from lxml.html import HtmlElement

from extractors.findings import Content, Metadata
from extractors.gate import formalities, lists, shapes, walls
from extractors.gate.signs import Signs, read_signs
from extractors.gate.sizes import SHORT_NEWS, WEAK
from extractors.gate.verdict import Examination, Refusal
from extractors.prose import weight
from extractors.records import LiveBlogs, Reason

_ASKED = ("noarchive", "noai", "noimageai")  # what a page asks of those who keep it: told, obeyed elsewhere
SHORT_DUMP = 100.0  # letters of one long sentence, which a title makes a short news item
# Of 1,209 articles of known text, judged by models that had not seen their publisher, 45 have F1 under .8. With what is
# marked for other reasons 68 are "torn" (5.6 %), 20 of the 45 among them and 36 of the 108 under .9; their mean F1 is .82,
# that of all .96. Of pages that pass with their article cut out 346 of 464 are, of lists of stories that pass 60 of 84.
TORN_SHARE = 0.3  # of the text's letters, with a probability between .3 and .7
UNSURE = 0.88  # mean probability of the kept text


def find_refusal(
    tree: HtmlElement, metadata: Metadata, content: Content, url: str, *, live_blogs: LiveBlogs = "keep"
) -> Refusal | None:
    """Why the page is not one article; None if it is one. See ``examine`` for the doubts that stay.

    Refusing a real article costs five times what letting an index page through costs: a page is refused
    on strong signs alone, and short news passes where the page says that it is an article.
    """
    return examine(tree, metadata, content, url, live_blogs=live_blogs).refusal


def examine(
    tree: HtmlElement, metadata: Metadata, content: Content, url: str, *, live_blogs: LiveBlogs = "keep"
) -> Examination:
    """A refusal, or none, and the doubts: what an editor should look at.

    "torn" marks a page for review: the block model was unsure of its text, there is little of it, or it shares hardly a
    word with title and description. Three in ten of those marked have F1 under .8, one in twenty-seven of all.

    Args:
        tree: the parsed page, not changed.
        metadata: what it says of itself.
        content: what was chosen from it, with its measurements.
        url: where it lies after redirects.
        live_blogs: whether running tickers that can be read as a text are kept.
    """
    signs = read_signs(tree, metadata, content, url)
    ticker = shapes.find_ticker(tree, signs)
    refusal = (
        walls.find_wall(tree, metadata, content, signs, url)
        or shapes.find_live_blog(signs, ticker, live_blogs)
        or shapes.find_media(signs)
        or lists.find_index(tree, signs, url)
        or shapes.find_other(signs)
        or formalities.find_formality(metadata, signs, url)
        or shapes.find_too_short(signs)
    )
    flags = [directive for directive in metadata.robots if directive in _ASKED]
    if refusal is None:
        flags += ["live-blog"] if ticker else []
        flags += ["for-sale"] if shapes.is_for_sale(signs) else []
        flags += _doubts(tree, metadata, content, signs)
    return Examination(refusal=refusal, flags=tuple(flags))


def examine_dump(metadata: Metadata, content: Content) -> Examination:
    """The same for a page of plain text, which has nothing but its lines to go by.

    Args:
        metadata: what ``read_plain_text`` found; a title speaks for an article.
        content: its running text and measurements.
    """
    if not content.measurements.letters_page:
        return Examination(refusal=Refusal(reason=Reason.EMPTY, detail="no letters"))
    size = sum(weight(line.text) for line in content.lines)
    wanted = SHORT_DUMP if metadata.title else WEAK
    if size < wanted:
        detail = f"{size:.0f} letters of running text, {wanted:.0f} wanted"
        return Examination(refusal=Refusal(reason=Reason.TOO_SHORT, detail=detail))
    return Examination()


def _doubts(tree: HtmlElement, metadata: Metadata, content: Content, signs: Signs) -> list[str]:
    flags = []
    if walls.is_behind_payment(tree, metadata, content, signs):
        flags.append("paywall")
    is_unsure = content.measurements.torn_share >= TORN_SHARE or 0 < signs.probability < UNSURE
    is_weak = signs.prose < SHORT_NEWS or (signs.linked_share > 0.5 and not signs.declares_news)
    if is_unsure or is_weak or signs.disagrees:
        flags.append("torn")
    return flags
