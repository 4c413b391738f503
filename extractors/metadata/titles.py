"""The headline without the site's name around it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_SEPARATOR = re.compile(r"\s*[|｜»›•·]\s*|\s+(?:[-–—:~/]|::|//)\s+|\s+[–—-](?=\S)")
_NOT_A_LETTER = re.compile(r"[\W_]+")
MAX_SITE_WORDS = 6


def choose(headings: list[str], declared: list[str], whole: str, site_names: list[str], url: str) -> str:
    """The page's headline: what readers see as such, of its h1 elements, declared titles and <title>.

    The h1 that is most like the other forms; one that is unlike all of them and short is the site's or the
    section's name, and the declared title is taken.
    """
    names = {fold(name) for name in (*site_names, host_name(url), host(url)) if fold(name)}
    others = [without_site(title, names, headings) for title in declared]
    page = without_site(whole, names, [*headings, *others])
    rivals = [title for title in (*others, page) if title]
    ranked = sorted(
        headings, key=lambda heading: -max((likeness(heading, title) for title in rivals), default=0)
    )
    for heading in ranked:
        bare = without_site(heading, names, [])
        alike = max((likeness(bare, title) for title in rivals), default=1)
        if bare and (alike > 0 or len(bare.split()) > 4):
            return _without_kicker(bare, rivals)
    return next(iter(rivals), "")


def likeness(one: str, other: str) -> float:
    """Share of words that two titles have in common, 0 to 1."""
    a, b = set(_words(one)), set(_words(other))
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _words(text: str) -> list[str]:
    folded = fold(text)
    return folded.split() if " " in folded else list(folded)


def _without_kicker(heading: str, rivals: list[str]) -> str:
    """The heading without a label that stands above it inside the same element."""
    return next((rival for rival in rivals if len(rival.split()) > 3 and heading.endswith(rival)), heading)


def without_site(title: str, names: set[str], others: list[str]) -> str:
    """The title without parts that are the site's name, or that no other form of the title has."""
    title = title.strip()
    folded = fold(title)
    if folded in names:
        return ""
    for other in others:
        whole = fold(other)
        if (
            0 < len(whole) < len(folded)
            and len(whole.split()) > 1
            and (_ends_with_extra(title, other) or _starts_with_extra(title, other))
        ):
            return other.strip()
    pieces = _SEPARATOR.split(title)
    if len(pieces) < 2:
        return title
    cuts = list(_SEPARATOR.finditer(title))
    start, end = 0, len(title)
    for cut, piece in zip(reversed(cuts), reversed(pieces), strict=False):
        if not _is_site(piece, names):
            break
        end = cut.start()
    for cut, piece in zip(cuts, pieces, strict=False):
        if cut.start() >= end or not _is_site(piece, names):
            break
        start = cut.end()
    return title[start:end].strip() or title


def fold(text: str) -> str:
    """Letters and digits alone, to compare by."""
    return _NOT_A_LETTER.sub(" ", text.casefold()).strip()


def host(url: str) -> str:
    """The URL's host without "www."; "" if it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def host_name(url: str) -> str:
    """The name in a host: "example" of "news.example.co.uk"."""
    labels = [
        label for label in host(url).split(".")[:-1] if len(label) > 3 or label in host(url).split(".")[:1]
    ]
    return max(labels, key=len, default="")


def _is_site(piece: str, names: set[str]) -> bool:
    folded = fold(piece)
    if not folded or folded in names:
        return True
    joined = folded.replace(" ", "")
    return any(joined == name.replace(" ", "") for name in names) or (
        len(folded.split()) <= MAX_SITE_WORDS
        and any(len(name) > 3 and (f" {name} " in f" {folded} " or joined == f"the{name}") for name in names)
    )


def _ends_with_extra(title: str, other: str) -> bool:
    """Whether the title is the other, a separator and more."""
    return title.startswith(other.strip()) and bool(_SEPARATOR.match(title[len(other.strip()) :]))


def _starts_with_extra(title: str, other: str) -> bool:
    rest = title[: -len(other.strip())] if title.endswith(other.strip()) else ""
    return bool(rest) and any(cut.end() == len(rest) for cut in _SEPARATOR.finditer(rest))
