"""Rules of sites, by name and by host."""

from __future__ import annotations

import pickle

import pytest

from config.settings import Settings
from extractors.records import Rules
from flows.rule_book import RuleBook, host_of
from flows.rules_of_sites import load_rule_book

BOOK = RuleBook(
    default=Rules(languages=("en",)),
    sites={"valley": Rules(site="valley", languages=("hy",))},
    hosts={"valley.example": "valley"},
)


def test_a_known_site_has_its_own_rules():
    assert BOOK.of("valley").languages == ("hy",)


def test_an_unknown_site_has_the_default_rules_under_its_name():
    rules = BOOK.of("news.example")
    assert (rules.site, rules.languages) == ("news.example", ("en",))


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://valley.example/a", "valley"),
        ("https://www.valley.example/a", "valley"),
        ("https://VALLEY.example:8443/a", "valley"),
        ("https://other.example/a", "other.example"),
        ("file:///tmp/page.html", "local"),
        ("https://[half", "local"),
        ("", "local"),
    ],
)
def test_a_url_belongs_to_a_site(url, site):
    assert BOOK.site_of(url) == site


def test_hosts_are_compared_without_www():
    assert host_of("https://www.Valley.example/a") == "valley.example"


def test_a_rule_book_travels_to_other_processes():
    assert pickle.loads(pickle.dumps(BOOK)) == BOOK


def test_site_files_become_rules(tmp_path):
    (tmp_path / "valley.yaml").write_text(
        "home: https://www.valley.example/\nsections: ['https://en.valley.example/news']\n"
        "debris: [Valley Post Daily]\nobey_opt_outs: false\n"
    )
    book = load_rule_book(Settings(sites_dir=str(tmp_path)))
    assert book.site_of("https://en.valley.example/news/1") == "valley"
    rules = book.of("valley")
    assert "mul:valley post daily" in rules.phrases
    assert rules.phrases > book.default.phrases
    assert "noai" not in rules.refused_directives
    assert "noai" in book.default.refused_directives
    assert "noindex" in rules.refused_directives


def test_a_site_says_for_itself_whether_it_wants_live_blogs(tmp_path):
    home = "home: https://www.valley.example/\n"
    (tmp_path / "quiet.yaml").write_text(home)
    (tmp_path / "loud.yaml").write_text(home + "live_blogs: keep\n")
    book = load_rule_book(Settings(sites_dir=str(tmp_path), live_blogs="refuse"))
    assert [book.of(site).live_blogs for site in ("quiet", "loud", "other")] == ["refuse", "keep", "refuse"]
    assert load_rule_book(Settings(sites_dir=str(tmp_path))).of("quiet").live_blogs == "keep"
