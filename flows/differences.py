"""What judging a page again changed, by site and for the pages that changed most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self

from extractors.records import Article, Rejection, Verdict

MOST_PAGES = 20  # that are shown, those that changed most
MOST_OF_SITE = 5  # of them: one that has lost the same line everywhere must not hide the others
MOST_LINES = 12  # of one page's difference
MOST_LETTERS = 200  # of one line

# Fields that a new ledger or another confidence changes and no reader sees, and what follows from others.
_UNSEEN = frozenset(
    {
        "content_hash",
        "cuts",
        "duplicate_of",
        "etag",
        "extracted_by",
        "extractor_version",
        "language_confidence",
        "language_evidence",
        "near_duplicate_signature",
        "other_languages",
        "raw",
        "url",
    }
)
SEEN = tuple(name for name in Article.__dataclass_fields__ if name not in _UNSEEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDifference:
    """One page that is another now."""

    url: str
    site: str
    what: str  # "gained" (an article now), "lost" (an article no longer), "changed"
    fields: tuple[str, ...] = ()  # of an article that changed: which differ
    title: tuple[str, str] = ("", "")  # before and after
    published: tuple[str, str] = ("", "")
    why: str = ""  # a lost article's reason and measurement
    letters_gained: int = 0  # characters of lines that the text has now and had not
    letters_lost: int = 0  # of lines that it had
    lines: tuple[str, ...] = ()  # the first of them, "+ " or "- " before each

    @property
    def letters(self) -> int:
        """How much changed."""
        return self.letters_gained + self.letters_lost


@dataclass(slots=True, kw_only=True)
class SiteDifference:
    """A site's pages, and what became of them."""

    pages: int = 0  # judged again
    changed: int = 0  # articles that differ
    gained: int = 0  # articles
    lost: int = 0  # articles
    titles: int = 0  # that differ
    dates: int = 0  # of publication, that differ
    letters_gained: int = 0
    letters_lost: int = 0

    @property
    def touched(self) -> int:
        """Pages that differ."""
        return self.changed + self.gained + self.lost

    @property
    def letters(self) -> int:
        """How much differs."""
        return self.letters_gained + self.letters_lost

    def add(self, other: SiteDifference) -> None:
        """Add another batch's sums to these."""
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))


@dataclass(slots=True)
class Differences:
    """Of a batch or a run."""

    sites: dict[str, SiteDifference] = field(default_factory=dict)
    pages: list[PageDifference] = field(default_factory=list)  # most changed first

    def note(self, site: str, difference: PageDifference | None) -> None:
        """Count one page; None is one that is the same."""
        sums = self.sites.setdefault(site, SiteDifference())
        sums.pages += 1
        if difference is None:
            return
        setattr(sums, difference.what, getattr(sums, difference.what) + 1)
        sums.titles += difference.title[0] != difference.title[1]
        sums.dates += difference.published[0] != difference.published[1]
        sums.letters_gained += difference.letters_gained
        sums.letters_lost += difference.letters_lost
        self._keep([difference])

    def add(self, other: Differences) -> None:
        """Add another batch's."""
        for site, sums in other.sites.items():
            self.sites.setdefault(site, SiteDifference()).add(sums)
        self._keep(other.pages)

    def _keep(self, pages: Iterable[PageDifference]) -> None:
        ranked = sorted([*self.pages, *pages], key=lambda page: (-page.letters, page.url))
        shown: Counter[str] = Counter()
        self.pages = []
        for page in ranked:
            if shown[page.site] < MOST_OF_SITE and len(self.pages) < MOST_PAGES:
                shown[page.site] += 1
                self.pages.append(page)

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "sites": {site: asdict(sums) for site, sums in sorted(self.sites.items())},
            "pages": [asdict(page) for page in self.pages],
        }

    @classmethod
    def from_json(cls, found: dict[str, Any]) -> Self:
        """What ``to_json`` wrote."""
        return cls(
            sites={site: SiteDifference(**sums) for site, sums in found["sites"].items()},
            pages=[_page(page) for page in found["pages"]],
        )


def _page(row: dict[str, Any]) -> PageDifference:
    """A page's difference from JSON, which has no tuples."""
    return PageDifference(
        **{
            **row,
            **{name: tuple(value) for name, value in row.items() if isinstance(value, list)},
        }
    )


def compare(before: Verdict | None, after: Verdict, site: str) -> PageDifference | None:
    """What a reader sees of the change; None if nothing."""
    old = before if isinstance(before, Article) else None
    if isinstance(after, Rejection):
        return _of_texts(old, after, site, "lost") if old is not None else None
    if old is None:
        return _of_texts(None, after, site, "gained")
    differing = tuple(name for name in SEEN if getattr(old, name) != getattr(after, name))
    return _of_texts(old, after, site, "changed", differing) if differing else None


def _of_texts(
    old: Article | None, after: Verdict, site: str, what: str, differing: tuple[str, ...] = ()
) -> PageDifference:
    new = after if isinstance(after, Article) else None
    gone, come = _lines(old), _lines(new)
    lost, gained = gone - come, come - gone
    marked = [*(f"- {line}" for line in lost.elements()), *(f"+ {line}" for line in gained.elements())]
    return PageDifference(
        url=after.url,
        site=site,
        what=what,
        fields=differing,
        title=(old.title if old else "", new.title if new else ""),
        published=(old.published if old else "", new.published if new else ""),
        why=f"{after.reason}: {after.detail}" if isinstance(after, Rejection) else "",
        letters_gained=sum(map(len, gained.elements())),
        letters_lost=sum(map(len, lost.elements())),
        lines=tuple(line[:MOST_LETTERS] for line in marked[:MOST_LINES]),
    )


def _lines(article: Article | None) -> Counter[str]:
    return Counter(article.text.split("\n")) if article else Counter()
