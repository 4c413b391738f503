"""What a re-extraction changes, on the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from flows.console import counted, out, plain_table
from flows.differences import Differences, PageDifference, SiteDifference
from flows.run_end import RunReport

MOST_SITES = 40  # rows of sites that differ; the rest are added up in one
_COLUMNS = {  # head: of a site's sums
    "pages": "pages",
    "changed": "changed",
    "gained": "gained",
    "lost": "lost",
    "titles": "titles",
    "dates": "dates",
    "letters\n+": "letters_gained",
    "letters\n-": "letters_lost",
}
NARROW = 80  # columns of a terminal; a narrower one does not see how many titles and dates differ
_COLOURS = {"gained": "green", "lost": "red", "changed": "yellow"}


def difference_view(found: Mapping[str, Any], *, width: int = 0) -> RenderableType:
    """The flow's result: a table of sites, the pages that changed most, and what to do next.

    Args:
        found: the report, with ``differences`` and ``published``.
        width: columns of the terminal; 0 asks it.
    """
    report, differences = RunReport.from_json(dict(found)), Differences.from_json(found["differences"])
    total = _added(differences.sites.items())
    parts: list[RenderableType] = [
        Text(
            f"{counted(total.pages, 'page')} judged again, {total.touched:,} of them differ, {report.seconds:.1f} s"
        )
    ]
    if report.alarm:
        parts.append(Text(f"failed: {report.alarm}", style="bold red"))
    parts.extend(Text(f"· {note}", style="dim") for note in report.remarks)
    parts.extend(Text(f"unfinished: {line}", style="red") for line in report.unfinished)
    parts.extend(Text(f"warning: {line}", style="yellow") for line in report.sums.warnings)
    parts.append(_sites(differences.sites, total, is_narrow=(width or out.width) < NARROW))
    parts.extend(_page(page) for page in differences.pages)
    if found["published"]:
        parts.append(Text(f"published as {report.run}: readers get the new verdicts"))
    elif total.touched:
        parts.append(Text("nothing is written yet: --publish stores what differs"))
    return Group(*parts)


def _sites(sites: Mapping[str, SiteDifference], total: SiteDifference, *, is_narrow: bool) -> Table:
    columns = {
        head: name for head, name in _COLUMNS.items() if not (is_narrow and name in ("titles", "dates"))
    }

    def row(sums: SiteDifference) -> list[str]:
        counts = [getattr(sums, name) for name in columns.values()]
        return [f"{count:,}" if count else "·" for count in counts]

    table = plain_table("site", numbers=tuple(columns))
    ranked = sorted(sites.items(), key=lambda item: (-item[1].letters, -item[1].touched, item[0]))
    other = [(site, sums) for site, sums in ranked if sums.touched]
    same = [(site, sums) for site, sums in ranked if not sums.touched]
    for site, sums in other[:MOST_SITES]:
        table.add_row(Text(site), *row(sums))
    if other[MOST_SITES:]:
        table.add_row(f"… {len(other) - MOST_SITES} more", *row(_added(other[MOST_SITES:])), style="dim")
    if same:
        name = Text(same[0][0]) if len(same) == 1 else f"{len(same)} sites as before"
        table.add_row(name, *row(_added(same)), style="dim")
    if len(ranked) > 1:
        table.add_row("all", *row(total), style="bold")
    return table


def _added(sites: Iterable[tuple[str, SiteDifference]]) -> SiteDifference:
    total = SiteDifference()
    for _, sums in sites:
        total.add(sums)
    return total


def _page(page: PageDifference) -> RenderableType:
    """One page: what it is now, and the first lines that came or went."""
    head = Text.assemble((page.what, _COLOURS[page.what]), f" {page.url}")
    if page.fields:
        head.append(f"  ({', '.join(page.fields)})", style="dim")
    parts = [head]
    if page.why:
        parts.append(Text(f"    {page.why}", style="red"))
    for name, (before, after) in (("title", page.title), ("published", page.published)):
        if page.what == "changed" and before != after:
            parts.append(Text(f"    {name}: {before or '(none)'} → {after or '(none)'}"))
    parts.extend(Text(f"    {line}", style="green" if line.startswith("+") else "red") for line in page.lines)
    return Group(*parts)
