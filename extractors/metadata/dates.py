"""Dates of any declared shape, read as days and clocks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime

from extractors.metadata.month_names import month_of

MIN_YEAR, MAX_YEAR = 1990, 2099  # the web's first year; epoch 0 and year 1 stand for "no date"

_NUMERIC = re.compile(
    r"(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)"
    r"(?:[T\s,]+(?:at\s+)?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm])?\s*\(?(?P<zone>Z\b|(?:UTC|GMT)(?![+-]\d)|(?:UTC|GMT)?[+-]\d{2}:?\d{2}\b|[+-]\d{2}\b|[A-Z]{2,4}\b)?)?"
)
_COMPACT = re.compile(
    r"^(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:T?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?P<zone>Z|[+-]\d{4})?)?$"
)
_EPOCH = re.compile(r"^(?:\d{10}|\d{13})(?:\.\d+)?$")
_DAY_FIRST = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?P<sign>[./-])\s?(?P<month>\d{1,2})(?P=sign)\s?(?P<year>(?:19|20)\d\d)(?!\d)"
    r"(?:\D{0,12}?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::(?P<second>\d{2}))?(?!\.?\d)\s*(?P<half>[AaPp]\.?[Mm])?)?"
)
_CJK = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s*[年년]\s*(?P<month>\d{1,2})\s*[月월]\s*(?P<day>\d{1,2})\s*[日일]"
    r"(?:\s*(?P<hour>\d{1,2})\s*[:時시时]\s*(?P<minute>\d{1,2}))?"
)
_IN_PATH = re.compile(r"^[^?#]*?[/_-]((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?![0-9])")
_DAY_FIRST_IN_PATH = re.compile(r"^[^?#]*?[/_-](1[3-9]|2\d|3[01])-(0[1-9]|1[0-2])-((?:19|20)\d\d)(?![0-9])")
_MONTH_IN_PATH = re.compile(r"^[^?#]*?/((?:19|20)\d\d)/([a-z]{3,9})/(\d{1,2})(?![0-9])", re.I)
_RFC_822 = re.compile(r"\b\d{1,2}\s+[A-Za-z]{3}\s+\d{4}\s+\d\d:\d\d")
# Vowel signs of India's scripts are no letters to \w.
_LETTER = r"(?:[^\W\d_]|[\u0900-\u0dff])"
_CLOCK = (
    r"(?:[^\d]{0,12}?(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::(?P<second>\d{2}))?(?!\.?\d)\s*(?P<half>[AaPp]\.?[Mm]\b\.?)?"
    r"\s*(?P<zone>(?:UTC|GMT)(?:[+-]\d{2}:?\d{2}\b)?|[A-Z]{2,4}\b)?)?"
)
_WORDS = re.compile(
    rf"(?P<a>\d{{1,2}})?(?:st|nd|rd|th|er|º|ª|\.)?\s*(?:de\s+|of\s+|d[’'])?(?P<month>{_LETTER}{{2,16}})\.?,?\s+(?:de[l]?\s+)?"
    rf"(?:(?P<b>\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?(?P<year>(?:19|20)\d\d)(?!\d){_CLOCK}"
)
# As Hungarians, Lithuanians, Latvians write: "2026. november 24.", "2026 m. lapkričio 24 d.", "2026. gada 24. novembris".
_YEAR_WORDS = re.compile(
    rf"(?<!\d)(?P<year>(?:19|20)\d\d)(?:\.?\s+gada|\s+m\.|[.,])?\s+(?:(?P<a>\d{{1,2}})\.?\s+)?(?P<month>{_LETTER}{{2,16}})"
    rf"(?:\s+(?P<b>\d{{1,2}})(?!\d))?(?:\.|\s+d\.)?{_CLOCK}"
)
# "24.11.26", alone or with a weekday and a time: in running text it is as often a version or a time.
_SHORT_YEAR = re.compile(
    r"^(?:[^\W\d_]{2,10}[.,]*\s+)?(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d\d)"
    r"(?:\s*[,|–-]?\s*(?P<hour>\d{1,2}):(?P<minute>\d\d)(?:\s*Uhr)?)?$"
)
_IN_WORDS = (_WORDS, _YEAR_WORDS)
_FIRST_YEAR = MIN_YEAR % 100  # of two digits: a lower one is of this century
# Zone names of news bylines whose offset is certain (RFC 822 section 5.1, and Europe's and Asia's own usual ones).
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 60, "bst": 60, "cet": 60, "mez": 60, "cest": 120,
    "mesz": 120, "eet": 120, "eest": 180, "msk": 180, "est": -300, "edt": -240, "cdt": -300, "mst": -420,
    "mdt": -360, "pst": -480, "pdt": -420, "jst": 540, "kst": 540, "hkt": 480, "aest": 600, "aedt": 660,
}  # fmt: skip

_ZONES_OF_EARTH = (timedelta(hours=-12), timedelta(), timedelta(hours=14))


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A date as declared: a day, or a wall clock's time, with its zone where that is known."""

    day: date
    clock: datetime | None = None  # naive where the zone is not known; None where only the day is

    def days(self) -> frozenset[date]:
        """The days that it may be somewhere on earth; a bare day is that very day."""
        if self.clock is None:
            return frozenset({self.day})
        if self.clock.tzinfo is None:
            return frozenset(self.day + timedelta(days=days) for days in (-1, 0, 1))
        return frozenset((self.clock.astimezone(UTC) + hours).date() for hours in _ZONES_OF_EARTH)


