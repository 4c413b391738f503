"""Errors, named by what the caller does next.

LrahosError             one clear line for the user, exit code 1
├── TryLater            the same call may work in ``after_seconds``
├── GiveUp              this URL is done with; ``fate`` says how it ended
├── BucketError         stops the run: the message says what to change
│   ├── MissingKey      no such object
│   └── BucketRefused   wrong secret, no such bucket, unreachable, read-only
└── BadInput            an archive, site file or argument that cannot be read as it is
"""

from __future__ import annotations

from extractors.records import Fate


class LrahosError(Exception):
    """Something went wrong that a message to the user explains."""


class TryLater(LrahosError):
    """The same call may work later."""

    def __init__(self, message: str, *, fate: Fate, after_seconds: float | None = None) -> None:
        super().__init__(message)
        self.fate = fate  # what the URL's fate is if it is never tried again
        self.after_seconds = after_seconds  # what the server asked for; None if it did not say

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), str(self), self.fate, self.after_seconds)


class GiveUp(LrahosError):
    """This URL cannot be had, now or on another try of this run."""

    def __init__(self, message: str, *, fate: Fate) -> None:
        super().__init__(message)
        self.fate = fate

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), str(self), self.fate, None)


class BucketError(LrahosError):
    """The bucket cannot be used as it is; the run stops."""


class MissingKey(BucketError):
    """There is no such object."""


class BucketRefused(BucketError):
    """The store refused or could not be reached: secret, name, endpoint or rights are wrong."""


class BadInput(LrahosError):
    """A file or an argument that cannot be used; the message says what to change."""


def _rebuild(kind: type[LrahosError], message: str, fate: Fate, after: float | None) -> LrahosError:
    """Errors cross process borders; plain pickling forgets keyword-only arguments."""
    if kind is TryLater:
        return TryLater(message, fate=fate, after_seconds=after)
    return GiveUp(message, fate=fate)
