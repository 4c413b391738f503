"""Pages that are no articles, in every shape and many scripts, judged whole; and articles like them."""

import json
from datetime import UTC, datetime

import pytest

from config.debris_phrases import load_phrases
from extractors.judging import judge
from extractors.records import Article, FetchedPage, Reason, Rules
from tests.language_texts import ARTICLES

RULES = Rules(phrases=load_phrases())
LANGUAGES = ("ar", "az", "de", "en", "es", "fa", "fr", "hy", "ka", "ru", "tr", "uk")
HOST = "https://valley-post.example"


def words(language, start, number):
    """So many words of news, from there on, round and round."""
    text = " ".join(ARTICLES[language]).replace(",", "").split()
    return " ".join(text[(start + step) % len(text)] for step in range(number))


def headline(language, number):
    return words(language, 7 * number, 7).strip(" .։:")


def sentence(language, number, length=22):
    """Of other figures than any other: the same line again is cut as doubled."""
    return f"{words(language, 5 * number + 3, length).strip(' .։:')} {number}."


def excerpt(language, number):
    return words(language, 5 * number + 3, 16).strip(" .։:") + " …"


def link(language, number, text=""):
    return f'<a href="/story/{number}">{text or headline(language, number)}</a>'


def each(form, number=12):
    return "".join(map(form, range(number)))


def framed(language, title, body, head=""):
    menu = "".join(f'<li><a href="/{at}">{words(language, 3 * at, 1)}</a></li>' for at in range(9))
    aside = each(lambda at: f"<li>{link(language, at + 20)}</li>", 5)
    return f"""<!doctype html><html lang="{language}"><head><meta charset="utf-8">
<title>{title} | Valley Post</title><meta property="og:site_name" content="Valley Post">{head}</head>
<body><header class="header"><a class="logo" href="/">Valley Post</a><nav><ul>{menu}</ul></nav></header>
<main class="content">{body}</main>
<aside class="sidebar"><h4>{words(language, 2, 2)}</h4><ul>{aside}</ul></aside>
<footer class="footer"><ul>{menu}</ul><p>© 2026 Valley Post. {words(language, 9, 4)}.</p></footer></body></html>"""


def node(kind, **more):
    told = {"@context": "https://schema.org", "@type": kind} | more
    return f'<script type="application/ld+json">{json.dumps(told)}</script>'


def h1(language, number=1, length=2):
    return f"<h1>{words(language, 4 * number, length)}</h1>"


def cards(language):
    return h1(language) + each(
        lambda at: f'<div class="card"><h3>{link(language, at)}</h3><p>{sentence(language, at)}</p></div>',
        22,
    )


def long_excerpts(language):
    return h1(language) + each(
        lambda at: (
            f'<article class="post"><h2>{link(language, at)}</h2><p>{sentence(language, at, 40)}</p></article>'
        ),
        8,
    )


def dotted(language):
    return h1(language) + each(
        lambda at: f'<div class="item"><h2>{link(language, at)}</h2><p>{excerpt(language, at)}</p></div>'
    )


def dated(language):
    return (
        h1(language)
        + "<ul>"
        + each(
            lambda at: (
                f"<li><time>{at + 1}.11.2026</time> {link(language, at)}<p>{sentence(language, at)}</p></li>"
            )
        )
        + "</ul>"
    )


def linked_cards(language):
    return h1(language) + each(
        lambda at: (
            f'<a class="item" href="/story/{at}"><h3>{headline(language, at)}</h3><p>{sentence(language, at)}</p></a>'
        )
    )


def headlines(language):
    return h1(language) + "<ul>" + each(lambda at: f"<li>{link(language, at)}</li>", 40) + "</ul>"


def read_more(language):
    return h1(language) + each(
        lambda at: (
            f'<div><h2>{headline(language, at)}</h2><p>{sentence(language, at)}</p><a href="/story/{at}">{words(language, 1, 2)}</a></div>'
        )
    )


def whole_posts(language):
    return each(
        lambda at: (
            f"<article><h2>{link(language, at)}</h2>"
            + "".join(f"<p>{sentence(language, at + step, 30)}</p>" for step in range(3))
            + "</article>"
        ),
        5,
    )


def forum(language):
    rows = each(
        lambda at: (
            f"<tr><td>{link(language, at)}</td><td>user{at}</td><td>{at * 7}</td><td>{at + 1}.11.2026</td></tr>"
        ),
        20,
    )
    return h1(language) + f'<table class="topics">{rows}</table>'


