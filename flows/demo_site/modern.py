"""A page template as many newspapers have it today: an article element, JSON-LD, boxes in between."""

from __future__ import annotations

import json
from html import escape
from itertools import groupby

from flows.demo_site.stories import Labels, Story, labels, stories


def article_page(story: Story, base_url: str) -> str:
    """The page of one article."""
    words = labels(story.menu)
    head = f"""<meta property="og:type" content="article"><meta property="og:title" content="{escape(story.title)}">
<meta name="description" content="{escape(story.lead)}"><meta property="og:image" content="{base_url}{story.image}">
<script type="application/ld+json">{_structured(story, base_url)}</script>"""
    body = f"""<article class="article"><header class="article__header"><p class="article__kicker"><a href="/section/{story.id % 7}">{escape(story.section)}</a></p>
<h1 class="article__title">{escape(story.title)}</h1><p class="article__lead">{escape(story.lead)}</p>
<div class="article__meta"><span class="byline">{escape(", ".join(story.authors))}</span> <time datetime="{story.published}">{story.published[:10]}</time></div>
{_share(words)}</header>
<figure class="article__figure"><img src="{story.image}" alt="" width="1200"><figcaption>{escape(story.caption)} <span class="credit">{escape(words.photo)} {escape(story.credit)}</span></figcaption></figure>
<div class="article__body">
{_paragraphs(story, words)}
</div>
<ul class="article__tags">{"".join(f'<li><a href="/tag/{number}">{escape(tag)}</a></li>' for number, tag in enumerate(story.tags))}</ul>
{_share(words)}</article>
<section class="comments" id="comments"><h2>{escape(words.comments)}</h2><div class="comment"><b>Reader 17</b><p>:-)</p></div><form><label>{escape(words.comment_form)}<textarea></textarea></label></form></section>
<aside class="most-read"><h2>{escape(words.most_read)}</h2><ol>{_teasers(story)}</ol></aside>"""
    return page(story.language, story.title, words, head, body, f"{base_url}{story.path}")


def section_page(base_url: str) -> str:
    """A page of teasers: headlines and openings of several stories, none of them whole."""
    words = labels("en")
    return page("en", "Society", words, "", f"<h1>Society</h1>{_list()}", f"{base_url}/section/society")


def home_page(base_url: str) -> str:
    """The site's front page."""
    words = labels("en")
    body = f'<h1 class="visually-hidden">{escape(words.site)}</h1>{_list()}<section><h2>Video</h2><a href="/a/bridge-video/33014600.html">Լորավայի քարե կամրջի բացումը</a></section>'
    return page("en", words.site, words, '<meta property="og:type" content="website">', body, f"{base_url}/")


def page(language: str, title: str, words: Labels, head: str, body: str, address: str) -> str:
    """A whole page of this template around a body."""
    menu = "".join(
        f'<a class="nav__link" href="/section/{number}">{escape(entry)}</a>'
        for number, entry in enumerate(words.menu)
    )
    return f"""<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)} – {escape(words.site)}</title>
<link rel="canonical" href="{address}"><link rel="alternate" type="application/rss+xml" href="/feed.xml">
<meta property="og:site_name" content="{escape(words.site)}">{head}</head>
<body><a class="skip-link" href="#main">{escape(words.skip)}</a>
<header class="site-header"><a href="/">{escape(words.site)}</a><nav>{menu}</nav></header>
<main id="main">{body}</main>
<section class="promo-app"><p>{escape(words.app)}</p></section>
<footer><nav>{menu}</nav><small>© 2026 {escape(words.site)}. {escape(words.rights)}</small></footer>
<div class="cookie-consent"><p>{escape(words.cookie)}</p><button type="button">{escape(words.accept)}</button></div>
</body></html>
"""


def _share(words: Labels) -> str:
    return f"""<div class="share-bar"><span>{escape(words.share)}</span><a href="#">Facebook</a><a href="#">WhatsApp</a><a href="#">{escape(words.copy)}</a><a href="#">{escape(words.print)}</a></div>"""


def _paragraphs(story: Story, words: Labels) -> str:
    parts = []
    for is_entry, group in groupby(story.paragraphs, key=lambda text: text.startswith("- ")):
        if is_entry:
            parts.append("<ul>" + "".join(f"<li>{escape(text[2:])}</li>" for text in group) + "</ul>")
        else:
            parts += [_block(text) for text in group]
    if story.place:
        parts[0] = parts[0].replace("<p>", f'<p><span class="dateline">{escape(story.place)}</span> — ', 1)
    advertisement = f'<div class="ad-slot"><span>{escape(words.advertisement)}</span></div>'
    related = f"""<aside class="inline-related"><strong>{escape(words.read_also)}</strong> <a href="/">{escape(story.related)}</a></aside>"""
    newsletter = f"""<div class="newsletter-box"><h3>{escape(words.newsletter)}</h3><p>{escape(words.newsletter_text)}</p><form><input type="email" placeholder="{escape(words.email)}"><button>{escape(words.newsletter)}</button></form></div>"""
    return "\n".join([parts[0], advertisement, *parts[1:3], related, *parts[3:-1], newsletter, parts[-1]])


def _block(text: str) -> str:
    if text.startswith("## "):
        return f"<h2>{escape(text[3:])}</h2>"
    if text.startswith("> "):
        return f"<blockquote><p>{escape(text[2:])}</p></blockquote>"
    return f"<p>{escape(text)}</p>"


def _teasers(story: Story) -> str:
    others = [other for other in stories() if other is not story and other.language == story.language]
    others += [other for other in stories() if other.language != story.language]
    return "".join(f'<li><a href="{other.path}">{escape(other.title)}</a></li>' for other in others[:4])


def _list() -> str:
    cards = [
        f'<div class="card"><h2><a href="{story.path}">{escape(story.title)}</a></h2><p>{escape(_opening(story))}</p><time>{story.published[:10]}</time></div>'
        for story in stories()
    ]
    return f'<div class="cards">{"".join(cards)}</div>'


def _opening(story: Story) -> str:
    text = story.lead or story.paragraphs[0]
    return text if len(text) <= 110 else text[:110].rsplit(" ", 1)[0] + " …"


def _structured(story: Story, base_url: str) -> str:
    article = {
        "@type": "NewsArticle",
        "mainEntityOfPage": f"{base_url}{story.path}",
        "headline": story.title,
        "description": story.lead,
        "datePublished": story.published,
        "dateModified": story.modified or story.published,
        "author": [{"@type": "Person", "name": name} for name in story.authors],
        "articleSection": story.section,
        "keywords": story.tags,
        "image": [f"{base_url}{story.image}"],
        "inLanguage": story.language,
    }
    site = {"@type": "NewsMediaOrganization", "name": labels(story.menu).site, "url": base_url}
    return json.dumps({"@context": "https://schema.org", "@graph": [article, site]}, ensure_ascii=False)
