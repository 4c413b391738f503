"""Page in, verdict out. Pure: no network, no disk, no clock, no settings."""

from typing import TYPE_CHECKING

from extractors.records import Article, Cut, FetchedPage, Reason, Rejection, Rules, Verdict

if TYPE_CHECKING:
    from extractors.judging import judge

__all__ = ["Article", "Cut", "FetchedPage", "Reason", "Rejection", "Rules", "Verdict", "judge"]


def __getattr__(name: str) -> object:
    """Import ``judge`` on first use: whoever needs only the records does not wait for trafilatura."""
    if name != "judge":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from extractors.judging import judge  # noqa: PLC0415

    globals()["judge"] = judge
    return judge
