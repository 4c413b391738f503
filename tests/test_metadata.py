"""What a page says of itself, in every shape that sites say it."""

import json

import pytest

from extractors.findings import Metadata
from extractors.metadata import read_metadata
from extractors.records import Image
from extractors.tree import parse

URL = "https://www.example.org/news/new-bridge-opens"
BODY = "<article><h1>New bridge opens after nine years</h1><p>The town came to look.</p></article>"


def metadata(head: str = "", body: str = BODY, url: str = URL, html: str = "<html>") -> Metadata:
    tree = parse(f"{html}<head>{head}</head><body>{body}</body></html>")
    assert tree is not None
    return read_metadata(tree, url)


def jsonld(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return f'<script type="application/ld+json">{text}</script>'


ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "New bridge opens after nine years",
    "author": {"@type": "Person", "name": "Anna Petrosyan"},
    "datePublished": "2026-11-24T09:05:00+01:00",
    "dateModified": "2026-11-24T10:00:00+01:00",
    "articleSection": "Town",
    "keywords": "bridge, river, town",
    "description": "The town came to look.",
    "inLanguage": "en-GB",
    "isAccessibleForFree": False,
    "publisher": {"@type": "Organization", "name": "The Example"},
    "image": {
        "@type": "ImageObject",
        "url": "/bridge.jpg",
        "caption": "The new bridge. Photo: Lena Sahakyan",
    },
}


def test_json_ld_fills_every_field():
    found = metadata(jsonld(ARTICLE))
    assert found.title == "New bridge opens after nine years"
    assert found.authors == ("Anna Petrosyan",)
    assert found.published == "2026-11-24T08:05:00Z"
    assert found.modified == "2026-11-24T09:00:00Z"
    assert found.section == "Town"
    assert found.tags == ("bridge", "river", "town")
    assert found.lead == "The town came to look."
    assert found.declared_languages == ("en-GB",)
    assert found.declared_types == ("newsarticle",)
    assert found.is_paywalled is True
    assert found.site_name == "The Example"
    assert found.images == (
        Image(url="https://www.example.org/bridge.jpg", caption="The new bridge.", credit="Lena Sahakyan"),
    )


