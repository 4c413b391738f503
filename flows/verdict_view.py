"""A verdict as a person looks at it, as JSON, and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from math import ceil
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from extractors.records import Article, Cut, CutReason, Rejection, Verdict, ZoneSource
from flows.console import counted, plain_table, titled

_PREFIX = {
    "h2": "## ",
    "h3": "### ",
    "h4": "#### ",
    "h5": "##### ",
    "h6": "###### ",
    "li": "- ",
    "quote": "> ",
}
_MOVED = {
    CutReason.TITLE: "title",
    CutReason.LEAD: "lead",
    CutReason.CAPTION: "images",
    CutReason.BYLINE: "authors",
    CutReason.DATELINE: "dateline",
    CutReason.DATE_LINE: "published",
}
_DOUBTS = {
    "torn": "marked for review: gate or model were unsure whether this is one article and all of it",
    "paywall": "may end at a payment",
    "live-blog": "a running ticker",
    "for-sale": "a product's description: the page declares its price, and no article",
    "cut-short": "the page is too big to be read whole",
    "embedded": "the page shows no such text, or only its beginning: it was read from the data for its scripts",
    "language-conflict": "the page declares another language",
    "title-language": "the title is in another language than the text",
    "bilingual": "a large part of the text is in another language",
    "unexpected-language": "no language that the site publishes in",
    "noindex": "the page asks search engines not to list it",
    "none": "the page asks search engines neither to list it nor to follow its links",
    "noarchive": "the page asks that no copy be shown",
    "noai": "the page asks not to be used for AI",
    "noimageai": "the page asks that its pictures not be used for AI",
    "tdm-reservation": "the publisher reserves the rights to text and data mining",
}
_ZONE_SOURCES = {  # where the date itself does not say it
    ZoneSource.PAGE: "  (the zone is from another date of the page)",
    ZoneSource.SHOWN: "  (the zone is from the clock beside the headline)",
}
# Of 406 leads of real pages 180 stand in the text to the letter, 10 more but for their end: cut off, or with
# "Read more" behind it. Of the 14 between .5 and .8 most are other sentences.
SAME_SHARE = 0.8  # of a lead's letters
DATELINE_LINES = 3  # of the text, one of which a dateline opens if it is in the text
SHOWN_CUT = 160  # characters of a cut in the table
SHOWN_PLACE = 30  # characters of where it was, or its last element alone


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """All fields, and ``kind``: "article" or "rejection"; dates as in exported JSON lines."""
    if isinstance(verdict, Rejection):
        return {"kind": "rejection", **asdict(verdict)}
    dates = {
        "published": _local(verdict.published, verdict.published_zone),
        "modified": _local(verdict.modified, verdict.modified_zone),
    }
    return {"kind": "article", **asdict(verdict), **dates}


def readers_time(stored: str, zone: str) -> str:
    """A stored date as its readers saw it, "2026-11-24 12:05 +04:00"; in UTC, and so called, where no zone is known.

    A bare day stays one, and no date is none.
    """
    day, _, clock = _local(stored, zone).partition("T")
    return f"{day} {clock[:5]} {'UTC' if clock.endswith('Z') else zone}" if clock else day


def _local(stored: str, zone: str) -> str:
    if zone in ("", "Z"):
        return stored
    from connectors.export import local_time  # noqa: PLC0415  # imports Arrow

    return local_time(stored, zone)


def verdict_markdown(article: Article) -> str:
    """Title, lead and dateline where the text does not have them, and the text with its headings, lists and quotes."""
    blocks = [f"# {article.title}"] if article.title else []
    if (
        article.lead
        and not _is_in(article.lead, [article.title])
        and not _is_in(article.lead, _texts(article))
    ):
        blocks.append(f"*{article.lead}*")
    if article.dateline and not _is_in(article.dateline, _texts(article)[:DATELINE_LINES]):
        blocks.append(f"**{article.dateline}**")
    for kind, lines in groupby(_lines(article), key=lambda pair: pair[0]):
        own = [_PREFIX.get(kind, "") + line for _, line in lines]
        blocks.append("\n".join(own) if kind in ("li", "row") else "\n\n".join(own))
    return "\n\n".join(blocks) + "\n"


def verdict_view(verdict: Verdict, *, explain: bool) -> RenderableType:
    """The article with its fields, or the refusal; with ``explain``, every cut and its reason."""
    if isinstance(verdict, Rejection):
        return _rejection_view(verdict)
    parts: list[RenderableType] = [_fields(verdict, explain=explain)]
    if explain:
        parts.extend(
            Text(f"{flag}: {_DOUBTS[flag]}", style="yellow") for flag in verdict.flags if flag in _DOUBTS
        )
    parts.append(Text())
    for kind, line in _lines(verdict):
        parts.append(Text(_PREFIX.get(kind, "") + line, style="bold" if kind.startswith("h") else ""))
        parts.append(Text())
    if explain:
        parts.append(cuts_table(verdict))
        parts.append(_evidence_table(verdict))
    elif verdict.cuts:
        parts.append(
            Text(
                f"{counted(len(verdict.cuts), 'piece')} cut or made a field: --explain shows what",
                style="dim",
            )
        )
    return Group(*parts)


def _is_in(piece: str, lines: Sequence[str]) -> bool:
    """Whether the lines say a piece already, however it is punctuated and even if its end is another."""
    from extractors.content.support import fold  # noqa: PLC0415  # slow to import

    folded = fold(piece)
    return folded[: ceil(SAME_SHARE * len(folded))] in fold("".join(lines))


def _texts(article: Article) -> list[str]:
    return article.text.split("\n") if article.text else []


def _lines(article: Article) -> Iterator[tuple[str, str]]:
    texts = _texts(article)
    kinds = article.structure if len(article.structure) == len(texts) else ("p",) * len(texts)
    return zip(kinds, texts, strict=True)


def _fields(article: Article, *, explain: bool) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    rows = {
        "url": article.canonical_url,
        "authors": ", ".join(article.authors),
        "published": readers_time(article.published, article.published_zone)
        + (_ZONE_SOURCES.get(article.published_zone_source, "") if explain else ""),
        "modified": readers_time(article.modified, article.modified_zone)
        + (_ZONE_SOURCES.get(article.modified_zone_source, "") if explain else ""),
        "section": article.section,
        "tags": ", ".join(article.tags),
        "language": f"{article.language} ({article.language_confidence:.2f})"
        + "".join(f", {other.language} {100 * other.share:.0f} %" for other in article.other_languages),
        "dateline": article.dateline,
        "lead": article.lead,
        "words": f"{article.word_count:,}",
        "flags": ", ".join(article.flags),
    }
    for name, value in rows.items():
        if value:
            table.add_row(name, Text(value))
    for image in article.images:
        if image.caption or image.credit:
            credit = f"  [{image.credit}]" if image.credit else ""
            table.add_row("image", Text(image.caption + credit))
    # inside, not in the frame: that cuts a long one off
    return Panel(Group(Text(article.title or "(no title)", style="bold"), table), box=box.ROUNDED)


def cuts_table(article: Article, *, most: int | None = None) -> RenderableType:
    """Every cut: what, why, by which rule, from where; with ``most``, one of each kind first and no places."""
    cuts = article.cuts if most is None else _varied(article.cuts)[:most]
    table = plain_table("what", "reason", "decided by", *(["where"] if most is None else []))
    table.columns[1].no_wrap = True
    for column in table.columns[2:]:
        column.style = "dim"
    for cut in cuts:
        cells = [Text(_shortened(cut)), _reason(cut), Text(cut.rule)]
        table.add_row(*cells, *([Text(_nearest(cut.place))] if most is None else []))
    if len(cuts) < len(article.cuts):
        table.add_row(Text(f"… {len(article.cuts) - len(cuts)} more", style="dim"))
    return titled(f"Not in the text: {counted(len(article.cuts), 'piece')} of the page", table)


def _varied(cuts: Sequence[Cut]) -> list[Cut]:
    """The cuts with the first of each reason in front, in the page's order."""
    first = list({cut.reason: cut for cut in reversed(cuts)}.values())[::-1]
    chosen = {id(cut) for cut in first}
    return [*first, *(cut for cut in cuts if id(cut) not in chosen)]


