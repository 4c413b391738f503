"""A page's dates as they are stored: ISO 8601 UTC, and the zone of the publisher's clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from extractors.metadata.dates import Moment, read_date
from extractors.records import ZoneSource

SAME_SUMMER_DAYS = 14  # between two dates that share an offset: summer time changes twice a year
_SAME_SUMMER = timedelta(days=SAME_SUMMER_DAYS)
_SAME = timedelta(minutes=1)  # one source may leave the seconds out
# Minutes east of UTC, since 1990 (IANA time zone database): of all zones, and those that are no whole hours.
_WEST_MOST, _EAST_MOST = -720, 840
_BROKEN_HOURS = frozenset({-570, -210, -150, 210, 270, 330, 345, 390, 510, 525, 570, 630, 690, 765, 825})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """One date, or none: then it is false."""

    utc: str = ""  # ISO 8601 UTC, "2026-11-24T08:05:00Z"; a bare day where a time or its zone is not known
    zone: str = ""  # offset of the publisher's clock, "+04:00" or "Z"; "" with a bare day
    zone_source: ZoneSource = ZoneSource.NONE

    def __bool__(self) -> bool:
        return bool(self.utc)


NO_STAMP = Stamp()


def pick(values: Iterable[str], others: Iterable[str] = (), *, month_first: bool = False) -> Stamp:
    """The first value that is a date; without a clock where no time, or no zone for it, is known.

    Sources that give the same day a time, or the same clock a zone, complete it. ``others`` are dates of
    other kinds on the page (of its last change): their zone is the site's. ``month_first``: "3/9/2026" is
    the ninth of March.
    """
    moments = [moment for value in values if (moment := read_date(value, month_first=month_first))]
    if not moments:
        return NO_STAMP
    first = moments[0]
    others_read = [moment for value in others if (moment := read_date(value, month_first=month_first))]
    zoned = [moment.clock for moment in [*moments, *others_read] if moment.clock and moment.clock.tzinfo]
    day = Stamp(utc=first.day.isoformat())
    clock = first.clock or _clock_on(first.day, moments)
    if clock is None:
        return day
    if clock.tzinfo is None:
        zone = _zone_for(clock, zoned)
        return _stamped(clock.replace(tzinfo=zone), ZoneSource.PAGE) if zone else day
    zone = _zone_beside_utc(clock, zoned)
    if zone is None or (first.clock is None and clock.astimezone(zone).date() != first.day):
        return _stamped(clock, ZoneSource.DECLARED)
    return _stamped(clock.astimezone(zone), ZoneSource.PAGE)


def beside_clock(stamp: Stamp, lines: Iterable[str], *, month_first: bool = False) -> Stamp:
    """The stamp in UTC with the zone that a shown clock tells: "8:03 am" beside 13:03 UTC is five hours west.

    A line counts where minutes agree and the difference is one that a zone has. As it was if none does.
    """
    if stamp.zone != "Z":
        return stamp
    clock = datetime.fromisoformat(stamp.utc)
    for line in lines:
        shown = read_date(line, month_first=month_first)
        if shown is None or shown.clock is None:
            continue
        offset = shown.clock.replace(second=clock.second, tzinfo=UTC) - clock
        if offset and _is_offset(offset) and shown.clock.utcoffset() in (None, offset):
            return _stamped(clock.astimezone(timezone(offset)), ZoneSource.SHOWN)
    return stamp


def beside_stamp(stamp: Stamp, other: Stamp) -> Stamp:
    """The stamp in UTC with the zone of another of the page's dates, where that is near enough. Else as it was."""
    if stamp.zone != "Z" or other.zone in ("", "Z"):
        return stamp
    if abs(datetime.fromisoformat(stamp.utc) - datetime.fromisoformat(other.utc)) >= _SAME_SUMMER:
        return stamp
    return replace(stamp, zone=other.zone, zone_source=ZoneSource.PAGE)


def _is_offset(difference: timedelta) -> bool:
    """Whether some zone has this offset."""
    minutes = difference // timedelta(minutes=1)
    return _WEST_MOST <= minutes <= _EAST_MOST and (minutes % 60 == 0 or minutes in _BROKEN_HOURS)


def _stamped(clock: datetime, source: ZoneSource) -> Stamp:
    return Stamp(
        utc=clock.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        zone=clock.isoformat()[-6:] if clock.utcoffset() else "Z",
        zone_source=source,
    )


def _clock_on(day: date, moments: list[Moment]) -> datetime | None:
    """The time that another source knows for the day, its own or UTC's: a clock that shows this day."""
    clocks = [moment.clock for moment in moments if moment.clock and moment.clock.tzinfo]
    both = ((clock, clock.astimezone(UTC)) for clock in clocks)
    return next((clock for pair in both for clock in pair if clock.date() == day), None)


def _zone_for(clock: datetime, zoned: list[datetime]) -> tzinfo | None:
    """The zone with which another source gives the same clock time; else the site's own, told by another of
    its dates that is near enough to have the same summer time. UTC there tells nothing: machines write it.
    """
    for other in zoned:
        if abs(other.replace(tzinfo=None) - clock) < _SAME:
            return other.tzinfo
    for other in zoned:
        if other.utcoffset() and abs(other.replace(tzinfo=None) - clock) < _SAME_SUMMER:
            return other.tzinfo
    return None


def _zone_beside_utc(clock: datetime, zoned: list[datetime]) -> tzinfo | None:
    """The site's own zone for a time in UTC, which machines write: that of the same moment elsewhere on the page,
    else of a date near enough. None where a source gives the same clock in another zone: one of them is wrong.
    """
    if clock.utcoffset():
        return None
    local = [other for other in zoned if other.utcoffset()]
    for other in local:
        if abs(other - clock) < _SAME:
            return other.tzinfo
    if any(abs(other.replace(tzinfo=None) - clock.replace(tzinfo=None)) < _SAME for other in local):
        return None
    return next((other.tzinfo for other in local if abs(other - clock) < _SAME_SUMMER), None)
