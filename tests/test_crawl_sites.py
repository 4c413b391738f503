"""Which sites a run crawls, from names and URLs."""

from __future__ import annotations

import pytest

from config.errors import ConfigError
from config.settings import Settings
from connectors.errors import BadInput
from flows.crawl_sites import choose_sites
from flows.parameters import Wanted
from flows.rules_of_sites import load_rule_book


@pytest.fixture
def settings(tmp_path):
    (tmp_path / "valley.yaml").write_text(
        "home: https://www.valley.example/\nfeeds: [/feed.xml]\nlanguages: [en]\ndelay_seconds: 3\n"
    )
    (tmp_path / "coast.yaml").write_text("home: https://coast.example/\n")
    return Settings(sites_dir=str(tmp_path), contact="me@news.example")


def chosen(settings, **wanted):
    order = Wanted(**wanted)
    return choose_sites(settings, order, load_rule_book(settings, order.needed))


def test_without_a_word_all_sites_are_crawled(settings):
    assert [site.name for site in chosen(settings)] == ["coast", "valley"]


def test_sites_are_crawled_in_the_order_in_which_they_are_named_once_each(settings):
    assert [site.name for site in chosen(settings, sites=("valley", "coast", "valley"))] == [
        "valley",
        "coast",
    ]


def test_a_named_site_has_its_files_rules(settings):
    (site,) = chosen(settings, sites=("valley",))
    assert site.is_whole
    assert site.rules.feeds == ("https://www.valley.example/feed.xml",)
    assert site.judging.languages == ("en",)


def test_a_url_of_a_known_site_is_judged_by_its_rules_but_its_lists_are_not_asked(settings):
    (site,) = chosen(settings, urls=("https://valley.example/story.html",))
    assert site.name == "valley"
    assert site.urls == ("https://valley.example/story.html",)
    assert not site.is_whole
    assert (site.rules.home, site.rules.feeds) == ("", ())
    assert site.rules.delay_seconds == 3
    assert site.judging.languages == ("en",)


def test_a_site_that_is_named_and_one_of_its_urls_are_one_site(settings):
    (site,) = chosen(settings, sites=("valley",), urls=("https://valley.example/story.html",))
    assert site.is_whole
    assert site.urls == ("https://valley.example/story.html",)
    assert site.rules.feeds


def test_urls_of_one_unknown_host_are_one_site_under_its_name(settings):
    urls = ("https://www.news.example/a", "https://news.example/b", "https://www.news.example/a")
    (site,) = chosen(settings, urls=urls)
    assert site.name == "news.example"
    assert site.urls == ("https://www.news.example/a", "https://news.example/b")


def test_a_name_that_is_none_gets_the_nearest_one_suggested(settings):
    with pytest.raises(BadInput, match="no site is called vally: did you mean valley"):
        chosen(settings, sites=("vally",))


@pytest.mark.parametrize("url", ["https://", "https:///path", "http://[half"])
def test_a_url_without_a_host_is_refused(settings, url):
    with pytest.raises(BadInput, match="no URL"):
        chosen(settings, urls=(url,))


def test_no_site_files_and_no_names_is_a_mistake(tmp_path):
    with pytest.raises(BadInput, match="no site files"):
        chosen(Settings(sites_dir=str(tmp_path)))


def test_somebody_elses_site_wants_a_contact_and_a_private_one_does_not(tmp_path):
    nobody = Settings(sites_dir=str(tmp_path))
    with pytest.raises(BadInput, match="LRAHOS_CONTACT"):
        chosen(nobody, urls=("https://news.example/a",))
    assert chosen(nobody, urls=("http://127.0.0.1:8000/a",))


@pytest.fixture
def broken(tmp_path, settings):
    """A third file, which cannot be used."""
    (tmp_path / "broken.yaml").write_text("hom: https://broken.example/\n")


def test_a_bad_file_stops_no_run_of_another_site(settings, broken):
    assert [site.name for site in chosen(settings, sites=("valley",))] == ["valley"]
    assert [site.name for site in chosen(settings, urls=("https://coast.example/story",))] == ["coast"]


@pytest.mark.parametrize("sites", [(), ("broken",), ("valley", "broken")])
def test_a_bad_file_stops_a_run_of_its_site_and_one_of_all(settings, broken, sites):
    with pytest.raises(ConfigError, match="broken"):
        chosen(settings, sites=sites)


def test_a_file_that_is_left_out_is_told_of(settings, broken):
    problems = []
    load_rule_book(settings, ("valley",), problems.append)
    assert len(problems) == 1
    assert "did you mean home" in problems[0]
