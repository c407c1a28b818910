"""A number as people write it: decimal comma or point, grouped digits, true minus, powers of ten."""

import re
from decimal import Decimal, InvalidOperation

from labbook.quantities.errors import QuantityError, echo

LONGEST_TEXT = 60
MOST_DIGITS = 18
# What the columns of values and amounts hold in their storage unit.
KEPT_DIGITS = 10
KEPT_DECIMALS = 8
_GROUPS = re.compile(r"\d{1,3}( \d{3})+")

# One number, without sign of its own; digits may be grouped by single spaces.
_DIGITS = r"(?:\d{1,3}(?: \d{3})+(?:[.,]\d*)?|\d+(?:[.,]\d+)*(?:[.,](?![.,\d]))?|[.,]\d+)"
_EXPONENT = r"(?:[eE][-+]?\d+| ?[x×·*] ?10(?:\^?[-+]?\d+))?"
UNSIGNED = _DIGITS + _EXPONENT
SIGNED = rf"[-+]?{UNSIGNED}"
_POWER = re.compile(r" ?[x×·*] ?10\^?")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")


def plain_text(text: str) -> str:
    """Return a typed line with single plain spaces and a plain minus; raises QuantityError on what cannot be a number.

    Superscripts stay as they are: `10⁻³` is read where a power is expected, `cm²` where a unit is.
    """
    if len(text) > 10 * LONGEST_TEXT:
        raise QuantityError(f"That is too long for a number: {len(text)} characters.")
    line = " ".join(text.split()).replace("−", "-")
    if not line:
        raise QuantityError("Type a number.")
    if len(line) > LONGEST_TEXT:
        raise QuantityError(f"That is too long for a number: at most {LONGEST_TEXT} characters.")
    return re.sub(r"(?<=10)[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda power: power[0].translate(_SUPERSCRIPTS), line)


def as_written(text: str) -> str:
    """Return the typed text as it is kept: on one line, otherwise untouched."""
    return " ".join(text.split())


def read_number(text: str) -> Decimal:
    """Return the exact value of one number; raises QuantityError.

    A single comma or point is the decimal mark, so `1,234` is 1.234. With both, the last one is the
    decimal mark and the other groups thousands: `1,234.5` and `1.234,5` are 1234.5. A mark that occurs
    more than once groups thousands.
    """
    mantissa, mark, exponent = _POWER.sub("e", text.strip()).lower().partition("e")
    try:
        value = Decimal(_with_point(mantissa) + mark + exponent)
    except InvalidOperation as error:
        raise QuantityError(f"“{echo(text)}” is not a number.") from error
    return within_limits(value)


def within_limits(value: Decimal) -> Decimal:
    """Return the value if it is finite and has at most 18 digits; raises QuantityError."""
    if not value.is_finite() or value.adjusted() >= MOST_DIGITS or len(value.as_tuple().digits) > MOST_DIGITS:
        raise QuantityError(f"That number is too large: at most {MOST_DIGITS} digits.")
    if value and value.adjusted() < -MOST_DIGITS:
        raise QuantityError(f"That number is too small: at most {MOST_DIGITS} decimals.")
    return value


def keepable(value: Decimal, unit: str) -> Decimal:
    """Return a converted value if a record can hold it: ten digits before the point, eight after it."""
    if value.adjusted() >= KEPT_DIGITS:
        raise QuantityError(f"That is too large: at most {KEPT_DIGITS} digits in {unit or 'a plain number'}.")
    if value and value.adjusted() < -KEPT_DECIMALS:
        raise QuantityError(f"That is too small: at most {KEPT_DECIMALS} decimals in {unit or 'a plain number'}.")
    return value


def _with_point(digits: str) -> str:
    """Return the digits with a point as decimal mark and no group marks."""
    commas, points = digits.count(","), digits.count(".")
    if commas and points:
        decimal_mark = max(",.", key=digits.rfind)
        return _grouped(digits, ",.".replace(decimal_mark, ""), decimal_mark)
    if commas > 1 or points > 1:
        return _grouped(digits, "," if commas else ".", "")
    return digits.replace(" ", "").replace(",", ".")


def _grouped(digits: str, group_mark: str, decimal_mark: str) -> str:
    whole, _, decimals = digits.partition(decimal_mark) if decimal_mark else (digits, "", "")
    if not _GROUPS.fullmatch(whole.lstrip("+-").replace(group_mark, " ")) or " " in whole or not _is_plain(decimals):
        raise QuantityError(f"“{echo(digits)}” mixes commas and points. Write it with one decimal point.")
    return f"{whole.replace(group_mark, '')}.{decimals or 0}"


def _is_plain(decimals: str) -> bool:
    return not decimals or decimals.isdigit()
