"""Parts of a URL, and the site's name in its host."""

from __future__ import annotations

from urllib.parse import urlsplit

# Labels under which registries sell names: "co" in "example.co.uk". Only to tell the site's own name.
_SECOND_LEVEL = frozenset(
    ["co", "com", "net", "org", "gov", "edu", "ac", "or", "ne", "go", "gob", "gouv", "gv", "in", "uk"]
)


def host(url: str) -> str:
    """The URL's host without "www."; "" if it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def path(url: str) -> str:
    """The URL's path, as it stands; "" if it has none."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def host_name(url: str) -> str:
    """The site's own name in a host: "example" of "news.example.co.uk"; "" if there is none."""
    labels = host(url).split(".")[:-1]
    while len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
        labels.pop()
    return labels[-1] if labels else ""
