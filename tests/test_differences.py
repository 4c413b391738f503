"""What of a page's new verdict is told, added up and shown."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from rich.console import Console

from extractors.records import Article, Cut, CutReason, Reason, Rejection
from flows.difference_view import MOST_SITES, difference_view
from flows.differences import MOST_OF_SITE, MOST_PAGES, Differences, PageDifference, compare
from flows.outcomes import Sums
from flows.run_end import RunReport

BEFORE = Article(
    id="0" * 32,
    content_hash="1" * 64,
    url="https://news.example/1",
    canonical_url="https://news.example/1",
    site="valley",
    title="A bridge",
    text="One.\nTwo.\nTwo.\nThree.",
    published="2026-11-24",
    language="en",
    fetched_at="2026-11-24T08:00:00Z",
    status=200,
)
REFUSED = Rejection(url=BEFORE.url, reason=Reason.PAYWALL, detail="a stub")


def difference(number: int, *, site: str = "valley", letters: int = 1) -> PageDifference:
    return PageDifference(
        url=f"https://news.example/{number}", site=site, what="changed", letters_lost=letters
    )


@pytest.mark.parametrize(
    "unseen",
    [
        {"cuts": (Cut(text="more", reason=CutReason.MODEL, rule="model:p=0.04"),)},
        {"language_confidence": 0.7, "extractor_version": "9", "content_hash": "2" * 64},
    ],
    ids=["ledger", "measurements"],
)
def test_what_no_reader_sees_is_no_difference(unseen):
    assert compare(BEFORE, replace(BEFORE, **unseen), "valley") is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "B"),
        ("authors", ("Mira Tolan",)),
        ("language", "hy"),
        ("flags", ("torn",)),
        ("id", "2" * 32),
    ],
)
def test_what_a_reader_sees_is_one(field, value):
    found = compare(BEFORE, replace(BEFORE, **{field: value}), "valley")
    assert (found.what, found.fields) == ("changed", (field,))


def test_lines_are_counted_as_often_as_they_stand():
    found = compare(BEFORE, replace(BEFORE, text="One.\nTwo.\nThree.\nFour."), "valley")
    assert (found.letters_lost, found.letters_gained) == (4, 5)
    assert found.lines == ("- Two.", "+ Four.")


def test_articles_are_gained_and_lost_whole():
    lost = compare(BEFORE, REFUSED, "valley")
    assert (lost.what, lost.why, lost.letters_lost) == ("lost", "paywall: a stub", 18)
    gained = compare(REFUSED, BEFORE, "valley")
    assert (gained.what, gained.letters_gained, gained.title) == ("gained", 18, ("", "A bridge"))
    assert compare(None, BEFORE, "valley").what == "gained"
    assert compare(REFUSED, replace(REFUSED, detail="another stub"), "valley") is None


def test_batches_add_up_and_the_most_changed_pages_stay():
    run = Differences()
    for batch in range(3):
        one = Differences()
        for number in range(30):
            one.note("valley", difference(100 * batch + number, letters=number))
            one.note("hills", None)
        run.add(one)
    assert (run.sites["valley"].changed, run.sites["hills"].changed, run.sites["hills"].pages) == (90, 0, 90)
    assert [page.letters for page in run.pages] == [29, 29, 29, 28, 28]


def test_one_site_does_not_hide_the_others():
    run = Differences()
    for number in range(500):
        run.note("valley", difference(number, letters=900))
        run.note(f"site {number % 100}", difference(number, site=f"site {number % 100}"))
    assert len(run.pages) == MOST_PAGES
    assert sum(page.site == "valley" for page in run.pages) == MOST_OF_SITE


def test_they_survive_json():
    run = Differences()
    run.note("valley", compare(BEFORE, replace(BEFORE, title="B", text="Four."), "valley"))
    run.note("valley", compare(BEFORE, REFUSED, "valley"))
    found = Differences.from_json(json.loads(json.dumps(run.to_json())))
    assert (found.sites, found.pages) == (run.sites, run.pages)


def shown(run: Differences, *, published: bool = False) -> str:
    report = RunReport(
        run="reextract-1", kind="reextract", created="", seconds=1, batches=1, unfinished=(), sums=Sums()
    )
    console = Console(width=160, record=True, file=None, quiet=False)
    with console.capture() as capture:
        console.print(
            difference_view({**report.to_json(), "published": published, "differences": run.to_json()})
        )
    return capture.get()


def test_the_terminal_shows_sites_pages_and_what_to_do_next():
    run = Differences()
    run.note("valley", compare(BEFORE, replace(BEFORE, title="B [bold]", text="Four."), "valley"))
    run.note("hills", compare(BEFORE, REFUSED, "hills"))
    found = shown(run)
    assert "2 pages judged again, 2 of them differ" in found
    assert "title: A bridge → B [bold]" in found
    assert "+ Four." in found
    assert "paywall: a stub" in found
    assert "--publish" in found
    assert "published as reextract-1" in shown(run, published=True)


def test_many_sites_are_added_up_in_one_row():
    run = Differences()
    for number in range(MOST_SITES + 7):
        run.note(f"site {number}", difference(number, site=f"site {number}"))
        run.note(f"quiet site {number}", None)
    found = shown(run)
    assert "… 7 more" in found
    assert f"{MOST_SITES + 7} sites as before" in found
    assert "quiet" not in found


def test_nothing_that_differs_needs_no_publishing():
    run = Differences()
    run.note("valley", None)
    assert "--publish" not in shown(run)


def test_what_a_run_learned_stands_among_its_notes():
    report = RunReport(
        run="ingest-1",
        kind="ingest",
        created="",
        seconds=1,
        batches=1,
        unfinished=(),
        sums=Sums(),
        notes=("a note",),
        learned={"valley": 2, "hills": 1},
    )
    assert report.remarks[0] == "a note"
    assert report.remarks[1].startswith("learned that 3 lines recur over 2 sites")
    assert "1 line recurs over its site" in replace(report, learned={"valley": 1}).remarks[1]
    assert RunReport.from_json(report.to_json()) == report
    assert replace(report, learned={}).remarks == ("a note",)