def products(language):
    return h1(language) + each(
        lambda at: (
            f'<div class="product"><h3><a href="/p/{at}">{words(language, at, 3)}</a></h3><p>{words(language, at, 9)}</p><span class="price">{at * 10 + 9},90 €</span><button>+</button></div>'
        )
    )


def jobs(language):
    return (
        h1(language)
        + "<ul>"
        + each(
            lambda at: (
                f'<li class="job"><h3><a href="/job/{at}">{words(language, at, 4)}</a></h3><span>{words(language, at + 9, 2)}</span><p>{sentence(language, at, 18)}</p></li>'
            ),
            15,
        )
        + "</ul>"
    )


def scores(language):
    rows = each(
        lambda at: (
            f"<tr><td>{words(language, at, 1)}</td><td>{at % 4}:{at % 3}</td><td>{words(language, at + 5, 1)}</td></tr>"
        ),
        20,
    )
    return h1(language) + f'<table class="scores">{rows}</table>'


def weather(language):
    days = each(
        lambda at: (
            f'<div class="day"><b>{at + 1}.11.</b> <span>{at - 3}°</span> <span>{words(language, at, 2)}</span></div>'
        ),
        10,
    )
    return h1(language) + f'<div class="forecast">{days}</div>'


def horoscope(language):
    return h1(language) + each(
        lambda at: (
            f'<div class="sign"><h3><a href="/sign/{at}">{words(language, at, 2)}</a></h3><p>{sentence(language, at, 25)}</p></div>'
        )
    )


def programme(language):
    return (
        h1(language)
        + "<ul>"
        + each(lambda at: f"<li><time>{at:02}:30</time> <span>{words(language, at, 4)}</span></li>", 20)
        + "</ul>"
    )


def contact(language):
    return (
        h1(language)
        + each(
            lambda at: (
                f'<div class="person"><b>{words(language, at, 2)}</b><br>+1 555 01{at:02}<br><a href="mailto:x{at}@valley-post.example">x{at}@valley-post.example</a></div>'
            ),
            8,
        )
        + '<form><input name="mail"><textarea></textarea><button>OK</button></form>'
    )


def newsletter(language):
    return (
        h1(language)
        + f'<p>{sentence(language, 2, 12)}</p><form><input type="email" name="mail"><button>OK</button></form>'
    )


def poll(language):
    answers = each(
        lambda at: f'<label><input type="radio" name="a" value="{at}">{words(language, at, 3)}</label>', 5
    )
    return h1(language, 1, 6) + f"<form>{answers}<button>OK</button></form>"


def not_found(language):
    return (
        h1(language, 2, 3)
        + f'<p>{sentence(language, 3, 10)}</p><form action="/search"><input name="q"><button>OK</button></form><p><a href="/">{words(language, 1, 2)}</a></p>'
    )


def nothing_found(language):
    return (
        h1(language, 2, 3)
        + f'<form action="/search"><input name="q" value="teshen"></form><p>{sentence(language, 3, 7)}</p>'
    )


def video(language):
    return (
        f'<h1>{headline(language, 3)}</h1><div class="player"><video src="/v.mp4" poster="/v.jpg"></video></div><p>{sentence(language, 3, 14)}</p>'
        + "<ul>"
        + each(lambda at: f"<li>{link(language, at)}</li>", 8)
        + "</ul>"
    )


def framed_video(language):
    return f'<h1>{headline(language, 3)}</h1><iframe src="https://player.example/embed/video/1"></iframe><p>{sentence(language, 3, 12)}</p>'


def audio(language):
    return f'<h1>{headline(language, 3)}</h1><audio controls src="/a.mp3"></audio><p>{sentence(language, 3, 12)}</p>'


def gallery(language):
    return f"<h1>{headline(language, 3)}</h1>" + each(
        lambda at: (
            f'<figure><img src="/{at}.jpg" alt=""><figcaption>{sentence(language, at, 9)}</figcaption></figure>'
        ),
        9,
    )


def consent(language):
    return f'<div id="consent-layer" class="cookie-consent"><h2>{words(language, 3, 3)}</h2><p>{sentence(language, 3, 45)}</p><p>{sentence(language, 9, 30)}</p><button>{words(language, 1, 2)}</button><button>OK</button></div>'


def login(language):
    return (
        h1(language)
        + f'<p>{sentence(language, 3, 10)}</p><form><input name="user"><input type="password" name="word"><button>OK</button></form>'
    )


def pay_stub(language):
    return f'<article><h1>{headline(language, 3)}</h1><p class="lead">{sentence(language, 3, 12)}</p><div class="paywall"><h3>{words(language, 2, 4)}</h3><p>{sentence(language, 9, 14)}</p><button>9,90 €</button></div></article>'


