"""A derived number: never stored, always shown with the formula it came from."""

from dataclasses import dataclass
from decimal import Decimal

from labbook.quantities import show
from samples.arithmetic.propagation import Measured


@dataclass(frozen=True, slots=True)
class Derived:
    """One result; the unit is the last word of `key`, `formula` is what a tap on ƒ shows."""

    key: str
    label: str
    value: float
    stderr: float | None
    unit: str
    formula: str

    @property
    def shown(self) -> str:
        """The value as a page writes it: with its error, else to four significant digits."""
        value = Decimal(repr(self.value))
        if self.stderr:
            return show(value, self.unit, Decimal(repr(self.stderr)))
        return show(value, self.unit, decimals=max(0, 3 - value.adjusted()))


def derived(key: str, label: str, number: Measured | float, unit: str, formula: str) -> Derived:
    """Return the result of a calculation with the error that was propagated to it."""
    if isinstance(number, Measured):
        return Derived(key, label, number.value, number.stderr, unit, formula)
    return Derived(key, label, number, None, unit, formula)


def number_text(value: Decimal | float) -> str:
    """Return a number for a formula: up to six significant digits, no trailing zeros."""
    return show(Decimal(f"{float(value):.6g}"))


def ratio(key: str, label: str, numerator_mmol: Measured, denominator_mmol: Measured) -> Derived:
    """Return the molar ratio of two amounts of substance."""
    formula = f"{number_text(numerator_mmol.value)} mmol / {number_text(denominator_mmol.value)} mmol"
    return derived(key, label, numerator_mmol / denominator_mmol, "", formula)
