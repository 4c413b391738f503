"""What the head of a page declares: meta and link elements, <title>.

Sources: OpenGraph (ogp.me), Dublin Core (DCMI terms), and the names that Parsely, Sailthru, cXense,
Shareaholic, Highwire (citation_*) and large content systems document or were met in 2,174 pages.
Names are folded: see ``parts.fold_name``.
"""

from __future__ import annotations

import re

from extractors.metadata.claims import Claims, clean, unique
from extractors.metadata.parts import Parts
from extractors.records import Image

_TITLES = ("ogtitle", "twittertitle", "headline", "parselytitle", "sailthrutitle", "cxenseparsetitle",
           "citationtitle", "dctitle", "dctermstitle", "title")  # fmt: skip
_AUTHORS = (
    "author", "articleauthor", "ogarticleauthor", "ogauthor", "parselyauthor", "sailthruauthor", "cxenseparseauthor",
    "byl", "byline", "dccreator", "dctermscreator", "citationauthor", "dcsextauthor", "articleauthorname",
    "shareaholicarticleauthorname", "authors", "authorname", "creator", "dcauthor", "dctermsauthor",
    "smartbannerauthor",
)  # fmt: skip
_PUBLISHED = (
    "articlepublishedtime", "ogarticlepublishedtime", "datepublished", "articlepublished", "ogpublishedtime",
    "cxenseparserecspublishtime", "cxenseparsepublishtime", "parselypubdate", "sailthrudate", "pubdate",
    "publishdate", "publicationdate", "publisheddate", "publishedtime", "publishedat", "publishtime",
    "datepublication", "dcdateissued", "dctermsissued", "dctermscreated", "dcdatecreated", "datecreated",
    "dctermsdate", "dcdate", "date", "articledateoriginal", "articlecreated", "articlecreatedtime",
    "originalpublicationdate", "dcsextarticlefirstpublished", "shareaholicarticlepublishedtime",
    "citationpublicationdate", "citationonlinedate", "citationdate", "ogpubdate", "ogpublishdate", "published",
    "displaydate", "contentpublishdate", "pdate", "ogreleasedate", "uploaddate",
)  # fmt: skip
_MODIFIED = (
    "articlemodifiedtime", "ogarticlemodifiedtime", "datemodified", "articlemodified", "ogupdatedtime",
    "dctermsmodified", "dcdatemodified", "articledateupdated", "articleupdated", "shareaholicarticlemodifiedtime",
    "lastmodified", "lastmod", "revisiondate", "updateddate",
)  # fmt: skip
_SECTIONS = ("articlesection", "ogarticlesection", "ogsection", "parselysection", "sailthrusection", "section",
             "cxenseparsesection", "category", "articlecategory")  # fmt: skip
_TAGS = ("articletag", "ogarticletag", "newskeywords", "parselytags", "sailthrutags", "keywords", "tags")
_LEADS = ("ogdescription", "description", "twitterdescription", "dcdescription", "dctermsdescription")
_LANGUAGES = (
    "contentlanguage",
    "oglocale",
    "inlanguage",
    "dclanguage",
    "dctermslanguage",
    "language",
    "lang",
)
_COMMAS = re.compile(r"\s*[,;،、]\s*")
# Yoast writes the byline as a labelled pair for link previews; the label's words change with the language,
# the pair's neighbour ("Est. reading time", "12 minutes") always holds a number.
_LABELLED = (("twitterlabel1", "twitterdata1"),)
_BY_LABEL = re.compile(
    r"writ|verfass|geschr|par\b|escrit|autor|author|scritto|door|skriv|napisan|автор|escrito", re.I
)


def read_meta(parts: Parts) -> Claims:
    """What the head says."""
    return Claims(
        titles=_cleaned(parts.all_of(*_TITLES)),
        authors=_cleaned([*parts.all_of(*_AUTHORS), *_labelled_authors(parts)]),
        published=_cleaned(parts.all_of(*_PUBLISHED)),
        modified=_cleaned(parts.all_of(*_MODIFIED)),
        sections=_cleaned(parts.all_of(*_SECTIONS)),
        tags=_tags(parts),
        leads=_cleaned(parts.all_of(*_LEADS)),
        images=_images(parts),
        urls=unique([*parts.all_of("ogurl")]),
        site_names=_cleaned(
            parts.all_of(
                "ogsitename",
                "applicationname",
                "dcpublisher",
                "cxenseparsesitename",
                "publisher",
                "twittersite",
                "applemobilewebapptitle",
            )
        ),
        languages=_cleaned([parts.html_language, *parts.all_of(*_LANGUAGES)]),
        types=unique([kind.strip().lower() for kind in parts.all_of("ogtype")]),
        is_paywalled=_paywall(parts),
        is_article="article" in parts.all_of("ogtype"),
    )


def read_title_element(parts: Parts) -> tuple[str, ...]:
    """The text of <title>; of the first, when icons drawn in the page bring more."""
    return unique([clean(element.text_content()) for element in parts.titles[:1]])


def read_robots(parts: Parts) -> tuple[str, ...]:
    """Directives of the robots meta element, lower case."""
    return unique([word.strip().lower() for text in parts.all_of("robots") for word in text.split(",")])


def _cleaned(texts: list[str]) -> tuple[str, ...]:
    return unique([clean(text) for text in texts[:60]])


def _labelled_authors(parts: Parts) -> list[str]:
    return [
        data
        for label, value in _LABELLED
        for title, data in zip(parts.all_of(label), parts.all_of(value), strict=False)
        if _BY_LABEL.search(title)
    ]


def _tags(parts: Parts) -> tuple[str, ...]:
    """Tags of the first kind that has any: later kinds repeat or pad the first."""
    for name in _TAGS:
        if found := parts.all_of(name):
            listed = found if len(found) > 1 else _COMMAS.split(found[0])
            return _cleaned(listed)
    return ()


def _images(parts: Parts) -> tuple[Image, ...]:
    urls = parts.all_of("ogimage", "ogimageurl", "twitterimage", "twitterimagesrc")
    captions = parts.all_of("ogimagealt", "twitterimagealt")
    caption = clean(captions[0]) if captions else ""
    return tuple(
        Image(url=url, caption=caption if number == 0 else "") for number, url in enumerate(unique(urls))
    )


def _paywall(parts: Parts) -> bool | None:
    tiers = " ".join(parts.all_of("articlecontenttier", "isaccessibleforfree")).lower().split()
    if not tiers:
        return None
    return any(tier in ("locked", "metered", "false", "premium") for tier in tiers)
