"""A date keeps the zone of the publisher's clock, and says where that is from."""

import json
import re
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_pages import fetched, story

from connectors.export import local_time
from extractors import judge
from extractors.findings import Metadata
from extractors.metadata import read_metadata
from extractors.metadata.stamps import NO_STAMP, Stamp, beside_clock, beside_stamp, pick
from extractors.plain_text import read_plain_text
from extractors.records import Article, Rules, ZoneSource
from extractors.tree import parse

URL = "https://www.example.org/stories/why-bridges-hum"
TITLE = "Why bridges hum at night and what to do about it"
DECLARED, PAGE, SHOWN = ZoneSource.DECLARED, ZoneSource.PAGE, ZoneSource.SHOWN
UTC_STAMP = Stamp(utc="2026-11-24T13:03:40Z", zone="Z", zone_source=DECLARED)


def page(shown: str = "", *, published: str, modified: str = "", lang: str = "en-GB") -> Metadata:
    article = {"@type": "Article", "headline": TITLE, "datePublished": published, "dateModified": modified}
    tree = parse(
        f"<html lang={lang}><head><script type='application/ld+json'>{json.dumps(article)}</script></head>"
        f"<body><h1>{TITLE}</h1>{shown}<p>People by the river do not sleep.</p></body></html>"
    )
    assert tree is not None
    return read_metadata(tree, URL)


def seen(stamp: Stamp) -> str:
    return local_time(stamp.utc, stamp.zone)


@pytest.mark.parametrize(
    ("declared", "zone", "local"),
    [
        ("2019-05-03T16:30:00-07:00", "-07:00", "2019-05-03T16:30:00-07:00"),
        ("2019-05-03T23:30:00-0700", "-07:00", "2019-05-03T23:30:00-07:00"),
        ("2026-11-24T01:05+04", "+04:00", "2026-11-24T01:05:00+04:00"),
        ("2026-11-24T01:05:00+05:45", "+05:45", "2026-11-24T01:05:00+05:45"),
        ("2026-11-24T22:05:00-02:30", "-02:30", "2026-11-24T22:05:00-02:30"),
        ("Tue, 24 Nov 2026 01:05:00 +0400", "+04:00", "2026-11-24T01:05:00+04:00"),
        ("November 24, 2026 11:05 PM EST", "-05:00", "2026-11-24T23:05:00-05:00"),
        ("2026-11-24T08:05:00Z", "Z", "2026-11-24T08:05:00Z"),
        ("2026-11-24T08:05:00+00:00", "Z", "2026-11-24T08:05:00Z"),
        ("1795507500", "Z", "2026-11-24T08:05:00Z"),
    ],
)
def test_a_declared_zone_is_kept_and_gives_the_day_back(declared, zone, local):
    found = pick([declared])
    assert (found.zone, found.zone_source, seen(found)) == (zone, DECLARED, local)


@pytest.mark.parametrize(
    "declared", ["2026-11-24", "24.11.2026", "2026-11-24T00:00:00+04:00", "2026-11-24T08:05:00"]
)
def test_a_bare_day_has_no_zone_and_stays_as_it_is(declared):
    found = pick([declared])
    assert found == Stamp(utc="2026-11-24")
    assert found.zone_source is ZoneSource.NONE
    assert seen(found) == "2026-11-24"


@given(
    st.datetimes(datetime(1990, 1, 2), datetime(2099, 12, 30)),  # noqa: DTZ001 - the zone is the next argument
    st.integers(-12 * 4, 14 * 4),
)
def test_the_moment_and_the_day_survive_storing_and_exporting(clock, quarters):
    sign, minutes = "-" if quarters < 0 else "+", abs(quarters) * 15
    declared = f"{clock:%Y-%m-%dT%H:%M:%S}{sign}{minutes // 60:02d}:{minutes % 60:02d}"
    found = seen(pick([declared]))
    if clock.time().replace(microsecond=0).isoformat() == "00:00:00":
        assert found == f"{clock:%Y-%m-%d}"
    else:
        assert datetime.fromisoformat(found) == datetime.fromisoformat(declared)
        assert found[:19] == declared[:19]


def test_a_clock_without_a_zone_takes_that_of_another_date_of_the_page():
    found = pick(["2026-11-24T23:30:00"], ["2026-11-26T15:00:00-08:00"])
    assert found == Stamp(utc="2026-11-25T07:30:00Z", zone="-08:00", zone_source=PAGE)
    assert seen(found) == "2026-11-24T23:30:00-08:00"


def test_a_day_takes_the_clock_that_shows_it():
    assert seen(pick(["2026-11-24", "2026-11-24T23:30:00-08:00"])) == "2026-11-24T23:30:00-08:00"
    assert seen(pick(["2026-11-25", "2026-11-24T23:30:00-08:00"])) == "2026-11-25T07:30:00Z"


@pytest.mark.parametrize(
    ("others", "zone"),
    [
        (["2026-11-24T19:05:00-08:00"], "-08:00"),  # the same moment
        (["2026-11-27T10:00:00-08:00"], "-08:00"),  # a change days later
        (["2026-06-27T10:00:00-08:00"], "Z"),  # it may have been summer
        (["2026-11-25T03:05:00-08:00"], "Z"),  # the same clock: one of the two is wrong
        (["2026-11-26T10:00:00Z"], "Z"),
    ],
)
def test_a_time_in_utc_takes_the_zone_of_the_pages_other_dates(others, zone):
    found = pick(["2026-11-25T03:05:00Z"], others)
    assert found.utc == "2026-11-25T03:05:00Z"
    assert (found.zone, found.zone_source) == (zone, DECLARED if zone == "Z" else PAGE)


