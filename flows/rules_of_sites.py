"""Site files, settings and debris phrases as the rules that pages are judged by."""

from __future__ import annotations

from config.debris_phrases import load_phrases
from config.settings import Settings
from extractors.records import Rules
from flows.rule_book import RuleBook


def load_rule_book(settings: Settings) -> RuleBook:
    """Rules for every configured site, and for all others.

    Raises ``ConfigError`` for a site or debris file that cannot be used.
    """
    default = Rules(phrases=load_phrases(), always_langdetect=settings.always_langdetect)
    return RuleBook(default=default)
