"""What a run keeps of a site: articles and refusals counted, listed stories where all were asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from made_pages import fetched, story

from connectors.found import Found, SiteRules
from connectors.harvest import GIVEN
from extractors import judge
from extractors.records import Cut, CutReason, Rules
from flows.crawl_sites import CrawlSite
from flows.discovering import Discovery, listed_stories
from flows.outcomes import Sums
from flows.parameters import Wanted
from flows.plans import Batch, Plan, read_plan, write_plan
from flows.run_batches import BatchesEnd
from flows.run_end import add_up
from flows.site_figures import SiteFigures, debris_step, length_step, letters_of, share_of

ARTICLE = replace(judge(fetched(story(1))), site="valley", published="2026-11-02T01:15:00Z", cuts=())


def figures_of(*articles):
    sums = Sums()
    for article in articles:
        sums.add_article(article)
    return sums.figures["valley"]


def test_an_article_counts_with_what_it_lacks():
    bare = replace(ARTICLE, title="", authors=(), published="", flags=("torn", "paywall"))
    found = figures_of(ARTICLE, bare)
    assert (found.articles, found.languages) == (2, {"en": 2})
    assert (found.untitled, found.unsigned, found.undated, found.review) == (1, 1, 1, 1)


def test_what_became_a_field_is_no_debris_of_an_article():
    letters = len(ARTICLE.text)
    caption = Cut(text="x" * letters, reason=CutReason.CAPTION, rule="")
    share = replace(caption, reason=CutReason.SHARE)
    assert figures_of(replace(ARTICLE, cuts=(caption,))).debris == {0: 1}
    assert figures_of(replace(ARTICLE, cuts=(caption, share))).debris == {10: 1}


def test_the_newest_article_is_none_of_the_future():
    wrong = replace(ARTICLE, published="2031-01-01T00:00:00Z")
    assert figures_of(ARTICLE, wrong, replace(ARTICLE, published="2026-10-01")).newest == ARTICLE.published


@pytest.mark.parametrize("letters", [1, 40, 250, 2500, 90_000])
def test_a_length_is_known_within_a_tenth_of_an_octave(letters):
    assert 0.8 < letters_of(length_step(letters)) / letters < 1.25


def test_shares_of_debris_have_their_steps():
    assert [debris_step(cut, 100 - cut) for cut in (0, 4, 5, 50, 100)] == [0, 0, 1, 10, 20]
    assert share_of(10) == 0.525


def site(name: str, *, is_whole: bool = True) -> CrawlSite:
    return CrawlSite(name=name, rules=SiteRules(name=name), judging=Rules(), is_whole=is_whole)


def test_sites_list_what_their_start_points_led_to():
    found = [Found(url=f"https://a.example/{number}", source="feed:x") for number in range(3)]
    given = Found(url="https://b.example/1", source=GIVEN)
    discovery = Discovery(found={"a": found, "b": [given], "c": [given, *found]})
    sites = [
        site("a"),
        site("silent"),  # nothing could be read: it was asked, and listed nothing
        site("b", is_whole=False),  # an article that was given lists nothing
        site("c", is_whole=False),
    ]
    assert listed_stories(sites, Wanted(), discovery) == {"a": 3, "silent": 0, "c": 3}
    assert listed_stories(sites, Wanted(limit=2), discovery) == {}
    assert listed_stories(sites, Wanted(since=date(2026, 11, 1)), discovery) == {}


def test_what_was_listed_is_in_the_plan_and_so_in_the_report_of_whoever_ends_the_run(tmp_path):
    from connectors.bucket import open_bucket

    bucket = open_bucket(f"file:{tmp_path}")
    created = datetime(2026, 11, 24, tzinfo=UTC).isoformat()
    plan = Plan(
        run="ingest-1", kind="ingest", created=created, batches=(Batch(number=0, name="a"),), listed={"a": 3}
    )
    write_plan(bucket, plan)
    report = add_up(read_plan(bucket, "ingest-1"), BatchesEnd(), seconds=1)
    assert report.sums.figures == {"a": SiteFigures(listed=3)}
