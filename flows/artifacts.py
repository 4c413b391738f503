"""A run's report as Prefect artifacts: a table in the run's page."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from prefect import get_run_logger
from prefect.artifacts import acreate_markdown_artifact

from connectors.bucket import Bucket
from connectors.errors import LrahosError
from flows.history import drift_of_run
from flows.outcomes import REVIEW
from flows.run_end import RunReport
from flows.site_findings import Finding
from flows.site_view import MOST_FINDINGS, sentence


async def publish_report(report: RunReport, bucket: Bucket | None = None) -> tuple[Finding, ...]:
    """Show the report beside the run in Prefect's UI; an alarm in the run's log, too.

    Returns what drifted at the run's sites, which is measured only where a bucket is given.
    """
    logger = get_run_logger()
    if report.alarm:
        logger.error("%s", report.alarm)
    drift: tuple[Finding, ...] = ()
    if bucket is not None:
        try:
            drift = await asyncio.to_thread(drift_of_run, bucket, report)
        except LrahosError as error:  # the run is done, whatever earlier reports are like
            logger.warning("drift could not be measured: %s", error)
    if drift:
        logger.warning("drift: %s", "; ".join(sentence(finding) for finding in drift[:MOST_FINDINGS]))
    await acreate_markdown_artifact(
        key=f"lrahos-{report.kind}",
        markdown=report_markdown(report, drift),
        description=f"What came of {report.run}",
    )
    return drift


def report_markdown(report: RunReport, drift: Sequence[Finding] = ()) -> str:
    """Drift, fates, languages, reasons and cuts as Markdown lists and tables."""
    sums = report.sums
    parts = [
        f"# {report.run}",
        f"{sums.pages} URLs, {sum(sums.languages.values())} articles stored, "
        f"{sums.flags[REVIEW]} marked for review, {report.seconds:.1f} s. "
        f"Debris: {100 * sums.cut_share:.1f} % of the letters looked at.",
        f"**Failed**: {report.alarm}" if report.alarm else "",
        *(f"- {note}" for note in report.remarks),
        *(f"- **unfinished**: {line}" for line in report.unfinished),
        _drift(drift),
        _table("Fates", ("fate", "URLs"), sums.fates.most_common()),
        _table("Languages", ("language", "articles"), sums.languages.most_common()),
        _table("Rejections", ("reason", "pages"), sums.reasons.most_common()),
        _table("Cuts", ("reason", "pieces"), sums.cuts.most_common()),
        _table("Flags", ("flag", "articles"), sums.flags.most_common()),
    ]
    return "\n\n".join(part for part in parts if part)


def _drift(findings: Sequence[Finding]) -> str:
    if not findings:
        return ""
    lines = [f"- {sentence(finding)}" for finding in findings[:MOST_FINDINGS]]
    more = len(findings) - MOST_FINDINGS
    return "\n".join(["## Drift", "", *lines, *([f"- … {more:,} more"] if more > 0 else [])])


def _table(title: str, head: tuple[str, str], rows: list[tuple[str, int]]) -> str:
    if not rows:
        return ""
    lines = [f"## {title}", "", f"| {head[0]} | {head[1]} |", "|---|---:|"]
    return "\n".join([*lines, *(f"| {name} | {count} |" for name, count in rows)])
