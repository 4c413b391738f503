"""The command that judges raw pages again."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Annotated, Any

import typer

from config.settings import Settings
from flows.cli_runs import AsJson, day_of, run_flow
from flows.console import EXIT_USAGE, complain, out, print_json


def reextract(
    sites: Annotated[
        list[str] | None, typer.Argument(metavar="[SITE]…", help="Names of sites; all if none.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Nothing fetched before this day.")
    ] = None,
    publish: Annotated[
        bool, typer.Option("--publish", help="Store what differs: readers get it in place of the old.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Judge the bucket's raw pages again with today's code, rules and profiles, and show what differs."""
    named, day = sites or [], day_of(since)

    def start() -> Coroutine[Any, Any, dict[str, Any]]:
        from flows.reextract import reextract as flow  # imports Prefect

        return flow(named, since=day, publish=publish)

    def check() -> None:
        from flows.bucket_contents import NothingMatches, require_pages
        from flows.reextract_plan import choose_raw
        from flows.run_context import bucket_spec

        bucket = bucket_spec(Settings()).open()
        try:
            if named:
                require_pages(bucket, choose_raw(bucket), named)
        except NothingMatches as error:
            complain(str(error))
            raise typer.Exit(EXIT_USAGE) from error
        choose_raw(bucket, named, day)

    def show(found: dict[str, Any]) -> None:
        from flows.difference_view import difference_view

        if as_json:
            print_json(found)
        else:
            out.print(difference_view(found))

    run_flow(start, check=check, show=show, is_busy_at_once=True)
