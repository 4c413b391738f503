"""What came of runs and of sites: ``lrahos report``."""

from __future__ import annotations

from typing import Annotated

import typer

from config.settings import Settings
from connectors.bucket import Bucket
from connectors.errors import BadInput, MissingKey
from flows.console import EXIT_UNFINISHED, err, out, print_json


def report(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[RUN|SITE]…", help="A run, the newest if none; with --sites sites, all if none."
        ),
    ] = None,
    sites: Annotated[
        bool, typer.Option("--sites", help="A row a site: completeness, and drift against its own past.")
    ] = False,
    days: Annotated[int, typer.Option(min=1, help="So many days of crawls are compared.")] = 30,
    limit: Annotated[int, typer.Option(min=1, help="Sites that are shown, the worst first.")] = 40,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
    all_runs: Annotated[bool, typer.Option("--list", help="List the runs.")] = False,
    fail_on_drift: Annotated[
        bool, typer.Option("--fail-on-drift", help="Exit code 4 where something drifted.")
    ] = False,
) -> None:
    """Show what came of a run: fates, languages, refusals, cuts; or of sites, over the last days."""
    from flows.run_context import bucket_spec

    bucket = bucket_spec(Settings()).open()
    has_drifted = False
    if sites:
        has_drifted = _show_sites(bucket, names or [], days=days, limit=limit, as_json=as_json)
    elif all_runs:
        _list_runs(bucket, as_json=as_json)
    elif len(names or []) > 1:
        raise typer.BadParameter("name one run, or sites after --sites")
    else:
        has_drifted = _show_run(bucket, "".join(names or []), days=days, as_json=as_json)
    if has_drifted and fail_on_drift:
        raise typer.Exit(EXIT_UNFINISHED)


def _show_run(bucket: Bucket, run: str, *, days: int, as_json: bool) -> bool:
    from flows.history import drift_of_run
    from flows.run_end import newest_report, read_report
    from flows.screen import report_view
    from flows.site_view import drift_table

    try:
        found = read_report(bucket, run) if run else newest_report(bucket)
    except MissingKey:
        known = "`lrahos report --list` names those that have"
        raise BadInput(f"no run {run} has ended in {bucket.url}: {known}") from None
    if found is None:
        raise BadInput(f"no run has ended in {bucket.url} yet: try `lrahos ingest` or `lrahos backfill`")
    drift = drift_of_run(bucket, found, days=days)
    if as_json:
        print_json({**found.to_json(), "drift": [finding.to_json() for finding in drift]})
        return bool(drift)
    out.print(report_view(found))
    if drift:
        out.print(drift_table(drift))
    return bool(drift)


def _list_runs(bucket: Bucket, *, as_json: bool) -> None:
    from flows.run_end import list_reports
    from flows.screen import runs_table

    reports = list_reports(bucket)
    if as_json:
        print_json([found.to_json() for found in reports])
    elif reports:
        out.print(runs_table(reports))
    else:
        err.print(f"no run has ended in {bucket.url} yet")


def _show_sites(bucket: Bucket, names: list[str], *, days: int, limit: int, as_json: bool) -> bool:
    from flows.history import read_history
    from flows.site_summary import summaries
    from flows.site_view import sites_view

    history = read_history(bucket, days=days, sites=names)
    if not history.sites and not names:
        raise BadInput(f"no crawl has ended in {bucket.url} yet: try `lrahos ingest`")
    if missing := sorted(set(names) - set(history.sites)):
        raise BadInput(f"no crawl of {', '.join(missing)} in the last {days} days: --days looks further back")
    found = summaries(history)
    if as_json:
        print_json(
            {
                "days": days,
                "until": history.end.isoformat(timespec="seconds"),
                "runs": history.runs,
                "unreadable": history.unreadable,
                "sites": [site.to_json() for site in found],
            }
        )
    else:
        out.print(sites_view(history, found, limit=limit, width=out.width))
    return any(site.findings for site in found)
