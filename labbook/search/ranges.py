"""Reads the values of a token: numbers with units, durations, days, and ranges of all three."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

from labbook.quantities import MomentError, QuantityError, convert, parse_quantity, parse_range, show, show_range
from labbook.quantities.errors import echo
from labbook.search.keys import Clock, Interval, SearchKey

_COMPARED = re.compile(r"(?P<sign>>=|<=|≥|≤|>|<)\s*(?P<rest>.+)")
_ENDS = re.compile(r"(?P<low>.*?)\.\.+(?P<high>.*)")
_TYPED = re.compile(r"(?P<number>[-−+]?\d+(?:[.]\d+)?)\s*(?P<unit>\D*)")
_DURATION = re.compile(r"(?P<number>\d+(?:[.]\d+)?)\s*(?P<unit>h|d|days?|w|weeks?|mo|months?|y|years?)?")
_DAYS_IN = {"h": 1 / 24, "d": 1, "w": 7, "m": 30, "y": 365}
_DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?")

NOT_A_NUMBER = "“{}” is not a number or a range. Write it like {}."


def number_interval(value: str, key: SearchKey, _clock: Clock) -> tuple[Interval, str]:
    """Return an interval in the key's unit and how it is said; raises QuantityError.

    A single number means everything that rounds to it: 9 is 8.5 to 9.5, 9.0 is 8.95 to 9.05.
    """
    if compared := _COMPARED.fullmatch(value):
        end = parse_quantity(compared["rest"], key.unit).value
        return _one_sided(compared["sign"], float(end), show(end, key.unit))
    ends = _ENDS.fullmatch(value)
    if ends and ends["low"] and ends["high"]:
        both = parse_range(f"{ends['low']} – {ends['high']}", key.unit)
        return Interval(float(both.low), float(both.high)), show_range(both.low, both.high, key.unit)
    if ends:
        sign, rest = (">=", ends["low"]) if ends["low"] else ("<=", ends["high"])
        end = parse_quantity(rest, key.unit).value
        return _one_sided(sign, float(end), show(end, key.unit))
    return _rounded(value, key)


def duration_interval(value: str, key: SearchKey, clock: Clock) -> tuple[Interval, str]:
    """Return the moments, as seconds since 1970, from which this long has passed; raises QuantityError."""

    def moment(days: float) -> float:
        return (clock.now - timedelta(days=days)).timestamp()

    days, said = _ends_of(value, lambda text: _days(text, key), "d")
    # A longer time lies further back.
    return Interval(
        None if days.high is None else moment(days.high),
        None if days.low is None else moment(days.low),
        days.high_is_out,
        days.low_is_out,
    ), said


def day_interval(value: str, key: SearchKey, clock: Clock) -> tuple[Interval, str]:
    """Return the moments, as seconds since 1970, of a day, month, year or a range of them; raises QuantityError."""
    if compared := _COMPARED.fullmatch(value):
        start, end = _span(compared["rest"], key, clock)
        sign, said = compared["sign"], compared["rest"]
        if sign in (">", ">=", "≥"):
            return Interval(low=end if sign == ">" else start), f"{'after' if sign == '>' else 'from'} {said}"
        high = start if sign == "<" else end
        return Interval(high=high, high_is_out=True), f"{'before' if sign == '<' else 'until'} {said}"
    if ends := _ENDS.fullmatch(value):
        first = _span(ends["low"], key, clock)[0] if ends["low"] else None
        last = _span(ends["high"], key, clock)[1] if ends["high"] else None
        return Interval(first, last, high_is_out=True), f"{ends['low'] or '…'} to {ends['high'] or '…'}"
    start, end = _span(value, key, clock)
    return Interval(start, end, high_is_out=True), value


def _rounded(value: str, key: SearchKey) -> tuple[Interval, str]:
    typed = _TYPED.fullmatch(value.replace("−", "-"))
    if typed is None:
        raise QuantityError(NOT_A_NUMBER.format(echo(value), key.example))
    number, unit = Decimal(typed["number"]), typed["unit"].strip() or key.unit
    half = Decimal(1).scaleb(int(number.as_tuple().exponent)) / 2
    low, high = (convert(number + part, unit, key.unit) for part in (-half, half))
    return Interval(float(min(low, high)), float(max(low, high))), show(number, unit)


def _one_sided(sign: str, end: float, said: str) -> tuple[Interval, str]:
    is_out = sign in (">", "<")
    if sign in (">", ">=", "≥"):
        return Interval(low=end, low_is_out=is_out), f"more than {said}" if is_out else f"{said} or more"
    return Interval(high=end, high_is_out=is_out), f"less than {said}" if is_out else f"{said} or less"


def _ends_of(value: str, read: Callable[[str], float], unit: str) -> tuple[Interval, str]:
    """Return the interval of a comparison, a range or a single whole step."""
    if compared := _COMPARED.fullmatch(value):
        end = read(compared["rest"])
        return _one_sided(compared["sign"], end, f"{end:g} {unit}")
    if ends := _ENDS.fullmatch(value):
        if ends["low"] and ends["high"]:
            low, high = read(ends["low"]), read(ends["high"])
            return Interval(low, high), f"{low:g}–{high:g} {unit}"
        sign, rest = (">=", ends["low"]) if ends["low"] else ("<=", ends["high"])
        return _one_sided(sign, read(rest), f"{read(rest):g} {unit}")
    end = read(value)
    return Interval(end, end + 1, high_is_out=True), f"{end:g} {unit}"


def _days(text: str, key: SearchKey) -> float:
    found = _DURATION.fullmatch(text.strip().lower())
    if found is None:
        raise QuantityError(NOT_A_NUMBER.format(echo(text), key.example))
    days = float(found["number"]) * _DAYS_IN[(found["unit"] or "d")[0]]
    if days > 36_500:
        raise QuantityError("That is more than a hundred years.")
    return days


def _span(text: str, key: SearchKey, clock: Clock) -> tuple[float, float]:
    """Return the first moment of a day, month or year and the first moment after it."""
    text = text.strip().lower()
    today = clock.now.astimezone(clock.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    if text in ("today", "yesterday"):
        start = today if text == "today" else today - timedelta(days=1)
        return start.timestamp(), (start + timedelta(days=1)).timestamp()
    found = _DAY.fullmatch(text)
    if found is None:
        raise MomentError(f"“{echo(text)}” is not a day. Write it like {key.example}.")
    year, month, day = (int(found[name]) if found[name] else 0 for name in ("year", "month", "day"))
    try:
        start = datetime(year, month or 1, day or 1, tzinfo=clock.zone)
        if day:
            end = start + timedelta(days=1)
        elif month:
            end = start.replace(year=year + month // 12, month=month % 12 + 1)
        else:
            end = start.replace(year=year + 1)
        return start.timestamp(), end.timestamp()
    except (ValueError, OverflowError, OSError) as error:
        raise MomentError(f"There is no day “{echo(text)}”.") from error
