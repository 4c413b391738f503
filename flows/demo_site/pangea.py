"""A page template in the shape of a large broadcaster's content system.

Accessibility heading first, a figure whose alternative text is its caption, related teasers in the
text's own column, breakpoint markers last.
"""

from __future__ import annotations

import json
from html import escape

from flows.demo_site.stories import Labels, Story, labels, stories


def article_page(story: Story, base_url: str) -> str:
    """The page of one article."""
    words = labels(story.menu)
    body = f"""<div class="hdr-container">{_figure(story)}</div>
<div class="body-container"><div class="row">
<div class="category"><a class="links__item-link" href="/z/{story.id % 7}">{escape(story.section)}</a></div>
<h1 class="title pg-title">{escape(story.title)}</h1>
<div class="publishing-details"><div class="published"><span class="date"><time pubdate="pubdate" datetime="{_zoned(story)}">{_shown(story)}</time></span></div>
<div class="links"><ul class="links__list"><li class="links__item">{escape(", ".join(story.authors))}</li></ul></div></div>
{_share(words)}
<div id="article-content" class="content-floated-wrap"><div class="wsw">
{_paragraphs(story, words)}
</div></div>
<div class="media-block-wrap" id="wrowblock"><h2 class="section-head">{escape(words.most_read)}</h2><div class="row">{_teasers(story)}</div></div>
</div></div>"""
    head = f"""<meta property="og:type" content="article"><meta property="og:title" content="{escape(story.title)}">
<meta property="og:description" content="{escape(story.paragraphs[0][:150])}"><meta property="og:image" content="{base_url}{story.image}">
<script type="application/ld+json">{_structured(story, base_url)}</script>
<script>var utag_data = {json.dumps(_tracking(story), ensure_ascii=False)};</script>"""
    return page(story.language, story.title, words, head, body, f"{base_url}{story.path}")


def video_page(base_url: str) -> str:
    """A page that holds a player and a caption, and no article."""
    words = labels("hy")
    body = f"""<div class="media-container"><div class="media-pholder media-pholder--video"><div class="c-mmp"><div class="c-mmp__poster"><img src="/images/1.png" alt="Լորավա – Կամուրջի բացումը"></div>
<div class="c-spinner">0:00 / 0:02:41</div><a class="c-mmp__fallback-link" href="/images/1.mp4">240p</a></div></div></div>
<div class="body-container"><h1 class="title pg-title">Լորավայի քարե կամրջի բացումը</h1><div class="published"><time pubdate="pubdate" datetime="2026-11-20T10:00:00+04:00">Նոյեմբեր 20, 2026</time></div>
{_share(words)}<div class="intro m-t-md"><p>Տեսեք, թե ինչպես բացվեց կամուրջը։</p></div>
<div class="media-block-wrap"><h2 class="section-head">{escape(words.most_read)}</h2><div class="row">{_teasers(None)}</div></div></div>"""
    head = """<meta property="og:type" content="video.other"><script type="application/ld+json">{"@context":"https://schema.org","@type":"VideoObject","name":"Լորավայի քարե կամրջի բացումը","uploadDate":"2026-11-20 06:00:00Z"}</script>"""
    return page(
        "hy", "Լորավայի քարե կամրջի բացումը", words, head, body, f"{base_url}/a/bridge-video/33014600.html"
    )


def missing_page(base_url: str) -> str:
    """A page that says "not found" with status 200."""
    words = labels("en")
    body = f"""<div class="body-container"><h1 class="title pg-title">404</h1><div class="wsw"><p>We are sorry, but the page that you asked for is not here. It may have been moved or taken down.</p>
<p><a href="/">{escape(words.menu[0])}</a></p></div></div>"""
    return page("en", "404 - Page not found", words, "", body, f"{base_url}/a/gone/33014000.html")


