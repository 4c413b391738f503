"""The demo: a small news site on this machine, crawled into the bucket, and what came of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Coroutine
from contextlib import ExitStack
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from config.settings import Settings
from connectors.corpus import read_articles, read_rejections
from extractors.records import Article, Rejection
from flows.console import counted, err, out, plain_table, print_json, titled
from flows.demo_site import serve_in_thread
from flows.outcomes import KEPT_AS_FIELD
from flows.run_context import bucket_spec
from flows.run_end import RunReport
from flows.screen import report_view
from flows.verdict_view import cuts_table, readers_time, verdict_json

SITE = "127.0.0.1"
SHOWN_CUTS = 16
NARROW = 100  # columns of a terminal; in a narrower one a date takes two lines, as most titles do
PORT = 8770  # the same each time where it is free, so that a second demo knows the pages again

# What a crawl of loopback needs; the user's own bucket stays.
_SETTINGS = {
    "LRAHOS_ALLOW_PRIVATE_HOSTS": "true",
    "LRAHOS_DELAY_SECONDS": "0",
    "LRAHOS_PROXY": "",
    "LRAHOS_CA_BUNDLE": "",
}

RunFlow = Callable[..., dict[str, Any]]  # cli_runs' way to run a flow


def run_demo(*, as_json: bool, run: RunFlow) -> None:
    """Serve the demo site, crawl it, show what came in, what was refused and why, what was cut."""
    os.environ.update(_SETTINGS)
    settings = Settings()
    with ExitStack() as serving:
        base_url = _serve(serving)
        err.print(
            f"A news site of thirteen articles is served at {base_url}; crawling it into {settings.bucket}"
        )

        def start() -> Coroutine[Any, Any, dict[str, Any]]:
            from flows.ingest import ingest  # noqa: PLC0415  # imports Prefect

            return ingest([], [f"{base_url}/"])

        def show(found: dict[str, Any]) -> None:
            _show(settings, found, as_json=as_json)

        run(start, show=show)


def _serve(serving: ExitStack) -> str:
    try:
        return serving.enter_context(serve_in_thread(PORT))
    except OSError:  # somebody has the port, another demo say
        return serving.enter_context(serve_in_thread())


def _show(settings: Settings, found: dict[str, Any], *, as_json: bool) -> None:
    bucket = bucket_spec(settings).open()
    articles = sorted(
        read_articles(bucket, sites=(SITE,)), key=lambda article: article.published, reverse=True
    )
    newest = {rejection.url: rejection for rejection in read_rejections(bucket, sites=(SITE,))}
    rejections = sorted(newest.values(), key=lambda rejection: rejection.url)
    if as_json:
        print_json(
            {
                "report": found,
                "articles": [verdict_json(article) for article in articles],
                "rejections": [verdict_json(rejection) for rejection in rejections],
            }
        )
        return
    out.print(demo_view(RunReport.from_json(found), articles, rejections, settings.bucket))


def demo_view(
    report: RunReport, articles: list[Article], rejections: list[Rejection], bucket: str, *, width: int = 0
) -> RenderableType:
    """All that the demo prints. ``width``: columns of the terminal; 0 asks it."""
    is_narrow = (width or out.width) < NARROW
    parts: list[RenderableType] = [_articles_table(articles, is_narrow=is_narrow)]
    if rejections:
        parts.append(_rejections_table(rejections))
    shown = max(articles, key=lambda article: len({cut.reason for cut in article.cuts}), default=None)
    if shown:
        parts.append(Text(f"One of them, explained: {shown.title}", style="bold"))
        parts.append(_before_and_after(shown))
        parts.append(cuts_table(shown, most=SHOWN_CUTS))
    parts.append(report_view(report))
    parts.append(_next_steps(articles, bucket))
    return Group(*parts)


def _articles_table(articles: list[Article], *, is_narrow: bool) -> RenderableType:
    table = plain_table("published", "language", "title", numbers=("words", "cut"))
    for column in table.columns[:2]:
        column.no_wrap = True
    for article in articles:
        debris = sum(cut.reason not in KEPT_AS_FIELD for cut in article.cuts)
        published = readers_time(article.published, article.published_zone)
        table.add_row(
            published.replace(" ", "\n", 1) if is_narrow else published,  # the day above the time
            f"{article.language} {article.language_confidence:.2f}",
            Text(article.title),
            str(article.word_count),
            str(debris),
        )
    return titled(f"Came in: {counted(len(articles), 'article')}", table)


def _rejections_table(rejections: list[Rejection]) -> RenderableType:
    table = plain_table("page", "why", "measured")
    for rejection in rejections:
        path = rejection.url.split("/", 3)[-1]
        table.add_row(Text(f"/{path}"), Text(rejection.reason, style="yellow"), Text(rejection.detail))
    return titled(f"Refused: {counted(len(rejections), 'page')}", table)


def _before_and_after(article: Article) -> RenderableType:
    lines = article.text.split("\n")
    body = Text(lines[0] + "\n")
    body.append(f"… {len(lines) - 2} more paragraphs …\n" if len(lines) > 2 else "", style="dim")
    body.append(lines[-1] if len(lines) > 1 else "")
    return Panel(body, title="The text, first and last paragraph", title_align="left", box=box.ROUNDED)


def _next_steps(articles: list[Article], bucket: str) -> RenderableType:
    text = Text()
    text.append("Next:\n", style="bold")
    for command in (
        "lrahos export --format jsonl articles.jsonl",
        "lrahos export --language hy --format text -",
        "LRAHOS_CONTACT=you@example.org lrahos ingest https://example.org/",
        "lrahos backfill CC-NEWS-20260101.warc.gz",
    ):
        text.append(f"  {command}\n")
    text.append(f"What came in lies in {bucket}, as Parquet, by language and day.", style="dim")
    return text
