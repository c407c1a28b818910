"""Quantities as people read them: true minus, narrow spaces, value and error rounded together."""

from decimal import ROUND_HALF_EVEN, Decimal

from labbook.quantities.units import shown_unit

MINUS = "\u2212"
# No line break between a number and its unit, and between groups of three digits.
NARROW_SPACE = "\u202f"


def show(value: Decimal, unit: str = "", stderr: Decimal | None = None, decimals: int | None = None) -> str:
    """Return "2.30 ± 0.15 ns", "−25 °C" or "0.2497 g" with the unit as people write it.

    With a standard error both are rounded to its first significant digit, or first two when the
    first is a 1; else to `decimals`, else the value is shown as it is, without trailing zeros.
    """
    if stderr:
        places = -last_digit_kept(stderr)
        number = f"{show_number(value, places)} ± {show_number(stderr, places)}"
    else:
        number = show_number(value, decimals)
    return _with_unit(number, unit)


def show_range(low: Decimal, high: Decimal, unit: str = "", decimals: int | None = None) -> str:
    """Return "140–220 °C", or one value when both ends are equal; negative ends are joined by "to"."""
    if low == high:
        return show(low, unit, decimals=decimals)
    joined = " to " if low < 0 else "–"
    return _with_unit(f"{show_number(low, decimals)}{joined}{show_number(high, decimals)}", unit)


def show_difference(difference: Decimal, unit: str = "", decimals: int | None = None) -> str:
    """Return a deviation with its sign: "+10 °C", "−0.1 ml", "±0 °C"."""
    shown = show(difference, unit, decimals=decimals)
    if shown.startswith(MINUS):
        return shown
    return f"{'+' if any(digit in '123456789' for digit in shown) else '±'}{shown}"


def show_number(value: Decimal, decimals: int | None = None) -> str:
    """Return a number with a true minus and digits grouped from five on, rounded to `decimals` if given.

    Negative `decimals` round to tens, hundreds and so on.
    """
    rounded = value if decimals is None else value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)
    written = f"{rounded:f}"
    if decimals is None and "." in written:
        written = written.rstrip("0").rstrip(".")
    negative = written.startswith("-") and any(digit in "123456789" for digit in written)
    whole, point, fraction = written.lstrip("-").partition(".")
    grouped = f"{int(whole):,}".replace(",", NARROW_SPACE) if len(whole) > 4 else whole
    return f"{MINUS if negative else ''}{grouped}{point}{fraction}"


def last_digit_kept(stderr: Decimal) -> int:
    """Return the power of ten of the last digit that a standard error lets us keep."""
    first = stderr.adjusted()
    # 0.096 rounds up to 0.10, whose first digit is a 1 again: both of its digits stay.
    rounded = stderr.quantize(Decimal(1).scaleb(first), ROUND_HALF_EVEN)
    if rounded.adjusted() > first:
        return first
    return first - 1 if stderr.as_tuple().digits[0] == 1 else first


def _with_unit(number: str, unit: str) -> str:
    if not unit:
        return number
    shown = "pieces" if unit == "piece" and number != "1" else shown_unit(unit)
    return f"{number}{NARROW_SPACE}{shown}"
