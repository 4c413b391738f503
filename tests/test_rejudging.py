"""Raw pages judged again: what differs is told, published once, and takes the old verdicts' place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from made_pages import Story, fetched, story
from made_runs import BOOK, RUN, job_of

from connectors import layout
from connectors.bucket import Bucket, BucketSpec
from connectors.corpus import Versions, read_articles, read_rejections
from connectors.errors import BadInput
from connectors.raw_shards import list_raw_shards, read_verdicts
from extractors.records import Article, FetchedPage, Reason, Rejection, Rules, Verdict
from flows.batch_work import Done, read_done, store_batch
from flows.guard import Guard, Judge, judge_page
from flows.plans import Batch, read_plan, write_plan
from flows.reextract_plan import choose_raw, plan_reextraction, publish_plan
from flows.rejudging import RejudgeJob, rejudge_batch
from flows.rule_book import RuleBook

AGAIN = "reextract-0123456789abcdef"
OTHER = Rejection(url="", reason=Reason.INDEX_PAGE, detail="all links")


@pytest.fixture
def spec(tmp_path: Path) -> BucketSpec:
    return BucketSpec(url=f"file:{tmp_path / 'bucket'}")


@pytest.fixture
def stories() -> list[Story]:
    return [story(number) for number in range(4)]


@pytest.fixture
def bucket(spec: BucketSpec, stories: list[Story]) -> Bucket:
    """A bucket with one crawled batch: three articles, and a page that was none."""
    pages = [fetched(one) for one in stories[:3]]
    store_batch(job_of(spec.url, [*pages, fetched(stories[3])], site="valley"), judge=without(stories[3].url))
    return spec.open()


def without(url: str) -> Judge:
    """Refuses one page."""

    def judge(page: FetchedPage, rules: Rules) -> Verdict:
        return (
            replace(OTHER, url=page.url, site=rules.site, fetched_at=stamp(page))
            if page.url == url
            else judge_page(page, rules)
        )

    return judge


def retitled(url: str, **fields: object) -> Judge:
    """Finds something else on one page."""

    def judge(page: FetchedPage, rules: Rules) -> Verdict:
        verdict = judge_page(page, rules)
        return replace(verdict, **fields) if page.url == url else verdict

    return judge


def stamp(page: FetchedPage) -> str:
    return page.fetched_at.strftime("%Y-%m-%dT%H:%M:%SZ")


def again(
    spec: BucketSpec, judge: Judge = judge_page, *, run: str = AGAIN, publishes: bool = True, **wanted: object
) -> Done:
    raw = tuple(list_raw_shards(spec.open()))
    job = RejudgeJob(
        bucket=spec,
        run=run,
        date="2026-11-25",
        batch=Batch(number=0, name="valley", raw=tuple(shard.key for shard in raw)),
        raw=raw,
        rules=BOOK,
        publishes=publishes,
        **wanted,
    )
    return rejudge_batch(job, judge)


def exported(bucket: Bucket, versions: Versions = Versions.NEWEST_OF_URL) -> dict[str, Article]:
    found = list(read_articles(bucket, versions=versions))
    assert len({article.url for article in found}) == len(found)
    return {article.url: article for article in found}


def keys(bucket: Bucket) -> set[str]:
    return set(bucket.list_keys(""))


def test_the_same_code_finds_the_same_and_writes_no_shard(spec, bucket, stories):
    done = again(spec, without(stories[3].url))
    assert dict(done.sums.fates) == {"unchanged": 3, "rejected": 1}
    assert done.differences.pages == []
    assert done.differences.sites["valley"].pages == 4
    assert not [key for key in keys(bucket) if AGAIN in key and not key.startswith("runs/")]


def test_looking_writes_nothing(spec, bucket, stories):
    before = keys(bucket)
    done = again(spec, retitled(stories[0].url, title="Another title"), publishes=False)
    assert done.differences.sites["valley"].changed == 1
    assert keys(bucket) == before


def test_a_changed_article_takes_the_old_ones_place(spec, bucket, stories):
    done = again(spec, retitled(stories[0].url, title="Another title"))
    assert dict(done.sums.fates) == {"updated": 1, "unchanged": 2, "stored": 1}
    [difference] = [page for page in done.differences.pages if page.what == "changed"]
    assert difference.title == (stories[0].title, "Another title")
    assert difference.fields == ("title",)
    found = exported(bucket)
    assert found[stories[0].url].title == "Another title"
    assert found[stories[1].url].title == stories[1].title
    assert found[stories[0].url].raw == next(iter(read_articles(bucket, versions=Versions.ALL))).raw


def test_letters_and_lines_that_come_and_go_are_told(spec, bucket, stories):
    text = "\n".join([*stories[0].paragraphs[:-1], "A new last line."])
    [difference] = [
        page
        for page in again(spec, retitled(stories[0].url, text=text)).differences.pages
        if page.what == "changed"
    ]
    assert difference.letters_lost == len(stories[0].paragraphs[-1])
    assert difference.letters_gained == len("A new last line.")
    assert difference.lines[-1] == "+ A new last line."
    assert difference.lines[0] == f"- {stories[0].paragraphs[-1]}"[:200]


@pytest.mark.parametrize("versions", [Versions.NEWEST_OF_URL, Versions.NEWEST_OF_STORY])
def test_an_article_that_is_none_any_longer_is_gone_for_readers(spec, bucket, stories, versions):
    done = again(spec, without(stories[1].url))
    assert done.differences.sites["valley"].lost == 1
    [lost] = [page for page in done.differences.pages if page.what == "lost"]
    assert lost.why == "index-page: all links"
    assert stories[1].url not in exported(bucket, versions)
    assert [found.url for found in read_rejections(bucket)] == [stories[1].url]


def test_a_page_that_cannot_be_judged_this_time_stays_what_it_was(spec, bucket, stories):
    def judge(page: FetchedPage, rules: Rules) -> Verdict:
        raise MemoryError

    done = again(spec, judge)
    assert dict(done.sums.fates) == {"unchanged": 3, "rejected": 1}
    assert len(done.sums.warnings) == 1
    assert done.sums.warnings[0].startswith("pages not judged, they stay as they were: 4. https://")
    assert "judging raised MemoryError" in done.sums.warnings[0]
    assert set(exported(bucket)) == {one.url for one in stories[:3]}
    assert [found.reason for found in read_rejections(bucket)] == [Reason.INDEX_PAGE]


def crashing(*urls: str, reason: Reason = Reason.CRASHED) -> Judge:
    """Cannot judge some pages."""

    def judge(page: FetchedPage, rules: Rules) -> Verdict:
        if page.url in urls:
            return replace(OTHER, url=page.url, reason=reason, site=rules.site, fetched_at=stamp(page))
        return judge_page(page, rules)

    return judge


@pytest.mark.parametrize("publishes", [True, False])
def test_pages_that_cannot_be_judged_are_accidents_whatever_they_were(spec, bucket, stories, publishes):
    was_article, was_none = stories[0].url, stories[3].url
    done = again(spec, crashing(was_article, was_none), publishes=publishes)
    assert done.sums.accidents == {"crashed": 2}
    assert done.sums.judged == 4
    assert done.sums.reasons == {"index-page": 1}  # its last verdict, which stands
    late = again(spec, crashing(was_article, reason=Reason.TIMED_OUT), publishes=False)
    assert late.sums.accidents == {"timed-out": 1}


def test_a_page_that_crashes_each_time_is_one_accident_each_time(spec, stories):
    judge = crashing(stories[0].url)
    store_batch(job_of(spec.url, [fetched(one) for one in stories]), judge=judge)
    for run in ("reextract-first", "reextract-second"):
        done = again(spec, judge, run=run)
        assert (done.sums.accidents, done.sums.judged) == ({"crashed": 1}, 4)
    mended = again(spec, run="reextract-third")
    assert (mended.sums.accidents, mended.differences.sites["valley"].gained) == ({}, 1)


def test_a_page_that_kills_its_process_is_an_accident(spec, bucket):
    done = again(spec, guard=Guard(poison=frozenset({1})))
    assert (done.sums.accidents, done.sums.judged) == ({"crashed": 1}, 4)


def test_a_reextraction_that_ended_with_an_alarm_is_no_answer(many):
    first = publish_plan(many, planned(many)).plan.run
    many.put(layout.report(first), b'{"alarm": "judging failed"}')
    second = publish_plan(many, planned(many))
    assert (second.plan.run != first, layout.is_reextraction(second.plan.run), second.notes) == (
        True,
        True,
        (),
    )
    many.put(layout.report(second.plan.run), b'{"alarm": ""}')
    third = publish_plan(many, planned(many))
    assert third.plan.run == second.plan.run
    assert "published before" in third.notes[0]


def test_a_page_that_is_an_article_now_is_no_rejection_any_longer(spec, bucket, stories):
    assert [found.url for found in read_rejections(bucket)] == [stories[3].url]
    done = again(spec)
    assert done.differences.sites["valley"].gained == 1
    assert stories[3].url in exported(bucket)
    assert list(read_rejections(bucket)) == []


def test_a_story_that_gets_another_id_is_not_there_twice(spec, bucket, stories):
    again(spec, retitled(stories[0].url, id="f" * 32))
    found = list(read_articles(bucket, versions=Versions.NEWEST_OF_STORY))
    assert [article.id for article in found if article.url == stories[0].url] == ["f" * 32]


def test_all_versions_are_still_there_for_who_asks(spec, bucket, stories):
    again(spec, without(stories[1].url))
    urls = [article.url for article in read_articles(bucket, versions=Versions.ALL)]
    assert urls.count(stories[1].url) == 1


def test_what_was_published_is_what_the_next_one_compares_with(spec, bucket, stories):
    judge = retitled(stories[0].url, title="Another title")
    again(spec, judge)
    done = again(spec, judge, run="reextract-second")
    assert done.differences.pages == []
    assert not [key for key in keys(bucket) if "reextract-second" in key and not key.startswith("runs/")]
    back = again(spec, run="reextract-third")
    assert back.differences.sites["valley"].changed == 1
    assert exported(bucket)[stories[0].url].title == stories[0].title


def test_a_page_fetched_later_outdoes_what_is_made_of_an_older_one(spec, bucket, stories):
    later = fetched(story(1, revision=1))
    later = replace(later, fetched_at=later.fetched_at.replace(hour=12))
    store_batch(replace(job_of(spec.url, [later]), run="ingest-20261124T120000-abc123"))
    again(spec, without(stories[0].url))
    found = exported(bucket)
    assert found[stories[1].url].text.split("\n")[-1].startswith("Correction number 1")
    assert stories[0].url not in found


def test_pages_of_other_sites_and_days_are_left_alone(spec, bucket):
    assert again(spec, sites=frozenset({"hills"}), publishes=False).sums.pages == 0
    assert again(spec, sites=frozenset({"valley"}), publishes=False).sums.pages == 4
    assert again(spec, since=date(2026, 11, 25), publishes=False).sums.pages == 0
    assert again(spec, since=date(2026, 11, 24), publishes=False).sums.pages == 4


def test_pages_keep_the_site_that_they_were_crawled_for(spec, bucket, stories):
    assert all(article.site == "valley" for article in read_articles(bucket))
    again(spec, retitled(stories[0].url, title="Another title"))
    assert {article.site for article in read_articles(bucket)} == {"valley"}


def test_raw_pages_that_are_gone_are_warned_of(spec, bucket):
    raw = list_raw_shards(bucket)
    bucket.delete(raw[0].key)
    done = again(spec)
    assert done.sums.pages == 0
    assert done.sums.warnings == [f"{raw[0].key}: the raw pages are gone"]


def test_a_batch_that_is_done_can_be_read_back(spec, bucket, stories):
    done = again(spec, without(stories[1].url))
    order = planned(bucket)
    found = read_done(bucket, replace(order.plan, run=AGAIN), 0)
    assert found.differences == done.differences
    assert found.outcomes == done.outcomes


def test_lone_surrogates_make_no_change(spec, bucket, stories):
    judge = retitled(stories[0].url, title="half a pair: \ud83d")
    again(spec, judge)
    assert again(spec, judge, run="reextract-second").differences.pages == []


def test_what_pages_of_a_crawl_ask_for_is_obeyed_again(spec):
    page = fetched(story(1), headers=(("X-Robots-Tag", "noai"),))
    store_batch(job_of(spec.url, [page]))
    book = RuleBook(default=Rules(refused_directives=frozenset({"noai"})))
    raw = tuple(list_raw_shards(spec.open()))
    job = RejudgeJob(
        bucket=spec,
        run=AGAIN,
        date="2026-11-25",
        batch=Batch(number=0, name="valley"),
        raw=raw,
        rules=book,
        publishes=False,
    )
    assert rejudge_batch(job).differences.sites["valley"].lost == 1
    archived = replace(job, raw=(replace(raw[0], run="backfill-1"),))
    assert rejudge_batch(archived).differences.sites["valley"].lost == 0


def planned(bucket: Bucket, *, pages: int = 100, book: RuleBook = BOOK, wanted: tuple[str, ...] = ()):
    return plan_reextraction(bucket, book, choose_raw(bucket), pages=pages, wanted=wanted)


@pytest.fixture
def many(spec: BucketSpec) -> Bucket:
    """Six crawled batches of two pages each, of two names."""
    for number in range(6):
        pages = [fetched(story(10 * number + place)) for place in range(2)]
        store_batch(job_of(spec.url, pages, number=number, site=("valley", "hills")[number % 2]))
    return spec.open()


def test_small_shards_of_one_name_share_a_batch(many):
    batches = planned(many, pages=5).plan.batches
    assert sorted((batch.name, len(batch.raw)) for batch in batches) == [
        ("hills", 1),
        ("hills", 2),
        ("valley", 1),
        ("valley", 2),
    ]
    assert len({key for batch in batches for key in batch.raw}) == 6
    assert [batch.number for batch in batches] == [0, 1, 2, 3]


def test_asking_for_the_same_finds_the_plan_that_was_written(many):
    order = publish_plan(many, planned(many))
    assert order.notes == ()
    found = publish_plan(many, planned(many))
    assert found.plan == order.plan == read_plan(many, order.plan.run)
    assert "did not end" in found.notes[0]
    many.put(layout.report(order.plan.run), b"{}")
    assert "published before" in publish_plan(many, planned(many)).notes[0]


@pytest.mark.parametrize(
    "change",
    [
        lambda bucket, spec: planned(bucket, book=RuleBook(default=Rules(phrases=frozenset({"en:more"})))),
        lambda bucket, spec: planned(bucket, wanted=("valley",)),
        lambda bucket, spec: planned(bucket, pages=2),
    ],
    ids=["rules", "pages wanted", "batches"],
)
def test_another_order_is_another_run(many, spec, change: Callable):
    assert change(many, spec).plan.run != planned(many).plan.run


def test_a_run_in_between_makes_it_another_run(many, spec):
    before = planned(many).plan.run
    write_plan(many, replace(planned(many).plan, run=AGAIN))
    assert planned(many).plan.run == before  # re-extractions change nothing that they read
    store_batch(replace(job_of(spec.url, [fetched(story(99))]), run="ingest-20261125T080500-abc123"))
    assert planned(many).plan.run != before


def test_only_shards_that_may_hold_the_wanted_pages_are_read(many, spec):
    assert {layout.name_of_raw(shard.key) for shard in choose_raw(many, ["hills"])} == {"hills"}
    assert len(choose_raw(many, (), date(2026, 11, 25))) == 6  # the run may have gone on past midnight
    archive = replace(job_of(spec.url, [fetched(story(99))], site="pages"), run="backfill-1")
    store_batch(archive)
    assert {layout.name_of_raw(shard.key) for shard in choose_raw(many, ["hills"])} == {"hills", "pages"}
    assert len(choose_raw(many, (), date(2026, 11, 26))) == 1


def test_a_bucket_without_raw_pages_says_so(many, spec, tmp_path):
    empty = BucketSpec(url=f"file:{tmp_path / 'empty'}").open()
    with pytest.raises(BadInput, match="no raw pages of hills since 2026-11-24"):
        choose_raw(empty, ["hills"], date(2026, 11, 24))


def test_each_page_of_a_batch_has_its_last_verdict(many, spec):
    first, second = list_raw_shards(many)[:2]
    assert {shard for shard, _ in read_verdicts(many, [first, second])} == {first.key, second.key}
    assert first.run == RUN


def test_what_was_published_of_several_shards_is_compared_with(many, spec):
    def judge(page: FetchedPage, rules: Rules) -> Verdict:
        return replace(judge_page(page, rules), title="One title for all")

    assert dict(again(spec, judge).sums.fates) == {"updated": 12}
    assert dict(again(spec, judge, run="reextract-second").sums.fates) == {"unchanged": 12}


def test_a_page_that_is_refused_for_another_reason_is_stored_with_that(spec, bucket, stories):
    def judge(page: FetchedPage, rules: Rules) -> Verdict:
        refused = replace(OTHER, url=page.url, site=rules.site, fetched_at=stamp(page), reason=Reason.PAYWALL)
        return refused if page.url == stories[3].url else judge_page(page, rules)

    done = again(spec, judge)
    assert done.differences.pages == []  # it is no article, as before
    assert [found.reason for found in read_rejections(bucket)] == [Reason.PAYWALL]
