"""Sites over some days on the terminal: a row a site, and what drifted."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from flows.history import History
from flows.site_findings import Drift, Finding, Unit
from flows.site_summary import SiteSummary, findings_of

MOST_FINDINGS = 20  # rows of a table that stands under another
WIDE = 116  # columns of a terminal that has room for names and clocks
_BARS = "▁▂▃▄▅▆▇█"
_WORDS = {
    Drift.SILENT: "no new article",
    Drift.LISTED: "stories listed",
    Drift.KEPT: "pages kept",
    Drift.FAILED: "URLs failed",
    Drift.REFUSED: "refused",
    Drift.SHORTER: "texts shorter",
    Drift.LONGER: "texts longer",
    Drift.CUT: "debris cut",
    Drift.UNTITLED: "without title",
    Drift.UNDATED: "without date",
    Drift.UNSIGNED: "without author",
    Drift.LANGUAGE: "in language",
    Drift.REVIEW: "marked for review",
}


def sites_view(history: History, sites: Sequence[SiteSummary], *, limit: int, width: int) -> RenderableType:
    """The table of sites, as many as the limit allows, and under it what drifted at them."""
    days = (history.end - history.start).days
    drifted = sum(bool(site.findings) for site in sites)
    head = (
        f"{len(sites):,} sites, {history.runs:,} crawls in {days} days to {history.end:%Y-%m-%d %H:%M} UTC, "
    )
    parts: list[RenderableType] = [
        Text(head + (f"{drifted:,} drifted" if drifted else "nothing drifted")),
        _sites(sites[:limit], is_wide=width >= WIDE),
    ]
    if sites[limit:]:
        more = (
            f"… {len(sites) - limit:,} more, {max(0, drifted - limit):,} of them drifted: --limit shows more"
        )
        parts.append(Text(more, style="dim"))
    if history.unreadable:
        parts.append(Text(f"warning: {history.unreadable:,} reports cannot be read", style="yellow"))
    found = findings_of(sites[:limit])
    if found:
        parts.append(drift_table(found, limit=max(limit, MOST_FINDINGS)))
    return Group(*parts)


def drift_table(findings: Sequence[Finding], *, limit: int = MOST_FINDINGS) -> RenderableType:
    """A row a finding: what it is now, what it was before."""
    title = "Drift against the site's own past"
    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", padding=(0, 1, 0, 0))
    table.add_column("site", overflow="fold", min_width=8)
    table.add_column("what", overflow="fold", min_width=12)
    table.add_column("now", justify="right")
    table.add_column("before", justify="right")
    table.add_column("since", no_wrap=True)
    for finding in findings[:limit]:
        table.add_row(
            Text(finding.site),
            Text(
                words_of(finding), style="red" if finding.what in {Drift.SILENT, Drift.LISTED} else "yellow"
            ),
            _now(finding),
            _before(finding),
            _moment(finding.since),
        )
    if len(findings) <= limit:
        return table
    return Group(table, Text(f"… {len(findings) - limit:,} more: lrahos report --sites", style="dim"))


def words_of(finding: Finding) -> str:
    """What drifted, in words."""
    return " ".join(part for part in (_WORDS[finding.what], finding.subject) if part)


def sentence(finding: Finding) -> str:
    """The finding in one line."""
    now, before = _now(finding), _before(finding)
    return f"{finding.site}: {words_of(finding)}: {now}, before {before} (since {_moment(finding.since)} UTC)"


def sparkline(trend: Sequence[int | None]) -> str:
    """A bar a cell; a blank where there was no run. What is far above the usual is cut off at the top."""
    filled = [count for count in trend if count]
    top = min(max(filled), 2 * median(filled)) if filled else 1
    return "".join(
        " " if count is None else _BARS[min(len(_BARS) - 1, round((len(_BARS) - 1) * count / top))]
        for count in trend
    )


def _sites(sites: Sequence[SiteSummary], *, is_wide: bool) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("site", overflow="fold", min_width=12)
    if is_wide:
        table.add_column("runs", justify="right")
    table.add_column("newest", no_wrap=True)
    for column in ("listed", *(["missed"] if is_wide else []), "fetched", "kept", "share", "before"):
        table.add_column(column, justify="right", no_wrap=True)
    table.add_column("kept by time", no_wrap=True)
    table.add_column("drift" if is_wide else "", overflow="fold")
    for site in sites:
        table.add_row(*_row(site, is_wide=is_wide))
    return table


def _row(site: SiteSummary, *, is_wide: bool) -> list[RenderableType]:
    drift = ", ".join(words_of(finding) for finding in site.findings)
    if not is_wide:
        drift = "!" if drift else ""  # what it is stands below
    return [
        Text(site.site),
        *([f"{site.runs:,}"] if is_wide else []),
        (_moment(site.last_article) if is_wide else site.last_article[5:10]) or "none",
        "·" if site.listed is None else f"{site.listed:,}",
        *([f"{site.failed + site.not_reached:,}"] if is_wide else []),
        f"{site.fetched:,}",
        f"{site.kept:,}",
        _percent(site.kept_share),
        _percent(site.kept_share_before),
        sparkline(site.trend),
        Text(drift, style="red"),
    ]


def _now(finding: Finding) -> str:
    if finding.unit is Unit.DAYS:
        return f"{finding.now:.1f} days"
    if finding.unit is Unit.SHARE:
        return f"{100 * finding.now:.0f} % of {finding.now_of:,}"
    return f"{finding.now:,.0f} {finding.unit}" if finding.unit is Unit.LETTERS else f"{finding.now:,.0f}"


def _before(finding: Finding) -> str:
    if finding.unit is Unit.DAYS:
        return f"{finding.before:.1f} at most" if finding.before else "never"
    if finding.unit is Unit.SHARE:
        return f"{100 * finding.before:.0f} %"
    return f"{finding.before:,.0f}"


def _percent(share: float | None) -> str:
    return "·" if share is None else f"{100 * share:.0f} %"


def _moment(iso: str) -> str:
    """Month, day and clock; a bare day has no clock."""
    return iso[5:16].replace("T", " ")
