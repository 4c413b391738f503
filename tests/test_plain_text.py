"""Text dumps: clean ones, ones with menus around, in many scripts; every line ends in one place."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.debris_phrases import load_phrases
from extractors.normal_form import normal
from extractors.plain_text import read_plain_text
from extractors.plain_text.debris import Phrases
from extractors.records import CutReason, Rules

KNOWN = Rules(phrases=load_phrases())
BARE = Rules()
SAMPLE = Path(__file__).parents[2] / "shared" / "samples" / "azatutyun-english-article.txt"

BODY = [
    "The roof of the old wool store in Halidzor leaks in eleven places, and the women who rehearse there have counted every one of them with buckets.",
    "The village council says that it has no money before April. The choir says that it has no voice left to lose.",
    "A collection has been opened at the bakery, where a jar stands beside the bread.",
]
TITLE = "Choir asks who will pay for its roof"


def dump(*lines):
    return "\n".join(lines)


def texts(content):
    return [line.text for line in content.lines]


def cut_texts(content, reason=None):
    return [cut.text for cut in content.cuts if reason in (None, cut.reason)]


@pytest.mark.parametrize("rules", [KNOWN, BARE], ids=["with phrases", "without phrases"])
def test_a_heading_in_another_script_and_breakpoints_are_cut(rules):
    metadata, content = read_plain_text(
        dump("Մատչելիության հղումներ", "", TITLE, "", *BODY, "", "XS", "SM", "MD", "LG"), rules
    )
    assert metadata.title == TITLE
    assert texts(content) == BODY
    assert cut_texts(content, CutReason.ACCESSIBILITY) == ["Մատչելիության հղումներ"]
    assert cut_texts(content, CutReason.RESPONSIVE) == ["XS", "SM", "MD", "LG"]


def test_a_latin_heading_over_an_armenian_text_is_cut_too():
    body = [
        "Հովտի հինգ գյուղերի բնակիչները որոշել են սեփական միջոցներով արևային կայան կառուցել։",
        "Կայանի առաջին հերթը կտեղադրվի նախկին արոտավայրում, որտեղ հողը վաղուց այլևս խոտ չի տալիս։",
    ]
    metadata, content = read_plain_text(
        dump("Quick access", "", "Հինգ գյուղ կառուցում է կայան", "", *body), BARE
    )
    assert metadata.title == "Հինգ գյուղ կառուցում է կայան"
    assert texts(content) == body
    assert cut_texts(content, CutReason.ACCESSIBILITY) == ["Quick access"]


def test_a_line_twice_in_a_row_before_the_text_is_a_caption():
    caption = "Halidzor - Buckets in the old wool store, November 2026."
    _, content = read_plain_text(dump(TITLE, "", caption, caption, "", *BODY), BARE)
    assert [image.caption for image in content.images] == [caption]
    assert [image.url for image in content.images] == [""]
    assert cut_texts(content, CutReason.DOUBLED) == [caption]
    assert texts(content) == BODY


def test_a_title_that_stands_twice_in_a_row_is_the_title_and_no_caption():
    metadata, content = read_plain_text(dump(TITLE, TITLE, *BODY), BARE)
    assert metadata.title == TITLE
    assert content.images == ()
    assert texts(content) == BODY


def test_a_paragraph_twice_in_a_row_within_the_text_is_kept_once():
    _, content = read_plain_text(dump(TITLE, BODY[0], BODY[1], BODY[1], BODY[2]), BARE)
    assert texts(content) == BODY
    assert content.images == ()


def test_a_dump_that_doubles_every_line_keeps_each_once():
    metadata, content = read_plain_text(dump(*[line for line in [TITLE, *BODY] for _ in range(2)]), BARE)
    assert metadata.title == TITLE
    assert texts(content) == BODY
    assert cut_texts(content, CutReason.DOUBLED) == [TITLE, *BODY]


def test_the_headline_after_read_also_goes_and_the_text_after_it_stays():
    _, content = read_plain_text(
        dump(TITLE, *BODY[:2], "Read also:", "Ferry crews ask what comes next", BODY[2]), KNOWN
    )
    assert texts(content) == BODY
    assert "Ferry crews ask what comes next" in cut_texts(content, CutReason.RELATED)


def test_a_paragraph_that_begins_like_a_phrase_stays():
    paragraph = "Photo: that was the only word on the note that the thieves left behind in the museum on Sunday night."
    _, content = read_plain_text(dump(TITLE, BODY[0], paragraph, BODY[1]), KNOWN)
    assert paragraph in texts(content)


def test_date_and_byline_before_the_text_become_fields():
    metadata, content = read_plain_text(dump(TITLE, "By Mary Ollander", "12 March 2024", *BODY), KNOWN)
    assert metadata.authors == ("Mary Ollander",)
    assert metadata.published == "2024-03-12"
    assert texts(content) == BODY
    assert cut_texts(content, CutReason.BYLINE) == ["By Mary Ollander"]
    assert cut_texts(content, CutReason.DATE_LINE) == ["12 March 2024"]


@pytest.mark.parametrize("rules", [KNOWN, BARE], ids=["with phrases", "without phrases"])
def test_menus_and_other_stories_around_the_text_are_cut(rules):
    before = [
        f"{TITLE} | The Coast Gazette",
        "Home",
        "News",
        "Sport",
        "Weather",
        "Opinion",
        "Ferry timetable changes",
    ]
    after = [
        "Fishermen protest against quotas",
        "Three pupils and a school",
        "What the insurance pays",
        "Contact",
        "Imprint",
    ]
    metadata, content = read_plain_text(dump(*before, TITLE, *BODY, *after), rules)
    assert metadata.title == TITLE
    assert texts(content) == BODY


def test_a_site_name_behind_the_title_goes_where_the_page_names_the_site_elsewhere():
    lines = [f"{TITLE} - The Coast Gazette", "Home", "News", "Sport", *BODY, "© 2026 The Coast Gazette"]
    metadata, _ = read_plain_text(dump(*lines), BARE)
    assert metadata.title == TITLE


def test_the_text_stands_below_the_second_place_of_the_title():
    notice = [
        "We and our partners keep a little of what you read on your own device, and you may refuse that at any time."
    ]
    notice = [f"{line} ({number})." for number, line in enumerate(notice)]
    lines = [f"{TITLE} | The Coast Gazette", *notice, TITLE, *BODY]
    metadata, content = read_plain_text(dump(*lines), BARE)
    assert metadata.title == TITLE
    assert texts(content) == BODY


def test_short_paragraphs_and_numbered_headings_stay():
    points = [
        "1. It is slow",
        "The train waits for the mail at three stations.",
        "2. It is warm",
        "Each carriage has a stove.",
    ]
    _, content = read_plain_text(dump(TITLE, BODY[0], *points), BARE)
    assert texts(content) == [BODY[0], *points]


def test_a_text_wrapped_at_a_fixed_width_is_unwrapped():
    wrapped = """THE LIGHTHOUSE OF BRENHOLM

