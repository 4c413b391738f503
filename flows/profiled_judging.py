"""Judging with a site's profile: its recurring lines are cut, and the ledger says how often they were seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from connectors.profiles import line_key
from extractors.records import Article, Cut, CutReason, FetchedPage, Rules, SiteProfile, Verdict
from flows.guard import Judge


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfiledJudge:
    """A judge who knows the site's recurring lines. Takes the place of the one it asks."""

    judge: Judge
    lines: Mapping[str, int]  # folded line: stories in which it was seen

    def __call__(self, page: FetchedPage, rules: Rules) -> Verdict:
        """The verdict with the profile."""
        profile = SiteProfile(recurring=frozenset(self.lines))
        verdict = self.judge(page, replace(rules, profile=profile))
        if not isinstance(verdict, Article) or not any(map(_is_recurring, verdict.cuts)):
            return verdict
        return replace(verdict, cuts=tuple(map(self._counted, verdict.cuts)))

    def _counted(self, cut: Cut) -> Cut:
        stories = self.lines.get(line_key(cut.text)) if _is_recurring(cut) else None
        return cut if stories is None else replace(cut, rule=f"{cut.rule}:{stories}-stories")


def with_profile(judge: Judge, lines: Mapping[str, int]) -> Judge:
    """The judge himself where nothing recurs."""
    return ProfiledJudge(judge=judge, lines=lines) if lines else judge


def _is_recurring(cut: Cut) -> bool:
    return cut.reason is CutReason.RECURRING
