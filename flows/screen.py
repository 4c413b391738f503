"""A run on the terminal: progress while it works, tables when it is done."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table
from rich.text import Text

from extractors.records import CutReason, Fate
from flows.batch_work import Done
from flows.console import counted, err, out, plain_table, titled
from flows.outcomes import KEPT_AS_FIELD, REVIEW
from flows.run_end import RunReport

if TYPE_CHECKING:
    from connectors.web import Web

MEBI = 1024 * 1024
SHOWN_QUEUES = 6
NARROW = 80  # columns of a terminal; a narrower one sees less of each run in a list
MOST_SITES = 40  # rows of the table of sites; the rest are added up in one
_GOOD = {Fate.STORED, Fate.UPDATED}
_LEFT_OUT = (Fate.ROBOTS, Fate.OUT_OF_SCOPE, Fate.FORBIDDEN_ADDRESS, Fate.NOT_REACHED)
_CALM = {Fate.UNCHANGED, Fate.DUPLICATE, Fate.NOT_TEXT, Fate.REJECTED}


class _LiveScreen(Progress):
    """The bar, and under it what a crawl does and waits for."""

    below: Callable[[], RenderableType | None] = staticmethod(lambda: None)

    def get_renderables(self) -> Iterable[RenderableType]:
        yield from super().get_renderables()
        more = self.below()
        if more is not None:
            yield more


class ScreenWatcher:
    """Progress of a run on standard error; a context manager."""

    def __init__(self) -> None:
        self._progress = _LiveScreen(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=20),
            MofNCompleteColumn(),
            TextColumn("{task.fields[detail]}"),
            TimeElapsedColumn(),
            console=err,
            transient=True,
        )
        self._task = self._progress.add_task("Starting", total=None, detail="")
        self._fetched = self._pages = self._stored = 0
        self._fates: Counter[str] = Counter()
        self._clock = time.monotonic()

    def phase(self, text: str) -> None:
        """Say what is being done now."""
        self._progress.update(self._task, description=text)

    def total(self, batches: int, pages: int | None) -> None:
        """Show a bar of batches."""
        self._progress.update(self._task, total=batches, completed=0)
        self._show()

    def fetched(self, pages: int, size: int) -> None:
        """Count pages that came in."""
        self._fetched += pages
        self._show()

    def done(self, batch: Done) -> None:
        """Move the bar on."""
        self._pages += batch.sums.pages
        self._stored += sum(batch.sums.languages.values())
        self._fates.update(batch.sums.fates)
        self._progress.advance(self._task)
        self._show()

    def crawling(self, web: Web | None) -> None:
        """Show what the session has fetched, and which hosts hold up how much."""
        self._progress.below = lambda: None if web is None else crawl_lines(web, self._clock, self._fates)

    def _show(self) -> None:
        parts = [f"{self._fetched} fetched"] if self._fetched else []
        parts.append(f"{counted(self._pages, 'page')}, {counted(self._stored, 'article')}")
        self._progress.update(self._task, detail=" · ".join(parts))

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()


def crawl_lines(web: Web, started: float, fates: Counter[str]) -> RenderableType:
    """A crawl as it stands: requests, speed, bytes, fates so far, and what waits for which host."""
    traffic, queues = web.traffic, web.pace.queues()
    seconds = max(time.monotonic() - started, 0.1)
    lines = [
        f"  {traffic.requests} requests, {traffic.requests / seconds:.1f} a second, {traffic.retries} retries, "
        f"{traffic.received_bytes / MEBI:.1f} MiB over the wire"
    ]
    if fates:
        lines.append("  " + ", ".join(f"{fate} {count}" for fate, count in fates.most_common()))
    if queues:
        waiting = sum(queue.requests for queue in queues)
        lines.append(f"  {waiting} requests wait for {len(queues)} hosts, the longest queues:")
    for queue in queues[:SHOWN_QUEUES]:
        state = f"next in {queue.seconds:.0f} s" if queue.seconds >= 0.5 else "being asked"
        lines.append(f"    {queue.host:<40} {queue.requests:>5}  {state}")
    return Text("\n".join(lines), style="dim")


def report_view(report: RunReport) -> RenderableType:
    """Tables of a run's fates, languages, refusals and cuts."""
    sums = report.sums
    head = Text.assemble((report.run, "bold"), f"   {report.created[:19].replace('T', ' ')} UTC")
    speed = f", {sums.pages / report.seconds:.1f} a second" if report.seconds > 1 and sums.pages else ""
    review = f", {sums.flags[REVIEW]:,} marked for review" if sums.flags[REVIEW] else ""
    summary = Text(
        f"{counted(sums.pages, 'URL')}, {sums.page_bytes / MEBI:,.1f} MiB, "
        f"{counted(sum(sums.languages.values()), 'article')} stored, "
        f"{report.seconds:.1f} s{speed}{review}"
    )
    parts: list[RenderableType] = [head, summary]
    if report.alarm:
        parts.append(Text(f"failed: {report.alarm}", style="bold red"))
    parts.extend(Text(f"· {note}", style="dim") for note in report.remarks)
    parts.extend(Text(f"unfinished: {line}", style="red") for line in report.unfinished)
    parts.extend(Text(f"warning: {line}", style="yellow") for line in sums.warnings)
    parts.append(
        _beside(
            _counts("Fate", "URLs", sums.fates, _fate_style),
            _counts("Language", "articles", sums.languages),
            _counts("Why refused", "pages", sums.reasons),
            _counts("Worth a look", "articles", sums.flags),
        )
    )
    if sums.cuts:
        parts.append(_cuts(report))
    if len(sums.sites) > 1:
        parts.append(sites_table(sums.sites))
    return Group(*parts)


