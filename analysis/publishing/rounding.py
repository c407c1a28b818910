"""Value and error rounded together as papers print them: to the error's first digit, or first two from a 1."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from statistics import median_low

from labbook.quantities.show import MINUS, last_digit_kept, show_number

MISSING = "–"
OPEN = "∞"
# A value without an error says nothing of its digits; four are what the field prints.
DIGITS_WITHOUT_ERROR = 4
# From 0.001 to 9999 a number is read as it stands; beyond, the column's head carries a power of ten.
PLAIN_EXPONENTS = range(-3, 4)
# What a decimal holds; a number of more digits is cut to them.
MOST_DIGITS = 27


@dataclass(frozen=True, slots=True)
class Number:
    """A number to be printed; an interval with an open end has None or infinity there.

    `low` and `high` bound the value where the error is not the same on both sides.
    """

    value: float | None = None
    stderr: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def arms(self) -> tuple[float | None, float | None] | None:
        """How far the interval reaches below and above the value, None for an open end; nothing without one."""
        if not finite(self.value) or self.value is None or not (finite(self.low) or finite(self.high)):
            return None
        below = abs(self.value - self.low) if self.low is not None and finite(self.low) else None
        above = abs(self.high - self.value) if self.high is not None and finite(self.high) else None
        return below, above

    def scaled(self, power: int) -> "Number":
        """Return it in units of a power of ten."""
        return Number(*(shifted(one, -power) for one in (self.value, self.stderr, self.low, self.high)))


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as texts: "2.28" with "0.08", or with "0.3" above and "0.2" below; empty is not told."""

    value: str
    stderr: str = ""
    above: str = ""
    below: str = ""

    def __str__(self) -> str:
        """Return it in one line: "2.28 ± 0.08", "2.3 +0.3 −0.2"."""
        if self.stderr:
            return f"{self.value} ± {self.stderr}"
        return f"{self.value} +{self.above} {MINUS}{self.below}" if self.above else self.value


def printed(number: Number, decimals: int | None = None) -> Printed:
    """Return a number rounded to its own error, or to the decimals of its column."""
    if number.value is None or not finite(number.value):
        return Printed(MISSING)
    wished = decimals_of(number) if decimals is None else decimals
    places = min(wished, MOST_DIGITS - exact(number.value).adjusted())
    value = show_number(exact(number.value), places)
    if arms := number.arms:
        below, above = (OPEN if one is None else show_number(exact(one), places) for one in arms)
        return Printed(value, above) if above == below != OPEN else Printed(value, "", above, below)
    error = error_of(number)
    return Printed(value, show_number(exact(error), places) if error else "")


def as_it_stands(value: float | None) -> str:
    """Return a number that was set, such as a rung, with the digits it has."""
    return show_number(exact(value)) if value is not None and finite(value) else MISSING


def decimals_of(number: Number) -> int:
    """Return the decimals that a number's error lets it keep; below zero it is rounded to tens or hundreds.

    An error of 0.095 rounds up to 0.10: both digits stay. The smaller side of an uneven interval decides.
    """
    errors = errors_of(number)
    if errors:
        return -last_digit_kept(exact(min(errors)))
    if not number.value or not finite(number.value):
        return 0
    return max(DIGITS_WITHOUT_ERROR - 1 - exact(number.value).adjusted(), 0)


def column_decimals(numbers: Iterable[Number]) -> int | None:
    """Return the decimals of a column: those that most of its errors ask for, and no error becomes zero.

    Values without an error follow the others.
    """
    told = [one for one in numbers if finite(one.value)]
    certain = [one for one in told if one.arms or error_of(one)]
    if not told:
        return None
    usual = median_low(decimals_of(one) for one in certain or told)
    return max([usual, *(-exact(one).adjusted() for number in certain for one in errors_of(number))])


def errors_of(number: Number) -> list[float]:
    """Return the errors of a number that are above zero: both sides of an interval, else its standard error."""
    error = error_of(number)
    return [one for one in number.arms or () if one] or ([error] if error else [])


def common_power(values: Iterable[float | None]) -> int:
    """Return the power of ten that a column's head carries: −4 for 1.97×10⁻⁴ and 5.01×10⁻⁴, else 0."""
    largest = max((abs(one) for one in values if one is not None and finite(one)), default=0.0)
    if not largest:
        return 0
    exponent = exact(largest).adjusted()
    return 0 if exponent in PLAIN_EXPONENTS else exponent


def error_of(number: Number) -> float | None:
    """Return a standard error that says something: finite and above zero."""
    stderr = number.stderr
    return stderr if stderr is not None and finite(stderr) and stderr > 0 else None


def finite(value: float | None) -> bool:
    """Say whether a value is there and a number."""
    return value is not None and math.isfinite(value)


def exact(value: float) -> Decimal:
    """Return a number as a decimal with the digits people see, so that 0.95 is a half and 2.675 too."""
    return Decimal(repr(float(value)))


def shifted(value: float | None, power: int) -> float | None:
    """Return a number times a power of ten without the noise of a multiplication."""
    return float(exact(value).scaleb(power)) if value is not None and finite(value) else value
