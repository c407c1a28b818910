"""Moments as instrument programs write them: read by the order they use, and left open where it cannot be known."""

import re
from collections.abc import Sequence
from datetime import datetime

# No instrument of this notebook has a clock that was set before; such a date is an empty field.
FIRST_YEAR, LAST_YEAR = 1980, 2100
NUMERIC = re.compile(
    r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}),?\s+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?:\s*([AaPp])\.?[Mm]\.?)?$"
)


def is_plausible(moment: datetime) -> bool:
    """Say whether a computer's clock may have shown a moment."""
    return FIRST_YEAR <= moment.year <= LAST_YEAR


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
    """Return the moments of dates in digits; whether the day or the month stands first, all of them tell together.

    Both orders give the same for 05/05, and only one is possible for 13/05. Where both stay possible and differ,
    no moment is given.
    """
    day_first = [_moment(text, month_first=False) for text in texts]
    month_first = [_moment(text, month_first=True) for text in texts]
    if day_first == month_first:
        return day_first
    possible = [moments for moments in (day_first, month_first) if all(moments)]
    return possible[0] if len(possible) == 1 else [None] * len(texts)


def american_moment(text: str) -> datetime | None:
    """Return the moment of a date in the American order, month first and with AM or PM."""
    return _moment(text, month_first=True)


def _moment(text: str, *, month_first: bool) -> datetime | None:
    found = NUMERIC.match(text.strip())
    if not found:
        return None
    first, second, year, hour, minute, second_of_minute = (int(part or 0) for part in found.groups()[:6])
    if half := found[7]:
        hour = hour % 12 + (12 if half in "Pp" else 0)
    month, day = (first, second) if month_first else (second, first)
    clock = f"{year:04} {month:02} {day:02} {hour:02}:{minute:02}:{second_of_minute:02}"
    return naive_moment(clock, "%Y %m %d %H:%M:%S")
