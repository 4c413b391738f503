"""Which sites a run is to crawl: site files by name, bare URLs by host."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from config.settings import Settings
from config.site import Site, load_sites
from connectors.chromium import find_chromium
from connectors.errors import BadInput
from connectors.found import SiteRules
from connectors.web import require_contact
from extractors.records import Rules
from flows.parameters import Wanted
from flows.rule_book import RuleBook, host_of
from flows.rules_of_sites import site_rules
from flows.web_options import web_options


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlSite:
    """A site of this run: one with a file, or the host of URLs that were given."""

    name: str
    rules: SiteRules
    judging: Rules
    urls: tuple[str, ...] = ()  # given on the command line: whatever they turn out to be
    ports: tuple[int, ...] = ()  # that its URLs may name besides 80 and 443
    renders: bool = False  # its pages are drawn by a browser before they are judged
    is_whole: bool = True  # its own start points are asked too, not these URLs alone


def choose_sites(settings: Settings, wanted: Wanted, book: RuleBook) -> tuple[CrawlSite, ...]:
    """The sites to crawl.

    Raises:
        BadInput: an unknown name, a URL that is none, no contact for somebody else's site, no browser for
            a site that is rendered.
        ConfigError: the file of a site that is to be crawled cannot be used.
    """
    files = load_sites(settings.sites_path, wanted.needed)
    names = list(wanted.sites)
    if not names and not wanted.urls:
        names = sorted(files)
        if not names:
            raise BadInput(
                f"no site files in {settings.sites_path}: name a URL, or add one with `lrahos sites add`"
            )
    chosen = {name: _of_file(files, name, book) for name in names}
    for site in _of_urls(wanted.urls, files, book):
        named = chosen.get(site.name)
        chosen[site.name] = replace(named, urls=site.urls) if named else site
    starts = [start for site in chosen.values() for start in (*_starts(site.rules), *site.urls)]
    require_contact(web_options(settings), starts)
    for site in chosen.values():
        if site.renders:
            find_chromium(settings.chromium, site.name)
    return tuple(chosen.values())


def _of_file(files: dict[str, Site], name: str, book: RuleBook) -> CrawlSite:
    if name not in files:
        near = difflib.get_close_matches(name, files, n=1)
        hint = f"did you mean {near[0]}?" if near else "`lrahos sites` lists them; a URL begins with https://"
        raise BadInput(f"no site is called {name}: {hint}")
    site = files[name]
    return CrawlSite(
        name=name, rules=site_rules(site), judging=book.of(name), ports=site.ports, renders=site.render
    )


def _of_urls(urls: Sequence[str], files: dict[str, Site], book: RuleBook) -> list[CrawlSite]:
    """URLs by site; one that belongs to a configured site is judged by that site's rules."""
    by_site: dict[str, list[str]] = {}
    for url in dict.fromkeys(urls):
        if host_of(url) == "local":
            raise BadInput(f"{url} is no URL of a page: write it as https://host/path")
        by_site.setdefault(book.site_of(url), []).append(url)
    found = []
    for name, own in by_site.items():
        rules = site_rules(files[name]) if name in files else SiteRules(name=name)
        # its own start points are not asked for: only what was given
        rules = replace(rules, home="", sections=(), feeds=(), sitemaps=(), urls=())
        found.append(
            CrawlSite(
                name=name,
                rules=rules,
                judging=book.of(name),
                urls=tuple(own),
                ports=files[name].ports if name in files else (),
                renders=name in files and files[name].render,
                is_whole=False,
            )
        )
    return found


def _starts(rules: SiteRules) -> tuple[str, ...]:
    return tuple(
        url for url in (rules.home, *rules.sections, *rules.feeds, *rules.sitemaps, *rules.urls) if url
    )
