"""Looking at a site for the first time: what it lists, in which languages, and whether that gives articles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import yaml

from connectors.discovery import Found, discover_url
from connectors.errors import BadInput, GiveUp, TryLater
from connectors.web import Web
from extractors.records import Article, Rules, Verdict
from flows.rule_book import host_of

STORIES_TRIED = 5
STORIES_LISTED = 200
LEAST_SHARE = 0.2  # of the tried articles' letters, for a language to be the site's
USUAL_SITEMAP = "/sitemap.xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLook:
    """What was seen of a site."""

    name: str  # for its file
    home: str
    title: str
    feeds: tuple[str, ...]
    sitemaps: tuple[str, ...]
    languages: tuple[str, ...]
    listed: int  # stories
    verdicts: tuple[Verdict, ...]  # of the stories that were tried
    problems: tuple[str, ...]

    def to_yaml(self) -> str:
        """The site's file."""
        fields: dict[str, object] = {"title": self.title, "home": self.home}
        fields |= {"feeds": list(self.feeds)} if self.feeds else {}
        fields |= {"sitemaps": list(self.sitemaps)} if self.sitemaps else {}
        fields |= {"languages": list(self.languages)} if self.languages else {}
        return yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=1000)


async def look_at_site(web: Web, url: str, name: str, rules: Rules) -> SiteLook:
    """Find a site's lists, fetch a few stories, judge them.

    Raises:
        BadInput: nothing at this URL lists stories.
        GiveUp: the URL cannot be had at all.
    """
    from extractors import judge  # noqa: PLC0415  # slow to import

    found = await discover_url(web, url, limit=STORIES_LISTED)
    sources = Counter(one.source for one in found)
    listed = [one for one in found if one.source != "given"]
    if not listed:
        raise BadInput(f"{url} lists no stories: give the site's home page, a feed or a sitemap")
    verdicts, problems = [], []
    for one in _spread(listed):
        try:
            page = await web.fetch_patiently(one.url)
        except (GiveUp, TryLater) as error:
            problems.append(str(error))
            continue
        verdicts.append(judge(page, rules))
    home = "{0.scheme}://{0.netloc}/".format(urlsplit(url))
    return SiteLook(
        name=name or default_name(url),
        home=home,
        title=_title(home),
        feeds=tuple(source.removeprefix("feed:") for source in sources if source.startswith("feed:")),
        sitemaps=await _sitemaps(web, home, sources),
        languages=languages_of([verdict for verdict in verdicts if isinstance(verdict, Article)]),
        listed=len(listed),
        verdicts=tuple(verdicts),
        problems=tuple(problems),
    )


def check_url(url: str) -> None:
    """Raises ``BadInput`` for what is no address of a site, before anything is asked for."""
    try:
        parts = urlsplit(url)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:  # brackets that do not close
        is_address = False
    if not is_address:
        raise BadInput(f"{url} is no URL of a site: write it as https://host/")


def check_name(name: str) -> None:
    """Raises ``BadInput`` for what cannot be a site file's name: a file so named stops all commands."""
    good = _as_name(name)
    if name != good:
        raise BadInput(f"{name!r} is no name for a site" + (f": say {good}" if good else ""))


def default_name(url: str) -> str:
    """A file's name from the host: "www.example.co.uk" gives "example-co-uk"."""
    return _as_name(host_of(url))


def _as_name(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:64]


def languages_of(articles: Sequence[Article]) -> tuple[str, ...]:
    """The languages that make up a fair share of the articles, the largest first."""
    letters: Counter[str] = Counter()
    for article in articles:
        if article.language != "und":
            letters[article.language] += len(article.text)
    total = sum(letters.values())
    return tuple(language for language, count in letters.most_common() if count >= LEAST_SHARE * total)


def _spread(found: Sequence[Found]) -> list[Found]:
    """A few stories from the whole length of the list."""
    step = max(1, len(found) // STORIES_TRIED)
    return list(found[::step])[:STORIES_TRIED]


async def _sitemaps(web: Web, home: str, sources: Counter[str]) -> tuple[str, ...]:
    """The sitemaps to name: those of robots.txt, which outlive the monthly ones below them."""
    used = tuple(source.removeprefix("sitemap:") for source in sources if source.startswith("sitemap:"))
    if not used:
        return ()
    try:
        named = (await web.robots(home)).sitemaps
    except (GiveUp, TryLater):
        named = ()
    usual = home.rstrip("/") + USUAL_SITEMAP
    return tuple(named) or ((usual,) if usual in used else used[:1])


def _title(home: str) -> str:
    return host_of(home)
