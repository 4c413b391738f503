"""A run's report as Prefect artifacts: a table in the run's page."""

from __future__ import annotations

from prefect import get_run_logger
from prefect.artifacts import acreate_markdown_artifact

from flows.outcomes import REVIEW
from flows.run_end import RunReport


async def publish_report(report: RunReport) -> None:
    """Show the report beside the run in Prefect's UI; an alarm in the run's log, too."""
    if report.alarm:
        get_run_logger().error("%s", report.alarm)
    await acreate_markdown_artifact(
        key=f"lrahos-{report.kind}",
        markdown=report_markdown(report),
        description=f"What came of {report.run}",
    )


def report_markdown(report: RunReport) -> str:
    """Fates, languages, reasons and cuts as Markdown tables."""
    sums = report.sums
    parts = [
        f"# {report.run}",
        f"{sums.pages} URLs, {sum(sums.languages.values())} articles stored, "
        f"{sums.flags[REVIEW]} marked for review, {report.seconds:.1f} s. "
        f"Debris: {100 * sums.cut_share:.1f} % of the letters looked at.",
        f"**Failed**: {report.alarm}" if report.alarm else "",
        *(f"- {note}" for note in report.remarks),
        *(f"- **unfinished**: {line}" for line in report.unfinished),
        _table("Fates", ("fate", "URLs"), sums.fates.most_common()),
        _table("Languages", ("language", "articles"), sums.languages.most_common()),
        _table("Rejections", ("reason", "pages"), sums.reasons.most_common()),
        _table("Cuts", ("reason", "pieces"), sums.cuts.most_common()),
        _table("Flags", ("flag", "articles"), sums.flags.most_common()),
    ]
    return "\n\n".join(part for part in parts if part)


def _table(title: str, head: tuple[str, str], rows: list[tuple[str, int]]) -> str:
    if not rows:
        return ""
    lines = [f"## {title}", "", f"| {head[0]} | {head[1]} |", "|---|---:|"]
    return "\n".join([*lines, *(f"| {name} | {count} |" for name, count in rows)])