def profile(language):
    return (
        f'<h1>Mira Tolan</h1><img src="/mira.jpg" alt=""><p>{sentence(language, 3, 14)}</p><h2>{words(language, 2, 2)}</h2><ul>'
        + each(lambda at: f"<li>{link(language, at)}<p>{excerpt(language, at)}</p></li>")
        + "</ul>"
    )


def product(language):
    return (
        f'<h1>{words(language, 2, 3)}</h1><img src="/p.jpg" alt=""><span class="price">19,90 €</span><p>{sentence(language, 3, 12)}</p><ul>'
        + each(lambda at: f"<li>{words(language, at, 3)}</li>", 5)
        + "</ul><button>+</button>"
    )


def drawn(language):
    return '<div id="root"></div><script src="/app.js"></script><script src="/vendor.js"></script>'


def calendar(language):
    return h1(language) + each(
        lambda at: (
            f'<div class="event"><time datetime="2026-12-{at + 1:02}">{at + 1}.12.</time><h3><a href="/event/{at}">{words(language, at, 4)}</a></h3><p>{sentence(language, at, 15)}</p></div>'
        )
    )


def dotted_unlinked(language):
    return h1(language) + each(
        lambda at: (
            f'<div class="item"><h2>{headline(language, at)}</h2><p>{excerpt(language, at)} <a href="/story/{at}">»</a></p></div>'
        )
    )


def cloud(language):
    return h1(language) + each(
        lambda at: f'<a href="/tag/{at}" class="tag">{words(language, at, 2)}</a> ', 60
    )


def sign_up(language):
    fields = each(lambda at: f'<label>{words(language, at, 2)}<input name="f{at}"></label>', 6)
    return h1(language) + f'<form>{fields}<input type="password"><button>OK</button></form>'


def goals(language):
    return f"<h1>{headline(language, 3)}</h1>" + each(
        lambda at: (
            f'<div class="live-entry"><time datetime="2026-10-05T1{at % 10}:0{at % 6}Z">1{at % 10}:0{at % 6}</time><p>{at % 3}:{at % 2} {words(language, at, 3)}</p></div>'
        ),
        20,
    )


def pangea(medium, text):
    """A medium's page as the publishing system of RFE/RL and VOA writes it."""

    def body(language):
        return f"""<div class="sr-only"><h2>{words(language, 5, 2)}</h2><ul><li><a href="#c">{words(language, 8, 3)}</a></li></ul></div>
<div class="body-container"><h1 class="title pg-title">{headline(language, 3)}</h1>
<div class="media-pholder"><div class="c-mmp">{medium}<div class="c-spinner">{words(language, 3, 5)}</div><span>0:00</span><span>0:01:12</span></div></div>
<div class="published"><time pubdate="pubdate" datetime="2026-10-15T10:00:00Z">15.10.2026</time></div>
<div class="share--box"><ul><li><a href="#">Facebook</a></li><li><a href="#">X</a></li></ul></div>{text(language)}</div>
<div class="media-block-wrap"><h2 class="section-head">{words(language, 2, 1)}</h2><ul>
{each(lambda at: f'<li><a href="/a/{at}.html"><h4>{headline(language, at)}</h4></a></li>', 8)}</ul></div>
<div class="responsive-indicator"><div>XS</div><div>SM</div><div>MD</div><div>LG</div></div>"""

    return body


def intro(language):
    return f'<div class="intro"><p>{sentence(language, 3, 9)}</p></div>'


def captions(language):
    return each(
        lambda at: (
            f'<figure class="media-image"><img src="/{at}.jpg" alt="{sentence(language, at, 9)}"><figcaption><span class="caption">{sentence(language, at, 9)}</span></figcaption></figure>'
        ),
        8,
    )


