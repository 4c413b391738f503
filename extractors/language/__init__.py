"""Which language a text is in, or that nobody can say: see docs/language.md."""

from extractors.language.article import article_language
from extractors.language.identify import identify
from extractors.language.tags import clean_declared
from extractors.language.verdict import ArticleLanguage, LanguageVerdict

__all__ = ["ArticleLanguage", "LanguageVerdict", "article_language", "clean_declared", "identify"]
