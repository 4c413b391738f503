"""What came of each URL, and the sums that markers, reports and tables are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any

from extractors.records import Article, CutReason, Fate, Reason, Rejection
from flows.site_figures import REVIEW, SiteFigures

__all__ = ["ACCIDENTS", "KEPT_AS_FIELD", "REVIEW", "Outcome", "Sums"]
# Text that became a field is not lost: it does not count as cut away.
KEPT_AS_FIELD = frozenset(
    {
        CutReason.TITLE,
        CutReason.LEAD,
        CutReason.CAPTION,
        CutReason.BYLINE,
        CutReason.DATELINE,
        CutReason.DATE_LINE,
    }
)
# What judging did, not what the page is: its process died, or it took too long.
ACCIDENTS = frozenset({Reason.CRASHED, Reason.TIMED_OUT})
_COUNTERS = ("fates", "languages", "reasons", "cuts", "cut_letters", "flags", "accidents")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One URL's end in one run."""

    url: str
    site: str
    fate: Fate
    detail: str = ""  # a rejection's reason and measurement, a failure's message
    id: str = ""  # the story's, where there is one
    content_hash: str = ""
    etag: str = ""
    last_modified: str = ""
    published: str = ""

    def __post_init__(self) -> None:
        """Replace what UTF-8 cannot hold: stray bytes of a header or a URL, which arrive as surrogates."""
        for one in fields(self):
            value = getattr(self, one.name)
            if type(value) is str and not value.isascii():
                object.__setattr__(self, one.name, value.encode("utf-8", "replace").decode())


@dataclass(slots=True)
class Sums:
    """Counts over outcomes, articles and rejections; adds up over batches."""

    fates: Counter[str] = field(default_factory=Counter)
    sites: dict[str, Counter[str]] = field(default_factory=dict)  # site: fates
    figures: dict[str, SiteFigures] = field(default_factory=dict)  # site: what was kept of it, what was not
    languages: Counter[str] = field(default_factory=Counter)  # of stored articles
    reasons: Counter[str] = field(default_factory=Counter)  # of rejections
    cuts: Counter[str] = field(default_factory=Counter)  # pieces, by reason
    cut_letters: Counter[str] = field(default_factory=Counter)  # characters, by reason
    flags: Counter[str] = field(default_factory=Counter)  # articles marked for an editor
    accidents: Counter[str] = field(default_factory=Counter)  # pages that judging failed on, by reason
    judged: int = 0  # pages with a verdict, whatever it was
    kept_letters: int = 0  # characters of stored articles' texts
    page_bytes: int = 0  # of the pages as fetched
    warnings: list[str] = field(default_factory=list)  # archives' unreadable pieces

    def add_outcomes(self, outcomes: Iterable[Outcome]) -> None:
        """Count each URL once, under its site."""
        for outcome in outcomes:
            self.fates[outcome.fate] += 1
            self.sites.setdefault(outcome.site, Counter())[outcome.fate] += 1
            # a story that the server calls unchanged was not looked at, and has no id here
            self.judged += bool(outcome.id) or outcome.fate is Fate.REJECTED

    def add_article(self, article: Article) -> None:
        """Count a stored article's language, flags and cuts."""
        self.languages[article.language] += 1
        self.flags.update(article.flags)
        self.kept_letters += len(article.text)
        debris = 0
        for cut in article.cuts:
            self.cuts[cut.reason] += 1
            self.cut_letters[cut.reason] += len(cut.text)
            debris += len(cut.text) if cut.reason not in KEPT_AS_FIELD else 0
        self.figures_of(article.site).add_article(article, debris)

    def add_rejection(self, rejection: Rejection) -> None:
        """Count a rejection's reason."""
        self.reasons[rejection.reason] += 1
        self.figures_of(rejection.site).add_rejection(rejection)
        if rejection.reason in ACCIDENTS:
            self.accidents[rejection.reason] += 1

    def figures_of(self, site: str) -> SiteFigures:
        """The site's figures, to add to."""
        return self.figures.setdefault(site, SiteFigures())

    def add(self, other: Sums) -> None:
        """Add another batch's sums to these."""
        for name in _COUNTERS:
            getattr(self, name).update(getattr(other, name))
        for site, fates in other.sites.items():
            self.sites.setdefault(site, Counter()).update(fates)
        for site, figures in other.figures.items():
            self.figures_of(site).add(figures)
        self.judged += other.judged
        self.kept_letters += other.kept_letters
        self.page_bytes += other.page_bytes
        self.warnings.extend(other.warnings)

    @property
    def pages(self) -> int:
        """URLs that have met their fate."""
        return sum(self.fates.values())

    @property
    def cut_share(self) -> float:
        """Share of the letters that were debris, of those looked at in stored articles; 0 to 1."""
        debris = sum(letters for reason, letters in self.cut_letters.items() if reason not in KEPT_AS_FIELD)
        return debris / (debris + self.kept_letters) if debris else 0.0

    def to_json(self) -> dict[str, Any]:
        """Plain values for markers and reports."""
        return {
            **{name: dict(getattr(self, name)) for name in _COUNTERS},
            "sites": {site: dict(fates) for site, fates in sorted(self.sites.items())},
            "site_figures": {site: figures.to_json() for site, figures in sorted(self.figures.items())},
            "judged": self.judged,
            "kept_letters": self.kept_letters,
            "cut_share": round(self.cut_share, 4),
            "page_bytes": self.page_bytes,
            "warnings": self.warnings,
        }

    @classmethod
    def from_json(cls, found: dict[str, Any]) -> Sums:
        """The sums that ``to_json`` wrote; what is absent is zero."""
        return cls(
            **{name: Counter(found.get(name, {})) for name in _COUNTERS},
            sites={site: Counter(fates) for site, fates in found.get("sites", {}).items()},
            figures={
                site: SiteFigures.from_json(figures)
                for site, figures in found.get("site_figures", {}).items()
            },
            judged=found.get("judged", 0),
            kept_letters=found.get("kept_letters", 0),
            page_bytes=found.get("page_bytes", 0),
            warnings=list(found.get("warnings", ())),
        )
