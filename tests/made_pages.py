"""News pages of our own making, as many as a test wants, each of its own words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from connectors.warc import write_warc
from extractors.records import FetchedPage

_PLACES = ("Arvel", "Bostan", "Cherin", "Dolmar", "Esheli", "Fornak", "Gavit", "Horsen", "Ilvar", "Jermin")
_PEOPLE = ("Mira Tolan", "Aram Veshti", "Lena Orlik", "Petr Savin", "Nune Karats", "Olek Brand", "RosaImre")
_THINGS = ("bridge", "library", "railway", "orchard", "harbour", "theatre", "reservoir", "market", "school")
_SENTENCES = (
    "The council of {place} voted on {day} to repair the old {thing}, which has been closed since the floods.",
    "{person}, who lives beside the {thing}, said she had waited {number} years to hear those words.",
    "Work is to begin in the spring, and {number} people from {place} have already asked to help with it.",
    "The money comes from a fund that the region set aside after the winter of the great storm.",
    "Not everybody is pleased: some in {place} would rather have seen a new road than a repaired {thing}.",
    "An engineer who looked at the walls counted {number} cracks, none of them wider than a finger.",
    "“We were told it could not be saved,” {person} said, “and yet here it stands, as stubborn as ever.”",
    "Children from the school in {place} drew what they think the {thing} will look like when it opens.",
    "The mayor promised that the cost, {number} thousand crowns, would not be put on the water bill.",
    "It was built by hand more than a century ago, from stone that was carried down the valley on sledges.",
    "A vote against the plan failed by {number} hands, after a debate that went on until midnight.",
    "Until then the bus to {place} takes the long way round, which adds {number} minutes to every journey.",
)


@dataclass(frozen=True, kw_only=True)
class Story:
    """One made page, and what it says."""

    url: str
    title: str
    paragraphs: tuple[str, ...]
    html: str


def story(number: int, *, host: str = "https://news.example", revision: int = 0, lines: int = 7) -> Story:
    """The page of this number; another ``revision`` of it has another last paragraph."""
    title = (
        f"{_PLACES[number % 10]} will repair its {_THINGS[number % 9]} after {number + 2} years of waiting"
    )
    paragraphs = [_paragraph(number, line) for line in range(lines)]
    if revision:
        paragraphs.append(
            f"Correction number {revision}: an earlier version of this report gave a wrong sum for the "
            f"{_THINGS[number % 9]} of {_PLACES[number % 10]}; it is {revision + number} thousand crowns."
        )
    url = f"{host}/2026/11/{number % 28 + 1:02d}/repair-of-the-{_THINGS[number % 9]}-{number:05d}.html"
    return Story(
        url=url, title=title, paragraphs=tuple(paragraphs), html=_html(url, title, paragraphs, number)
    )


def fetched(
    story: Story, *, body: bytes | None = None, headers: tuple[tuple[str, str], ...] = ()
) -> FetchedPage:
    """The story as a crawler got it."""
    return FetchedPage(
        url=story.url,
        final_url=story.url,
        fetched_at=datetime(2026, 11, 24, 8, 0, tzinfo=UTC),
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"), *headers),
        body=story.html.encode() if body is None else body,
    )


def warc_of(stories: list[Story]) -> bytes:
    """An archive of these stories."""
    return write_warc([fetched(one) for one in stories])[0]


def _paragraph(number: int, line: int) -> str:
    picked = [_SENTENCES[(number * 5 + line * 3 + step) % len(_SENTENCES)] for step in range(3)]
    return " ".join(
        sentence.format(
            place=_PLACES[(number + line * 3 + step) % len(_PLACES)],
            person=_PEOPLE[(number + line + step) % len(_PEOPLE)],
            thing=_THINGS[(number + line) % len(_THINGS)],
            number=number * 11 + line * 3 + step + 2,
            day=("Monday", "Tuesday", "Friday")[(number + step) % 3],
        )
        for step, sentence in enumerate(picked)
    )


def _html(url: str, title: str, paragraphs: list[str], number: int) -> str:
    published = f"2026-11-{number % 28 + 1:02d}T{number % 24:02d}:15:00Z"
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "datePublished": published,
        "author": {"@type": "Person", "name": _PEOPLE[number % len(_PEOPLE)]},
        "mainEntityOfPage": url,
    }
    text = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | Valley Post</title>
<link rel="canonical" href="{url}">
<meta property="og:type" content="article"><meta property="og:title" content="{title}">
<script type="application/ld+json">{json.dumps(data)}</script></head>
<body><header><a href="/">Valley Post</a><nav><a href="/news/">News</a> <a href="/sport/">Sport</a></nav></header>
<main><article><h1>{title}</h1>
{text}
</article></main><footer><p>© 2026 Valley Post</p></footer></body></html>
"""
