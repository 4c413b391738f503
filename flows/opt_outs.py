"""What pages ask of robots: obeyed where the site's rules say so, recorded always."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from extractors.records import Article, FetchedPage, Reason, Rejection, Rules, Verdict

# What an editor may want to know of an article; "max-snippet" and the like are search engines' own affair.
RECORDED = frozenset({"noindex", "none", "noarchive", "noai", "noimageai", "tdm-reservation"})


def opted_out(page: FetchedPage, rules: Rules, directives: Collection[str]) -> Rejection:
    """The refusal of a page that asks not to be taken."""
    return Rejection(
        url=page.url,
        reason=Reason.OPTED_OUT,
        detail=f"the page asks robots for {', '.join(sorted(directives))}",
        site=rules.site,
        fetched_at=page.fetched_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        status=page.status,
    )


def with_requests(verdict: Verdict, directives: Collection[str]) -> Verdict:
    """The article, flagged with what its page asks of robots, in headers as in markup."""
    if not isinstance(verdict, Article):
        return verdict
    asked = RECORDED.intersection(directives)
    return (
        replace(verdict, flags=tuple(dict.fromkeys((*verdict.flags, *sorted(asked))))) if asked else verdict
    )
