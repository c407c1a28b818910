"""Axes of maps: pixels, ticks of axes whose points are evenly apart on the screen, and scale bars."""

from typing import TYPE_CHECKING

from measurements.curves.picture import Mark
from measurements.curves.ticks import ticks_between

if TYPE_CHECKING:
    from measurements.curves.loading import LoadedAxis

BAR_LENGTHS = (1000, 500, 200, 100, 50, 20, 10, 5, 2, 1)
# A scale bar is at most so much of the image.
BAR_SHARE = 0.25


def bar_length(span: float) -> int:
    """Return the round length of a scale bar for an image so wide."""
    return next((one for one in BAR_LENGTHS if one <= BAR_SHARE * span), BAR_LENGTHS[-1])


def step_of(axis: "LoadedAxis") -> float:
    """Return the size of a pixel along an axis; one without a step counts as one."""
    values = axis.values
    step = abs(float(values[-1] - values[0])) / (len(values) - 1) if len(values) > 1 else 1.0
    return step or 1.0


def marks(axis: "LoadedAxis", start: float, end: float, most: int) -> list[Mark]:
    """Return the ticks of an axis whose points are all equally far apart on the screen, whatever their values."""
    import numpy as np

    values = axis.values
    if len(values) < 2 or not np.all(np.diff(values) > 0):
        return []
    places = (np.arange(len(values)) + 0.5) / len(values)
    ticks = ticks_between(float(values[0]), float(values[-1]), most)
    return [Mark(start + float(np.interp(tick.value, values, places)) * (end - start), tick.label) for tick in ticks]
