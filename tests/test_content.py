"""The article's lines, and what becomes of the rest: fields, cuts, measurements."""

from __future__ import annotations

import pytest
from lxml.html import document_fromstring

from extractors.content import find_content
from extractors.findings import Content, Metadata
from extractors.records import CutReason, Rules
from tests.story_pages import PARAGRAPHS, TITLE, story

META = Metadata(title=TITLE, titles=(TITLE,), declared_types=("newsarticle",))
PHRASES = Rules(phrases=frozenset({"en:read also:", "en:read more", "en:the town:"}))


def content(markup: str, *, metadata: Metadata = META, rules: Rules = PHRASES) -> Content:
    return find_content(document_fromstring(markup), metadata, rules, "https://aster.example/news/railway")


def lines(found: Content) -> list[str]:
    return [line.text for line in found.lines]


def reasons(found: Content) -> dict[str, CutReason]:
    return {cut.text: cut.reason for cut in found.cuts}


def body(*texts: str) -> str:
    return "".join(text if text.startswith("<") else f"<p>{text}</p>" for text in texts)


def test_every_block_is_either_a_line_or_a_cut():
    found = content(story())
    assert lines(found) == list(PARAGRAPHS)
    assert len(found.lines) + len(found.cuts) == found.measurements.blocks_page


def test_a_dateline_of_its_own_becomes_a_field():
    found = content(story("<span>AUBURN, Wash. —</span>" + body(*PARAGRAPHS)))
    assert found.dateline == "AUBURN, Wash."
    assert lines(found) == list(PARAGRAPHS)
    assert reasons(found)["AUBURN, Wash. —"] is CutReason.DATELINE


def test_a_dateline_that_opens_the_first_paragraph_is_read_and_stays():
    found = content(story(body(f"LOWER ASTER (Aster News) – {PARAGRAPHS[0]}", *PARAGRAPHS[1:])))
    assert found.dateline == "LOWER ASTER (Aster News)"
    assert lines(found)[0].startswith("LOWER ASTER (Aster News)")


def test_an_ordinary_opening_is_no_dateline():
    found = content(story(body(f"The town council – all nine of it – met. {PARAGRAPHS[0]}", *PARAGRAPHS[1:])))
    assert found.dateline == ""


def test_a_caption_goes_to_its_picture_and_not_into_the_text():
    caption = "The old platform of Lower Aster, seen from the harbour wall in March"
    figure = f'<figure><img src="/p/1.jpg" alt="{caption}"><figcaption>{caption} (Jo Lind/AP)</figcaption></figure>'
    found = content(story(body(PARAGRAPHS[0], figure, *PARAGRAPHS[1:])))
    assert lines(found) == list(PARAGRAPHS)
    (image,) = found.images
    assert (image.url, image.caption, image.credit) == (
        "https://aster.example/p/1.jpg",
        caption,
        "Jo Lind/AP",
    )
    assert reasons(found)[f"{caption} (Jo Lind/AP)"] is CutReason.CAPTION


def test_pictures_outside_the_article_are_not_its_pictures():
    found = content(
        story(before='<img src="/logo.png" alt="Aster Post logo">', after='<img src="/x.png" alt="Advert">')
    )
    assert found.images == ()


def test_a_standfirst_that_is_not_kept_becomes_the_lead():
    lead = "After forty years of silence trains may run along the water again, if the bridge over the Aster holds"
    found = content(
        story(before=f'<div class="teaser"><div class="standfirst"><a>x</a> {lead}</div></div>'),
        metadata=Metadata(title=TITLE, titles=(TITLE,), lead=lead),
    )
    assert lead in " ".join([found.lead, *lines(found)])


def test_a_phrase_cuts_its_line_and_the_links_that_it_announces():
    teaser = '<p><a href="/s/1">Ferry strike on the Aster ends after nine long days</a></p>'
    found = content(story(body(*PARAGRAPHS[:3], "Read also:", teaser, *PARAGRAPHS[3:])))
    assert lines(found) == list(PARAGRAPHS)


def test_a_phrase_alone_never_cuts_running_text():
    opening = f"The town: {PARAGRAPHS[1]}"
    found = content(story(body(PARAGRAPHS[0], opening, *PARAGRAPHS[2:])))
    assert opening in lines(found)