def test_the_same_moment_elsewhere_says_more_than_a_date_that_is_near():
    others = ["2026-11-26T10:00:00+09:00", "2026-11-24T19:05:00-08:00"]
    assert pick(["2026-11-25T03:05:00Z"], others).zone == "-08:00"


@pytest.mark.parametrize(
    ("line", "zone"),
    [
        ("Nov. 24, 2026 8:03 am ET", "-05:00"),
        ("24.11.2026, 14:03 Uhr", "+01:00"),
        ("November 24, 2026 at 6:33 pm", "+05:30"),
        ("24 November 2026 18:48", "+05:45"),
        ("25.11.2026 02:03", "+13:00"),
        ("November 24, 2026 8:03 AM EST", "-05:00"),
        ("November 24, 2026 8:03 AM PST", "Z"),  # its own zone makes it another moment
        ("24.11.2026, 14:04 Uhr", "Z"),
        ("24.11.2026, 14:33 Uhr", "Z"),  # no zone is an hour and a half east
        ("26.11.2026, 14:03 Uhr", "Z"),
        ("24.11.2026, 13:03 Uhr", "Z"),
        ("24.11.2026", "Z"),
        ("Nine comments", "Z"),
    ],
)
def test_a_shown_clock_tells_how_far_from_utc_it_is(line, zone):
    found = beside_clock(UTC_STAMP, ["Lena Sahakyan", line])
    assert found.utc == UTC_STAMP.utc
    assert (found.zone, found.zone_source) == (zone, DECLARED if zone == "Z" else SHOWN)


@pytest.mark.parametrize("stamp", [NO_STAMP, Stamp(utc="2026-11-24"), pick(["2026-11-24T14:03:00+01:00"])])
def test_only_a_time_in_utc_asks_the_shown_clock(stamp):
    assert beside_clock(stamp, ["24.11.2026, 16:03 Uhr"]) == stamp


def test_the_clock_beside_the_headline_gives_the_page_its_day():
    found = page("<p>Nov. 24, 2026 9:50 PM</p>", published="2026-11-25T05:50:59Z")
    assert (found.published, found.published_zone) == ("2026-11-25T05:50:59Z", "-08:00")
    assert found.published_zone_source is SHOWN
    assert local_time(found.published, found.published_zone) == "2026-11-24T21:50:59-08:00"


def test_a_clock_that_tells_of_a_change_is_not_the_publications():
    found = page("<p>Updated Nov. 24, 2026 9:50 PM</p>", published="2026-11-25T05:50:59Z")
    assert (found.published_zone, found.published_zone_source) == ("Z", DECLARED)


def test_american_clocks_are_read_month_first():
    found = page("<p>3/9/2026 9:50 PM</p>", published="2026-03-10T05:50:59Z", lang="en-US")
    assert found.published_zone == "-08:00"


def test_the_last_change_takes_the_zone_of_the_publication():
    near = page("<p>24.11.2026, 14:03</p>", published="2026-11-24T13:03:00Z", modified="2026-11-25T23:30:00Z")
    assert (near.modified, near.modified_zone, near.modified_zone_source) == (
        "2026-11-25T23:30:00Z",
        "+01:00",
        PAGE,
    )
    far = page("<p>24.11.2026, 14:03</p>", published="2026-11-24T13:03:00Z", modified="2027-05-25T23:30:00Z")
    assert (far.modified_zone, far.modified_zone_source) == ("Z", DECLARED)


def test_its_own_zone_comes_first():
    own = pick(["2026-11-25T23:30:00+04:00"])
    assert beside_stamp(own, pick(["2026-11-24T14:03:00+01:00"])) == own
    assert beside_stamp(NO_STAMP, own) == NO_STAMP
    assert beside_stamp(UTC_STAMP, Stamp(utc="2026-11-24")) == UTC_STAMP


def test_an_article_has_the_zones_of_its_page():
    made = story(1)
    html = re.sub(
        r'"datePublished": "[^"]*"',
        '"datePublished": "2026-11-24T23:30:00-08:00", "dateModified": "2026-11-25T10:00:00+04:00"',
        made.html,
    )
    found = judge(fetched(made, body=html.encode()))
    assert isinstance(found, Article)
    assert (found.published, found.published_zone) == ("2026-11-25T07:30:00Z", "-08:00")
    assert (found.modified, found.modified_zone) == ("2026-11-25T06:00:00Z", "+04:00")
    assert found.published_zone_source is found.modified_zone_source is DECLARED


def test_a_text_dump_has_the_zone_that_its_date_names():
    made = story(1)
    dump = "\n".join((made.title, "November 24, 2026 11:30 PM EST", *made.paragraphs))
    metadata, _ = read_plain_text(dump, Rules())
    assert (metadata.published, metadata.published_zone) == ("2026-11-25T04:30:00Z", "-05:00")
    assert metadata.published_zone_source is DECLARED
