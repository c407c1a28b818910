"""What a typed quantity becomes: a value or a range in one storage unit, with the text as written."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

MomentPrecision = Literal["day", "minute", "second"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value in `unit`, its standard error (1σ) in the same unit if one was given, and what was typed."""

    value: Decimal
    stderr: Decimal | None
    unit: str
    as_written: str


@dataclass(frozen=True, slots=True)
class QuantityRange:
    """A planned value in `unit`; low equals high when one value was typed."""

    low: Decimal
    high: Decimal
    unit: str
    as_written: str

    @property
    def is_single(self) -> bool:
        """Say whether one value is planned rather than a range."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment and how precisely it is known; a moment known to the day is at that day's first minute."""

    at: datetime
    precision: MomentPrecision