def _reason(cut: Cut) -> Text:
    field = _MOVED.get(cut.reason)
    return Text(f"→ {field}", style="green") if field else Text(cut.reason, style="yellow")


def _shortened(cut: Cut) -> str:
    return cut.text if len(cut.text) <= SHOWN_CUT else cut.text[: SHOWN_CUT - 1] + "…"


def _nearest(place: str) -> str:
    """The end of a path through the markup: a page's hundreds of cuts would take four lines each."""
    steps = place.split(" > ")
    kept = len(steps)
    while kept > 1 and len(" > ".join(steps[-kept:])) > SHOWN_PLACE:
        kept -= 1
    return ("… > " if kept < len(steps) else "") + " > ".join(steps[-kept:])


def _evidence_table(article: Article) -> RenderableType:
    table = plain_table("witness", "says", numbers=("confidence",))
    for vote in article.language_evidence:
        table.add_row(vote.detector, vote.language, f"{vote.confidence:.3f}")
    if article.declared_languages:
        table.add_row("the page itself", ", ".join(article.declared_languages), "")
    return titled("The language's evidence", table)


def _rejection_view(rejection: Rejection) -> RenderableType:
    body = Text()
    body.append(f"{rejection.reason}", style="bold yellow")
    body.append(f": {rejection.detail}\n")
    body.append(f"{rejection.url}", style="dim")
    if rejection.text:
        body.append("\n\nWhat was left of the page:\n", style="dim")
        body.append(rejection.text)
    return Panel(body, title="Not an article", title_align="left", box=box.ROUNDED)
