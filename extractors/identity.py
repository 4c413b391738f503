"""Which story a page is: canonical URL, story id, content hash, near-duplicate signature."""

from __future__ import annotations

import hashlib
import re
import zlib
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from extractors.addresses import fold_address, is_deep, same_site

_Hashes = NDArray[np.uint64]
# Ids that news systems put into URLs. A number counts from seven digits on, because shorter ones are years, issues
# and counts; a day or a month written without separators is none. What stands before the number keeps the kinds of
# one site apart ("a-65464327" is an article, "av-65464327" a video).
_PANGEA = re.compile(r"^/a/(?:[^/]+/)?(?P<id>\d{5,})\.html/?$")
_END = r"(?:\.(?:html?|php|aspx?|shtml|story|ece|cms|jsp))?/?$"
_KIND = r"(?:[a-z]{1,3}|article|artikel|story|news|post|video|image|gallery|live)[-_.:]|[a-z]{0,12}"  # no slug's word
_NUMBERED = re.compile(rf"/(?P<kind>{_KIND})(?P<id>\d{{7,20}})" + _END, re.I)
_NUMBERED_SLUG = re.compile(r"[-_.,~](?P<kind>)(?P<id>\d{7,20})" + _END, re.I)
_HEX = re.compile(
    r"(?:^|[-_/.])(?P<kind>)(?P<id>[0-9a-f]{24}|[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
    r"(?:\.html?)?/?$",
    re.I,
)
_NUMBERED_FOLDER = re.compile(r"/(?P<kind>article|artikel|story|news|id)[-_]?(?P<id>\d{7,20})/[^/]*$", re.I)
_DAY = re.compile(r"^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{2}|\d{4}|\d{6})?$")
_MEDIA = re.compile(
    r"^/(?:[a-z]{2}/)?(videos?|audio|podcasts?|galler(?:y|ies|ia)|photos?|images?|live|tv|radio|av)/", re.I
)
# Letters of scripts that write no spaces count as words of their own: Han, kana, Thai, Lao, Burmese, Khmer, Tibetan.
_WORD = re.compile(
    "[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff]"
    "|[^\\W\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff]+"
)
_SHINGLE = 3  # words


def canonical_url(url: str, declared: str = "") -> str:
    """The page's one address: the declared one where it is believable, else its own, in one form.

    Believable is an address below the home page of the same registrable site. Tracking parameters,
    fragments, session ids, default ports, AMP and mobile forms go; parameters that may name the story
    stay, sorted. What is no URL comes back as it is.
    """
    chosen = (
        declared if declared and same_site(declared, url) and (is_deep(declared) or not is_deep(url)) else url
    )
    return fold_address(chosen)


def story_id(canonical_url: str, site: str, pattern: str = "") -> str:
    """The story's key on its site, 32 hex.

    From the first group of ``pattern``, a regular expression searched in the URL; else from an id in the
    URL where its shape is certain enough; else from the URL without scheme and "www.".
    """
    key = _by_pattern(canonical_url, pattern) or _by_shape(canonical_url)
    if not key:
        key = re.sub(r"^https?://(?:www\.)?", "", canonical_url, flags=re.I).rstrip("/")
    return hashlib.sha256(f"{site}\n{key}".encode("utf-8", "replace")).hexdigest()[:32]


def content_hash(title: str, text: str) -> str:
    """SHA-256 of title and text, white space folded: it changes when a reader would see a change."""
    folded = " ".join(title.split()) + "\n" + " ".join(text.split())
    return hashlib.sha256(folded.encode("utf-8", "replace")).hexdigest()


def near_duplicate_signature(text: str) -> str:
    """64-bit SimHash (Charikar 2002) of runs of three words, 16 hex: near copies differ in few bits."""
    words = [zlib.crc32(word.encode("utf-8", "replace")) for word in _WORD.findall(text.casefold())]
    if not words:
        return "0" * 16
    words += words[-1:] * (_SHINGLE - len(words))
    hashes = np.array(words, dtype=np.uint64)
    runs = len(hashes) - _SHINGLE + 1
    mixed = np.zeros(runs, dtype=np.uint64)
    for place in range(_SHINGLE):
        mixed = _mix(mixed * np.uint64(0x9E3779B97F4A7C15) + hashes[place : place + runs])
    bits = np.unpackbits(np.unique(mixed).astype(">u8").view(np.uint8).reshape(-1, 8), axis=1)
    majority = np.packbits(bits.sum(axis=0) * 2 > len(bits))
    return majority.tobytes().hex()


def signature_distance(a: str, b: str) -> int:
    """Bits in which two signatures differ, 0 to 64; 64 where either is no signature."""
    try:
        return min((int(a, 16) ^ int(b, 16)).bit_count(), 64)
    except ValueError:
        return 64


def _mix(values: _Hashes) -> _Hashes:
    """Spread each number's bits over all 64 (the finaliser of SplitMix64, Steele and others 2014)."""
    first: _Hashes = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    second: _Hashes = (first ^ (first >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return second ^ (second >> np.uint64(31))


def _by_pattern(url: str, pattern: str) -> str:
    if not pattern:
        return ""
    try:
        match = re.search(pattern, url)
    except re.error:
        return ""
    found = (match.group(1) if match.re.groups else match.group()) if match else ""
    return f"id:{found}" if found else ""


def _by_shape(url: str) -> str:
    """A key from an id in the URL's path; "" where none is certain."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.query or not parts.hostname:
        return ""
    if match := _PANGEA.match(parts.path):
        return f"id:{match['id']}"
    for shape in (_NUMBERED_FOLDER, _NUMBERED, _NUMBERED_SLUG, _HEX):
        match = shape.search(parts.path)
        if match and not _DAY.match(match["id"]):
            media = _MEDIA.match(parts.path)
            return f"id:{media[1].lower() if media else ''}:{match['kind'].lower()}{match['id'].lower()}"
    return ""
