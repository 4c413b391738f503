"""Lists in the middle of a text, and stories beside the page's own: decided by where they stand."""

from __future__ import annotations

import numpy as np
import pytest
from lxml.html import document_fromstring

from extractors.content.blocks import walk
from extractors.content.choose import find_content
from extractors.content.lists import find_lists
from extractors.content.others import find_others
from extractors.content.parts import Block
from extractors.content.support import fold
from extractors.findings import Metadata
from extractors.records import CutReason, Rules
from tests.story_pages import PARAGRAPHS, TITLE

ITEMS = ["Harbour", "Market square", "Old mill", "Bridge over the Aster"]


def blocks_of(markup: str) -> list[Block]:
    return walk(document_fromstring(f"<html><body>{markup}</body></html>")).blocks


def kept(markup: str, *, doubted: float, is_news: bool) -> list[str]:
    """Lines of lists that are kept where every paragraph is sure and every item as doubtful as this."""
    blocks = blocks_of(markup)
    chances = np.array([0.9 if block.border.tag == "p" else doubted for block in blocks])
    keep = find_lists(blocks, chances, is_news=is_news)
    return [block.text for block, is_kept in zip(blocks, keep, strict=True) if is_kept]


def listed(items: list[str], *, linked: bool = False) -> str:
    return "<ul>" + "".join(f"<li>{f'<a href=/x>{i}</a>' if linked else i}</li>" for i in items) + "</ul>"


def test_a_doubted_list_between_two_sure_lines_is_kept_whole():
    markup = f"<div><p>{PARAGRAPHS[0]}</p>{listed(ITEMS)}<p>{PARAGRAPHS[1]}</p></div>"
    assert kept(markup, doubted=0.3, is_news=True) == ITEMS
    assert kept(markup, doubted=0.3, is_news=False) == ITEMS
    assert kept(markup, doubted=0.05, is_news=False) == []


def test_a_table_is_kept_by_its_rows():
    rows = "".join(f"<tr><td>{number}</td><td>{item}</td></tr>" for number, item in enumerate(ITEMS))
    markup = f"<div><p>{PARAGRAPHS[0]}</p><table>{rows}</table><p>{PARAGRAPHS[1]}</p></div>"
    assert len(kept(markup, doubted=0.3, is_news=True)) == len(ITEMS)


def test_a_list_of_links_on_a_news_page_leads_to_other_stories():
    markup = f"<div><p>{PARAGRAPHS[0]}</p>{listed(ITEMS, linked=True)}<p>{PARAGRAPHS[1]}</p></div>"
    assert kept(markup, doubted=0.3, is_news=True) == []
    assert kept(markup, doubted=0.3, is_news=False) == ITEMS


def test_one_sure_line_beside_it_is_enough_except_on_news_pages():
    markup = f"<div><p>{PARAGRAPHS[0]}</p>{listed(ITEMS)}</div>"
    assert kept(markup, doubted=0.3, is_news=True) == []
    assert kept(markup, doubted=0.3, is_news=False) == ITEMS


@pytest.mark.parametrize(
    "markup",
    [
        f"<div><p>{PARAGRAPHS[0]}</p></div><aside>{listed(ITEMS)}</aside>",
        f"<div><p>{PARAGRAPHS[0]}</p>{listed(ITEMS[:2])}</div>",
        listed(ITEMS),
    ],
    ids=["elsewhere", "too few", "alone"],
)
def test_a_list_in_another_place_or_of_two_items_is_left_to_the_model(markup):
    assert kept(markup, doubted=0.3, is_news=False) == []


def article(title: str, texts: list[str], *, inside: str = "") -> str:
    paragraphs = "".join(f"<p>{text}</p>" for text in texts)
    return f"<article><h2>{title}</h2>{paragraphs}{inside}</article>"


def others(markup: str) -> list[str]:
    blocks = blocks_of(markup)
    titles = {fold(title) for title in (TITLE, "Swans return")}
    return [blocks[at].text for at in sorted(find_others(blocks, fold(TITLE), titles))]


def test_another_article_element_is_another_story():
    markup = article(TITLE, PARAGRAPHS[:3]) + article("Swans return", PARAGRAPHS[3:5])
    assert others(markup) == ["Swans return", *PARAGRAPHS[3:5]]


def test_the_page_s_title_in_another_form_says_which_article_is_its_own():
    blocks = blocks_of(article("Swans return", PARAGRAPHS[:4]) + article("A ferry strike", PARAGRAPHS[4:6]))
    found = find_others(blocks, fold("Swans return to the Aster"), {fold("Swans return")})
    assert [blocks[at].text for at in sorted(found)] == ["A ferry strike", *PARAGRAPHS[4:6]]


def test_articles_inside_the_page_s_own_are_its_parts():
    assert others(article(TITLE, PARAGRAPHS[:3], inside=article("19:40", PARAGRAPHS[3:4]))) == []


def test_an_article_element_that_holds_the_headline_alone_says_nothing():
    assert others(article(TITLE, []) + article("The story", PARAGRAPHS[:4])) == []
    assert others(f"<h1>{TITLE}</h1>" + article("The story", PARAGRAPHS[:4])) == []


def test_other_stories_are_cut_as_such():
    markup = article(TITLE, PARAGRAPHS[:4]) + article("Swans return", PARAGRAPHS[4:6])
    found = find_content(
        document_fromstring(f"<html><body>{markup}</body></html>"),
        Metadata(title=TITLE, titles=(TITLE, "Swans return")),
        Rules(),
    )
    assert [line.text for line in found.lines] == list(PARAGRAPHS[:4])
    cut = {cut.text: (cut.reason, cut.rule) for cut in found.cuts}
    assert cut["Swans return"] == cut[PARAGRAPHS[4]] == (CutReason.RELATED, "structure:other-article")


def test_a_line_that_ends_in_a_colon_brings_a_short_list_with_it():
    def markup(before: str) -> str:
        return f"<div><p>{before}</p><ul><li>Worn boots</li><li>A lamp</li></ul><p>{PARAGRAPHS[1]}</p></div>"

    assert kept(markup("What the walkers of the line should bring along:"), doubted=0.3, is_news=True)
    assert kept(markup(PARAGRAPHS[0]), doubted=0.3, is_news=True) == []
    assert kept(markup("What the walkers of the line should bring along:"), doubted=0.05, is_news=True) == []
