"""A first look at a spectrum: its background, its highest place and how wide it is there."""

import numpy as np
from scipy.ndimage import median_filter, uniform_filter1d

from analysis.physics.fitting.problem import Floats
from analysis.physics.lines.shapes import Guess, Room
from analysis.physics.spectra.bins import Bins

# The line is looked for in a median and a mean over this part of the spectrum, so that one spike is no line.
SMOOTHED_RATIO = 1 / 60
# The lowest tenth of a spectrum stands for its background.
BACKGROUND_PERCENT = 10.0
# The area of a Gaussian over height times full width at half maximum.
GAUSSIAN_AREA = 1.0644670194312262


def guess_background(readings: Floats) -> float:
    """Return a background, in the unit of the readings, shape (n,)."""
    return max(float(np.percentile(readings, BACKGROUND_PERCENT)), 0.0)


def guess_line(bins: Bins, readings: Floats) -> Guess:
    """Return a first look at the line in readings per bin, shape (n,), by its smoothed maximum and half heights."""
    above = smoothed(readings) - guess_background(readings)
    density = above / (bins.response * bins.widths_ev)
    # Where the response is weak, noise divided by it stands higher than the line.
    top = int(np.argmax(above))
    first, last = half_heights(above, top)
    low_ev, high_ev = sorted((float(bins.energies_ev[first]), float(bins.energies_ev[last])))
    fwhm_ev = max(high_ev - low_ev, bins.step_ev)
    inside = slice(first, last + 1)
    weights = np.clip(density[inside], 0.0, None) * bins.widths_ev[inside]
    energy_ev = (
        float(np.average(bins.energies_ev[inside], weights=weights))
        if weights.sum() > 0
        else (float(bins.energies_ev[top]))
    )
    photons = max(float(density[top]), 0.0) * fwhm_ev * GAUSSIAN_AREA
    return Guess(photons, energy_ev, fwhm_ev * 1e3)


def smoothed(readings: Floats) -> Floats:
    """Return readings without spikes and with less noise, shape (n,)."""
    size = max(3, 2 * int(len(readings) * SMOOTHED_RATIO / 2) + 1)
    return np.asarray(uniform_filter1d(median_filter(readings, size, mode="nearest"), size, mode="nearest"))


def half_heights(above: Floats, top: int) -> tuple[int, int]:
    """Return the first and last bin around the highest that lie above half of it."""
    is_below = above < 0.5 * above[top]
    left, right = np.flatnonzero(is_below[:top]), np.flatnonzero(is_below[top:])
    return (int(left[-1]) + 1 if len(left) else 0), (top + int(right[0]) - 1 if len(right) else len(above) - 1)


def room_of(bins: Bins) -> Room:
    """Return where a line may lie: inside the data, and wider than half a bin (science: step to half the range)."""
    low_ev, high_ev = bins.range_ev
    return Room(low_ev, high_ev, bins.step_ev * 1e3, (high_ev - low_ev) * 1.2e3)
