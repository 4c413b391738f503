"""The rules of every site of a run, as plain values that travel to the judging processes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from extractors.records import Rules

NO_SITE = "local"  # what files belong to whose URL nobody knows


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBook:
    """Rules by site; a site without its own gets the default ones under its name."""

    default: Rules
    sites: Mapping[str, Rules] = field(default_factory=dict)
    hosts: Mapping[str, str] = field(default_factory=dict)  # host without "www.": the site's name

    def of(self, site: str) -> Rules:
        """What judging a page of this site depends on."""
        return self.sites.get(site) or replace(self.default, site=site)

    def site_of(self, url: str) -> str:
        """The site that a URL belongs to: a configured one, else the host."""
        host = host_of(url)
        return self.hosts.get(host, host)


def host_of(url: str) -> str:
    """The URL's host in lower case, without "www."; "local" for files and what has none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    return host.removeprefix("www.") or NO_SITE
