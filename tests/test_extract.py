"""One page looked at by itself: judged with what the bucket knows of its site, and without any bucket."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import CommandLine
from made_pages import story
from servers import free_port

from connectors import layout
from connectors.bucket import Bucket, BucketSpec, open_bucket
from connectors.profiles import Profile, RecurringLine, line_key
from flows.page_profile import look_up
from flows.rule_book import NO_SITE

PROMO = "Our newsroom is paid for by its readers; if you value this, become a member today."
MADE = story(1)
SITE = "news.example"
DAY = "2026-11-24"


@pytest.fixture
def page(tmp_path: Path) -> str:
    """A saved page that ends with the site's own line."""
    last = f"{MADE.paragraphs[-1]}</p>"
    html = MADE.html.replace(last, f"{last}<p>{PROMO}</p>")
    (tmp_path / "page.html").write_text(html, encoding="utf-8")
    return "page.html"


@pytest.fixture
def lrahos(tmp_path: Path) -> CommandLine:
    return CommandLine(folder=tmp_path, settings={"LRAHOS_BUCKET": f"file:{tmp_path / 'bucket'}"})


@pytest.fixture
def bucket(tmp_path: Path) -> Bucket:
    """A bucket with a profile of the site."""
    line = RecurringLine(text=PROMO, stories=12, first=DAY, last=DAY, checked=40, since=3)
    found = open_bucket(f"file:{tmp_path / 'bucket'}")
    profile = Profile(site=SITE, stories=40, recurring={line_key(PROMO): line})
    found.put(layout.profile(SITE), profile.to_json())
    return found


def test_a_page_is_cut_as_a_crawl_cuts_it(lrahos, bucket, page):
    found = lrahos.run("extract", page, "--url", MADE.url, "--json").json
    assert PROMO not in found["text"]
    assert "profile:recurring:12-stories" in [cut["rule"] for cut in found["cuts"]]
    explained = " ".join(lrahos.run("extract", page, "--url", MADE.url, "--explain").out.split())
    assert f"profile of {SITE} in {bucket.url}: 1 line recurs, learned from 40 stories" in explained
    assert "judged with" not in lrahos.run("extract", page, "--url", MADE.url).out


def test_without_a_bucket_a_page_is_judged_all_the_same_and_none_is_made(lrahos, page):
    ended = lrahos.run("extract", page, "--url", MADE.url, "--explain")
    assert (ended.code, ended.err) == (0, "")
    assert PROMO in " ".join(ended.out.split())
    assert f"nothing was learned of {SITE} in file:" in " ".join(ended.out.split())
    assert [path.name for path in lrahos.folder.iterdir()] == [page]


def test_a_bucket_that_cannot_be_asked_is_said_and_does_not_matter(lrahos, page):
    gone = {
        "LRAHOS_BUCKET": "s3://corpus",
        "LRAHOS_S3_ENDPOINT": f"http://127.0.0.1:{free_port()}",
        "AWS_ACCESS_KEY_ID": "nobody",
        "AWS_SECRET_ACCESS_KEY": "nothing",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    ended = lrahos.run("extract", page, "--url", MADE.url, "--json", **gone)
    assert ended.code == 0
    assert PROMO in ended.json["text"]
    assert len(ended.complaints) == 1
    assert f"judged without the profile of {SITE}: " in ended.complaints[0]


def test_other_sites_profiles_say_nothing_of_a_page(bucket):
    known = look_up(BucketSpec(url=bucket.url), "other.example")
    assert (known.lines, known.is_warning) == ({}, False)


def test_a_file_of_no_site_has_no_profile(bucket):
    bucket.put(layout.profile(NO_SITE), bucket.get(layout.profile(SITE)))
    known = look_up(BucketSpec(url=bucket.url), NO_SITE)
    assert (known.lines, known.is_warning) == ({}, False)
    assert "--url" in known.note


def test_a_profile_that_cannot_be_read_is_said_and_left_as_it_is(bucket):
    bucket.put(layout.profile(SITE), b"{")
    known = look_up(BucketSpec(url=bucket.url), SITE)
    assert (known.lines, known.is_warning) == ({}, True)
    assert bucket.get(layout.profile(SITE)) == b"{"


@pytest.mark.parametrize("url", ["ftp://here", "file:", "s3://a/"])
def test_an_address_that_is_no_bucket_does_not_matter(url):
    assert look_up(BucketSpec(url=url), SITE).is_warning
