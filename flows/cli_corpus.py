"""Commands on what is stored: export."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from config.settings import Settings
from connectors.errors import BadInput
from flows.console import EXIT_USAGE, complain, err

if TYPE_CHECKING:
    from connectors.bucket import Bucket


class Format(StrEnum):
    """What export writes."""

    JSONL = "jsonl"
    TEXT = "text"
    MARKDOWN = "markdown"
    PARQUET = "parquet"


def export(
    file: Annotated[
        str,
        typer.Argument(metavar="FILE|-", help="Where to write; - is standard output, but not for parquet."),
    ],
    format_: Annotated[
        Format, typer.Option("--format", help="jsonl, text, markdown or parquet.")
    ] = Format.JSONL,
    site: Annotated[list[str] | None, typer.Option(help="Only this site; may be repeated.")] = None,
    language: Annotated[list[str] | None, typer.Option(help="Only this language; may be repeated.")] = None,
    since: Annotated[
        str, typer.Option(metavar="YYYY-MM-DD", help="Published on this day (UTC) or later.")
    ] = "",
    until: Annotated[
        str, typer.Option(metavar="YYYY-MM-DD", help="Published on this day (UTC) or earlier.")
    ] = "",
    unique: Annotated[
        bool, typer.Option("--unique", help="Each story once, whatever URLs an archive has it under.")
    ] = False,
    all_versions: Annotated[
        bool, typer.Option("--all-versions", help="Every stored version, not only the newest.")
    ] = False,
    utc: Annotated[
        bool, typer.Option("--utc", help="Dates of JSON lines in UTC, not in the publisher's local time.")
    ] = False,
) -> None:
    """Write articles from the bucket into one file: each URL once, in its newest version."""
    from connectors.corpus import Versions, read_articles
    from flows.exporting import write_export
    from flows.run_context import bucket_spec

    since, until = _day("--since", since), _day("--until", until)
    if since and until and since > until:
        raise BadInput(f"--since {since} is after --until {until}: no day is between them")
    versions = Versions.NEWEST_OF_STORY if unique else Versions.NEWEST_OF_URL
    if all_versions:
        versions = Versions.ALL
    bucket = bucket_spec(Settings()).open()
    articles = read_articles(
        bucket,
        sites=tuple(site or ()),
        languages=tuple(language or ()),
        since=since,
        until=until,
        versions=versions,
    )
    with err.status("Exporting"):
        first = next(articles, None)
        if first is None and (site or language):
            _require_articles(bucket, site or (), language or ())
        found = chain(() if first is None else (first,), articles)
        count = write_export(found, file, str(format_), is_utc=utc)
    err.print(f"{count:,} articles" + ("" if file == "-" else f" in {file}"))


def _require_articles(bucket: Bucket, sites: Collection[str], languages: Collection[str]) -> None:
    from flows.bucket_contents import NothingMatches, require_articles

    try:
        require_articles(bucket, sites=sites, languages=languages)
    except NothingMatches as error:
        complain(str(error))
        raise typer.Exit(EXIT_USAGE) from error


def _day(name: str, value: str) -> str:
    """The day as articles have it, so that both can be compared; "20261124" is one, too. Raises ``BadInput``."""
    try:
        return date.fromisoformat(value).isoformat() if value else ""
    except ValueError:
        raise BadInput(f"{name} {value} is no day: write it as 2026-11-24") from None
