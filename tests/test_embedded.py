"""Articles that stand only in a page's data: every shape gives the same text, and no other text."""

import html
import json

import pytest

from extractors.content.embedded_literals import read_literal, read_string
from extractors.content.embedded_values import parse_script, parse_stream, resolve_table
from extractors.judging import judge
from extractors.records import Article, CutReason, Reason
from tests.story_pages import PARAGRAPHS, TITLE, page

OTHER_TITLE = "Ferry strike on the Aster ends after nine long days"
OTHER = [
    "The ferries of the lower river are to run again from Thursday, after nine days in which nobody crossed the water but swans.",
    "The captains had asked for warmer cabins and a second pilot at night. Both were granted, the ferry company said late on Monday.",
    "Commuters had spent the strike on a bus that takes the long way round, by the bridge in the hills, and an hour more for it.",
]
RELATED = [
    {"title": OTHER_TITLE, "url": "/news/ferries", "body": "".join(f"<p>{text}</p>" for text in OTHER * 4)}
]
COMMENTS = [
    {"user": "vera", "text": f"I would ride that train every day of the week, said my neighbour {n}."}
    for n in range(9)
]
LABELS = {
    "cookies": "We use cookies to remember what you have read, and you can change your choice whenever you like to."
}
HTML = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def shell(data: str, *, head: str = "", body: str = '<div id="root"></div>') -> str:
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{TITLE} - Aster Post</title>
<meta property="og:type" content="article"><meta property="og:title" content="{TITLE}">{head}</head>
<body><header><a href="/">Aster Post</a></header>{body}{data}</body></html>"""


def as_json(value: object, name: str = "", kind: str = "application/json") -> str:
    text = json.dumps(value, ensure_ascii=len(name) % 2 == 0).replace("</", "<\\/")
    return f'<script id="{name}" type="{kind}">{text}</script>'


def as_script(text: str) -> str:
    return f"<script>{text.replace('</', chr(60) + chr(92) + '/')}</script>"


def around(body: dict[str, object]) -> dict[str, object]:
    """The article's node among what applications keep beside it."""
    node = {"id": 7, "headline": TITLE, "url": "/news/railway", "author": {"bio": OTHER[0]}} | body
    return {"props": {"page": {"related": RELATED, "article": node, "comments": COMMENTS}, "labels": LABELS}}


def flat_table(value: object) -> list[object]:
    table: list[object] = [["ShallowReactive", 1]]

    def put(item: object) -> int:
        at = len(table)
        table.append(None)
        if isinstance(item, dict):
            table[at] = {key: put(member) for key, member in item.items()}
        elif isinstance(item, list):
            table[at] = [put(member) for member in item]
        else:
            table[at] = item
        return at

    put(value)
    return table


def stream(rows: str) -> str:
    third = len(rows) // 3
    return "".join(
        as_script(f"self.__next_f.push([1,{json.dumps(rows[at : at + third])}])")
        for at in range(0, len(rows), third)
    )


def runs(text: str) -> list[dict[str, object]]:
    return [
        {"type": "text", "text": text[:20]},
        {"type": "text", "text": text[20:], "marks": [{"type": "bold"}]},
    ]


def linked(text: str) -> list[dict[str, object]]:
    link = {"nodeType": "hyperlink", "content": [{"nodeType": "text", "value": text[20:40]}]}
    return [{"nodeType": "text", "value": text[:20]}, link, {"nodeType": "text", "value": text[40:]}]


APOLLO = {
    "ROOT_QUERY": {"article": {"__ref": "Article:7"}},
    "Article:7": {
        "title": TITLE,
        "paragraphs": [{"__ref": f"Paragraph:{n}"} for n in range(len(PARAGRAPHS))],
        "related": [{"__ref": "Article:8"}],
    },
    "Article:8": RELATED[0],
} | {
    f"Paragraph:{n}": {"__typename": "Paragraph", "type": "P", "text": text}
    for n, text in enumerate(PARAGRAPHS)
}
ROWS = f'1:I[12,["4"],"default"]\n9:T{len(HTML.encode()):x},{HTML}3:{json.dumps(["$", "$L1", None, around({"body": "$9"})])}\n'
ELEMENTS = ["$", "main", None, {"children": [["$", "h1", None, {"children": TITLE}]]
    + [["$", "p", str(n), {"children": text}] for n, text in enumerate(PARAGRAPHS)]}]  # fmt: skip