def page(language: str, title: str, words: Labels, head: str, body: str, address: str) -> str:
    """A whole page of this template around a body."""
    menu = "".join(
        f'<li><a href="/z/{number}">{escape(entry)}</a></li>' for number, entry in enumerate(words.menu)
    )
    return f"""<!DOCTYPE html>
<html lang="{language}" dir="auto" class="no-js"><head><meta charset="utf-8"><title>{escape(title)} | {escape(words.site)}</title>
<link rel="canonical" href="{address}">{head}</head>
<body><div class="sr-only"><h2>{escape(words.accessibility)}</h2><ul class="accessibility-links"><li><a href="#content">{escape(words.skip)}</a></li></ul></div>
<div class="hdr-20"><nav class="main-nav"><ul>{menu}</ul></nav></div>
<main id="content">{body}</main>
<div class="ymla-section"><h3>{escape(words.app)}</h3></div>
<footer class="foot"><ul>{menu}</ul><p>{escape(words.site)} © 2026. {escape(words.rights)}</p></footer>
<div class="cookie-bar" role="dialog"><p>{escape(words.cookie)}</p><button>{escape(words.accept)}</button></div>
<div class="responsive-indicator"><div class="visible-xs-block">XS</div><div class="visible-sm-block">SM</div><div class="visible-md-block">MD</div><div class="visible-lg-block">LG</div></div>
</body></html>
"""


def _figure(story: Story) -> str:
    caption = escape(story.caption)
    return f"""<figure class="media-image js-media-expand"><div class="img-wrap"><div class="thumb"><img src="{story.image}" alt="{caption}"></div></div><figcaption><span class="caption">{caption}</span></figcaption></figure>"""


def _share(words: Labels) -> str:
    return f"""<div class="share--box"><div class="sticky-share-container"><ul class="share"><li><a href="#">Facebook</a></li><li><a href="#">Twitter</a></li><li><a href="#">Telegram</a></li><li><a href="#">{escape(words.copy)}</a></li></ul></div><p class="link-print"><a href="#">{escape(words.print)}</a></p></div>"""


def _paragraphs(story: Story, words: Labels) -> str:
    parts = [f"<p>{escape(text)}</p>" for text in story.paragraphs]
    related = f"""<div class="wsw__embed"><div class="media-block"><div class="media-block__content"><span class="section-head">{escape(words.read_also)}</span><a href="/"><h4 class="media-block__title">{escape(story.related)}</h4></a></div></div></div>"""
    newsletter = f"""<div class="clear"></div><div class="wsw__embed newsletter-embed"><h3>{escape(words.newsletter)}</h3><p>{escape(words.newsletter_text)}</p></div>"""
    return "\n".join([*parts[:2], related, *parts[2:], newsletter])


def _teasers(story: Story | None) -> str:
    others = [other for other in stories() if other is not story][:4]
    return "".join(
        f'<div class="col-xs-12"><a href="{other.path}"><h4 class="media-block__title">{escape(other.title)}</h4></a></div>'
        for other in others
    )


def _structured(story: Story, base_url: str) -> str:
    declared = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": story.published.replace("T", " "),
        "dateModified": (story.modified or story.published).replace("T", " "),
        "author": [{"@type": "Person", "name": name} for name in story.authors],
        "publisher": {"@type": "Organization", "name": labels(story.menu).site},
        "image": {"@type": "ImageObject", "url": f"{base_url}{story.image}"},
        "inLanguage": story.language,
    }
    return json.dumps(declared, ensure_ascii=False)


def _tracking(story: Story) -> dict[str, str]:
    return {
        "content_type": "article",
        "language": story.language,
        "byline": ", ".join(story.authors),
        "section": story.section,
        "tags": ",".join(story.tags),
        "article_uid": str(story.id),
    }


def _zoned(story: Story) -> str:
    return story.published.replace("Z", "+00:00")


def _shown(story: Story) -> str:
    return f"{story.published[8:10]}.{story.published[5:7]}.{story.published[:4]}"
