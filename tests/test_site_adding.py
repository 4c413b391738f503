"""Looking at a site for the first time."""

from pathlib import Path

import pytest

import extractors.judging  # noqa: F401  # once, outside of a test: trafilatura's import warns of a package that it can do without
from config.debris_phrases import load_phrases
from config.site import load_site
from connectors.errors import BadInput
from connectors.web import Web, WebOptions
from extractors.records import Article, Rules
from flows.demo_site import serve
from flows.site_adding import default_name, languages_of, look_at_site

LOCAL = WebOptions(allow_private_hosts=True, delay_seconds=0)


async def test_a_site_is_written_down_as_it_was_seen(tmp_path: Path):
    async with serve() as base_url, Web(LOCAL) as web:
        seen = await look_at_site(web, f"{base_url}/", "valley", Rules(phrases=load_phrases()))
    assert seen.sitemaps == (f"{base_url}/sitemap.xml",)
    assert seen.listed >= 13
    assert sum(isinstance(verdict, Article) for verdict in seen.verdicts) >= 3
    path = tmp_path / "valley.yaml"
    path.write_text(seen.to_yaml(), encoding="utf-8")
    site = load_site(path)
    assert site.home == f"{base_url}/"
    assert set(site.languages) <= {"hy", "en", "ru", "uk", "az", "tr", "fr", "ka"}


async def test_a_single_article_is_no_site():
    async with serve() as base_url, Web(LOCAL) as web:
        with pytest.raises(BadInput, match="lists no stories"):
            await look_at_site(web, f"{base_url}/a/gone/33014000.html", "", Rules())


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.example.co.uk/news", "example-co-uk"),
        ("https://NEWS.example.org", "news-example-org"),
        ("http://127.0.0.1:8770/", "127-0-0-1"),
    ],
)
def test_a_site_is_called_after_its_host(url: str, name: str):
    assert default_name(url) == name


def test_a_stray_language_is_not_the_sites():
    assert languages_of([article("hy", 900), article("ru", 150), article("und", 5000)]) == ("hy",)


def article(language: str, letters: int) -> Article:
    return Article(
        id="0" * 32,
        content_hash="",
        url="https://example.org/",
        canonical_url="https://example.org/",
        site="example.org",
        title="",
        text="x" * letters,
        language=language,
        fetched_at="2026-11-24T00:00:00Z",
        status=200,
    )
