"""Linear propagation of errors through sums, products and quotients, correlations kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from math import hypot


@dataclass(frozen=True, slots=True)
class Measured:
    """A value and what each named source contributes to its standard error: ∂f/∂x · σ(x).

    The same source in numerator and denominator cancels as it should. First order only: good while
    relative errors stay below some 10 %.
    """

    value: float
    contributions: dict[str, float] = field(default_factory=dict)

    @property
    def stderr(self) -> float | None:
        """The standard error (1σ), or None when no source had one."""
        return hypot(*self.contributions.values()) if self.contributions else None

    def __add__(self, other: Measured | float) -> Measured:
        second = _measured(other)
        return self._combined(self.value + second.value, 1.0, second, 1.0)

    def __mul__(self, other: Measured | float) -> Measured:
        second = _measured(other)
        return self._combined(self.value * second.value, second.value, second, self.value)

    def __truediv__(self, other: Measured | float) -> Measured:
        second = _measured(other)
        quotient = self.value / second.value
        return self._combined(quotient, 1 / second.value, second, -quotient / second.value)

    def _combined(self, value: float, slope: float, second: Measured, second_slope: float) -> Measured:
        sources = self.contributions | second.contributions
        return Measured(
            value,
            {
                name: slope * self.contributions.get(name, 0.0) + second_slope * second.contributions.get(name, 0.0)
                for name in sources
            },
        )


def measured(value: Decimal | float, stderr: Decimal | float | None = None, source: str = "") -> Measured:
    """Return a value whose standard error, if known, comes from one named source."""
    return Measured(float(value), {source: float(stderr)} if stderr else {})


def _measured(number: Measured | float) -> Measured:
    return number if isinstance(number, Measured) else Measured(number)
