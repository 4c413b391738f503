"""One address for every form of a page's URL: tracking, AMP and mobile forms folded."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import SplitResult, quote, urlsplit

from courlan import extract_domain

MAX_CHARACTERS = 2_000  # of a URL: browsers' and servers' own limit, more or less
# Parameters that say how a reader came: from the analytics and newsletter services' own documentation and from
# the URLs of 2,174 pages. What might name the story (id, p, page, article, v) is in no list.
_TRACKING = re.compile(
    r"^(?:utm_?\w*|at_(?:medium|campaign|custom\d|link\w*|format|ptr_name|bbc_team|campaign_type|send_date|\w+type)"
    r"|mtm_\w+|pk_\w+|piwik_\w+|hsa_\w+|mc_[ce]id|_hs\w+|__hs\w+|__s|vero_\w+|oly_\w+|guce_\w+|guccounter|wt_?\.?z?mc\w*"
    r"|fbclid|fb_(?:action_ids|action_types|comment_id|source|ref)|gclid|gclsrc|dclid|wbraid|gbraid|gad_\w+|msclkid|yclid"
    r"|ysclid|twclid|ttclid|li_fat_id|igshid|igsh|mibextid|srsltid|_ga|_gl|dicbo|s_cid|s_kwcid|scid|ncid|icid|ocid|cmpid"
    r"|cmp|xtor|xts|spm|ito|smid|smtyp|mkt_tok|trk\w*|maca|nsukey|sharetoken|share|shared|feature|ref|ref_\w+|referrer|rss"
    r"|feedtype|taid|tpcc|traffic_source|ftag|usqp|amp_\w+|amp|phpsessid|jsessionid|sessionid|print|_branch_\w+|fromrss)$",
    re.I,
)
# Meaningful on some sites, tracking when its value is the name of a channel.
_BY_VALUE = re.compile(
    r"^(?:source|src|from|via|medium|campaign|partner|mod|cid|tag|output|outputtype|view|sid)$", re.I
)
_CHANNEL = re.compile(
    r"^(?:.*(?:rss|newsletter|twitter|facebook|whatsapp|telegram|instagram|social|e-?mail|share|feed|google|push|copy).*|amp|[0-9a-f]{32})$",
    re.I,
)
_AMP_CACHE = re.compile(r"^/(?:[acvw]/)?(?:s/)?(?=[^/]+\.[^/]+/)|^/amp/(?:s/)?(?=[^/]+\.[^/]+/)")
_MOBILE = re.compile(r"^(?:m|mobile|mobil|touch|amp|wap|amphtml)\.")
_AMP_END = re.compile(r"(?:/amp|\.amp|/amphtml|/amp\.html)/?$|\.amp(?=\.html?$)", re.I)
_AMP_START = re.compile(r"^/(?:amp|amphtml)(?=/)", re.I)
_SESSION = re.compile(r";jsessionid=[^/?;]*", re.I)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", re.I)
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def fold_address(url: str) -> str:
    """The URL in its one form; a string that is no http URL comes back stripped and otherwise as it was."""
    url = url.strip()[:MAX_CHARACTERS]
    try:
        parts = urlsplit(url)
        port, name = parts.port, (parts.hostname or "").rstrip(".")
    except ValueError:
        return url
    if parts.scheme.lower() not in ("http", "https") or not name:
        return url
    if name.endswith(".cdn.ampproject.org") or (
        name.startswith("www.google.") and parts.path.startswith("/amp/")
    ):
        inner = _AMP_CACHE.sub("", parts.path)
        if inner != parts.path:
            return fold_address(f"https://{inner}" + (f"?{parts.query}" if parts.query else ""))
    host = _without_mobile(name)
    address = f"{parts.scheme.lower()}://{host}"
    if port and port not in (80, 443):
        address += f":{port}"
    query = _kept_query(parts)
    return address + _fold_path(parts.path, bool(query)) + (f"?{query}" if query else "")


def same_site(one: str, other: str) -> bool:
    """Whether two URLs are of one registrable domain (public suffix list); False where either has none."""
    try:
        first, second = urlsplit(one).hostname, urlsplit(other).hostname
    except ValueError:
        return False
    if not first or not second:
        return False
    domain = extract_domain(one)
    return first == second or (domain is not None and domain == extract_domain(other))


def is_deep(url: str) -> bool:
    """Whether the URL leads below its site's home page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.path.strip("/") or parts.query)


def _without_mobile(name: str) -> str:
    """The host of the desktop form: "www.example.com" for "m.example.com" and "amp.example.com"."""
    rest = _MOBILE.sub("", name)
    if rest == name or "." not in rest:
        return name
    return f"www.{rest}" if extract_domain(f"https://{name}") == rest else rest


def _fold_path(path: str, has_query: bool) -> str:
    path = _normal_escapes(re.sub(r"(?<!:)/{2,}", "/", _SESSION.sub("", path))) or "/"
    shorter = _AMP_START.sub("", _AMP_END.sub("", path))
    path = shorter if shorter.strip("/") else path
    return path if has_query else _INDEX.sub("/", path)


def _normal_escapes(text: str) -> str:
    """Percent-escapes in one form: letters bare, all else in upper case; letters beyond ASCII escaped, composed."""
    text = quote(unicodedata.normalize("NFC", text), safe="/:@!$&'()*+,;=~-._%?", errors="replace")

    def folded(match: re.Match[str]) -> str:
        letter = chr(int(match[1], 16))
        return letter if letter in _UNRESERVED else match[0].upper()

    return _PERCENT.sub(folded, text)


def _kept_query(parts: SplitResult) -> str:
    """The parameters that may name the story, sorted."""
    kept = []
    for parameter in re.split(r"&(?:amp;)?", parts.query):
        name, _, value = parameter.partition("=")
        if not name or _TRACKING.match(name) or (_BY_VALUE.match(name) and _CHANNEL.match(value)):
            continue
        kept.append(_normal_escapes(parameter))
    return "&".join(sorted(kept))
