"""What can be wrong with a ruby spectrum before any number is taken from it."""

import numpy as np

from analysis.physics.fitting.problem import Floats
from analysis.physics.ruby.lines import Lines

# A detector that is full repeats its highest value; below this many counts chance may do that too.
LEAST_FULL_COUNTS = 1000.0
LEAST_FULL_POINTS = 3


def is_saturated(counts: Floats) -> bool:
    """Say whether the highest value, shape (n,), stands three times in a row: a detector that is full."""
    top = float(counts.max())
    if top < LEAST_FULL_COUNTS:
        return False
    is_top = (counts == top).astype(int)
    return bool((np.convolve(is_top, np.ones(LEAST_FULL_POINTS, dtype=int), "valid") == LEAST_FULL_POINTS).any())


def are_raw_counts(counts: Floats) -> bool:
    """Say whether values, shape (n,), can be counts as they were detected: whole and none below zero."""
    return bool((counts >= 0).all() and (counts == np.round(counts)).all())


def is_at_edge(lines: Lines) -> bool:
    """Say whether R1 lies within its own width of an end of the spectrum."""
    r1_nm, fwhm_nm = lines.fitted.value("r1_nm"), lines.fitted.value("r1_fwhm_nm")
    low_nm, high_nm = float(lines.wavelengths_nm[0]), float(lines.wavelengths_nm[-1])
    return min(r1_nm - low_nm, high_nm - r1_nm) < fwhm_nm


def is_swapped(lines: Lines) -> bool:
    """Say whether the line at the longer wavelength is the weaker one, which R1 is not."""
    fitted = lines.fitted
    difference = fitted.value("r2_height") - fitted.value("r1_height")
    return not lines.is_single and difference > 3.0 * (fitted.stderr("r1_height") + fitted.stderr("r2_height"))
