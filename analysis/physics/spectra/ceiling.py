"""Readings that stand at the ceiling of a detector."""

from math import sqrt

import numpy as np
from numpy.typing import NDArray

from analysis.physics.fitting.problem import Floats

# Full scales of the converters of detectors, and how often a chance run of equal readings may be taken for one.
FULL_SCALES = tuple(float(2**bits - 1) for bits in (10, 12, 14, 15, 16, 18, 20))
CHANCE = 1e-5


def saturated(readings: Floats, *, exposure: float = 1.0) -> NDArray[np.bool_]:
    """Return which readings, shape (n,), stand at a ceiling: the highest value, several times in a row.

    Neighbours that scatter like counts are equal with a chance of 0.28/σ each, so that a run of k highest readings
    that is unlikelier than 10⁻⁵ is a flat top; two at the full scale of a converter are enough.
    """
    top = float(readings.max())
    is_top = readings >= top * (1.0 - 1e-9)
    longest = longest_run(is_top)
    is_full_scale = any(abs(top - one) < 0.5 for one in FULL_SCALES) and longest >= 2
    if top <= 0 or not (is_full_scale or is_unlikely(longest, top * exposure)):
        return np.zeros(len(readings), dtype=bool)
    return is_top


def is_unlikely(run_count: int, counts: float) -> bool:
    """Say whether so many equal neighbours are no chance at a height in counts."""
    chance = min(0.28 / sqrt(max(counts, 1.0)), 0.5)
    return run_count >= 3 and float(chance ** (run_count - 1)) < CHANCE


def longest_run(is_top: NDArray[np.bool_]) -> int:
    """Return how many true values in a row there are at the most."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], is_top.astype(int), [0]))))
    return int((edges[1::2] - edges[::2]).max(initial=0))