def test_headings_lists_and_quotes_keep_their_kind():
    markup = story(
        body(*PARAGRAPHS[:2])
        + "<h2>What it is to cost</h2><ul><li>Eleven million for the first stage of the line</li>"
        + "<li>Nine million for the bridge over the river Aster</li></ul>"
        + f"<blockquote><p>{PARAGRAPHS[2]}</p></blockquote>"
        + body(*PARAGRAPHS[3:])
    )
    kinds = [line.kind for line in content(markup).lines]
    assert kinds == ["p", "p", "h2", "li", "li", "quote", "p", "p", "p"]


def test_the_article_twice_on_the_page_is_kept_once():
    twice = story(body(*PARAGRAPHS), after=f'<div class="article-body print">{body(*PARAGRAPHS)}</div>')
    assert lines(content(twice)) == list(PARAGRAPHS)


def test_measurements_count_what_the_gate_needs():
    found = content(story()).measurements
    assert found.blocks_kept == found.sentences_kept == len(PARAGRAPHS)
    assert found.letters_kept == sum(sum(map(str.isalpha, text)) for text in PARAGRAPHS)
    assert found.headlines_linked == 3
    assert found.letters_kept_linked == 0
    assert found.mean_probability > 0.9
    assert found.torn_share < 0.2


def test_a_page_without_text_has_no_lines_and_no_cuts():
    assert content("<html><body></body></html>").lines == ()
    assert content("<html><body></body></html>").cuts == ()


def test_readers_comments_are_no_part_of_the_article():
    said = "I rode that railway as a child and I would ride it again tomorrow, noise or no noise, believe me."
    found = content(story(after=f'<section id="comments"><div class="comment"><p>{said}</p></div></section>'))
    assert lines(found) == list(PARAGRAPHS)
    assert reasons(found)[said] is CutReason.COMMENTS


def test_a_page_that_allows_comments_is_not_all_comments():
    markup = story().replace("<main>", '<main class="comments">')
    assert lines(content(markup)) == list(PARAGRAPHS)


def test_a_table_of_contents_is_cut_and_the_headings_stay():
    markup = story(
        '<ul><li><a href="#cost">What the railway is to cost the town</a></li></ul>'
        + body(*PARAGRAPHS[:3])
        + '<h2 id="cost"><a href="#cost">What the railway is to cost the town</a></h2>'
        + body(*PARAGRAPHS[3:])
    )
    kept = [(line.kind, line.text) for line in content(markup).lines]
    assert ("h2", "What the railway is to cost the town") in kept
    assert all(kind != "li" for kind, _ in kept)


def test_a_byline_and_a_date_in_a_page_s_header_are_told_as_such():
    meta = '<header class="page-header"><p>By Vera Holm and <a href="/p/2">Jon Ask</a></p><p>12 March 2026, 08:15</p></header>'
    metadata = Metadata(
        title=TITLE, titles=(TITLE,), authors=("Vera Holm", "Jon Ask"), declared_types=("newsarticle",)
    )
    told = reasons(content(story(before=meta), metadata=metadata))
    assert told["By Vera Holm and Jon Ask"] is CutReason.BYLINE
    assert told["12 March 2026, 08:15"] is CutReason.DATE_LINE


def test_a_name_in_a_menu_is_no_byline():
    markup = story().replace("</footer>", '<p class="menu">Vera Holm</p></footer>')
    metadata = Metadata(title=TITLE, titles=(TITLE,), authors=("Vera Holm",))
    padding = "".join(f'<p class="menu">Entry {n}</p>' for n in range(20))
    told = reasons(content(markup.replace("<footer", padding + "<footer"), metadata=metadata))
    assert told["Vera Holm"] is CutReason.NAVIGATION


def test_a_phrase_says_for_what_its_line_was_cut():
    rules = Rules(phrases=frozenset({"en/newsletter:sign up here", "en/credit:photo:", "en:more"}))
    markup = story(body(*PARAGRAPHS[:3], "Sign up here", "Photo: Ann Lee", *PARAGRAPHS[3:]))
    told = reasons(content(markup, rules=rules))
    assert told["Sign up here"] is CutReason.NEWSLETTER
    assert told["Photo: Ann Lee"] is CutReason.CREDIT


@pytest.mark.parametrize("line", ["Related posts:", "» Related posts", "Related posts..."])
def test_signs_around_a_phrase_do_not_count(line):
    rules = Rules(phrases=frozenset({"en/related:related posts"}))
    found = content(story(body(*PARAGRAPHS, line)), rules=rules)
    assert lines(found) == list(PARAGRAPHS)
    assert reasons(found)[line] is CutReason.RELATED
