"""Typed dates and times to one moment and the precision it is known to."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from labbook.quantities.errors import MomentError, echo
from labbook.quantities.values import Moment, MomentPrecision

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_EXAMPLE = "Write it like 2026-02-16 10:20."
# A clock that runs a little ahead is no mistake.
FUTURE_TOLERANCE = timedelta(minutes=5)
_FIRST_YEAR = 1900
_LONGEST_TEXT = 60

_TIME = r"(?P<time>\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?) ?(?P<zone>[zZ]|[+-]\d{2}:?\d{2})?"
_DAYS = (
    re.compile(r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\. ?(?P<year>\d{4})"),
    re.compile(r"(?P<day>\d{1,2})(?:\.|st|nd|rd|th)? (?P<name>[a-z]{3,9})\.?,? (?P<year>\d{4})"),
    re.compile(r"(?P<name>[a-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})"),
)
_EITHER_ORDER = re.compile(r"(?P<first>\d{1,2})([/-])(?P<second>\d{1,2})\2(?P<year>\d{4})")
_WHOLE = re.compile(rf"(?P<day>.*?)(?:(?:^|, ?| |(?<=\d)[tT]){_TIME})?")


def parse_moment(text: str, *, zone: tzinfo, now: datetime) -> Moment:
    """Return the moment that was typed; one without a zone is in `zone`, a time without a date is today.

    Raises MomentError: not a date, a day that can be read two ways, more than five minutes in the
    future, or a time that summer time skips or repeats.
    """
    if len(text) > _LONGEST_TEXT:
        raise _not_understood(text)
    line = " ".join(text.replace("−", "-").split())
    found = _WHOLE.fullmatch(line)
    if not line or found is None:
        raise _not_understood(line)
    today = now.astimezone(zone).date()
    day = _day(found["day"].lower(), today)
    if found["time"] is None:
        return _known_to_the_day(day, zone, today)
    clock, precision = _clock(found["time"])
    at = _in_zone(datetime.combine(day, clock), found["zone"], zone)
    if at > now + FUTURE_TOLERANCE:
        raise MomentError(f"{show_moment(Moment(at, precision), zone)} is in the future.")
    return Moment(at, precision)


def show_moment(moment: Moment, zone: tzinfo) -> str:
    """Return "16 Feb 2026", "16 Feb 2026, 10:20" or "16 Feb 2026, 10:20:07" in `zone`."""
    at = moment.at.astimezone(zone)
    day = f"{at.day} {_MONTHS[at.month - 1][:3].capitalize()} {at.year}"
    if moment.precision == "day":
        return day
    return f"{day}, {at:%H:%M}" if moment.precision == "minute" else f"{day}, {at:%H:%M:%S}"


def _not_understood(line: str) -> MomentError:
    return MomentError(f"“{echo(line)}” is not a date. {_EXAMPLE}" if line else f"Type a date. {_EXAMPLE}")


def _day(words: str, today: date) -> date:
    if words in {"", "today"}:
        return today
    if words == "yesterday":
        return today - timedelta(days=1)
    for pattern in _DAYS:
        if found := pattern.fullmatch(words):
            parts = found.groupdict()
            month = _month(parts["name"], words) if "name" in parts else int(parts["month"])
            return _date(int(parts["year"]), month, int(parts["day"]), words)
    if found := _EITHER_ORDER.fullmatch(words):
        return _day_of_either_order(int(found["first"]), int(found["second"]), int(found["year"]), words)
    raise _not_understood(words)


def _month(name: str, words: str) -> int:
    wanted = "sep" if name == "sept" else name
    for number, month in enumerate(_MONTHS, 1):
        if wanted in {month, month[:3]}:
            return number
    raise _not_understood(words)


def _day_of_either_order(first: int, second: int, year: int, words: str) -> date:
    """Return 25/04/2026, which can be read one way only; ask about 03/04/2026."""
    if first <= 12 and second <= 12 and first != second:
        one, other = _date(year, second, first, words), _date(year, first, second, words)
        raise MomentError(
            f"“{echo(words)}” can be {_named(one)} or {_named(other)}. Write {one.isoformat()} or {other.isoformat()}."
        )
    return _date(year, second, first, words) if first > 12 else _date(year, first, second, words)


def _named(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1].capitalize()}"


def _date(year: int, month: int, day: int, words: str) -> date:
    if year < _FIRST_YEAR:
        raise MomentError(f"“{echo(words)}” lies before {_FIRST_YEAR}. {_EXAMPLE}")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise MomentError(f"“{echo(words)}” is no day of the calendar. {_EXAMPLE}") from error


def _known_to_the_day(day: date, zone: tzinfo, today: date) -> Moment:
    # Through UTC, because the first minute of a day may be one that summer time skips.
    at = datetime.combine(day, time(), zone).astimezone(UTC).astimezone(zone)
    moment = Moment(at, "day")
    if day > today:
        raise MomentError(f"{show_moment(moment, zone)} is in the future.")
    return moment


def _clock(text: str) -> tuple[time, MomentPrecision]:
    hours, minutes, *rest = text.replace(",", ".").split(":")
    seconds, _, fraction = (rest[0] if rest else "0").partition(".")
    try:
        clock = time(int(hours), int(minutes), int(seconds), int(fraction[:6].ljust(6, "0")))
    except ValueError as error:
        raise MomentError(f"“{echo(text)}” is no time of the day. {_EXAMPLE}") from error
    return clock, "second" if rest else "minute"


def _in_zone(naive: datetime, offset: str | None, zone: tzinfo) -> datetime:
    """Return the aware moment; a clock time that summer time skips or repeats needs an offset."""
    if offset:
        return naive.replace(tzinfo=_fixed(offset)).astimezone(zone)
    first, second = naive.replace(tzinfo=zone), naive.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != naive:
        raise MomentError(f"{naive:%H:%M} does not exist on {_named(naive)}: the clocks went forward.")
    raise MomentError(
        f"{naive:%H:%M} happened twice on {_named(naive)}, when the clocks went back. "
        f"Add the offset: {_with_offset(first)} or {_with_offset(second)}."
    )


def _with_offset(at: datetime) -> str:
    offset = f"{at:%z}"
    return f"{at:%H:%M}{offset[:3]}:{offset[3:5]}"


def _fixed(offset: str) -> timezone:
    if offset in "zZ":
        return UTC
    hours, minutes = int(offset[1:3]), int(offset[-2:])
    if hours > 14 or minutes > 59:
        raise MomentError(f"“{echo(offset)}” is no offset from UTC. {_EXAMPLE}")
    return timezone((1 if offset[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))
