"""Where two Gaussians together are highest, and how wide they are at half of that."""

import numpy as np
from scipy.optimize import brentq

from analysis.physics.fitting.problem import Floats
from analysis.physics.lines.gaussian import two_gaussians_rows

# Twelve standard deviations of the wider one hold the maximum and both halves.
REACH_WIDTHS = 5.0
GRID_COUNT = 2001


def two_gaussians_summary(values: Floats) -> tuple[float, float, float]:
    """Return the energy of the maximum in eV, the FWHM in meV and the centroid in eV of six values, shape (6,)."""
    photons, energies, widths = values[0::3], values[1::3], values[2::3]
    reach_ev = REACH_WIDTHS * 1e-3 * float(widths.max())
    grid = np.linspace(float(energies.min()) - reach_ev, float(energies.max()) + reach_ev, GRID_COUNT)
    density = two_gaussians_rows(grid, values)[0]
    top = int(np.argmax(density))
    peak_ev = float(brentq(lambda at: slope_at(at, values), grid[top - 1], grid[top + 1]))
    half = 0.5 * density_at(peak_ev, values)
    is_above = np.flatnonzero(density >= half)
    low, high = (
        float(brentq(lambda at: density_at(at, values) - half, grid[edge], grid[edge + step]))
        for edge, step in ((is_above[0], -1), (is_above[-1], 1))
    )
    return peak_ev, (high - low) * 1e3, float(photons @ energies / max(float(photons.sum()), 1e-300))


def density_at(energy_ev: float, values: Floats) -> float:
    """Return the density of two Gaussians at one energy."""
    return float(two_gaussians_rows(np.array([energy_ev]), values)[0][0])


def slope_at(energy_ev: float, values: Floats) -> float:
    """Return the slope of two Gaussians at one energy: both shifted together, with the sign turned."""
    rows = two_gaussians_rows(np.array([energy_ev]), values)[1][0]
    return -float(rows[1] + rows[4])
