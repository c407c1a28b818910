"""The apparent gap by Tauc's construction, with an interval by bootstrap."""

from dataclasses import dataclass

import numpy as np

from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse

LEAST_POINTS = 10
# The rise is looked at from this part of its top.
FOOT_RATIO = 0.05
BOOTSTRAP_COUNT = 999


@dataclass(frozen=True, slots=True, eq=False)
class Tauc:
    """Where the straight part of (A E)² meets zero: 68.3 % interval by case bootstrap, and which part was straight."""

    gap_ev: float
    stderr_ev: float
    low_ev: float
    high_ev: float
    from_ev: float
    to_ev: float
    r_squared: float
    point_count: int


def tauc_gap(energies_ev: Floats, absorbances: Floats, *, top_ev: float, seed: int = 0) -> Tauc:
    """Return the apparent direct gap of absorbance without scattering, shape (n,), over ascending energies, shape (n,).

    (A E)² against E on the rise below `top_ev`; of all windows of at least ten points the one with the largest R².
    The peak of an exciton on the edge makes the gap too low: it is an apparent gap. The interval is that of the
    points in the window, not of the choice of window.
    """
    squares = (absorbances * energies_ev) ** 2
    low, high = rise(energies_ev, absorbances, squares, top_ev)
    if high - low < LEAST_POINTS:
        raise CannotAnalyse(
            f"The rise to {top_ev:.3f} eV holds {high - low} readings, and Tauc's line needs {LEAST_POINTS}."
        )
    first, last, r_squared = straightest(energies_ev[low:high], squares[low:high])
    x, y = energies_ev[low + first : low + last], squares[low + first : low + last]
    slope, intercept = line(x, y)
    gaps = resampled_gaps(x, y, seed)
    low_ev, high_ev = np.percentile(gaps, [15.865, 84.135])
    gap_ev, stderr_ev = float(-intercept / slope), float(np.std(gaps, ddof=1))
    return Tauc(gap_ev, stderr_ev, float(low_ev), float(high_ev), float(x[0]), float(x[-1]), r_squared, len(x))


def rise(energies_ev: Floats, absorbances: Floats, squares: Floats, top_ev: float) -> tuple[int, int]:
    """Return the first and one past the last reading of the rise."""
    high = int(np.searchsorted(energies_ev, top_ev, side="right"))
    top = float(squares[:high].max(initial=0.0))
    is_foot = (squares[:high] < FOOT_RATIO * top) | (absorbances[:high] <= 0)
    low = int(np.flatnonzero(is_foot)[-1]) + 1 if is_foot.any() else 0
    return low, high


def straightest(x: Floats, y: Floats) -> tuple[int, int, float]:
    """Return first and one past the last point of the window with the largest R², and R²; sums make it quick."""
    best = (0, len(x), -np.inf)
    sums = [np.concatenate(([0.0], np.cumsum(one))) for one in centred(x, y)]
    for first in range(len(x) - LEAST_POINTS + 1):
        lasts = np.arange(first + LEAST_POINTS, len(x) + 1)
        count = lasts - first
        sx, sy, sxx, sxy, syy = (one[lasts] - one[first] for one in sums)
        cross, spread, height = sxy - sx * sy / count, sxx - sx**2 / count, syy - sy**2 / count
        r_squared = np.where(cross > 0, cross**2 / np.maximum(spread * height, 1e-300), -np.inf)
        place = int(np.argmax(r_squared))
        if r_squared[place] > best[2]:
            best = (first, int(lasts[place]), float(r_squared[place]))
    return best


def centred(x: Floats, y: Floats) -> tuple[Floats, ...]:
    """Return x, y and their products about their means."""
    u, v = x - np.mean(x), y - np.mean(y)
    return u, v, u * u, u * v, v * v


def line(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Return slope and intercept of straight lines through points along the last axis."""
    mean_x, mean_y = x.mean(axis=-1, keepdims=True), y.mean(axis=-1, keepdims=True)
    slope = ((x - mean_x) * (y - mean_y)).sum(axis=-1) / ((x - mean_x) ** 2).sum(axis=-1)
    return slope, mean_y[..., 0] - slope * mean_x[..., 0]


def resampled_gaps(x: Floats, y: Floats, seed: int) -> Floats:
    """Return the gaps of resampled points, shape (999,)."""
    picks = np.random.default_rng(seed).integers(0, len(x), size=(BOOTSTRAP_COUNT, len(x)))
    slope, intercept = line(x[picks], y[picks])
    return np.asarray(-intercept / slope)