The town of Brenholm has bought its lighthouse back from a hotel
chain, ending a dispute that has lasted eleven years and split the
council twice.

Under the agreement the town pays a symbolic sum and takes over the
repair of the gallery, which is expected to cost about two million
kronor in all.
"""
    metadata, content = read_plain_text(wrapped, BARE)
    assert metadata.title == "THE LIGHTHOUSE OF BRENHOLM"
    assert len(content.lines) == 2
    assert content.lines[0].text.endswith("split the council twice.")


@pytest.mark.parametrize(
    ("opening", "dateline"),
    [
        ("TESHEN (Valley Wire) - The roof", "TESHEN (Valley Wire)"),
        ("BRENHOLM, Nov. 2 — The roof", "BRENHOLM, Nov. 2"),
        ("ЛОРАВА – Крыша", "ЛОРАВА"),
        ("The roof - and much besides - is wet", ""),
        ("The roof of the store", ""),
    ],
)
def test_place_and_agency_before_the_first_sentence_are_told(opening, dateline):
    first = f"{opening}, they say, leaks in eleven places, and everybody who sings there has counted them with buckets."
    _, content = read_plain_text(dump(TITLE, first, *BODY[1:]), BARE)
    assert content.dateline == dateline
    assert texts(content)[0] == first


def test_one_sentence_of_news_is_kept():
    text = "An earthquake of magnitude 4.1 was felt in Teshen early on Tuesday; no damage or injuries were reported."
    metadata, content = read_plain_text(dump("Earthquake felt in Teshen", "", text), BARE)
    assert metadata.title == "Earthquake felt in Teshen"
    assert texts(content) == [text]


def test_chinese_characters_weigh_enough_to_be_text():
    lines = [
        "洛拉瓦老石桥重新开放",
        "2026年11月20日 08:30",
        "连接洛拉瓦两岸的老石桥星期五重新开放，行人和马车可以再次通行。",
        "数百名居民在寒风中等待市长剪彩，从今天起两个村子又成了一个镇。",
    ]
    metadata, content = read_plain_text(dump(*lines), BARE)
    assert metadata.title == lines[0]
    assert metadata.published == "2026-11-20"
    assert texts(content) == lines[2:]


def test_headlines_alone_are_no_text():
    lines = [
        "Home",
        "News",
        "Sport",
        "Harbour town buys back its lighthouse",
        "Fishermen protest",
        "Three pupils",
        "Contact",
    ]
    _, content = read_plain_text(dump(*lines), BARE)
    assert content.measurements.letters_kept == 0


def test_nothing_gives_nothing():
    metadata, content = read_plain_text(" \n\n---\n", KNOWN)
    assert metadata.title == ""
    assert content.lines == ()


def test_a_dump_of_twenty_thousand_lines_is_read_through():
    menu = [f"Entry {number} of a menu" for number in range(10_000)]
    _, content = read_plain_text(dump(*menu, TITLE, *BODY, *menu), KNOWN)
    assert texts(content) == BODY


LINES = st.lists(
    st.sampled_from([*BODY, TITLE, "Home", "XS", "LG", "Read also:", "12 March 2024", "By Mary Ollander", "Մատչելիության հղումներ", "", "© 2026", "石桥开放"])
    | st.text(max_size=40),
    max_size=25,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(LINES)
def test_every_line_ends_in_the_text_a_field_or_the_ledger(lines):
    text = "\n".join(lines)
    metadata, content = read_plain_text(text, KNOWN)
    placed = " ".join(
        [metadata.title, *texts(content), *(image.caption for image in content.images), *cut_texts(content)]
    )
    for line in text.splitlines():
        folded = normal(line)
        if any(char.isalpha() for char in folded):
            assert folded in placed


@pytest.mark.skipif(not SAMPLE.exists(), reason="the shared samples are not here")
@pytest.mark.parametrize("rules", [KNOWN, BARE], ids=["with phrases", "without phrases"])
def test_the_document_that_started_the_project_comes_out_clean(rules):
    text = SAMPLE.read_text(encoding="utf-8")
    metadata, content = read_plain_text(text, rules)
    lines = [line for line in text.splitlines() if line.strip()]
    assert metadata.title == lines[1]
    assert texts(content) == lines[4:-4]
    assert [image.caption for image in content.images] == [lines[2]]
    assert cut_texts(content) == [lines[0], lines[3], "XS", "SM", "MD", "LG"]


def test_labels_of_bylines_and_dates_are_no_phrases_of_a_line():
    known = Phrases.of(frozenset({"en/byline:editor:", "en/date-line:updated:", "en/credit:photo:"}))
    assert [known.find(line) for line in ("editor: why?", "updated: may", "photo: anna kern")] == [
        "",
        "",
        "en:photo:",
    ]
