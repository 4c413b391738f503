"""A page's blocks: what a reader sees as paragraphs, and where they stand."""

from __future__ import annotations

import pytest
from lxml.html import document_fromstring

from extractors.content.blocks import MAX_BLOCKS, segment, walk
from extractors.content.ledger import kind_of, place_of, reason_of
from extractors.records import CutReason
from extractors.tree import parse
from tests.story_pages import PARAGRAPHS


def texts(markup: str) -> list[str]:
    return [block.text for block in segment(document_fromstring(markup))]


def test_inline_markup_does_not_split_a_paragraph():
    assert texts("<p>One <b>bold</b> and <a href='#'>linked</a>\n word.</p>") == ["One bold and linked word."]


def test_text_between_two_paragraphs_is_a_block_of_its_own():
    assert texts("<div><span>ASTER —</span><p>One.</p>tail<p>Two.</p></div>") == [
        "ASTER —",
        "One.",
        "tail",
        "Two.",
    ]


def test_two_breaks_or_one_after_a_long_line_end_a_paragraph():
    long, short = PARAGRAPHS[0], "Short line"
    assert texts(f"<div>{long}<br>{short}<br>more<br><br>end</div>") == [long, f"{short} more", "end"]


def test_short_cells_of_a_row_share_a_line_and_long_ones_do_not():
    assert texts("<table><tr><td>Lower Aster</td><td>12</td></tr></table>") == ["Lower Aster 12"]
    assert texts(f"<table><tr><td>{PARAGRAPHS[0]}</td><td>{PARAGRAPHS[1]}</td></tr></table>") == list(
        PARAGRAPHS[:2]
    )


def test_an_unclosed_button_does_not_swallow_the_article():
    markup = "<div><button>Menu" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS) + "</div>"
    assert set(PARAGRAPHS) <= set(texts(markup))


def test_scripts_styles_and_form_fields_are_no_text():
    assert texts(
        "<p>One.</p><script>var a</script><style>p{}</style><select><option>x</option></select>"
    ) == ["One."]


def test_words_for_screen_readers_inside_a_line_are_set_aside():
    found = walk(
        document_fromstring(
            '<p>Read <a href="#">the plan<span class="sr-only">, opens in a new tab</span></a> here.</p>'
        )
    )
    assert [block.text for block in found.blocks] == ["Read the plan here."]
    assert [block.text for block in found.unseen] == [", opens in a new tab"]


def test_links_are_counted_in_the_block_and_in_every_element_above():
    found = walk(document_fromstring("<ul><li><a href='#'>seven</a></li><li>other</li></ul>"))
    assert [block.linked for block in found.blocks] == [5, 0]
    assert (found.nodes[0].letters, found.nodes[0].linked, found.nodes[0].blocks) == (10, 5, 2)


def test_a_block_knows_what_it_is_in_the_article():
    markup = "<h3>A</h3><ul><li><p>B</p></li></ul><blockquote><p>C</p></blockquote><pre>D</pre><p>E</p><table><tr><td>F</td></tr></table>"
    blocks = segment(document_fromstring(markup))
    assert [kind_of(block) for block in blocks] == ["h3", "li", "quote", "code", "p", "row"]


def test_depth_and_size_are_bounded():
    tree = parse("<div>" * 1_500 + "text")
    assert tree is not None
    assert [block.text for block in segment(tree)] == ["text"]
    wide = walk(document_fromstring("<p>x</p>" * (MAX_BLOCKS + 10)))
    assert wide.is_cut_short
    assert len(wide.blocks) <= MAX_BLOCKS + 1


def test_the_nearest_name_gives_a_cut_its_reason():
    markup = '<div class="related"><div class="NewsletterBox"><p>Sign up</p></div><p>More</p></div><nav><p>Home</p></nav>'
    blocks = segment(document_fromstring(markup))
    assert [reason_of(block)[0] for block in blocks] == [
        CutReason.NEWSLETTER,
        CutReason.RELATED,
        CutReason.NAVIGATION,
    ]
    assert place_of(blocks[0]).endswith("div.related > div.NewsletterBox > p")


def test_hidden_parts_are_told_as_hidden():
    block = segment(document_fromstring('<div style="display: none"><p>Old text</p></div>'))[0]
    assert reason_of(block) == (CutReason.HIDDEN, "structure:hidden")


def test_columns_of_a_page_are_apart_and_figures_of_a_row_together():
    menu = "Topics<br><a href='/a'>Town</a><br><a href='/b'>Harbour</a><br>"
    columns = f"<table><tr><td>{menu}</td><td><b>A short title</b></td></tr></table>"
    assert [block.text for block in segment(document_fromstring(columns))] == [
        "Topics Town Harbour",
        "A short title",
    ]
    figures = "<table><tr><td>Lower<br>Aster</td><td>11</td><td>in two years</td></tr></table>"
    assert [block.text for block in segment(document_fromstring(figures))] == ["Lower Aster 11 in two years"]


@pytest.mark.parametrize(
    "mark",
    [
        '<sup><a href="#fn1">1</a></sup>',
        '<sup class="reference"><a href="#cite_note-1"><span>[</span>1<span>]</span></a></sup>',
        "<sup>[1]</sup>",
        '<a href="#fn1"><sup>1</sup></a>',
        '<a href="https://aster.example/p/tides#footnote-1">1</a>',
        '<sup><a href="#note">a</a></sup>',
    ],
)
def test_the_mark_of_a_note_behind_a_word_is_no_part_of_the_line(mark):
    found = walk(document_fromstring(f"<body><p>Nobody had told her.{mark} She went on.</p></body>"))
    assert [block.text for block in found.blocks] == ["Nobody had told her. She went on."]
    assert len(found.references) == 1


@pytest.mark.parametrize(
    "line",
    [
        "A field of 12 m<sup>2</sup>.",
        "The function f<sup>(2)</sup> and x<sup>n</sup>.",
        'As <a href="#part-2">part 2</a> says.',
        'In [<a href="#ref1">1</a>,<a href="#ref2">2</a>] it stands.',
        'Chapter <a href="#note1">1</a> of it.',
        'She came 1<sup>st</sup>, he 2<sup><a href="/second">nd</a></sup>.',
        "Said<sup><a href='#fn1'>the whole of a footnote</a></sup> he.",
    ],
)
def test_a_raised_figure_or_a_link_that_is_no_mark_of_a_note_stays(line):
    found = walk(document_fromstring(f"<body><p>{line}</p></body>"))
    assert found.references == []


def test_a_mark_nested_without_end_costs_no_time():
    depth = 3_000
    nested = "<sup>" * depth + "1" + "</sup>" * depth
    assert walk(document_fromstring(f"<body><p>Word{nested}</p></body>")).references == []
