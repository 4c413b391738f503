"""The article's own text on a page, and an account of everything else."""

from extractors.content.choose import find_content

__all__ = ["find_content"]