SHAPES = {
    "HTML in a string": as_json(around({"body": HTML}), "__NEXT_DATA__"),
    "escaped HTML in a string": as_json(around({"body": html.escape(HTML)})),
    "text in a string": as_json(around({"text": "\n\n".join(PARAGRAPHS)})),
    "Markdown in a string": as_json(around({"markdown": "\n\n".join([PARAGRAPHS[0], "![A](https://a.example/1.jpg)", *PARAGRAPHS[1:]])})),
    "strings": as_json(around({"paragraphs": list(PARAGRAPHS)})),
    "Arc's blocks": as_script("Fusion.globalContent=" + json.dumps({
        "headlines": {"basic": TITLE},
        "content_elements": [{"type": "text", "_id": "A", "content": text} for text in PARAGRAPHS]
        + [{"type": "interstitial_link", "content": "Read about the ferries"}],
        "related_content": {"basic": RELATED},
    }) + ";Fusion.spa=false;"),
    "Draft.js": as_json(around({"content": {"blocks": [{"key": "a", "type": "unstyled", "text": text} for text in PARAGRAPHS], "entityMap": {}}})),
    "Editor.js": as_json(around({"content": {"time": 1, "blocks": [{"type": "paragraph", "data": {"text": text}} for text in PARAGRAPHS]}})),
    "ProseMirror": as_json(around({"content": {"type": "doc", "content": [{"type": "paragraph", "content": runs(text)} for text in PARAGRAPHS]}})),
    "Slate": as_json(around({"content": [{"children": [{"text": text[:9]}, {"text": text[9:], "bold": True}]} for text in PARAGRAPHS]})),
    "Portable Text": as_json(around({"body": [{"_type": "block", "style": "normal", "children": [{"_type": "span", "text": text}]} for text in PARAGRAPHS]})),
    "Contentful": as_json(around({"body": {"nodeType": "document", "content": [{"nodeType": "paragraph", "content": linked(text)} for text in PARAGRAPHS]}})),
    "hast": as_json(around({"body": [{"type": "element", "tagName": "p", "children": [{"type": "text", "value": text}]} for text in PARAGRAPHS]})),
    "GraphQL's types": as_json(around({"body": {"content": [{"__typename": "ParagraphBlock", "content": [{"__typename": "TextInline", "text": text}]} for text in PARAGRAPHS]}})),
    "a cache of references": as_script(f"window.__APOLLO_STATE__={json.dumps(APOLLO)};"),
    "a text that is JSON": as_json({"state": json.dumps(around({"body": HTML}))}),
    "JSON.parse": as_script(f"window.__INITIAL_STATE__ = JSON.parse({json.dumps(json.dumps(around({'body': HTML})))});"),
    "a flat table": as_json(flat_table(around({"body": HTML})), "__NUXT_DATA__"),
    "a function called at once": as_script(
        f'window.__NUXT__=(function(a,b,c){{return {{layout:"x",data:[{{article:{{title:a,paid:b,at:new Date(17),body:{json.dumps(HTML)}}}}}],error:c}}}}({json.dumps(TITLE)},false,null));'
    ),
    "a literal without quotes": as_script(f"var story = {{title: '{TITLE}', content: {json.dumps(HTML)}, next: undefined}};"),
    "streamed text": stream(ROWS),
    "streamed elements": stream(f"5:{json.dumps(ELEMENTS)}\n"),
    "structured data": as_json({"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n".join(PARAGRAPHS)}, kind="application/ld+json"),
    "a template": f"<template><h1>{TITLE}</h1>{HTML}</template>",
    "a template in a script": f'<script type="text/x-template"><h1>{TITLE}</h1>{HTML}</script>',
    "an attribute of data": f'<div id="app" data-page="{html.escape(json.dumps(around({"body": HTML})))}"></div>',
    "an attribute of HTML": f'<story-view body="{html.escape(HTML)}"></story-view>',
}  # fmt: skip


def judged(markup: str) -> Article:
    verdict = judge(page(markup))
    assert isinstance(verdict, Article), verdict
    return verdict


@pytest.mark.parametrize("shape", list(SHAPES))
def test_an_article_in_the_page_s_data_is_read_whole_and_alone(shape):
    article = judged(shell(SHAPES[shape]))
    assert article.text.split("\n") == list(PARAGRAPHS)
    assert article.extracted_by.startswith("embedded:")
    assert "embedded" in article.flags


@pytest.mark.parametrize(
    ("shape", "name"),
    [
        ("HTML in a string", "next-data"),
        ("Arc's blocks", "fusion"),
        ("a cache of references", "apollo"),
        ("a flat table", "nuxt"),
        ("JSON.parse", "state"),
        ("streamed text", "next-stream"),
        ("structured data", "json-ld"),
        ("a template", "template"),
        ("an attribute of data", "attribute"),
        ("a literal without quotes", "script"),
    ],
)
def test_the_article_names_the_data_that_it_was_read_from(shape, name):
    assert judged(shell(SHAPES[shape])).extracted_by == f"embedded:{name}"