@pytest.mark.parametrize(
    "shape",
    [
        json.dumps([{"@type": "WebSite", "name": "The Example"}, ARTICLE]),
        json.dumps({"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, ARTICLE]}),
        json.dumps({"@type": "WebPage", "mainEntity": ARTICLE}),
        json.dumps({**ARTICLE, "@type": ["Article", "NewsArticle"]}),
        json.dumps({**ARTICLE, "@type": "http://schema.org/NewsArticle"}),
        json.dumps({**ARTICLE, "author": "Anna Petrosyan"}),
        json.dumps({**ARTICLE, "author": ["Anna Petrosyan"]}),
        json.dumps({**ARTICLE, "author": [{"@type": "Person", "name": ["Anna Petrosyan"]}]}),
        json.dumps({**ARTICLE, "author": {"givenName": "Anna", "familyName": "Petrosyan"}}),
        json.dumps({**ARTICLE, "author": [{"@type": "Organization", "name": "The Example"},
                                          {"@type": "Person", "name": "Anna Petrosyan"}]}),
        json.dumps({"@graph": [{**ARTICLE, "author": {"@id": "#anna"}}, {"@id": "#anna", "name": "Anna Petrosyan"}]}),
        json.dumps({"@graph": [{**ARTICLE, "author": {"@id": "#anna", "name": ""}},
                               {"@id": "#anna", "@type": "Person", "name": "Anna Petrosyan"}]}),
        "<!-- " + json.dumps(ARTICLE) + " -->",
        "//<![CDATA[\n" + json.dumps(ARTICLE) + "\n//]]>",
        "/* <![CDATA[ */" + json.dumps(ARTICLE) + "/* ]]> */",
        json.dumps(ARTICLE).replace("}", ",}"),
        json.dumps(ARTICLE) + ";",
        json.dumps(ARTICLE).replace("The town came", "The town\ncame"),
        json.dumps(ARTICLE).replace('"', "&quot;"),
        json.dumps({"@type": "WebSite", "name": "The Example"}) + "\n" + json.dumps(ARTICLE),
        json.dumps(ARTICLE)[:-1],
        json.dumps(ARTICLE).replace('"articleSection": "Town"', '"articleSection": "Old "Town" here"'),
    ],
)  # fmt: skip
def test_json_ld_is_read_in_whatever_shape_it_stands(shape):
    found = metadata(jsonld(shape))
    assert found.title == "New bridge opens after nine years"
    assert found.authors == ("Anna Petrosyan",)
    assert found.published == "2026-11-24T08:05:00Z"


def test_a_teasers_json_ld_is_not_the_pages():
    teaser = {**ARTICLE, "headline": "Another story", "author": "Someone Else", "datePublished": "2020-01-02"}
    found = metadata(
        jsonld({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": teaser}]})
    )
    assert found.title == "New bridge opens after nine years"
    assert found.authors == ()
    assert found.published == ""


def test_escaped_entities_and_tags_are_plain_text():
    found = metadata(
        jsonld({**ARTICLE, "headline": "Town\u0026amp;#39;s <em>new</em> bridge &amp; river walk"})
    )
    assert found.title == "Town's new bridge & river walk"


def test_soft_hyphens_and_zero_width_spaces_are_not_kept():
    found = metadata(
        body="<h1>New <b>bridge\u200b</b> op\u00adens after nine ye\u00adars</h1><p>The town came.</p>"
    )
    assert found.title == "New bridge opens after nine years"
    assert metadata(jsonld({**ARTICLE, "headline": "A bri\u00addge"}), "<h1>A b</h1>").title == "A bridge"


def test_open_graph_and_its_like_are_read():
    found = metadata(
        """<meta property="og:title" content="New bridge opens after nine years">
        <meta property="og:site_name" content="The Example">
        <meta property="og:type" content="article">
        <meta property="og:description" content="The town came to look.">
        <meta property="og:locale" content="hy_AM">
        <meta property="og:image" content="https://img.example.org/bridge.jpg">
        <meta property="og:image:alt" content="The new bridge">
        <meta property="article:published_time" content="2026-11-24T08:05:00Z">
        <meta property="article:modified_time" content="2026-11-24 12:00:00+0400">
        <meta property="article:section" content="Town">
        <meta property="article:tag" content="bridge"><meta property="article:tag" content="river">
        <meta name="author" content="By Anna Petrosyan and Aram Sargsyan">
        <meta name="robots" content="index, NoArchive">"""
    )
    assert found.authors == ("Anna Petrosyan", "Aram Sargsyan")
    assert (
        found.published == found.modified == "2026-11-24T08:05:00Z"
        or found.modified == "2026-11-24T08:00:00Z"
    )
    assert (found.section, found.tags, found.lead) == ("Town", ("bridge", "river"), "The town came to look.")
    assert found.declared_languages == ("hy-AM",)
    assert found.declared_types == ("article",)
    assert found.robots == ("index", "noarchive")
    assert found.images == (Image(url="https://img.example.org/bridge.jpg", caption="The new bridge"),)


@pytest.mark.parametrize(
    "name",
    [
        "DC.date.issued", "dcterms.created", "date", "pubdate", "publish-date", "parsely-pub-date", "sailthru.date",
        "cXenseParse:recs:publishtime", "article:published", "citation_publication_date", "og:article:published_time",
    ],
)  # fmt: skip
def test_dates_are_found_under_many_names(name):
    assert (
        metadata(f'<meta name="{name}" content="2026-11-24T08:05:00Z">').published == "2026-11-24T08:05:00Z"
    )


@pytest.mark.parametrize(
    "name",
    [
        "DC.creator",
        "dcterms.creator",
        "parsely-author",
        "sailthru.author",
        "byl",
        "cXenseParse:author",
        "AUTHOR",
    ],
)
def test_authors_are_found_under_many_names(name):
    assert metadata(f'<meta name="{name}" content="Anna Petrosyan">').authors == ("Anna Petrosyan",)


def test_microdata_is_read():
    found = metadata(
        body="""<article itemscope itemtype="https://schema.org/NewsArticle">
        <h1 itemprop="headline">New bridge opens after nine years</h1>
        <span itemprop="author" itemscope><a><span itemprop="name">Anna Petrosyan</span></a> staff writer</span>
        <time itemprop="datePublished" datetime="2026-11-24T08:05:00Z">today</time>
        <div class="comments"><span itemprop="author">Reader One</span></div></article>"""
    )
    assert found.authors == ("Anna Petrosyan",)
    assert found.published == "2026-11-24T08:05:00Z"
    assert "newsarticle" in found.declared_types


def test_what_statistics_are_told_fills_gaps():
    found = metadata(
        """<script>var utag_data={page_type:"article",pub_year:"2026",dateline:"GYUMRI ",byline:"Anna Petrosyan",
        categories:"town",tags:"bridges,rivers",section:"town"};</script>"""
    )
    assert (found.dateline, found.authors) == ("GYUMRI", ("Anna Petrosyan",))
    assert (found.tags, found.section) == (("bridges", "rivers"), "town")


def test_a_page_of_the_pangea_shape_comes_out_right():
    head = """<title>Town&#39;s new bridge opens</title><meta property="og:site_name" content="Voice of the River">
        <link rel="canonical" href="https://www.example.org/a/town-s-new-bridge/7585813.html">
        <link rel="amphtml" href="https://www.example.org/amp/town-s-new-bridge/7585813.html">
        <script>var utag_data={dateline:"GYUMRI, Shirak ",byline:"Example Press",tags:"bridges",article_uid:"7585813"};</script>
        """ + jsonld({"@type": "NewsArticle", "headline": "Town\u0027s new bridge opens ", "inLanguage": "en-US",
                      "keywords": "Town, Bridges", "author": {"@type": "Person", "name": "Example Press"},
                      "datePublished": "2026-04-28 07:00:00Z", "dateModified": "2026-04-28 07:00:00Z",
                      "publisher": {"@type": "NewsMediaOrganization", "name": "Voice of the River (VOR)"}})  # fmt: skip
    body = """<div class="sr-only"><h2>Accessibility links</h2></div><h1 class="title pg-title">Town&#39;s new bridge opens</h1>
        <time pubdate="pubdate" datetime="2026-04-28T03:00:00-04:00">April 28, 2026 3:00 AM</time>
        <li class="links__item">By <a href="/author/x">Example Press</a></li>"""
    found = metadata(head, body, "https://www.example.org/a/town-s-new-bridge/7585813.html?fbclid=x")
    assert found.title == "Town's new bridge opens"
    assert found.published == "2026-04-28T07:00:00Z"
    assert found.dateline == "GYUMRI, Shirak"
    assert found.authors == ("Example Press",)
    assert found.tags == ("Town", "Bridges")
    assert found.canonical_url == "https://www.example.org/a/town-s-new-bridge/7585813.html"
    assert found.amp_url == "https://www.example.org/amp/town-s-new-bridge/7585813.html"


def test_the_visible_byline_and_date_are_read_where_nothing_is_declared():
    found = metadata(
        body="""<div class="related"><span class="author">By Other Person</span></div>
        <h1>New bridge opens after nine years</h1>
        <div class="byline">By <a href="/authors/ap">Anna Petrosyan</a> · <a href="/authors/as">Aram Sargsyan</a></div>
        <span class="date">November 24, 2026</span><p>The town came to look.</p>"""
    )
    assert found.authors == ("Anna Petrosyan", "Aram Sargsyan")
    assert found.published == "2026-11-24"


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ('<p class="author">Anna Petrosyan 24 November 2026</p>', ("Anna Petrosyan",)),
        ('<div class="author-name">BY ANNA PETROSYAN</div>', ("ANNA PETROSYAN",)),
        ('<div class="post-author"><span>By</span><span>Anna Petrosyan</span></div>', ("Anna Petrosyan",)),
        ('<a rel="author" href="/a">Anna Petrosyan</a>', ("Anna Petrosyan",)),
        ("<div>By Anna Petrosyan</div>", ("Anna Petrosyan",)),
        ("<div>Von Anna Petrosyan</div>", ("Anna Petrosyan",)),
        ('<div class="author-bio">Anna writes about rivers and has three cats.</div>', ()),
        ("<div>By the river there is a house</div>", ()),
        ('<div class="author">View all posts</div>', ()),
    ],
)
def test_bylines_are_names_or_nothing(byline, names):
    assert metadata(body=f"<h1>New bridge opens after nine years</h1>{byline}<p>Text.</p>").authors == names


def test_a_person_on_the_page_beats_a_declared_organisation():
    organisation = jsonld({**ARTICLE, "author": {"@type": "Organization", "name": "The Example"}})
    assert metadata(organisation).authors == ("The Example",)
    shown = '<h1>New bridge opens</h1><span class="byline">By Anna Petrosyan</span>'
    assert metadata(organisation, shown).authors == ("Anna Petrosyan",)


def test_links_to_other_versions_are_read():
    found = metadata(
        """<link rel="alternate" hreflang="hy" href="/hy/bridge"><link rel="alternate" hreflang="en" href="/news/new-bridge-opens">
        <link rel="alternate" hreflang="x-default" href="/"><link rel="alternate" type="application/rss+xml" href="/feed">"""
    )
    assert found.alternates[:2] == (("hy", "https://www.example.org/hy/bridge"), ("en", URL))
    assert found.declared_languages == ("en",)


def test_languages_are_declared_most_trusted_first():
    found = metadata(
        '<meta property="og:locale" content="ru_RU">' + jsonld(ARTICLE), html='<html lang="hy-AM">'
    )
    assert found.declared_languages == ("hy-AM", "ru-RU", "en-GB")


@pytest.mark.parametrize(
    ("declared", "believed"),
    [
        ("https://www.example.org/news/bridge", "https://www.example.org/news/bridge"),
        ("/news/bridge", "https://www.example.org/news/bridge"),
        ("https://example.org/news/bridge", "https://example.org/news/bridge"),
        ("https://www.example.org/", ""),
        ("https://other.net/news/bridge", ""),
        ("javascript:void(0)", ""),
        ("http://[broken", ""),
    ],
)
def test_a_canonical_link_is_believed_where_it_can_be_true(declared, believed):
    assert metadata(f'<link rel="canonical" href="{declared}">').canonical_url == believed


def test_logos_are_no_pictures():
    found = metadata(
        '<meta property="og:image" content="/static/logo.png"><meta property="og:image" content="/p/bridge.jpg">'
    )
    assert [image.url for image in found.images] == ["https://www.example.org/p/bridge.jpg"]


def test_the_body_of_structured_data_is_kept_as_a_witness():
    assert metadata(jsonld({**ARTICLE, "articleBody": "One.\n\nTwo."})).article_body == "One.\n\nTwo."


def test_an_empty_page_says_nothing():
    assert metadata(body="", url="") == Metadata()


def test_the_tree_is_left_as_it_was():
    tree = parse(
        f"<html><head><title>x</title><script>1</script></head><body>{BODY}<nav>12.03.2020</nav></body></html>"
    )
    assert tree is not None
    before = len(list(tree.iter()))
    read_metadata(tree, URL)
    assert len(list(tree.iter())) == before


def test_a_date_that_only_the_pages_own_scripts_know_is_found():
    for script in (
        'self.push("{\\"datePublished\\":\\"2026-11-24T08:05:00Z\\"}")',
        'window.state = {firstPublicationDate: "2026-11-24T08:05:00Z", id: 7};',
    ):
        assert metadata(f"<script>{script}</script>").published == "2026-11-24T08:05:00Z"


def test_a_date_at_the_end_of_the_title_element_is_found():
    assert (
        metadata("<title>New bridge opens after nine years | The Example | 24.11.2026</title>").published
        == "2026-11-24"
    )


def test_machine_ids_among_the_tags_go():
    tags = "bridge,8f507083-bac4-423a-9015-2eb31e1bce50,river,123456"
    assert metadata(jsonld({**ARTICLE, "keywords": tags})).tags == ("bridge", "river")