WEBSITE = '<meta property="og:type" content="website">'
BY_HABIT = '<meta property="og:type" content="article">'
LIST, MEDIA, OTHER, SHORT = Reason.INDEX_PAGE, Reason.MEDIA_PAGE, Reason.NOT_ARTICLE, Reason.TOO_SHORT
# name: (body, head, path, reasons that are right)
SHAPES = {
    "section-of-cards": (cards, WEBSITE, "/culture", {LIST}),
    "section-of-cards-unsaid": (cards, "", "/culture", {LIST}),
    "cards-declared-article-by-habit": (cards, BY_HABIT, "/culture/", {LIST}),
    "category-of-long-excerpts": (
        long_excerpts,
        BY_HABIT + node("CollectionPage"),
        "/category/culture/",
        {LIST},
    ),
    "excerpts-with-dots": (dotted, "", "/tag/teshen", {LIST}),
    "dated-list": (dated, "", "/archive/2026/11", {LIST}),
    "linked-cards": (linked_cards, "", "/tag/lorava", {LIST}),
    "headlines": (headlines, "", "/sitemap", {LIST, SHORT}),
    "read-more": (read_more, "", "/news", {LIST}),
    "home": (cards, WEBSITE, "/", {LIST}),
    "home-of-headlines": (headlines, WEBSITE, "/", {LIST, SHORT}),
    "blog": (whole_posts, WEBSITE, "/", {LIST}),
    "search": (
        lambda language: f'<form><input type="search" name="q" value="teshen"></form>{cards(language)}',
        "",
        "/search?q=teshen",
        {LIST},
    ),
    "nothing-found": (nothing_found, "", "/search?q=teshen", {LIST, SHORT}),
    "forum": (forum, "", "/forum/7", {LIST, SHORT}),
    "products": (products, node("ItemList"), "/shop", {LIST, OTHER, SHORT}),
    "jobs": (jobs, "", "/jobs", {LIST, SHORT}),
    "scores": (scores, "", "/live/scores", {LIST, SHORT}),
    "weather": (weather, "", "/weather/teshen", {LIST, SHORT}),
    "horoscope": (horoscope, "", "/horoscope", {LIST}),
    "programme": (programme, "", "/tv", {LIST, SHORT}),
    "calendar": (calendar, "", "/events", {LIST}),
    "contact": (contact, node("ContactPage"), "/contact", {LIST, OTHER, SHORT}),
    "newsletter": (newsletter, "", "/newsletter", {OTHER, SHORT}),
    "poll": (poll, "", "/poll/3", {OTHER, SHORT}),
    "not-found": (not_found, "", "/story/999", {Reason.ERROR_PAGE, SHORT}),
    "video": (video, node("VideoObject", name="x"), "/video/3", {MEDIA}),
    "video-unsaid": (video, "", "/video/3", {MEDIA}),
    "video-by-habit": (video, BY_HABIT, "/video/3", {MEDIA}),
    "framed-video": (framed_video, "", "/video/4", {MEDIA}),
    "audio": (audio, "", "/audio/3", {MEDIA}),
    "gallery": (gallery, node("ImageGallery", name="x"), "/photo/3", {MEDIA}),
    "consent": (consent, "", "/story/3", {Reason.CONSENT_WALL}),
    "login": (login, "", "/account", {Reason.PAYWALL}),
    "pay-stub": (
        pay_stub,
        node("NewsArticle", headline="x", isAccessibleForFree=False),
        "/story/3",
        {Reason.PAYWALL},
    ),
    "pay-stub-unsaid": (pay_stub, BY_HABIT, "/story/3", {Reason.PAYWALL}),
    "profile": (profile, node("ProfilePage", name="Mira Tolan"), "/author/mira", {LIST, OTHER, SHORT}),
    "product": (product, node("Product", name="x"), "/p/3", {OTHER, SHORT}),
    "dots-without-links": (dotted_unlinked, "", "/news", {LIST}),
    "tag-cloud": (cloud, "", "/tags", {LIST, SHORT}),
    "sign-up": (sign_up, "", "/register", {Reason.PAYWALL, SHORT}),
    "goals": (goals, node("LiveBlogPosting", headline="x"), "/live/3", {Reason.LIVE_BLOG}),
    "podcast": (audio, node("PodcastEpisode", name="x"), "/podcast/3", {MEDIA}),
    "pangea-video": (
        pangea('<video src="/v.mp4"></video>', intro),
        '<meta property="og:type" content="video.other">' + node("VideoObject", name="x"),
        "/a/33100002.html",
        {MEDIA},
    ),
    "pangea-audio": (
        pangea('<audio src="/a.mp3"></audio>', lambda language: ""),
        BY_HABIT + node("AudioObject", name="x"),
        "/a/33100003.html",
        {MEDIA},
    ),
    "pangea-gallery": (
        pangea("", captions),
        BY_HABIT + node("ImageGallery", name="x"),
        "/a/33100004.html",
        {MEDIA},
    ),
    "server-error": (
        lambda language: f"<h1>500</h1><p>{sentence(language, 3, 10)}</p>",
        "<title>500</title>",
        "/story/3",
        {Reason.ERROR_PAGE, SHORT},
    ),
    "error-by-name": (
        lambda language: (
            f'<div class="page-not-found">{h1(language)}<p>{sentence(language, 3, 20)}</p></div>'
        ),
        BY_HABIT,
        "/story/3",
        {Reason.ERROR_PAGE},
    ),
    "script-only": (drawn, "", "/story/3", {Reason.SCRIPT_ONLY, SHORT}),
}


