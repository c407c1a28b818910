"""When a scan began, as programs of diffractometers write it: ISO with an offset, or a local time month first."""

import re
from datetime import UTC, date, datetime, time, timedelta

from measurements.readers.recording import Caution, Instant, Zone

MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "mrz": 3, "mär": 3, "apr": 4, "may": 5, "mai": 5, "jun": 6, "jul": 7, "aug": 8,
    "sep": 9, "oct": 10, "okt": 10, "nov": 11, "dec": 12, "dez": 12,
}  # fmt: skip
NAMED = re.compile(r"(\d{1,2})[- .]+([A-Za-zä]{3})[A-Za-z]*[- .]+(\d{2,4})\b")
MONTH_FIRST = re.compile(r"\b([A-Za-zä]{3})[A-Za-z]*\.? (\d{1,2}),? (\d{4})\b")
SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{2,4})\b")
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{2,4})\b")
YEAR_FIRST = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})\b")
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*([AaPp][Mm])?")
# Earlier and later years are clocks that were never set.
FIRST_YEAR, LAST_YEAR = 1980, 2100
TWO_DIGIT_YEAR_TURN = 70


def scan_moment(written: str) -> tuple[Instant | None, tuple[Caution, ...]]:
    """Return the moment that a text means, None for no text; one that cannot be is kept as text, with a caution."""
    text = " ".join(written.split())
    if not text:
        return None, ()
    moment = _iso(text) or _local(text)
    if moment is None or not FIRST_YEAR <= moment.year < LAST_YEAR:
        said = Caution(f"the date “{text[:40]}” cannot be right or is not understood; it is kept as written")
        return Instant(text, None), (said,)
    return Instant(text, moment, _zone(moment)), ()


def _iso(text: str) -> datetime | None:
    if "T" not in text:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _local(text: str) -> datetime | None:
    day, clock = _day(text), CLOCK.search(text)
    if day is None:
        return None
    try:
        year, month, number = day
        return datetime.combine(date(year, month, number), _time(clock) if clock else time())
    except ValueError:
        return None


def _day(text: str) -> tuple[int, int, int] | None:
    if found := YEAR_FIRST.search(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := NAMED.search(text):
        return _year(found[3]), MONTHS.get(found[2].lower(), 0), int(found[1])
    if found := MONTH_FIRST.search(text):
        return int(found[3]), MONTHS.get(found[1].lower(), 0), int(found[2])
    if found := DOTTED.search(text):
        return _year(found[3]), int(found[2]), int(found[1])
    if found := SLASHED.search(text):
        first, second = int(found[1]), int(found[2])
        # These programs write the month first; only a first number above twelve says otherwise.
        return (_year(found[3]), second, first) if first > 12 else (_year(found[3]), first, second)
    return None


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (1900 if year >= TWO_DIGIT_YEAR_TURN else 2000)


def _time(found: re.Match[str]) -> time:
    hour = int(found[1])
    if found[4]:
        hour = hour % 12 + (12 if found[4].lower() == "pm" else 0)
    return time(hour, int(found[2]), int(found[3] or 0))


def _zone(moment: datetime) -> Zone:
    if moment.tzinfo is None:
        return Zone.NOT_STATED
    return Zone.UTC if moment.tzinfo is UTC or moment.utcoffset() == timedelta() else Zone.STATED