def in_address(url: str) -> str:
    """The day in a URL's path, "/2026/11/24/", "/2026/nov/24/", "/24-11-2026-"; "" if there is none without doubt."""
    if match := _IN_PATH.search(url):
        text = "-".join(match.groups())
    elif match := _DAY_FIRST_IN_PATH.search(url):
        text = "-".join(match.groups()[::-1])
    elif match := _MONTH_IN_PATH.search(url):
        text = f"{match[1]}-{month_of(match[2])}-{match[3]}"
    else:
        return ""
    moment = read_date(text)
    return moment.day.isoformat() if moment else ""


def read_date(value: str, *, month_first: bool = False) -> Moment | None:
    """What a declared date says; None where it is no date, or one that no news page can have.

    Midnight is read as a day without a time: it is what systems write for one, in whatever zone.
    """
    text = _plain(value)
    try:
        moment = _read(text, month_first)
    except (ValueError, OverflowError, TypeError, OSError):
        return None
    return moment if moment and MIN_YEAR <= moment.day.year <= MAX_YEAR else None


def around_date(text: str) -> tuple[str, str] | None:
    """What stands before and after the first date in a text; None where there is none."""
    text = _plain(text)
    for shape in (_NUMERIC, _CJK, _DAY_FIRST, _WORDS, _YEAR_WORDS, _SHORT_YEAR):
        for match in shape.finditer(text):
            if shape not in _IN_WORDS or (month_of(match["month"]) and (match["a"] or match["b"])):
                return text[: match.start()].strip(), text[match.end() :].strip()
    return None


def _plain(text: str) -> str:
    """One line of at most 120 characters, digits of all scripts as ASCII ones."""
    text = text.strip()[:120]
    return text if text.isascii() else "".join(_ascii_digit(sign) for sign in text)


def _ascii_digit(sign: str) -> str:
    return str(int(sign)) if sign.isdecimal() and not sign.isascii() else sign


def _read(text: str, month_first: bool) -> Moment | None:
    if _EPOCH.match(text):
        seconds = float(text) / (1000 if len(text.partition(".")[0]) == 13 else 1)
        return _moment(datetime.fromtimestamp(seconds, UTC))
    for shape in (_COMPACT, _NUMERIC, _CJK):
        if match := shape.search(text):
            return _built(match.groupdict())
    if _RFC_822.search(text):
        return _moment(parsedate_to_datetime(text))
    if match := _DAY_FIRST.search(text):
        return _built(_in_order(match.groupdict(), month_first))
    return _read_words(text) or _read_short_year(text)


def _read_words(text: str) -> Moment | None:
    for shape in _IN_WORDS:
        for match in shape.finditer(text):
            day = match["b"] or match["a"]
            if day and (month := month_of(match["month"])):
                return _built(match.groupdict() | {"month": str(month), "day": day})
    return None


def _read_short_year(text: str) -> Moment | None:
    match = _SHORT_YEAR.match(text)
    if not match:
        return None
    century = 1900 if int(match["year"]) >= _FIRST_YEAR else 2000
    return _built(match.groupdict() | {"year": str(century + int(match["year"]))})


def _in_order(found: dict[str, str | None], month_first: bool) -> dict[str, str | None]:
    """Day before month, as most of the world writes, unless only the other order is a date or the page is American."""
    swaps = month_first and found["sign"] == "/" and int(found["day"] or 0) <= 12
    if swaps or int(found["month"] or 0) > 12:
        found["day"], found["month"] = found["month"], found["day"]
    return found


def _built(found: dict[str, str | None]) -> Moment:
    day = date(int(found["year"] or 0), int(found["month"] or 0), int(found["day"] or 0))
    if not found.get("hour"):
        return Moment(day=day)
    hour, half = int(found["hour"] or 0), (found.get("half") or "").lower()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    at = time(
        hour % 24,
        int(found["minute"] or 0),
        int(found.get("second") or 0),
        tzinfo=_zone(found.get("zone") or ""),
    )
    return _moment(datetime.combine(day, at))


def _moment(clock: datetime) -> Moment:
    is_midnight = clock.hour == clock.minute == clock.second == 0
    return Moment(day=clock.date(), clock=None if is_midnight else clock)


def _zone(text: str) -> timezone | None:
    if text.lower() in _ZONES:
        return timezone(timedelta(minutes=_ZONES[text.lower()]))
    text = text.removeprefix("UTC").removeprefix("GMT")
    if text[:1] in "+-" and text:
        digits = text[1:].replace(":", "").ljust(4, "0")
        minutes = int(digits[:2]) * 60 + int(digits[2:4])
        return timezone(timedelta(minutes=minutes if text[0] == "+" else -minutes))
    return None
