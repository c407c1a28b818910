"""Moments written in numbers: which of them is the month, and what to say when nobody can tell."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

# No instrument of this notebook has a clock that was set before; 1601 and its like are empty fields.
FIRST_YEAR, LAST_YEAR = 1980, 2100
# Two digits of a year from here on are of the last century.
FIRST_SHORT_YEAR = 80
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
    year = _year(third)
    has_day_first, doubt = _order(first, second, mark, month_first)
    if has_day_first is None:
        return WrittenDay(None, f"the date {text.strip()} {doubt}")
    month, day = (int(second), int(first)) if has_day_first else (int(first), int(second))
    read = _day(text, year, month, day)
    return WrittenDay(read.day, read.doubt or (f"the date {text.strip()} {doubt}" if doubt else ""))


def _year(text: str) -> int:
    if len(text) == 4:
        return int(text)
    return int(text) + (1900 if int(text) >= FIRST_SHORT_YEAR else 2000)


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


def is_plausible(moment: date) -> bool:
    """Say whether a computer's clock may have shown a moment."""
    return FIRST_YEAR <= moment.year < LAST_YEAR


def naive_moment(text: str, *orders: str) -> datetime | None:
    """Return the moment of a text in the first order that fits; None when none does or the year is impossible."""
    for order in orders:
        try:
            moment = datetime.strptime(f"{text.strip()} +0000", f"{order} %z").replace(tzinfo=None)
        except ValueError:
            continue
        return moment if is_plausible(moment) else None
    return None


def numeric_moments(texts: Sequence[str]) -> list[datetime | None]:
    """Return the moments of dates with times in numbers; which number is the month, all of them tell together.

    Both orders give the same for 05/05, and only one is possible for 13/05. Where both stay possible and differ,
    no moment is given.
    """
    day_first = [_in_order(text, has_day_first=True) for text in texts]
    month_first = [american_moment(text) for text in texts]
    if day_first == month_first:
        return day_first
    possible = [moments for moments in (day_first, month_first) if all(moments)]
    return possible[0] if len(possible) == 1 else [None] * len(texts)


def american_moment(text: str) -> datetime | None:
    """Return the moment of a date in the American order, month first and with AM or PM."""
    return _in_order(text, has_day_first=False)


def _in_order(text: str, *, has_day_first: bool) -> datetime | None:
    day, _, clock = text.strip().replace(",", " ", 1).partition(" ")
    found = NUMBERS.match(day)
    if not found or len(found[4]) != 4:
        return None
    month, number = (found[3], found[1]) if has_day_first else (found[1], found[3])
    return moment_of(_day(text, int(found[4]), int(month), int(number)).day, clock_of(clock))


def _day(text: str, year: int, month: int, day: int) -> WrittenDay:
    try:
        found = date(year, month, day)
    except ValueError:
        found = None
    if found is None or not is_plausible(found):
        return WrittenDay(None, f"the date “{text.strip()[:40]}” cannot be right; it is kept as written")
    return WrittenDay(found)
