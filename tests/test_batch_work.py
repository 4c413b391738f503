"""A batch: each page one fate, everything stored before the marker, done again over the same keys."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from made_pages import fetched, story, warc_of
from made_runs import RUN, job_of

from connectors import layout
from connectors.archives import plan_splits
from connectors.bucket import open_bucket
from connectors.bucket_directory import DirectoryBucket
from connectors.corpus import Versions, read_articles, read_rejections
from connectors.errors import BucketRefused
from connectors.warc import read_record, write_warc
from extractors.records import Fate
from flows.batch_work import read_done, store_batch
from flows.outcomes import Outcome
from flows.plans import Batch, Plan

EMPTY = fetched(replace(story(90), url="https://news.example/empty"), body=b"<html><body></body></html>")
PLAN = Plan(
    run=RUN, kind="ingest", created="2026-11-24T08:05:00+00:00", batches=(Batch(number=0, name="valley"),)
)


@pytest.fixture
def url(tmp_path):
    return f"file:{tmp_path / 'bucket'}"


@pytest.fixture
def bucket(url):
    return open_bucket(url)


def fates(done):
    return {outcome.url: outcome.fate for outcome in done.outcomes}


def test_articles_and_rejections_are_stored_and_counted(url, bucket):
    done = store_batch(job_of(url, [fetched(story(1)), EMPTY, fetched(story(2))]))
    assert fates(done) == {story(1).url: Fate.STORED, EMPTY.url: Fate.REJECTED, story(2).url: Fate.STORED}
    assert done.sums.fates == {"stored": 2, "rejected": 1}
    assert done.sums.page_bytes == sum(
        len(page.body) for page in (fetched(story(1)), EMPTY, fetched(story(2)))
    )
    assert {article.url for article in read_articles(bucket)} == {story(1).url, story(2).url}
    (rejection,) = read_rejections(bucket)
    assert (rejection.url, rejection.reason, rejection.site) == (EMPTY.url, "empty", "valley")


def test_the_marker_comes_last_and_says_it_all(url, bucket):
    written = []
    put = DirectoryBucket.put

    def noting(self, key, data):
        written.append(key)
        put(self, key, data)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DirectoryBucket, "put", noting)
        done = store_batch(job_of(url, [fetched(story(1)), EMPTY]))
    kinds = [key.split("/")[0] for key in written]
    assert kinds == ["raw", "articles", "rejected", "runs"]
    assert written[-1] == layout.marker(RUN, 0)
    assert read_done(bucket, PLAN, 0) == replace(done, seconds=read_done(bucket, PLAN, 0).seconds)
    marker = json.loads(bucket.get(layout.marker(RUN, 0)))
    assert sorted([*marker["raw"], *marker["shards"], *marker["rejected"]]) == sorted(written[:-1])


@pytest.mark.parametrize("refused", ["raw/", "articles/", "rejected/", "runs/"])
def test_a_bucket_that_fails_on_the_way_leaves_no_article_that_counts(url, bucket, refused, monkeypatch):
    put = DirectoryBucket.put

    def failing(self, key, data):
        if key.startswith(refused):
            raise BucketRefused("disk full")
        put(self, key, data)

    with monkeypatch.context() as patch:
        patch.setattr(DirectoryBucket, "put", failing)
        with pytest.raises(BucketRefused):
            store_batch(job_of(url, [fetched(story(1)), EMPTY]))
    assert list(read_articles(bucket)) == []
    store_batch(job_of(url, [fetched(story(1)), EMPTY]))
    assert [article.url for article in read_articles(bucket, versions=Versions.ALL)] == [story(1).url]


def test_a_batch_done_again_overwrites_its_keys(url, bucket):
    store_batch(job_of(url, [fetched(story(1)), EMPTY]))
    before = list(bucket.list_keys(""))
    store_batch(job_of(url, [fetched(story(1)), EMPTY]))
    assert list(bucket.list_keys("")) == before
    assert len(list(read_articles(bucket, versions=Versions.ALL))) == 1


def test_raw_pages_are_where_articles_and_rejections_say(url, bucket):
    store_batch(job_of(url, [fetched(story(1)), EMPTY]))
    for verdict in (*read_articles(bucket), *read_rejections(bucket)):
        page = read_record(bucket.get(verdict.raw.shard), verdict.raw.offset)
        assert page.url == verdict.url


def test_a_story_whose_text_is_known_is_unchanged_and_not_stored_again(url, bucket):
    first = store_batch(job_of(url, [fetched(story(1))]))
    known = first.outcomes[0].content_hash
    again = store_batch(job_of(url, [fetched(story(1))], number=1, known_hash=known[:16]))
    assert again.sums.fates == {"unchanged": 1}
    assert again.outcomes[0].content_hash == known
    assert len(list(read_articles(bucket, versions=Versions.ALL))) == 1


def test_a_story_whose_text_changed_is_updated(url, bucket):
    first = store_batch(job_of(url, [fetched(story(1))]))
    changed = story(1, revision=1)
    known = first.outcomes[0].content_hash[:16]
    again = store_batch(job_of(url, [fetched(changed)], number=1, known_hash=known))
    assert again.sums.fates == {"updated": 1}
    (article,) = read_articles(bucket)
    assert article.text.endswith(changed.paragraphs[-1])


def test_a_crawl_stores_a_story_that_two_urls_lead_to_once(url, bucket):
    page = fetched(story(1))
    other = replace(page, url=f"{page.url}?utm_source=feed")
    done = store_batch(job_of(url, [page, other]))
    assert fates(done) == {page.url: Fate.STORED, other.url: Fate.DUPLICATE}
    assert len(list(read_articles(bucket))) == 1


def test_another_story_with_the_same_text_is_kept_and_marked(url, bucket):
    one, other = story(1), replace(story(1), url="https://news.example/2026/11/20/the-same-again-00777.html")
    body = one.html.replace(one.url, other.url).encode()
    done = store_batch(job_of(url, [fetched(one), fetched(other, body=body)]))
    assert done.sums.fates == {"stored": 2}
    marks = {article.url: article.duplicate_of for article in read_articles(bucket)}
    ids = {article.url: article.id for article in read_articles(bucket)}
    assert marks == {one.url: "", other.url: ids[one.url]}


def test_urls_that_brought_no_page_keep_the_fate_they_have(url):
    lost = Outcome(url="https://news.example/lost", site="valley", fate=Fate.NOT_FOUND, detail="404")
    done = store_batch(replace(job_of(url, [fetched(story(1))]), outcomes=(lost,)))
    assert done.outcomes[0] == lost
    assert done.sums.fates == {"not-found": 1, "stored": 1}


def test_tags_of_the_answer_go_to_the_sites_memory(url):
    page = fetched(story(1), headers=(("ETag", '"7"'), ("Last-Modified", "Tue, 24 Nov 2026 08:00:00 GMT")))
    (outcome,) = store_batch(job_of(url, [page])).outcomes
    assert (outcome.etag, outcome.last_modified) == ('"7"', "Tue, 24 Nov 2026 08:00:00 GMT")


def test_a_batch_of_nothing_is_done_too(url, bucket):
    done = store_batch(job_of(url, []))
    assert done.sums.pages == 0
    assert list(bucket.list_keys("")) == [layout.marker(RUN, 0)]


def archive_job(url, path):
    (split,) = plan_splits(str(path), 100)
    return replace(job_of(url, []), batch=Batch(number=0, name="pages", split=split))


def test_an_archive_keeps_the_other_urls_of_a_story_and_marks_them(url, bucket, tmp_path):
    page = fetched(story(1))
    other = replace(page, url=f"{page.url}?page=print", final_url=f"{page.url}?page=print")
    path = tmp_path / "pages.warc.gz"
    path.write_bytes(write_warc([page, other, page])[0])
    done = store_batch(archive_job(url, path))
    assert [outcome.fate for outcome in done.outcomes] == [Fate.STORED, Fate.STORED, Fate.DUPLICATE]
    assert {article.url for article in read_articles(bucket)} == {page.url, other.url}
    assert len(list(read_articles(bucket, versions=Versions.NEWEST_OF_STORY))) == 1


def test_what_cannot_be_a_story_is_counted_and_not_judged(url, bucket, tmp_path):
    picture = replace(fetched(story(2), body=b"\x89PNG"), headers=(("Content-Type", "image/png"),))
    path = tmp_path / "pages.warc.gz"
    path.write_bytes(write_warc([fetched(story(1)), picture])[0])
    done = store_batch(archive_job(url, path))
    assert done.sums.fates == {"stored": 1, "not-text": 1}
    assert list(read_rejections(bucket)) == []


def test_damage_is_warned_of(url, tmp_path):
    path = tmp_path / "pages.warc.gz"
    path.write_bytes(warc_of([story(1), story(2)])[:-100])
    done = store_batch(archive_job(url, path))
    assert done.sums.fates == {"stored": 1}
    assert "pages.warc.gz" in done.sums.warnings[0]


def test_headers_and_addresses_that_are_no_unicode_do_not_stop_the_batch(url, bucket):
    odd = "\udcff\udcfe"
    pages = [
        fetched(story(1), headers=(("ETag", odd),)),
        replace(fetched(story(2)), url=f"{story(2).url}?{odd}"),
    ]
    done = store_batch(job_of(url, pages))
    assert done.sums.fates == {"stored": 2}
    assert read_done(bucket, PLAN, 0).outcomes == done.outcomes
    assert len(list(read_articles(bucket))) == 2


def test_an_article_from_before_the_day_that_was_asked_for_is_not_stored(url, bucket):
    old, new = story(1), story(11)  # of 2 and 12 November
    done = store_batch(replace(job_of(url, [fetched(old), fetched(new), EMPTY]), since="2026-11-12"))
    assert fates(done) == {old.url: Fate.OUT_OF_SCOPE, new.url: Fate.STORED, EMPTY.url: Fate.REJECTED}
    (outcome,) = (one for one in done.outcomes if one.fate is Fate.OUT_OF_SCOPE)
    assert outcome.detail == "published 2026-11-02, before 2026-11-12"
    assert outcome.published.startswith("2026-11-02")
    assert [article.url for article in read_articles(bucket)] == [new.url]
