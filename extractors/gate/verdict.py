"""What the gate says of a page."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.records import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a page is no article, with the measurement in words and figures."""

    reason: Reason
    detail: str
    flags: tuple[str, ...] = ()  # doubts, as an article has them


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """A refusal, or none, and the doubts that stay."""

    refusal: Refusal | None = None
    flags: tuple[str, ...] = ()  # "torn", "paywall", "live-blog", "noarchive", "noai"
