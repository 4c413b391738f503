"""The headline without the site's name around it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

_SEPARATOR = re.compile(r"\s*[|｜│┃ǀ∣»›•·]\s*|\s+(?:[-–—:~/]|::|//)\s+|\s+[–—-](?=\S)")
_NOT_A_LETTER = re.compile(r"[\W_]+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
MAX_SITE_WORDS = 6
MAX_HEADLINE = 220  # characters: a longer h1 is a paragraph (the longest title of the corpora has 175)
# Of words shared: among several h1 elements, less is another text's heading. Set with the rules beside it on
# WCXB and trafilatura's pages: title F1 .946 to .953 and .910 to .918.
MIN_LIKENESS = 0.3
SAME_WORDS = 0.9  # of words shared: two forms of one title
# Shares of a title's words in the address. Of titles with at most .2 of theirs there, beside a form with .9 or more,
# none of the corpora's five was the page's own, and the other was on all five.
MAX_FOREIGN, MIN_TOLD = 0.2, 0.9
# Of words shared: below, two titles say different things. Structured data, h1 and og:title all differ so on few
# news pages (one of the corpora's 349: the h1 was right; two more at .8, the h1 right on one).
OTHER_WORDS = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """The forms of its title that one page has."""

    headings: tuple[str, ...] = ()  # h1
    headline: str = ""  # structured data's, of an article
    declared: tuple[str, ...] = ()  # og:title and its like
    whole: str = ""  # <title>
    address: frozenset[str] = frozenset()  # words of the URL's path, see ``address_words``
    is_news: bool = False  # structured data calls it a news article


def choose(forms: Forms, site_names: Iterable[str]) -> str:
    """The page's headline without the site's name; "" where it has none.

    News: the headline of structured data, else what readers see as h1; all others the other way round.
    Token F1 with news titles of Fundus, trafilatura, WCXB: headline .943, .942, .964; h1 .893, .964, .995;
    with others of trafilatura and WCXB: headline .906, .925; h1 .941, .954.
    """
    names = {folded for name in site_names if (folded := fold(name))}
    names |= _last_piece(forms, names)
    headings = [text for text in forms.headings if len(text) <= MAX_HEADLINE and fold(text) not in names]
    others = [without_site(title, names, headings) for title in (forms.headline, *forms.declared)]
    rivals = [title for title in others if title] or [without_site(forms.whole, names, [*headings, *others])]
    sentences = [heading for heading in headings if len(heading.split()) > 4]
    if forms.is_news and others[0] and _all_differ(others[0], sentences, others[1:]):
        return sentences[0]
    if forms.is_news and others[0]:
        return _completed(others[0], [*headings, *rivals])
    rivals = [title for title in rivals if title]
    found = _heading(headings, rivals, names, forms.address) or next(iter(rivals), "")
    is_confirmed = any(likeness(found, title) >= SAME_WORDS for title in others)
    told = (
        "" if is_confirmed else _in_address(found, [*rivals, *_SEPARATOR.split(forms.whole)], forms.address)
    )
    return told or found or _any(forms)


def _any(forms: Forms) -> str:
    """Any form: where all of them are what the site calls itself, that is no name of a site."""
    return next(
        (title.strip() for title in (*forms.headings, *forms.declared, forms.whole) if title.strip()), ""
    )


def _in_address(found: str, others: list[str], address: frozenset[str]) -> str:
    """The other form of the title that the address repeats, where it repeats nothing of the one found."""
    if _share_in(found, address) > MAX_FOREIGN:
        return ""
    told = [title for title in others if len(title.split()) > 2 and _share_in(title, address) >= MIN_TOLD]
    return next((title.strip() for title in told if likeness(title, found) < MIN_LIKENESS), "")


def _share_in(title: str, address: frozenset[str]) -> float:
    words = _plain_words(title)
    return len(words & address) / len(words) if words else 0.0


def address_words(path: str) -> frozenset[str]:
    """Words of a URL's path, as its writer shortened them: "Brücken" is "bruecken", "café" is "cafe"."""
    return _plain_words(unquote(path))