def test_headings_lists_quotes_and_captions_keep_their_kind():
    caption = "The old platform of Lower Aster, seen from the harbour wall in March"
    blocks = [
        {"type": "text", "content": PARAGRAPHS[0]},
        {"type": "image", "url": "https://aster.example/1.jpg", "caption": caption},
        {"type": "header", "level": 3, "content": "What it is to cost"},
        {"type": "list", "items": [{"type": "text", "content": PARAGRAPHS[1]}, {"type": "text", "content": PARAGRAPHS[3]}]},
        {"type": "quote", "content_elements": [{"type": "text", "content": PARAGRAPHS[2]}]},
        *({"type": "text", "content": text} for text in PARAGRAPHS[4:]),
    ]  # fmt: skip
    article = judged(shell(as_json(around({"content_elements": blocks}))))
    assert article.structure == ("p", "h3", "li", "li", "quote", "p", "p")
    assert caption not in article.text
    assert [(image.url, image.caption) for image in article.images] == [
        ("https://aster.example/1.jpg", caption)
    ]


def test_other_stories_readers_and_labels_are_no_article():
    verdict = judge(
        page(shell(as_json({"related": RELATED, "stories": RELATED, "comments": COMMENTS, "labels": LABELS})))
    )
    assert (verdict.reason, verdict.text) == (Reason.SCRIPT_ONLY, "")


def test_a_page_that_shows_its_text_is_not_read_from_its_data():
    body = f"<main><article><h1>{TITLE}</h1>{HTML}</article></main>"
    article = judged(
        shell(as_json(around({"body": HTML + "<p>And more that nobody is shown.</p>" * 90})), body=body)
    )
    assert article.extracted_by == "blocks"
    assert article.text.split("\n") == list(PARAGRAPHS)


def test_a_beginning_that_breaks_off_goes_on_in_the_data():
    body = (
        f"<main><article><h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1][:60]}…</p></article></main>"
    )
    article = judged(shell(as_json(around({"body": HTML})), body=body))
    assert article.text.split("\n") == list(PARAGRAPHS)
    told = {cut.text: (cut.reason, cut.rule) for cut in article.cuts}
    assert told[PARAGRAPHS[0]] == (CutReason.DOUBLED, "embedded:again")


PAID = {
    "the page declares that it is sold": (
        as_json({"@type": "NewsArticle", "headline": TITLE, "isAccessibleForFree": False}, kind="application/ld+json"),
        around({"body": HTML}),
        "",
    ),
    "the data say that it is sold": ("", around({"body": HTML, "isPremium": True}), ""),
    "the page asks to pay": ("", around({"body": HTML}), '<div class="paywall"><p>Subscribe to go on reading this story.</p></div>'),
}  # fmt: skip


@pytest.mark.parametrize("how", list(PAID))
def test_what_is_sold_is_not_taken_out_of_the_data(how):
    head, data, prompt = PAID[how]
    body = f"<main><article><h1>{TITLE}</h1><p>{PARAGRAPHS[0][:70]}…</p>{prompt}</article></main>"
    verdict = judge(page(shell(as_json(data), head=head, body=body)))
    assert PARAGRAPHS[-1] not in verdict.text


def test_a_literal_is_read_with_its_names_and_without_its_calls():
    text = "x={a:1,'b c':[\"d\\n\\u00e9\",`e`,void 0,f(2)],g:!0,h:undefined}"
    assert read_literal(text, 2)[0] == {"a": 1, "b c": ["d\né", "e", 0, [2]], "g": True}


def test_strings_are_read_with_every_escape_of_javascript():
    assert read_string(r"'\x41\u{1F686}\ud83d\ude86\'\q'", 0)[0] == "A\U0001f686\U0001f686'q"


def test_values_too_short_for_an_article_are_passed_over():
    assert parse_script('var a = {"b": 1}; var c = {"d": "' + "e " * 200 + '"};') == [{"d": "e " * 200}]


def test_a_stream_s_texts_end_by_their_length_in_bytes():
    assert parse_stream(['self.__next_f.push([1,"1:T5,a\\u00e9\\n:2:{\\"x\\":\\"$1\\"}\\n"])']) == {
        "1": "aé\n:",
        "2": {"x": "aé\n:"},
    }


def test_a_table_that_leads_to_itself_ends():
    found = resolve_table([["Ref", 1], {"a": 1, "b": 2}, "text", "more"])
    assert isinstance(found, dict)
    assert found["b"] == "text"


@pytest.mark.parametrize(
    "data",
    [
        "<script type='application/json'>" + "[" * 100_000 + "]" * 100_000 + "</script>",
        "<script>var x=" + "{a:" * 100_000 + "1" + "}" * 100_000 + ";</script>",
        "<script>" + 'x={"a":"' * 40_000 + "</script>",
        '<script>var x={"a":"' + "\\" * 300_001 + "</script>",
        as_json([{"title": TITLE, "x": [{"title": TITLE, "body": "<" * 900}] * 20}] * 100),
        as_script("window.__APOLLO_STATE__=" + json.dumps(APOLLO | {"Article:7": {"title": TITLE, "body": [{"__ref": "Article:7"}] * 3}})),
        "<template>" + "<div>" * 30_000 + HTML + "</template>",
    ],
    ids=["deep lists", "deep literal", "open strings", "backslashes", "a hundred holders", "a cache in circles", "deep template"],
)  # fmt: skip
def test_hostile_data_end_in_a_verdict(data):
    assert judge(page(shell(data)))
