"""Days written in numbers alone: which of them is the month, and what to say when nobody can tell."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time

NUMBERS = re.compile(r"\s*(\d{1,4})([./-])\s?(\d{1,2})\2\s?(\d{1,4})\.?\s*$")
CLOCK = re.compile(r"\s*(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,](\d{1,9}))?\s*([AaPp]\.?\s?[Mm])?\.?(\d{1,9})?\s*$")


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """The day that numbers mean; without one, `doubt` says why."""

    day: date | None
    doubt: str = ""


def day_of(text: str, *, month_first: str = "") -> WrittenDay:
    """Return the day of a date in numbers, as far as the text shows its order.

    `month_first` has the marks between numbers that the program at hand is known to write month first.
    """
    found = NUMBERS.match(text)
    if not found:
        return WrittenDay(None, f"the date “{text[:40]}” is not understood; it is kept as written")
    first, mark, second, third = found.groups()
    if len(first) == 4:
        return _day(text, int(first), int(second), int(third))
    if len(third) not in {2, 4}:
        return _day(text, 0, 0, 0)
    year = int(third) + (2000 if len(third) == 2 else 0)
    has_day_first, doubt = _order(first, second, mark, month_first)
    if has_day_first is None:
        return WrittenDay(None, f"the date {text.strip()} {doubt}")
    month, day = (int(second), int(first)) if has_day_first else (int(first), int(second))
    read = _day(text, year, month, day)
    return WrittenDay(read.day, read.doubt or (f"the date {text.strip()} {doubt}" if doubt else ""))


def _order(first: str, second: str, mark: str, month_first: str) -> tuple[bool | None, str]:
    """Say whether the day leads, and what a person should know of that; None when nobody can tell."""
    if int(first) > 12 or mark == "." or first == second:
        return True, ""
    if int(second) > 12:
        return False, ""
    if mark in month_first:
        return False, "was read with the month first"
    # Where slashes are written month first, months have no leading zero; where the day leads, it usually has one.
    if mark == "/" and first.startswith("0"):
        return True, "was read with the day first"
    return None, "may have the day or the month first; it is kept as written"


def clock_of(text: str) -> time | None:
    """Return the time of day in 24 or 12 hours, the fraction of a second before or behind the half of the day."""
    found = CLOCK.match(text)
    if not found:
        return None
    hour, minute, second, before, half, behind = found.groups()
    fraction = (before or behind or "0")[:6]
    hours = int(hour)
    if half:
        hours = hours % 12 + (12 if half[0] in "pP" else 0)
    try:
        return time(hours, int(minute), int(second or 0), int(fraction.ljust(6, "0")))
    except ValueError:
        return None


def moment_of(day: date | None, clock: time | None) -> datetime | None:
    """Return day and time as one naive moment, when both are known."""
    return datetime.combine(day, clock) if day and clock else None


def _day(text: str, year: int, month: int, day: int) -> WrittenDay:
    try:
        found = date(year, month, day)
    except ValueError:
        found = None
    # 1601 and its like are clocks that were never set.
    if found is None or not 1980 <= found.year < 2100:
        return WrittenDay(None, f"the date “{text.strip()[:40]}” cannot be right; it is kept as written")
    return WrittenDay(found)
