"""When a JCAMP-DX block was measured: one long date, or a date and a time in records of their own."""

import re
from datetime import date, datetime, timedelta, timezone

from measurements.readers.jcamp_dx.records import Block
from measurements.readers.parts.written_date import clock_of, day_of, moment_of, naive_moment
from measurements.readers.recording import Caution, Instant, Zone

LONG = re.compile(
    r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})"
    r"(?:\s+(?P<clock>\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?))?"
    r"(?:\s*(?P<sign>[+-])(?P<hours>\d{2}):?(?P<minutes>\d{2}))?\s*$"
)
WITH_NAMED_MONTH = ("%d %b %Y %H:%M:%S", "%d-%b-%Y %H:%M:%S")
SHORT = re.compile(r"(?P<year>\d{2}|\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})\s*$")


def measured_of(block: Block) -> tuple[Instant | None, tuple[Caution, ...]]:
    """Return the block's moment; a day without a time, or one that cannot be, is kept as written."""
    written = block.text("LONGDATE")
    if written:
        return _long(written)
    day, clock = block.text("DATE"), block.text("TIME")
    if not day:
        return None, ()
    written = f"{day} {clock}".strip()
    found = SHORT.match(day)
    known = _day(found) if found else None
    if known is not None:
        return Instant(written, moment_of(known, clock_of(clock))), ()
    named = naive_moment(written, *WITH_NAMED_MONTH)
    if named is not None:
        return Instant(written, named), ()
    other = day_of(day)
    said = (Caution(other.doubt),) if other.doubt else ()
    return Instant(written, moment_of(other.day, clock_of(clock))), said


def _long(written: str) -> tuple[Instant, tuple[Caution, ...]]:
    found = LONG.match(written)
    day = _day(found) if found else None
    if found is None or day is None:
        return Instant(written, None), (Caution(f"the date “{written[:40]}” is not understood; it is kept as written"),)
    moment = moment_of(day, clock_of(found["clock"] or ""))
    if moment is None or not found["sign"]:
        return Instant(written, moment), ()
    return _aware(written, moment, found), ()


def _aware(written: str, moment: datetime, found: re.Match[str]) -> Instant:
    offset = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"]))
    if offset >= timedelta(hours=24):
        return Instant(written, moment)
    zone = timezone(-offset if found["sign"] == "-" else offset)
    return Instant(written, moment.replace(tzinfo=zone), Zone.STATED)


def _day(found: re.Match[str]) -> date | None:
    """Return the day, year first; two digits of a year mean 1970 to 2069."""
    year = int(found["year"])
    if len(found["year"]) == 2:
        year += 2000 if year < 70 else 1900
    try:
        day = date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    return day if 1960 <= day.year < 2100 else None
