"""Ticks of axes at round numbers, for the pictures that the server draws."""

import math
from dataclasses import dataclass

MOST_TICKS = 8
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Tick:
    """A value on an axis and how it is written."""

    value: float
    label: str


def ticks_between(low: float, high: float, most: int = MOST_TICKS) -> list[Tick]:
    """Return ticks at round numbers inside a range; an empty range has none."""
    if not (math.isfinite(low) and math.isfinite(high)) or high <= low:
        return []
    step = round_step((high - low) / most)
    first, count = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9) + (0 if is_whole(step) else 1))
    return [Tick(index * step, written(index * step, decimals)) for index in range(first, count + 1)]


def decades_between(low: float, high: float) -> list[Tick]:
    """Return the powers of ten inside a range of positive numbers, thinned where there are many."""
    if not 0 < low < high:
        return []
    first, last = math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9)
    every = max(1, (last - first) // MOST_TICKS + 1)
    return [Tick(10.0**power, f"{10.0**power:g}") for power in range(first, last + 1, every)]


def round_step(least: float) -> float:
    """Return the round step that is not smaller than a number."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(step * power for step in STEPS if step * power >= least * (1 - 1e-9))


def is_whole(step: float) -> bool:
    """Say whether a step is a single digit at its place: 2.5 is not."""
    digit = step / 10.0 ** math.floor(math.log10(step) + 1e-9)
    return abs(digit - round(digit)) < 1e-6


def written(value: float, decimals: int) -> str:
    """Return a tick's number with a true minus; great and tiny ones by a power of ten."""
    value = 0.0 if abs(value) < 1e-300 else value
    text = f"{value:.{decimals}f}" if 1e-4 <= abs(value) < 1e6 or value == 0 else f"{value:.3g}"
    return text.replace("-", "−")
