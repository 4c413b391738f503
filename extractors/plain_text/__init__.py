"""Pages without markup, as crawl dumps hold them: the same verdict, line by line."""

from extractors.plain_text.read import read_plain_text

__all__ = ["read_plain_text"]
