"""When a URL is worth asking for again, after each way a visit can end."""

from __future__ import annotations

from enum import IntEnum

from extractors.records import Fate

HOUR = 3600
DAY = 24 * HOUR
NEVER = 2**62  # Unix seconds; far enough

FIRST_REVISIT = HOUR  # corrections mostly come soon; each later visit waits as long as the story is old
LAST_REVISIT_AGE = 14 * DAY  # a story this old has settled
_FIRST_RETRY = HOUR // 4  # after a failure of the host; doubled each time
_LONGEST_RETRY = 2 * DAY
_MAX_FAILURES = 12  # some ten days of trying
_MAX_REFUSALS = 3
_REFUSED_PAUSE = 7 * DAY  # robots.txt and rights change slowly


class State(IntEnum):
    """Where a URL stands; the numbers are stored."""

    NEW = 0  # listed, never fetched
    KNOWN = 1  # an article, stored
    REJECTED = 2  # fetched, not an article
    FAILED = 3  # could not be had yet
    REFUSED = 4  # may not be had, or is unusable
    GONE = 5  # retired: 404, 410, or failed too often


_STATES = {
    Fate.STORED: State.KNOWN,
    Fate.UPDATED: State.KNOWN,
    Fate.UNCHANGED: State.KNOWN,
    Fate.DUPLICATE: State.KNOWN,
    Fate.REJECTED: State.REJECTED,
    Fate.NOT_FOUND: State.GONE,
    Fate.SERVER_ERROR: State.FAILED,
    Fate.UNREACHABLE: State.FAILED,
    Fate.TIMED_OUT: State.FAILED,
    Fate.REFUSED: State.REFUSED,
    Fate.BAD_RESPONSE: State.REFUSED,
    Fate.NOT_TEXT: State.REFUSED,
    Fate.ROBOTS: State.REFUSED,
    Fate.FORBIDDEN_ADDRESS: State.REFUSED,
    Fate.OUT_OF_SCOPE: State.REFUSED,
}


def after_visit(fate: Fate, *, now: int, born: int, failures: int) -> tuple[State, int, int]:
    """The state after a visit, when the next one is due, and the failures in a row.

    Args:
        fate: how the visit ended; not ``NOT_REACHED``, which is no visit.
        now: Unix seconds.
        born: when the story appeared: its date, else when it was first seen.
        failures: in a row, before this visit.
    """
    state = _STATES[fate]
    failed = failures + 1
    if state is State.KNOWN:
        wait = max(FIRST_REVISIT, now - born)  # as old again as it is: 1, 2, 4, 8 hours …
        return state, now + wait if now + wait - born <= LAST_REVISIT_AGE else NEVER, 0
    if state is State.REJECTED:  # a page put online too early becomes a story within the day
        return state, now + DAY if now - born < DAY else NEVER, 0
    if state is State.FAILED and failed < _MAX_FAILURES:
        return state, now + min(_FIRST_RETRY * 2**failures, _LONGEST_RETRY), failed
    if state is State.REFUSED and failed < _MAX_REFUSALS:
        return state, now + _REFUSED_PAUSE, failed
    return State.GONE, NEVER, failed