def _plain_words(text: str) -> frozenset[str]:
    folded = text.casefold().translate(_UMLAUTS)
    bare = "".join(sign for sign in unicodedata.normalize("NFD", folded) if not unicodedata.combining(sign))
    return frozenset(word for word in _NOT_A_LETTER.split(bare) if len(word) > 1)


def _all_differ(headline: str, headings: list[str], declared: list[str]) -> bool:
    """Whether structured data, h1 and the declared title each say something else: then what readers see counts."""
    others = [title for title in declared if title and title != headline]
    forms = [headline, *headings[:1], *others[:1]]
    pairs = [(a, b) for i, a in enumerate(forms) for b in forms[i + 1 :]]
    return len(forms) == 3 and all(likeness(a, b) < OTHER_WORDS for a, b in pairs)


def _last_piece(forms: Forms, names: set[str]) -> set[str]:
    """The site's name where only <title> tells it: "A headline of some words | Name", with "Name" as h1."""
    pieces = [fold(piece) for piece in _SEPARATOR.split(forms.whole)]
    if (
        len(pieces) < 2
        or names.intersection(pieces)
        or len(pieces[0].split()) < 3
        or len(pieces[-1].split()) > 4
    ):
        return set()
    if _share_in(pieces[-1], forms.address) >= MIN_TOLD:
        return set()  # a title is what an address repeats: here the site's name stands first
    return {pieces[-1]} if pieces[-1] in map(fold, forms.headings) else set()


def _heading(headings: list[str], rivals: list[str], names: set[str], address: frozenset[str]) -> str:
    """The h1 that is most like the other forms; "" where it can be none: a section's name, one of many headings."""
    for heading in sorted(headings, key=lambda heading: -_best_likeness(heading, rivals)):
        bare = without_site(heading, names, [])
        alike = _best_likeness(bare, rivals)
        # one h1 of a sentence's length, or that the address repeats, is the headline even beside other declared words
        words = len(bare.split())
        is_told = words > 4 or (words > 2 and _share_in(bare, address) >= MIN_TOLD)
        is_alone = len(headings) == 1 and is_told
        if bare and (not rivals or alike >= MIN_LIKENESS or is_alone):
            return _without_label(bare, rivals)
    return ""


def _best_likeness(title: str, others: list[str]) -> float:
    return max((likeness(title, other) for other in others), default=0.0)


def _completed(headline: str, others: list[str]) -> str:
    """The headline whole: schema.org's limit of 110 letters makes sites cut it."""
    stump = headline.rstrip(" .…")
    if len(headline) < 60 or stump == headline:
        return headline
    return next((other for other in others if other.startswith(stump)), headline)


def likeness(one: str, other: str) -> float:
    """Share of words that two titles have in common, 0 to 1."""
    a, b = set(_words(one)), set(_words(other))
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _words(text: str) -> list[str]:
    folded = fold(text)
    return folded.split() if " " in folded else list(folded)


def _without_label(heading: str, rivals: list[str]) -> str:
    """The heading without a label above it or a byline below it inside the same element."""
    for rival in rivals:
        rest = heading.removeprefix(rival)
        is_longer = rest != heading and rest[:1] == " " and (rest[1:2].isupper() or rest[1:2].isdigit())
        if len(rival.split()) > 3 and (heading.endswith(rival) or is_longer):
            return rival
    return heading


def without_site(title: str, names: set[str], others: list[str]) -> str:
    """The title without parts that are the site's name, or that no other form of the title has."""
    title = title.strip()
    opening, colon, rest = title.partition(": ")
    if colon and fold(opening) in names:
        title = rest.strip()
    folded = fold(title)
    if folded in names:
        return ""
    for other in others:
        whole = fold(other)
        if 0 < len(whole) < len(folded) and len(whole.split()) > 1 and _ends_with_extra(title, other):
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


def last_piece(title: str) -> str:
    """What follows the title's last border; "" where it has none."""
    pieces = _SEPARATOR.split(title)
    return pieces[-1] if len(pieces) > 1 else ""


def fold(text: str) -> str:
    """Letters and digits alone, to compare by."""
    return _NOT_A_LETTER.sub(" ", text.casefold()).strip()


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