def runs_table(reports: list[RunReport], *, width: int = 0) -> Table:
    """A row a run, newest first. ``width``: columns of the terminal; 0 asks it."""
    is_narrow = (width or out.width) < NARROW
    figures = (
        ("URLs", "stored", "refused") if is_narrow else ("URLs", "stored", "refused", "debris", "seconds")
    )
    table = plain_table("run", "planned\n(UTC)", numbers=figures)  # a run is whole, for `lrahos report RUN`
    table.columns[1].min_width = len("2026-11-24")
    for report in reports:
        sums = report.sums
        row = (
            f"{sums.pages:,}",
            f"{sum(sums.languages.values()):,}",
            f"{sums.fates[Fate.REJECTED]:,}",
            f"{100 * sums.cut_share:.1f} %",
            f"{report.seconds:.0f}",
        )
        table.add_row(report.run, report.created[:19].replace("T", " "), *row[: len(figures)])
    return table


def sites_table(sites: dict[str, Counter[str]]) -> RenderableType:
    """A row a site: stored, refused, left out (robots.txt, scope, budget), failed."""
    table = plain_table("site", numbers=("URLs", "stored", "known", "refused", "left out", "failed"))
    ranked = sorted(sites.items(), key=lambda item: (-sum(item[1].values()), item[0]))
    rest: Counter[str] = Counter()
    for number, (site, fates) in enumerate(ranked):
        if number < MOST_SITES:
            table.add_row(site, *_site_row(fates))
        else:
            rest.update(fates)
    if rest:
        table.add_row(f"… {len(ranked) - MOST_SITES} more", *_site_row(rest), style="dim")
    return titled("Sites", table)


def _site_row(fates: Counter[str]) -> list[str]:
    total = sum(fates.values())
    stored = fates[Fate.STORED] + fates[Fate.UPDATED]
    known = fates[Fate.UNCHANGED] + fates[Fate.DUPLICATE]
    refused = fates[Fate.REJECTED] + fates[Fate.NOT_TEXT]
    left_out = sum(fates[fate] for fate in _LEFT_OUT)
    failed = total - stored - known - refused - left_out
    return [str(count) if count else "·" for count in (total, stored, known, refused, left_out, failed)]


def _fate_style(name: str) -> str:
    return "green" if name in _GOOD else "" if name in _CALM else "yellow"


def _counts(head: str, unit: str, counts: Counter[str], style: object = None) -> Table | None:
    if not counts:
        return None
    table = plain_table(head, numbers=(unit,))
    for name, count in counts.most_common(30):
        table.add_row(Text(name, style=style(name) if callable(style) else ""), f"{count:,}")
    if len(counts) > 30:
        table.add_row(f"… {len(counts) - 30} more", "")
    return table


def _beside(*tables: Table | None) -> RenderableType:
    """As many of them side by side as the terminal has room for."""
    return Columns([table for table in tables if table is not None], padding=(0, 3))


def _cuts(report: RunReport) -> RenderableType:
    sums = report.sums
    table = plain_table("what", numbers=("pieces", "letters", ""))
    for reason, pieces in sums.cuts.most_common():
        kept = "kept as a field" if CutReason(reason) in KEPT_AS_FIELD else ""
        table.add_row(reason, f"{pieces:,}", f"{sums.cut_letters[reason]:,}", Text(kept, style="dim"))
    share = f"{100 * sums.cut_share:.1f} %"
    return titled(f"Cut from the stored articles: {share} of the letters looked at were debris", table)
