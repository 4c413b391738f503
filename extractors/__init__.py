"""Page in, verdict out. Pure: no network, no disk, no clock, no settings."""

from extractors.judge import judge
from extractors.records import Article, Cut, FetchedPage, Reason, Rejection, Rules, Verdict

__all__ = ["Article", "Cut", "FetchedPage", "Reason", "Rejection", "Rules", "Verdict", "judge"]
