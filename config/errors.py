"""What is wrong with a file that people write: one line that says what to change."""

from __future__ import annotations


class ConfigError(ValueError):
    """A file under ``config/`` that cannot be used; the message names file, field and remedy."""
