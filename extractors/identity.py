"""Which story a page is: canonical URL, story id, content hash, near-duplicate signature."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import urlsplit

from w3lib.url import canonicalize_url, url_query_cleaner

_TRACKING = re.compile(r"^(?:utm_|fbclid|gclid|mc_|cmp|ocid|ref$|maca)", re.I)
_PANGEA = re.compile(r"/a/(?:[^/]+/)?(\d+)\.html$")


def canonical_url(url: str, declared: str = "") -> str:
    """The page's one address."""
    chosen = declared or url
    try:
        parts = urlsplit(chosen)
        names = [p.split("=")[0] for p in parts.query.split("&") if _TRACKING.match(p)]
        return canonicalize_url(url_query_cleaner(chosen, names, remove=True))
    except ValueError:
        return chosen


def story_id(canonical_url: str, site: str, pattern: str = "") -> str:
    """32 hex: the story's key on its site."""
    key = canonical_url.split("://", 1)[-1]
    found = (re.search(pattern, canonical_url) if pattern else None) or _PANGEA.search(canonical_url)
    if found:
        key = f"id:{found.group(1)}"
    return hashlib.sha256(f"{site}\n{key}".encode("utf-8", "replace")).hexdigest()[:32]


def content_hash(title: str, text: str) -> str:
    """SHA-256 of title and text, white space folded."""
    folded = " ".join(title.split()) + "\n" + " ".join(text.split())
    return hashlib.sha256(folded.encode("utf-8", "replace")).hexdigest()


def near_duplicate_signature(text: str) -> str:
    """64-bit SimHash of word shingles, 16 hex."""
    counts = [0] * 64
    words = re.findall(r"\w+", text.casefold())
    for i in range(max(len(words) - 2, 0)):
        shingle = " ".join(words[i : i + 3]).encode("utf-8", "replace")
        value = int.from_bytes(hashlib.blake2b(shingle, digest_size=8).digest(), "big")
        for bit in range(64):
            counts[bit] += 1 if value >> bit & 1 else -1
    return f"{sum(1 << bit for bit in range(64) if counts[bit] > 0):016x}"


def signature_distance(a: str, b: str) -> int:
    """Bits in which two signatures differ, 0 to 64."""
    return (int(a, 16) ^ int(b, 16)).bit_count()
