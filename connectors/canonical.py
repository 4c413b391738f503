"""One story, one key: URLs without what changes nothing about the page they lead to."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

_TRACKING = re.compile(
    r"(utm_.*|mtm_.*|pk_.*|at_.*|ga_.*|hsa_.*|.*clid|mc_[ce]id|_ga|_gl|_hs.*|igshid|igsh|ref|ref_.*|referrer|"
    r"source|src|cmpid?|campaign|ito|ocid|ncid|cid|smid|partner|spm|yclid|wt_.*|xtor|share|social|amp|outputtype)",
    re.IGNORECASE,
)
_MOBILE_LABELS = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.[^.]+)")
_AMP_PATH = re.compile(r"^/amp(?=/)|/amp/?$|\.amp(?=\.html?$|$)", re.IGNORECASE)
_INDEX_FILE = re.compile(r"/(index|default)\.(html?|php|aspx?)$", re.IGNORECASE)
_KEPT = "/:@!$&'()*+,;=~"  # stand for themselves in a path (RFC 3986)


def canonical_url(url: str) -> str:
    """The URL without tracking, AMP, mobile host, fragment, default port, index file and last slash.

    Made for comparing, not for fetching: some sites want their slash or their "www.".
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url
    host = _MOBILE_LABELS.sub("", (parts.hostname or "").rstrip("."))
    if port not in {None, 80, 443}:
        host = f"{host}:{port}"
    path = _INDEX_FILE.sub("/", _AMP_PATH.sub("", parts.path))
    path = re.sub(r"/{2,}", "/", path).rstrip("/")
    pairs = parse_qsl(parts.query, keep_blank_values=True) if parts.query else []
    kept = sorted((key, value) for key, value in pairs if not _TRACKING.fullmatch(key))
    query = "?" + urlencode(kept) if kept else ""
    return f"https://{host}{quote(unquote(path), safe=_KEPT)}{query}"


def story_key(url: str, story_id_pattern: str = "") -> str:
    """What tells a story from all others of its site: its id where the site has a pattern, else its URL.

    Args:
        url: any of the story's URLs.
        story_id_pattern: regular expression; its first group is the id.
    """
    if story_id_pattern:
        found = re.search(story_id_pattern, url)
        if found is not None and found.group(1):
            return f"id:{found.group(1)}"
    return canonical_url(url)
