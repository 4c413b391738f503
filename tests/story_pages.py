"""Pages of our own writing in the shape of real ones, for tests of judge and its content."""

from __future__ import annotations

from datetime import UTC, datetime

from extractors.records import FetchedPage

PARAGRAPHS = (
    "The town council of Lower Aster voted on Tuesday to reopen the old harbour railway, forty years after the last train left its only platform.",
    "Engineers spent the winter walking the line, counting sleepers and measuring bridges, and found that most of it could carry trains again.",
    "“We expected ruins and we found a railway,” said Marta Velden, who led the survey. “It needs work, but it is all still there.”",
    "The first stage, between the harbour and the market square, is to cost eleven million and to open in two years, according to the plan.",
    "Shopkeepers near the square welcomed the vote, while residents of the upper streets asked for walls against the noise of early trains.",
    "A second vote, on the bridge over the Aster, is planned for the autumn, when the results of the new load tests will be known.",
)
TITLE = "Lower Aster votes to reopen its harbour railway"

_MENU = "".join(
    f'<li><a href="/{name}">{name.title()}</a></li>'
    for name in ("home", "news", "sport", "culture", "contact")
)
_TEASERS = "".join(
    f'<div class="teaser"><h3><a href="/s/{number}">{text}</a></h3></div>'
    for number, text in enumerate(
        (
            "Ferry strike ends after nine days",
            "School opens its doors to the night",
            "Rain fills the last dry well",
        )
    )
)


def story(body: str | None = None, *, head: str = "", before: str = "", after: str = "") -> str:
    """A news page around a body; the default body is ``PARAGRAPHS`` in ``<p>``."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS) if body is None else body
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{TITLE} - Aster Post</title>
<meta property="og:type" content="article"><meta property="og:title" content="{TITLE}">{head}</head><body>
<div class="sr-only"><h2>Accessibility links</h2><ul><li><a href="#c">Skip to main content</a></li></ul></div>
<nav class="main-nav"><ul>{_MENU}</ul></nav>
<main><article class="article"><h1>{TITLE}</h1>{before}
<div class="article-body">{text}</div>{after}</article></main>
<aside class="related"><h2>Most read</h2>{_TEASERS}</aside>
<div class="share-bar"><a href="#">Share on Facebook</a><a href="#">Copy link</a></div>
<footer class="footer"><p>© Aster Post. All rights reserved.</p><ul>{_MENU}</ul></footer>
<div class="responsive-indicator"><div>XS</div><div>SM</div><div>MD</div><div>LG</div></div>
</body></html>"""


def page(
    markup: str | bytes, *, content_type: str = "text/html; charset=utf-8", status: int = 200
) -> FetchedPage:
    """A response that holds this markup."""
    body = markup.encode() if isinstance(markup, str) else markup
    return FetchedPage(
        url="https://aster.example/news/railway",
        final_url="https://aster.example/news/railway",
        fetched_at=datetime(2026, 11, 24, tzinfo=UTC),
        status=status,
        headers=(("Content-Type", content_type),),
        body=body,
    )
