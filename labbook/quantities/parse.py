"""Typed text to a quantity or a range in the one unit its field is stored in."""

import re
from decimal import Decimal

from labbook.quantities.errors import QuantityError, echo
from labbook.quantities.numerals import SIGNED, UNSIGNED, as_written, keepable, plain_text, read_number
from labbook.quantities.unit_table import DIMENSIONS
from labbook.quantities.units import convert, convert_difference, known_unit, shown_unit
from labbook.quantities.values import Quantity, QuantityRange

_UNIT = r"(?!(?:to|bis)\b)(?:[^\W\d_]|[%°µμ×Å/ℓ])[^\s±()–—…,;]*(?: (?:g|[a-zA-Zµμ]+(?:-|⁻)[1-3¹²³]))?"
_VALUE = re.compile(rf"(?P<number>{SIGNED})(?P<digits>\(\d+\)(?:[eE][-+]?\d+)?)? ?(?P<unit>{_UNIT})?")
_STDERR = re.compile(rf" ?(?:±|\+ ?/ ?-|\+-) ?(?P<number>{UNSIGNED}) ?(?P<unit>{_UNIT})?")
_BRACKETED = re.compile(r"\((?P<inside>[^()]+)\) ?(?P<unit>.*)")
_BETWEEN = re.compile(r" ?(?:\.\.+|…|–|—|-|to |bis ) ?")
_CLOCK = re.compile(r"(?:(?P<h>\d+) ?h ?)?(?:(?P<min>\d+) ?min ?)?(?:(?P<s>\d+(?:[.,]\d+)?) ?s)?")


def parse_quantity(text: str, unit: str, *, typed_in: str = "", density_g_per_ml: Decimal | None = None) -> Quantity:
    """Return what was typed, in `unit`; a number without a unit is in `typed_in`, else in `unit`.

    Raises QuantityError with a sentence for the person; UnknownUnit asks, nothing is guessed.
    """
    line = plain_text(text)
    if clock := _clock_time(line, unit):
        return Quantity(clock, None, unit, as_written(text))
    bracketed = _BRACKETED.fullmatch(line)
    value, stderr, value_unit, stderr_unit = _split(
        f"{bracketed['inside']} {bracketed['unit']}".strip() if bracketed else line
    )
    # "2.3 ± 0.1 ns" and "2.3 ns ± 0.1" mean the one unit that was written.
    value_unit = value_unit or stderr_unit or typed_in or unit
    stderr_unit = stderr_unit or value_unit
    return Quantity(
        _stored(convert(value, value_unit, unit, density_g_per_ml=density_g_per_ml), unit),
        None
        if stderr is None
        else keepable(convert_difference(stderr, stderr_unit, unit, density_g_per_ml=density_g_per_ml), unit),
        unit,
        as_written(text),
    )


def parse_range(text: str, unit: str, *, typed_in: str = "") -> QuantityRange:
    """Return a planned value or range in `unit`: `140–220 °C`, `5 to 10 min`, `120 ± 10 °C`, `160`.

    Raises QuantityError. The unit after the second number holds for both unless the first has its own.
    """
    line = plain_text(text)
    ends = _ends(line)
    if ends is None:
        single = parse_quantity(line, unit, typed_in=typed_in)
        spread = single.stderr or Decimal(0)
        return QuantityRange(single.value - spread, single.value + spread, unit, as_written(text))
    low, low_unit, high, high_unit = ends
    high_unit = high_unit or low_unit or typed_in or unit
    stored_low = _stored(convert(low, low_unit or high_unit, unit), unit)
    stored_high = _stored(convert(high, high_unit, unit), unit)
    if stored_low > stored_high:
        raise QuantityError(f"“{echo(line)}” starts above its end. Write the lower value first.")
    return QuantityRange(stored_low, stored_high, unit, as_written(text))


def _ends(line: str) -> tuple[Decimal, str, Decimal, str] | None:
    """Return both ends of a range and their units as typed, or None when the line is no range."""
    first = _VALUE.match(line)
    between = _BETWEEN.match(line, first.end()) if first else None
    second = _VALUE.fullmatch(line, between.end()) if between else None
    if first is None or second is None or first["digits"] or second["digits"]:
        return None
    return read_number(first["number"]), first["unit"] or "", read_number(second["number"]), second["unit"] or ""


def _split(line: str) -> tuple[Decimal, Decimal | None, str, str]:
    """Return value, standard error and the two units as typed."""
    found = _VALUE.match(line)
    if found is None:
        raise QuantityError(f"“{echo(line)}” is not a number.")
    value = read_number(found["number"])
    rest = line[found.end() :]
    if found["digits"]:
        if rest:
            raise _not_understood(line)
        return *_with_last_digits(found["number"], found["digits"]), found["unit"] or "", ""
    if not rest:
        return value, None, found["unit"] or "", ""
    stderr = _STDERR.fullmatch(rest)
    if stderr is None:
        raise _not_understood(line)
    return value, read_number(stderr["number"]), found["unit"] or "", stderr["unit"] or ""


def _with_last_digits(number: str, digits: str) -> tuple[Decimal, Decimal]:
    """Return value and standard error of 2.30(15)e-3: the bracket counts units of the last digit."""
    bracket, _, power = digits.partition(")")
    value = read_number(number)
    decimals = value.as_tuple().exponent
    stderr = Decimal(bracket[1:]).scaleb(int(decimals))
    return read_number(f"{value}{power}"), stderr.scaleb(int(power[1:] or 0))


def _not_understood(line: str) -> QuantityError:
    if _ends(line):
        return QuantityError(f"“{echo(line)}” is a range. Type one value.")
    return QuantityError(f"“{echo(line)}” is not one number with a unit. Write it like 2.3 ± 0.1.")


def _clock_time(line: str, unit: str) -> Decimal | None:
    """Return 1 h 30 min in `unit`, or None when the line is not written in two or three units of time."""
    found = _CLOCK.fullmatch(line) if known_unit(unit).dimension == "time" else None
    parts = [(name, part) for name, part in found.groupdict().items() if part] if found else []
    if len(parts) < 2:
        return None
    return sum((convert(read_number(part), name, unit) for name, part in parts), Decimal(0))


def _stored(value: Decimal, unit: str) -> Decimal:
    """Return the value if its unit allows it: pieces are whole, nothing is colder than absolute zero."""
    row = known_unit(unit)
    if row.dimension == "count" and value != value.to_integral_value():
        raise QuantityError("Pieces are counted: type a whole number.")
    if row.dimension == "temperature" and value * row.factor + row.offset < 0:
        raise QuantityError(f"{DIMENSIONS['temperature'][0].capitalize()} cannot be below absolute zero, −273.15 °C.")
    return keepable(value, shown_unit(unit))
