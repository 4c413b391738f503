"""What a page says of itself: title, authors, dates, pictures, languages."""

from extractors.metadata.read import read_metadata

__all__ = ["read_metadata"]
