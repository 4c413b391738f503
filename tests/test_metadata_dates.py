"""Dates of any shape become UTC, or a day, or nothing; never a guess."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.metadata.dates import in_address, read_date
from extractors.metadata.search import search_date
from extractors.metadata.stamps import pick
from extractors.tree import parse


@pytest.mark.parametrize(
    ("declared", "utc"),
    [
        ("2026-11-24T08:05:00Z", "2026-11-24T08:05:00Z"),
        ("2026-11-24T08:05:00.123Z", "2026-11-24T08:05:00Z"),
        ("2026-11-24 08:05:00Z", "2026-11-24T08:05:00Z"),
        ("2026-11-24T12:05:00+04:00", "2026-11-24T08:05:00Z"),
        ("2026-11-24T12:05:00+0400", "2026-11-24T08:05:00Z"),
        ("2026-11-24T12:05+04", "2026-11-24T08:05:00Z"),
        ("2026-11-24T03:05:00-0500", "2026-11-24T08:05:00Z"),
        ("2026-11-24 08:05:00 UTC", "2026-11-24T08:05:00Z"),
        ("2026-11-24T23:30:00-08:00", "2026-11-25T07:30:00Z"),
        ("20261124T080500Z", "2026-11-24T08:05:00Z"),
        ("1795507500", "2026-11-24T08:05:00Z"),
        ("1795507500000", "2026-11-24T08:05:00Z"),
        ("Tue, 24 Nov 2026 08:05:00 GMT", "2026-11-24T08:05:00Z"),
        ("Tue, 24 Nov 2026 12:05:00 +0400", "2026-11-24T08:05:00Z"),
        ("November 24, 2026 3:05 AM EST", "2026-11-24T08:05:00Z"),
        ("Tue Nov 24 2026 12:05:00 GMT+0400 (Armenia Standard Time)", "2026-11-24T08:05:00Z"),
        ("2026-11-24 12:05:00 UTC+04:00", "2026-11-24T08:05:00Z"),
        ("2026-11-24", "2026-11-24"),
        ("Room 5 Nov 24, 2026", "2026-11-24"),
        ("2026/11/24", "2026-11-24"),
        ("2026-1-4", "2026-01-04"),
        ("20261124", "2026-11-24"),
        ("24.11.2026", "2026-11-24"),
        ("24/11/2026", "2026-11-24"),
        ("11/24/2026", "2026-11-24"),
        ("2026年11月24日", "2026-11-24"),
        ("2026년 11월 24일", "2026-11-24"),
        ("24. November 2026", "2026-11-24"),
        ("24 de noviembre de 2026", "2026-11-24"),
        ("24 novembre 2026", "2026-11-24"),
        ("24 ноября 2026", "2026-11-24"),
        ("24 листопада 2026", "2026-11-24"),
        ("24 listopadu 2026", "2026-11-24"),
        ("24 Kasım 2026", "2026-11-24"),
        ("Nov. 24th, 2026", "2026-11-24"),
        ("24 նոյեմբերի 2026", "2026-11-24"),
        ("24 ნოემბერი, 2026", "2026-11-24"),
        ("24 नवंबर 2026", "2026-11-24"),
        ("५ मई २०२६", "2026-05-05"),
        ("٢٤ نوفمبر ٢٠٢٦", "2026-11-24"),
        ("24 בנובמבר 2026", ""),
        ("24 noyabr 2026", "2026-11-24"),
        ("24 studenoga 2026", "2026-11-24"),
        ("24 қараша 2026", "2026-11-24"),
        ("24 nëntor 2026", "2026-11-24"),
        ("2026. november 24.", "2026-11-24"),
        ("2026 m. lapkričio 24 d.", "2026-11-24"),
        ("2026. gada 24. novembris", "2026-11-24"),
        ("24. 11. 2026", "2026-11-24"),
        ("24.11.26", "2026-11-24"),
        ("Di., 24.11.26, 10:15 Uhr", "2026-11-24"),
        ("7.2.98", "1998-02-07"),
        ("24.11.2026 - 25.11.2026", "2026-11-24"),
        ("Version 10.12.19 is out", ""),
        ("November 2026", ""),
        ("5 in 2026", ""),
        ("2026-11-24T00:00:00Z", "2026-11-24"),
        ("2026-11-24T00:00:00+04:00", "2026-11-24"),
        ("2026-11-24T08:05:00", "2026-11-24"),
        ("0001-01-01T00:00:00Z", ""),
        ("1970-01-01T00:00:00Z", ""),
        ("0", ""),
        ("2026-13-45", ""),
        ("2026-02-30T10:00:00Z", ""),
        ("yesterday", ""),
        ("12:30", ""),
        ("", ""),
    ],
)
def test_every_shape_is_read(declared, utc):
    assert pick([declared]).utc == utc


def test_the_first_that_is_a_date_counts():
    assert pick(["n/a", "2026-11-24T08:05:00Z", "2020-01-01"]).utc == "2026-11-24T08:05:00Z"


def test_a_day_takes_its_time_from_another_source():
    assert pick(["2026-11-24", "2026-11-24T12:05:00+04:00"]).utc == "2026-11-24T08:05:00Z"
    assert pick(["2026-11-24", "2026-11-26T12:05:00+04:00"]).utc == "2026-11-24"


def test_a_clock_takes_its_zone_from_the_same_clock_elsewhere():
    assert pick(["2026-11-24T12:05:00", "2026-11-24T12:05:00+04:00"]).utc == "2026-11-24T08:05:00Z"


def test_a_clock_takes_its_zone_from_the_last_change():
    assert pick(["2026-11-24T12:05:00"], ["2026-11-25T15:00:00+04:00"]).utc == "2026-11-24T08:05:00Z"


def test_a_zone_is_not_taken_over_summer_time_nor_from_a_machines_utc():
    assert pick(["2026-06-24T12:05:00"], ["2026-11-25T15:00:00+01:00"]).utc == "2026-06-24"
    assert pick(["2026-11-24T12:05:00"], ["2026-11-25T15:00:00Z"]).utc == "2026-11-24"


def test_a_second_day_is_no_time():
    found = read_date("24.11.2026 - 12.12.2026")
    assert found is not None
    assert found.clock is None


def test_american_pages_write_the_month_first():
    assert pick(["3/9/2026"]).utc == "2026-09-03"
    assert pick(["3/9/2026"], month_first=True).utc == "2026-03-09"
    assert pick(["3-9-2026"], month_first=True).utc == "2026-09-03"
    assert pick(["3.9.2026"], month_first=True).utc == "2026-09-03"


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://e.org/2026/11/24/bridge", "2026-11-24"),
        ("https://e.org/news/2026-11-24-bridge", "2026-11-24"),
        ("https://e.org/news/20261124/bridge", "2026-11-24"),
        ("https://e.org/news/2026/bridge", ""),
        ("https://e.org/a/20261399", ""),
        ("https://e.org/news/24-11-2026", "2026-11-24"),
        ("https://e.org/news/24-11-2026-bridge/17-378.html", "2026-11-24"),
        ("https://e.org/news/03-04-2026", ""),
        ("https://e.org/town/2026/nov/24/bridge", "2026-11-24"),
        ("https://e.org/blog/2026/October/03/bridge/", "2026-10-03"),
        ("https://e.org/2026/bridge/24", ""),
        ("https://e.org/a/24-11-20261", ""),
        ("https://e.org/bridge?day=2026-11-24", ""),
        ("https://e.org/a/2026112412345", ""),
    ],
)
def test_an_address_may_tell_the_day(url, day):
    assert in_address(url) == day


@settings(max_examples=500, deadline=None)
@given(
    values=st.lists(
        st.one_of(
            st.text(max_size=40),
            st.integers(-(10**14), 10**14).map(str),
            st.datetimes().map(str),
            st.from_regex(
                r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[T ]\d{1,2}:\d{2}(:\d{2})?([+-]\d{2}:?\d{2}|Z)?",
                fullmatch=True,
            ),
        ),
        max_size=4,
    ),
    first=st.booleans(),
)
def test_whatever_stands_there_a_date_or_nothing_comes_out(values, first):
    found = pick(values, values[::-1], month_first=first).utc
    if found:
        assert 1989 <= datetime.fromisoformat(found).year <= 2100
        assert len(found) == 10 or found.endswith("Z")


def test_the_search_believes_no_bare_year():
    tree = parse(
        "<html><body><h1>A bridge</h1><p>Some words.</p><footer>© 2026 The Example</footer></body></html>"
    )
    assert tree is not None
    assert search_date(tree, "https://e.org/") == ""
