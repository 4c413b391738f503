"""What the commands print on terminals of several widths: figures whole, titles on one line."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from io import StringIO

import pytest
from made_pages import fetched, story
from rich.console import Console

from extractors import judge
from extractors.language import identify
from extractors.records import Reason, Rejection
from flows.console import counted, out, plain_table, titled
from flows.demo import demo_view
from flows.difference_view import difference_view
from flows.differences import Differences, SiteDifference
from flows.language_view import language_table
from flows.outcomes import Sums
from flows.run_end import RunReport
from flows.screen import report_view, runs_table
from flows.verdict_view import verdict_view

WIDTHS = [60, 80, 120]
RUN = "reextract-20261124T175525-47ba87"
REPORT = RunReport(
    run=RUN,
    kind="reextract",
    created="2026-11-24T08:05:00+00:00",
    seconds=12345.0,
    batches=1,
    unfinished=(),
    sums=Sums(
        fates=Counter(stored=1_234_567, rejected=54_321),
        languages=Counter(hy=1_234_567),
        cuts=Counter(share=7, caption=2),
        cut_letters=Counter(share=100, caption=50),
        kept_letters=900,
    ),
)
ARTICLE = replace(
    judge(fetched(story(1))),
    title="What engineers found in the walls of the old dam above Teshen",
    published="2026-11-24T21:05:00Z",
    published_zone="+04:00",
)
REFUSED = Rejection(url="https://a/video", reason=Reason.MEDIA_PAGE, detail="12 letters")


def shown(view, width):
    console = Console(file=StringIO(), width=width, highlight=False)
    console.print(view)
    return console.file.getvalue()


def differences() -> Differences:
    run = Differences()
    run.sites["www.the-valley-and-the-hills.example"] = SiteDifference(
        pages=4300, changed=1433, gained=12, lost=3, titles=17, letters_gained=234_567, letters_lost=11_522
    )
    run.sites |= {f"quiet{number}": SiteDifference(pages=1) for number in range(28)}
    return run


@pytest.mark.parametrize("width", WIDTHS)
def test_of_what_differs_no_figure_and_no_head_is_cut_off(width):
    found = {**REPORT.to_json(), "published": False, "differences": differences().to_json()}
    text = shown(difference_view(found, width=width), width)
    assert "…" not in text
    for figure in ("changed", "gained", "4,300", "1,433", "+234,567".lstrip("+"), "11,522"):
        assert figure in text
    assert sum("letters" in line for line in text.splitlines()) == 1
    assert ("titles" in text) is (width >= 80)


@pytest.mark.parametrize("width", WIDTHS)
def test_sites_as_before_take_two_lines_at_most_where_there_is_room(width):
    found = {**REPORT.to_json(), "published": False, "differences": differences().to_json()}
    lines = shown(difference_view(found, width=width), width).splitlines()
    begins = next(number for number, line in enumerate(lines) if "28 sites" in line)
    assert "before" in lines[begins] + lines[begins + 1]


@pytest.mark.parametrize("width", WIDTHS)
def test_of_a_list_of_runs_names_and_figures_are_whole(width):
    text = shown(runs_table([REPORT], width=width), width)
    assert "…" not in text
    for figure in ("2026-11-24", "08:05:00", "1,234,567", "54,321"):
        assert figure in text
    names = "".join(line[1:].split("  ")[0].strip() for line in text.splitlines())
    assert RUN in names


@pytest.mark.parametrize("width", [*WIDTHS, 76])
def test_a_title_that_is_longer_than_its_table_stays_on_one_line(width):
    lines = shown(report_view(REPORT), width).splitlines()
    wanted = "Cut from the stored articles: 10.0 % of the letters looked at were debris"
    assert (wanted in lines) is (width > len(wanted))
    assert "a very long title" in shown(titled("a very long title", plain_table("x")), 40).splitlines()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_demo_shows_whole_dates_and_leaves_titles_room(width):
    text = shown(demo_view(REPORT, [ARTICLE], [REFUSED], "file:data", width=width), width)
    table = text.partition("Refused: 1 page\n")[0].splitlines()
    row = " ".join(" ".join(line[:25] for line in table).split())
    assert "2026-11-25" in row
    assert "01:05 +04:00" in row
    rows = len([line for line in table if line.strip()]) - len(("title", "heads", "line"))
    assert rows == {60: 3, 80: 2, 120: 1}[width]


def test_one_is_counted_as_one():
    one = replace(REPORT, seconds=1, sums=Sums(fates=Counter(stored=1), languages=Counter(hy=1)))
    assert "1 URL, 0.0 MiB, 1 article stored, 1.0 s" in shown(report_view(one), 80)
    assert "1,234,567 articles stored" in shown(report_view(REPORT), 80)
    run = Differences(sites={"valley": SiteDifference(pages=1)})
    found = {**REPORT.to_json(), "published": False, "differences": run.to_json()}
    assert shown(difference_view(found, width=80), 80).startswith("1 page judged again, 0 of them")
    text = shown(verdict_view(replace(ARTICLE, cuts=ARTICLE.cuts[:1]), explain=False), 80)
    assert "1 piece cut or made a field" in text
    assert (counted(2, "story", "stories"), counted(0, "page")) == ("2 stories", "0 pages")


def test_all_tables_are_of_one_kind():
    text = shown(language_table(identify(" ".join(story(1).paragraphs))), 80)
    assert text.startswith("en  (Latn, confidence ")
    assert "│" not in text
    assert "┃" not in text


def test_colons_in_names_are_no_pictures():
    with out.capture() as caught:
        out.print("a:x:b")
    assert caught.get() == "a:x:b\n"
