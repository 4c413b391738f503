"""A verdict for people, as JSON and as Markdown."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from made_pages import fetched, story
from rich.console import Console

from connectors.export import json_line
from extractors import judge
from extractors.records import Article, Cut, CutReason, Image, Reason, Rejection, Vote, ZoneSource
from flows.demo_site.documents import find_document
from flows.demo_site.stories import stories
from flows.opt_outs import RECORDED
from flows.verdict_view import (
    SHOWN_CUT,
    cuts_table,
    readers_time,
    verdict_json,
    verdict_markdown,
    verdict_view,
)

ARTICLE = replace(
    judge(fetched(story(1))),
    title="A [bold] title",
    text="First.\nA heading\nOne\nTwo\nSaid so.\nLast.",
    structure=("p", "h2", "li", "li", "quote", "p"),
    lead="The standfirst.",
    images=(Image(url="https://a/1.jpg", caption="A bridge", credit="A. Photographer"),),
    cuts=(
        Cut(text="Share this", reason=CutReason.SHARE, rule="structure:share", place="div.share"),
        Cut(text="A bridge", reason=CutReason.CAPTION, rule="structure:figcaption"),
        Cut(text="x" * 500, reason=CutReason.LEGAL, rule="phrase"),
    ),
    language_evidence=(Vote(detector="pycld2", language="en", confidence=0.99),),
    flags=("torn",),
)
REJECTION = Rejection(
    url="https://a/video", reason=Reason.MEDIA_PAGE, detail="12 letters", text="[red]What was left"
)
# What extractors set; what pages ask of robots comes on top.
DOUBTS = (
    "bilingual",
    "cut-short",
    "embedded",
    "language-conflict",
    "live-blog",
    "paywall",
    "title-language",
    "torn",
    "unexpected-language",
)


def shown(view, width=160):
    console = Console(file=io.StringIO(), width=width)
    console.print(view)
    return console.file.getvalue()


def test_json_holds_all_fields_and_says_what_it_is():
    found = json.loads(json.dumps(verdict_json(ARTICLE)))
    assert found["kind"] == "article"
    assert found["cuts"][0] == {
        "text": "Share this",
        "reason": "share",
        "rule": "structure:share",
        "place": "div.share",
    }
    assert set(Article.__dataclass_fields__) < set(found)
    assert json.loads(json.dumps(verdict_json(REJECTION)))["kind"] == "rejection"


LATE = replace(ARTICLE, published="2026-11-24T21:05:00Z", published_zone="+04:00")


@pytest.mark.parametrize(
    ("stored", "zone", "seen"),
    [
        ("2026-11-24T21:05:00Z", "+04:00", "2026-11-25 01:05 +04:00"),
        ("2026-11-24T02:05:09Z", "-03:30", "2026-11-23 22:35 -03:30"),
        ("2026-11-24T21:05:00Z", "Z", "2026-11-24 21:05 UTC"),
        ("2026-11-24T21:05:00Z", "", "2026-11-24 21:05 UTC"),  # stored before zones were
        ("2026-11-24", "", "2026-11-24"),
        ("", "", ""),
    ],
)
def test_dates_are_shown_by_the_clock_that_readers_saw(stored, zone, seen):
    assert readers_time(stored, zone) == seen


@pytest.mark.parametrize("explain", [True, False])
def test_an_article_is_shown_with_its_readers_dates_and_explained_with_where_a_zone_is_from(explain):
    one = replace(LATE, modified="2026-11-24T22:00:00Z", modified_zone="+04:00")
    text = shown(verdict_view(one, explain=explain))
    assert "2026-11-25 01:05 +04:00" in text
    assert "2026-11-25 02:00 +04:00" in text
    assert "zone" not in text
    text = shown(verdict_view(replace(one, published_zone_source=ZoneSource.SHOWN), explain=explain))
    assert ("2026-11-25 01:05 +04:00  (the zone is from the clock beside the headline)" in text) is explain


def test_json_has_the_dates_of_exported_lines():
    exported = json.loads(json_line(LATE))
    assert verdict_json(LATE)["published"] == exported["published"] == "2026-11-25T01:05:00+04:00"
    assert verdict_json(LATE)["modified"] == exported["modified"]


def test_a_long_title_is_whole():
    title = " ".join(f"word{number}" for number in range(40))
    text = shown(verdict_view(replace(ARTICLE, title=title), explain=False), width=80)
    assert title in " ".join(text.replace("│", " ").split())


@pytest.mark.parametrize(
    ("place", "seen"),
    [
        ("line 7", "line 7"),
        ("div.a > p", "div.a > p"),
        ("body > div.container > ul.links > li > a.long", "… > ul.links > li > a.long"),
        (f"body > a.{'x' * 60}", f"… > a.{'x' * 60}"),
    ],
)
def test_of_a_place_its_end_is_shown(place, seen):
    cut = Cut(text="Share", reason=CutReason.SHARE, rule="structure:share", place=place)
    line = next(
        line for line in shown(cuts_table(replace(ARTICLE, cuts=(cut,)))).splitlines() if "Share" in line
    )
    assert line.rstrip().endswith(f"structure:share  {seen}")


def test_markdown_has_headings_lists_and_quotes():
    assert verdict_markdown(ARTICLE) == (
        "# A [bold] title\n\n*The standfirst.*\n\nFirst.\n\n## A heading\n\n- One\n- Two\n\n> Said so.\n\nLast.\n"
    )


FIRST = "The ferry's crew will have little to do this winter, its captain says."
SECOND = "Nobody has crossed by boat since the bridge was opened."


@pytest.mark.parametrize(
    "lead",
    [
        FIRST,
        FIRST.replace("'", "\u2019").replace(" crew", "  crew").rstrip("."),
        FIRST[:60] + " …",
        FIRST[:66] + "... Read more",
        f"{FIRST} {SECOND}",  # a page's description may be two paragraphs
        "The ferry, and a winter",
    ],
)
def test_markdown_of_an_article_that_begins_with_its_standfirst_says_it_once(lead):
    one = replace(ARTICLE, structure=(), title="The ferry and a winter", lead=lead, text=f"{FIRST}\n{SECOND}")
    assert verdict_markdown(one) == f"# The ferry and a winter\n\n{FIRST}\n\n{SECOND}\n"


def test_markdown_has_a_standfirst_that_is_not_in_the_text():
    one = replace(ARTICLE, structure=(), title="", lead=SECOND, text=FIRST)
    assert verdict_markdown(one) == f"*{SECOND}*\n\n{FIRST}\n"


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("LORAVA — The ferry stays.\nIt rains.", "LORAVA — The ferry stays."),
        ("It rains.\nLorava (Courier) - The ferry stays.", "It rains."),
        ("The ferry stays.\nIt rains.", "**LORAVA**\n\nThe ferry stays."),
        ("It rains.\nIt snows.\nIt thaws.\nLorava waits.", "**LORAVA**\n\nIt rains."),
    ],
)
def test_markdown_says_the_dateline_once(text, begins):
    one = replace(ARTICLE, structure=(), title="", lead="", dateline="LORAVA", text=text)
    assert verdict_markdown(one).startswith(begins + "\n\n")


def test_markdown_of_the_demos_articles_says_nothing_twice():
    for told in stories():
        document = find_document(told.path, "https://courier.example")
        page = fetched(replace(story(1), url=f"https://courier.example{told.path}"), body=document.body)
        opening = (told.lead or told.paragraphs[0])[:80]
        assert verdict_markdown(judge(page)).count(opening) == 1


def test_markdown_of_an_article_without_structure_is_its_paragraphs():
    plain = replace(ARTICLE, structure=(), title="", lead="", text="One.\nTwo.")
    assert verdict_markdown(plain) == "One.\n\nTwo.\n"


def test_an_article_is_shown_with_its_fields_and_its_text_as_it_is():
    text = shown(verdict_view(ARTICLE, explain=False))
    for piece in ("A [bold] title", "## A heading", "- One", "> Said so.", "A. Photographer", "torn"):
        assert piece in text
    assert "3 pieces cut or made a field" in text
    assert "structure:share" not in text


def test_explaining_names_the_doubts_and_other_views_do_not():
    assert "torn: marked for review" in shown(verdict_view(ARTICLE, explain=True))
    assert "marked for review" not in shown(verdict_view(ARTICLE, explain=False))


@pytest.mark.parametrize("flag", sorted({*RECORDED, *DOUBTS}))
def test_every_flag_is_explained_in_a_sentence(flag):
    view = shown(verdict_view(replace(ARTICLE, flags=(flag,)), explain=True))
    (line,) = (line for line in view.splitlines() if line.startswith(f"{flag}: "))
    assert len(line.split()) > 3
    assert f"`{flag}`" in (Path(__file__).parents[1] / "docs" / "bucket.md").read_text(encoding="utf-8")


def test_explaining_shows_every_cut_with_its_reason_and_the_votes():
    text = shown(verdict_view(ARTICLE, explain=True))
    for piece in ("Share this", "structure:share", "div.share", "→ images", "legal", "pycld2", "0.990"):
        assert piece in text


def test_a_long_cut_is_shortened():
    text = shown(cuts_table(ARTICLE), width=400)
    assert "x" * (SHOWN_CUT - 1) + "…" in text
    assert "x" * SHOWN_CUT not in text


def test_a_refusal_says_why_and_what_was_left():
    text = shown(verdict_view(REJECTION, explain=False))
    for piece in ("Not an article", "media-page", "12 letters", "https://a/video", "[red]What was left"):
        assert piece in text


def test_an_article_without_a_title_has_a_view():
    assert "(no title)" in shown(verdict_view(replace(ARTICLE, title=""), explain=False))