def judged(language, markup, path):
    url = HOST + path
    return judge(
        FetchedPage(
            url=url,
            final_url=url,
            fetched_at=datetime(2026, 11, 24, tzinfo=UTC),
            status=200,
            headers=(("content-type", "text/html; charset=utf-8"),),
            body=markup.encode(),
        ),
        RULES,
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_page_of_another_shape_is_no_article_in_any_language(shape, language):
    body, head, path, reasons = SHAPES[shape]
    verdict = judged(language, framed(language, words(language, 4, 2), body(language), head), path)
    assert not isinstance(verdict, Article), verdict.text
    assert verdict.reason in reasons, verdict.detail


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bare_question_with_buttons_is_a_wall_whatever_it_is_called(language):
    choices = each(lambda at: f'<li><input type="checkbox">{words(language, at, 3)}</li>', 4)
    markup = f"""<html lang="{language}"><head><title>Valley Post</title></head><body><div class="message">
<h2>{words(language, 3, 4)}</h2><p>{sentence(language, 3, 45)}</p><p>{sentence(language, 9, 40)}</p>
<ul>{choices}</ul><button>{words(language, 1, 2)}</button><button>{words(language, 4, 2)}</button></div></body></html>"""
    verdict = judged(language, markup, "/story/3")
    assert not isinstance(verdict, Article), verdict.text
    assert verdict.reason is Reason.CONSENT_WALL


def paragraphs(language, number, first=0):
    return "".join(f"<p>{sentence(language, first + 3 * at, 34)}</p>" for at in range(number))


def title(language):
    return headline(language, 1)


def news(language):
    return f"<article><h1>{title(language)}</h1><time>24.11.2026</time>{paragraphs(language, 6)}</article>"


def news_above_cards(language):
    return news(language) + f'<section class="related">{cards(language)}</section>'


def short_news(language):
    return f"<article><h1>{title(language)}</h1>{paragraphs(language, 2)}</article>{linked_cards(language)}"


def film_and_text(language):
    return (
        f'<article><h1>{title(language)}</h1><video src="/v.mp4"></video>{paragraphs(language, 4)}</article>'
    )


def best_of(language):
    entries = "".join(
        f'<h2><a href="/shop/{at}">{at + 1}. {words(language, 3 * at, 3)}</a></h2>{paragraphs(language, 2, at)}'
        for at in range(6)
    )
    return f"<article><h1>{title(language)}</h1>{paragraphs(language, 2)}{entries}</article>"


def interview(language):
    answers = "".join(
        f"<p><b>{words(language, 6 * at, 8)}?</b></p>{paragraphs(language, 1, at)}" for at in range(6)
    )
    return f"<article><h1>{title(language)}</h1>{answers}</article>"


def with_links_between(language):
    parts = "".join(
        f'{paragraphs(language, 2, 2 * at)}<p class="also"><a href="/story/{at}">{headline(language, at + 2)}</a></p>'
        for at in range(5)
    )
    return f"<article><h1>{title(language)}</h1>{parts}</article>"


def ticker(language):
    posts = "".join(
        f'<div class="live-blog-post"><time datetime="2026-10-05T1{at}:20:00Z">1{at}:20</time>{paragraphs(language, 1, 4 * at)}</div>'
        for at in range(8)
    )
    return f'<article class="live-blog"><h1>{title(language)}</h1>{posts}</article>'


ARTICLE_SHAPES = {
    "unsaid": (news, ""),
    "declared": (news, node("NewsArticle", headline="x")),
    "above-cards": (news_above_cards, BY_HABIT),
    "above-cards-unsaid": (news_above_cards, WEBSITE),
    "short": (short_news, node("NewsArticle", headline="x")),
    "short-by-habit": (short_news, BY_HABIT),
    "film-and-text": (film_and_text, BY_HABIT),
    "best-of": (best_of, BY_HABIT),
    "best-of-unsaid": (best_of, ""),
    "interview": (interview, ""),
    "with-links-between": (with_links_between, ""),
    "not-free": (news, node("NewsArticle", headline="x", isAccessibleForFree=False)),
    "ticker": (ticker, node("LiveBlogPosting", headline="x")),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shape", ARTICLE_SHAPES)
def test_an_article_of_every_shape_is_kept_in_any_language(shape, language):
    body, head = ARTICLE_SHAPES[shape]
    verdict = judged(language, framed(language, title(language), body(language), head), "/2026/11/24/story")
    assert isinstance(verdict, Article), f"{verdict.reason}: {verdict.detail}"
