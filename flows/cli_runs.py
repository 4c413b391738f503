"""Commands that run flows: demo, ingest, backfill; and deploy, which lets Prefect run them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from config.settings import Settings
from connectors.errors import BadInput
from flows.console import EXIT_STOPPED, EXIT_UNFINISHED, Stopped, complain, err, out, print_json, warn
from flows.parameters import Wanted, read_url

if TYPE_CHECKING:
    from flows.process_end import Interrupts

# For Prefect's record of a run, which is of interest, but no part of what is stored.
RECORD_SECONDS = 10.0  # for events to be sent, and again for what the server does with them
RECORD_SECONDS_WHEN_STOPPED = 2.0
END_SECONDS_WHEN_STOPPED = 8.0

AsJson = Annotated[bool, typer.Option("--json", help="Print the run's report as JSON.")]


def backfill(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE…", help="WARC, WET, HTML, text, JSON lines; folders, globs, s3://"),
    ],
    again: Annotated[
        bool, typer.Option("--again", help="Judge again what this very backfill did before.")
    ] = False,
    raw: Annotated[bool, typer.Option(help="Copy the pages as fetched into the bucket.")] = True,
    as_json: AsJson = False,
) -> None:
    """Turn archives into articles: the same way as a crawl, from the pages on."""

    def start() -> Coroutine[Any, Any, dict[str, Any]]:
        from flows.backfill import backfill as flow  # imports Prefect

        return flow(files, keep_raw=raw, again=again)

    run_flow(start, as_json=as_json, check=lambda: _check_files(files), is_busy_at_once=True)


def ingest(
    sites: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SITE|URL]…", help="Names of sites, or URLs; all sites if none."),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Stories a site at most.")] = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="YYYY-MM-DD", help="Nothing published before this day (UTC); stories without a date stay."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="List what would be fetched, and why; store nothing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Crawl sites, or single articles, feeds, sitemaps and home pages, into the bucket."""
    named = sites or []
    wanted = Wanted(
        sites=tuple(name for name in named if "://" not in name),
        urls=tuple(read_url(name) for name in named if "://" in name),
        limit=limit,
        since=day_of(since),
    )
    if dry_run:
        from flows.dry_run import show_plan

        show_plan(wanted, as_json=as_json)
        return

    def start() -> Coroutine[Any, Any, dict[str, Any]]:
        from flows.ingest import ingest as flow  # imports Prefect

        return flow(list(wanted.sites), list(wanted.urls), limit=limit, since=wanted.since)

    run_flow(start, as_json=as_json, check=lambda: _check_ingest(wanted))


def demo(as_json: AsJson = False) -> None:
    """Crawl a small news site on this machine into ./data and show what came in, what did not, and why."""
    from flows.demo import run_demo

    run_demo(as_json=as_json, run=run_flow)


def deploy(
    pool: Annotated[str, typer.Option(help="Name of the work pool; made if it is not there.")] = "lrahos",
) -> None:
    """Make the scheduled and the manual crawl, backfill and re-extraction on your Prefect server."""
    from flows.deployments import make_deployments

    make_deployments(pool)


def day_of(value: str | None) -> date | None:
    """The day that ``--since`` names. Raises ``BadInput``."""
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise BadInput(f"--since {value} is no day: write it as 2026-11-24") from None


def _check_files(files: list[str]) -> None:
    """Refuse files that are not there or no archives before anything is started."""
    from connectors.archives.locating import find_files, form_of
    from flows.run_context import bucket_spec

    options = bucket_spec(Settings()).options
    for name in files:
        for found in find_files(name, options):
            form_of(found, options)


def _check_ingest(wanted: Wanted) -> None:
    """Refuse unknown sites and a missing contact before anything is started."""
    from flows.crawl_sites import choose_sites
    from flows.rules_of_sites import load_rule_book

    settings = Settings()
    book = load_rule_book(settings, wanted.needed, lambda problem: warn(f"left out: {problem}"))
    choose_sites(settings, wanted, book)


def run_flow(
    start: Callable[[], Coroutine[Any, Any, dict[str, Any]]],
    *,
    as_json: bool = False,
    check: Callable[[], None] = lambda: None,
    show: Callable[[dict[str, Any]], None] | None = None,
    is_busy_at_once: bool = False,
) -> dict[str, Any]:
    """Run a flow under a Prefect server of the user's or of our own, with progress on the screen.

    Raises ``LrahosError`` where the settings, the bucket or the input are no good, before the server starts.
    """
    from flows import run_context
    from flows.process_end import Interrupts

    settings = Settings()
    check()
    run_context.bucket_spec(settings).open().check()
    with Interrupts() as interrupts:
        # an archive keeps all of them busy from the start; a crawl's first page needs one, Prefect the other cores
        run_context.prestart_pool(settings.jobs, settings.jobs if is_busy_at_once else 1)
        found = _run_under_prefect(start, interrupts, show or (print_json if as_json else _show_report))
    if found["alarm"]:
        complain(found["alarm"])  # here, too: what reads the report may be a program
    if found["unfinished"] or found["alarm"] or found["unread"]:
        raise typer.Exit(EXIT_UNFINISHED)
    return found


def _show_report(found: dict[str, Any]) -> None:
    from flows.run_end import RunReport
    from flows.screen import report_view
    from flows.site_findings import Finding
    from flows.site_view import drift_table

    out.print(report_view(RunReport.from_json(found)))
    if found.get("drift"):
        out.print(drift_table([Finding.from_json(one) for one in found["drift"]]))


def _run_under_prefect(
    start: Callable[[], Coroutine[Any, Any, dict[str, Any]]],
    interrupts: Interrupts,
    show: Callable[[dict[str, Any]], None],
) -> dict[str, Any]:
    """What the flow returns, shown before Prefect's record of it is written. Raises ``Stopped``."""
    from flows import run_context
    from flows.prefect_start import record_events, start_server, termination_signal
    from flows.process_end import end_within
    from flows.progress import watching
    from flows.screen import ScreenWatcher

    server = coroutine = None
    seconds = RECORD_SECONDS
    try:
        with ScreenWatcher() as watcher:
            watcher.phase("Starting Prefect")
            watching.set(watcher)
            server = start_server()
            coroutine = start()
            if server is not None:
                server.wait()
            found = asyncio.run(interrupts.run(coroutine))
        show(found)
        return found
    except (Stopped, termination_signal()) as signal:
        seconds = RECORD_SECONDS_WHEN_STOPPED
        end_within(END_SECONDS_WHEN_STOPPED, EXIT_STOPPED, is_stopped=True)  # whatever hangs below
        raise interrupts.stopped() from signal
    finally:
        if coroutine is not None:
            coroutine.close()  # one that never ran would complain
        run_context.drop_pools()
        with err.status("Writing the run's record"):
            record_events(seconds)
            if server is not None:
                server.stop(seconds)
