"""Site files, settings and debris phrases as the plain values that crawling and judging take."""

from __future__ import annotations

from collections.abc import Callable, Collection

from config.debris_phrases import load_phrases
from config.settings import Settings
from config.site import Site, load_sites
from connectors.found import SiteRules
from extractors.records import Rules
from flows.rule_book import RuleBook

# Robots directives of a page that a crawl obeys whatever the site's file says, and those it may say no to.
# "noarchive" is about a search engine's cached copy, "noimageai" about pictures: both are only recorded.
ALWAYS_OBEYED = frozenset({"noindex", "none"})
OPT_OUTS = frozenset({"noai", "tdm-reservation"})


def load_rule_book(
    settings: Settings, needed: Collection[str] | None = None, on_bad: Callable[[str], None] = lambda _: None
) -> RuleBook:
    """Rules for every configured site, and for all others.

    Raises ``ConfigError`` for a debris file, or the file of a ``needed`` site (None: of any), that cannot be
    used; ``on_bad`` is told of the others.
    """
    default = Rules(
        phrases=load_phrases(),
        refused_directives=ALWAYS_OBEYED | OPT_OUTS,
        always_langdetect=settings.always_langdetect,
        live_blogs=settings.live_blogs,
    )
    sites = load_sites(settings.sites_path, needed, on_bad)
    hosts: dict[str, str] = {}
    for name, site in sites.items():
        for host in sorted(site_rules(site).hosts):
            hosts.setdefault(host, name)
    own = {name: _judging_rules(site, default) for name, site in sites.items()}
    return RuleBook(default=default, sites=own, hosts=hosts)


def site_rules(site: Site) -> SiteRules:
    """Where a site's stories are listed, and which URLs are its stories."""
    return SiteRules(
        name=site.name,
        home=site.home,
        sections=site.sections,
        feeds=site.feeds,
        sitemaps=site.sitemaps,
        urls=site.urls,
        allow=site.allow,
        deny=site.deny,
        languages=site.languages if site.refuse_other_languages else (),
        delay_seconds=site.delay_seconds,
        limit=site.limit,
        story_id_pattern=site.story_id_pattern,
    )


def _judging_rules(site: Site, default: Rules) -> Rules:
    return Rules(
        site=site.name,
        phrases=default.phrases | site.phrases,
        languages=site.languages,
        refuse_other_languages=site.refuse_other_languages,
        story_id_pattern=site.story_id_pattern,
        refused_directives=ALWAYS_OBEYED | (OPT_OUTS if site.obey_opt_outs else frozenset()),
        always_langdetect=default.always_langdetect,
        live_blogs=site.live_blogs or default.live_blogs,
    )
