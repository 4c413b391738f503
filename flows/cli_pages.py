"""Commands on one page or one text: extract, language."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from config.settings import Settings
from connectors.errors import BadInput
from extractors.records import Article
from flows.console import EXIT_REFUSED, out, print_json, warn


def extract(
    page: Annotated[
        str,
        typer.Argument(
            metavar="FILE|URL|-", help="An HTML file, a text dump, a page's URL, or - for standard input."
        ),
    ],
    explain: Annotated[bool, typer.Option("--explain", help="Show what was cut, and why.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the verdict as JSON.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the article as Markdown.")] = False,
    url: Annotated[str, typer.Option("--url", help="The URL that a FILE was fetched from.")] = "",
) -> None:
    """Judge one page: the article, or why it is none. Exit code 3 if it is none.

    What the bucket has learned of the page's site is known to the judge, as in a crawl.
    """
    from extractors import judge  # slow to import, not needed by --help
    from flows.named_page import fold_scheme, named_page
    from flows.page_profile import look_up
    from flows.profiled_judging import with_profile
    from flows.rules_of_sites import load_rule_book
    from flows.run_context import bucket_spec
    from flows.verdict_view import verdict_json, verdict_markdown, verdict_view

    _check(page, url, is_twofold=as_json and markdown)
    settings = Settings()
    rules = load_rule_book(settings)
    fetched = named_page(page, fold_scheme(url), settings)
    site = rules.site_of(fetched.final_url)
    known = look_up(bucket_spec(settings), site)
    verdict = with_profile(judge, known.lines)(fetched, rules.of(site))
    if as_json:
        print_json(verdict_json(verdict))
    elif markdown and isinstance(verdict, Article):
        sys.stdout.write(verdict_markdown(verdict))
    else:
        out.print(verdict_view(verdict, explain=explain))
        if explain and not known.is_warning:
            out.print(Text(known.note, style="dim"))
    if known.is_warning:
        warn(known.note)
    if not isinstance(verdict, Article):
        raise typer.Exit(EXIT_REFUSED)


def language(
    source: Annotated[str, typer.Argument(metavar="FILE|-", help="A text file, or - for standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the verdict as JSON.")] = False,
) -> None:
    """Say a text's language, how sure that is, and what each detector said."""
    from extractors.language import identify
    from flows.language_view import language_json, language_table

    data = sys.stdin.buffer.read() if source == "-" else _bytes_of(source)
    verdict = identify(data.decode("utf-8", "replace"), always_langdetect=Settings().always_langdetect)
    if as_json:
        print_json(language_json(verdict))
    else:
        out.print(language_table(verdict))


def _check(page: str, url: str, *, is_twofold: bool) -> None:
    """Raises typer's usage errors, before anything is read."""
    from flows.named_page import fold_scheme, is_web_address

    if not page:
        raise typer.BadParameter("it is empty", param_hint="FILE|URL|-")
    if is_twofold:
        raise typer.BadParameter("not with --json: choose one of them", param_hint="--markdown")
    if url and not is_web_address(fold_scheme(url)):
        raise typer.BadParameter(f"{url} is no http or https URL", param_hint="--url")
    if url and is_web_address(fold_scheme(page)):
        raise typer.BadParameter("it is for a FILE: a page from the web has its own", param_hint="--url")


def _bytes_of(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise BadInput(f"cannot read {name}: {error.strerror or error}") from error
