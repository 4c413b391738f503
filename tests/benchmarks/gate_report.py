"""What came of a set of pages, and the tables that say so."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

WRONG_REFUSAL = 5  # times a page let through
SHOWN = 20  # of the pages of a set without articles that were let through


@dataclass(frozen=True, slots=True)
class Outcome:
    """One page: what it is, and what the gate made of it."""

    url: str
    label: str  # "article", a reason, or "no-article" where any reason is right
    reason: str  # of the refusal; "" if it passed
    detail: str = ""
    is_marked: bool = False  # for review
    f1: float | None = None  # of the kept text's words, where the gold has the whole text


def report(console: Console, name: str, outcomes: list[Outcome]) -> None:
    """The table of one set, and each page that went wrong."""
    others = [page for page in outcomes if page.label != "article"]
    refused = [page for page in outcomes if page.reason]
    wrong = [page for page in refused if page.label == "article"]
    passed = [page for page in others if not page.reason]
    table = Table(title=f"{name}: {len(outcomes)} pages, {len(others)} of them no articles")
    for column in ("refused for", "pages", "of them right to refuse"):
        table.add_column(column, justify="left" if column == "refused for" else "right")
    for reason, number in Counter(page.reason for page in refused).most_common():
        right = sum(page.reason == reason and page.label != "article" for page in refused)
        table.add_row(reason, str(number), str(right))
    console.print(table)
    named = [page for page in refused if page.label not in ("article", "no-article")]
    console.print(
        f"precision {share(len(refused) - len(wrong), len(refused))} · recall {share(len(others) - len(passed), len(others))}"
        f" · reason as labelled {share(sum(page.reason == page.label for page in named), len(named))}"
        f" · articles kept {share(len(outcomes) - len(others) - len(wrong), len(outcomes) - len(others))}"
        f" · cost a page {(WRONG_REFUSAL * len(wrong) + len(passed)) / max(len(outcomes), 1):.4f}"
    )
    for page in wrong:
        console.print(f"  article refused: {page.reason}: {page.detail}  {page.url}", highlight=False)
    for page in passed[:SHOWN] if others and others[0].label == "no-article" else passed:
        console.print(f"  let through: {page.label}  {page.url}", highlight=False)


def report_marks(console: Console, outcomes: list[Outcome]) -> None:
    """What the mark for review is worth: how many bad pages it marks, and how many others."""
    kept = [page for page in outcomes if not page.reason and page.label == "article"]
    known = [page for page in kept if page.f1 is not None]
    marked = [page for page in known if page.is_marked]
    lines = [
        f"marked for review: {share(sum(page.is_marked for page in kept), len(kept))} of the articles kept"
    ]
    for limit in (0.8, 0.9):
        bad = sum(page.f1 < limit for page in known)
        found = sum(page.f1 < limit for page in marked)
        lines.append(
            f"of those with F1 under {limit} {share(found, bad)}; of the marked with known text {share(found, len(marked))} are"
        )
    console.print("\n".join(lines))


def share(part: int, whole: int) -> str:
    return f"{part / whole:.1%} ({part} of {whole})" if whole else "none"
