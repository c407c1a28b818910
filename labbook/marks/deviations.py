"""How an actual value lies beside its plan: the words and the geometry of the deviation mark."""

from dataclasses import dataclass
from decimal import Decimal

from labbook.quantities.show import show_difference

# The track is 84 by 16 units; dot and plan stay 6 away from its ends.
MIDDLE, REACH = Decimal(42), Decimal(36)


@dataclass(frozen=True)
class Deviation:
    """What the mark shows; coordinates in the units of its drawing."""

    words: str  # "+0.1 ml", or "as planned"
    arrow: str  # "▲", "▼" or ""
    is_notable: bool
    dot: str
    plan_from: str
    plan_to: str

    @property
    def is_range(self) -> bool:
        """Say whether a range was planned rather than one value."""
        return self.plan_from != self.plan_to


def deviation_of(actual: Decimal, plan: tuple[Decimal, Decimal], unit: str, notable: Decimal | None) -> Deviation:
    """Compare an actual value with a planned range, all in the same unit; inside the range it is as planned."""
    low, high = plan
    difference = actual - high if actual > high else min(actual - low, Decimal(0))
    scale = scale_of(actual, plan, notable)
    middle = (low + high) / 2

    def across(number: Decimal) -> str:
        offset = max(-REACH, min(REACH, (number - middle) / scale * REACH))
        return f"{MIDDLE + offset:.1f}"

    return Deviation(
        words=show_difference(difference, unit) if difference else "as planned",
        arrow="▲" if difference > 0 else "▼" if difference < 0 else "",
        is_notable=notable is not None and notable > 0 and abs(difference) >= notable,
        dot=across(actual),
        plan_from=across(low),
        plan_to=across(high),
    )


def scale_of(actual: Decimal, plan: tuple[Decimal, Decimal], notable: Decimal | None) -> Decimal:
    """Return the distance from the plan's middle to the track's end, in the value's unit.

    A notable difference lies half way out; without one, a tenth of the plan fills the track.
    """
    low, high = plan
    half = (high - low) / 2
    room = notable * 2 if notable else max(abs(low), abs(high)) / 10
    wide = half + room
    return wide if wide > 0 else max(abs(actual), Decimal(1))
