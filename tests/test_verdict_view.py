"""A verdict for people, as JSON and as Markdown."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from made_pages import fetched, story
from rich.console import Console

from extractors import judge
from extractors.records import Article, Cut, CutReason, Image, Reason, Rejection, Vote
from flows.opt_outs import RECORDED
from flows.verdict_view import SHOWN_CUT, cuts_table, verdict_json, verdict_markdown, verdict_view

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


def test_markdown_has_headings_lists_and_quotes():
    assert verdict_markdown(ARTICLE) == (
        "# A [bold] title\n\n*The standfirst.*\n\nFirst.\n\n## A heading\n\n- One\n- Two\n\n> Said so.\n\nLast.\n"
    )


def test_markdown_of_an_article_without_structure_is_its_paragraphs():
    plain = replace(ARTICLE, structure=(), title="", lead="", text="One.\nTwo.")
    assert verdict_markdown(plain) == "One.\n\nTwo.\n"


def test_an_article_is_shown_with_its_fields_and_its_text_as_it_is():
    text = shown(verdict_view(ARTICLE, explain=False))
    for piece in ("A [bold] title", "## A heading", "- One", "> Said so.", "A. Photographer", "torn"):
        assert piece in text
    assert "3 pieces were cut or became fields" in text
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
