"""The Gaussian line in energy, and the one whose two sides differ."""

from math import pi, sqrt

import numpy as np

from analysis.physics.constants import FWHM_PER_SIGMA
from analysis.physics.fitting.problem import Floats

# Unit area over this and the standard deviation.
ROOT_2_PI = sqrt(2.0 * pi)
EV_PER_MEV = 1e-3


def gaussian_rows(energies_ev: Floats, values: Floats) -> tuple[Floats, Floats]:
    """Return density per eV, shape (n,), and its derivatives, shape (n, 3), by (photons, energy eV, FWHM meV).

    N exp(−(E − E₀)²/2s²)/(s √(2π)), s = FWHM/(2√(2 ln 2)).
    """
    photons, energy_ev, fwhm_mev = values
    sigma_ev = fwhm_mev * EV_PER_MEV / FWHM_PER_SIGMA
    away = (energies_ev - energy_ev) / sigma_ev
    unit = np.exp(-0.5 * away**2) / (sigma_ev * ROOT_2_PI)
    line = photons * unit
    return line, np.column_stack((unit, line * away / sigma_ev, line * (away**2 - 1.0) / fwhm_mev))


def two_sided_rows(energies_ev: Floats, values: Floats) -> tuple[Floats, Floats]:
    """Return density per eV, shape (n,), and derivatives, shape (n, 4): a Gaussian with another width on each side.

    Values are photons, energy of the maximum in eV and the FWHM in meV that the lower and the upper side alone would
    have; N 2/((s₁ + s₂) √(2π)) exp(−(E − E₀)²/2s²) with s of the side.
    """
    photons, energy_ev, low_mev, high_mev = values
    low_ev, high_ev = low_mev * EV_PER_MEV / FWHM_PER_SIGMA, high_mev * EV_PER_MEV / FWHM_PER_SIGMA
    is_low = energies_ev < energy_ev
    sigma_ev = np.where(is_low, low_ev, high_ev)
    away = (energies_ev - energy_ev) / sigma_ev
    unit = np.exp(-0.5 * away**2) * 2.0 / ((low_ev + high_ev) * ROOT_2_PI)
    line = photons * unit
    by_width = line * away**2 / sigma_ev
    shared = line / (low_ev + high_ev)
    to_mev = EV_PER_MEV / FWHM_PER_SIGMA
    by_low = (np.where(is_low, by_width, 0.0) - shared) * to_mev
    by_high = (np.where(is_low, 0.0, by_width) - shared) * to_mev
    return line, np.column_stack((unit, line * away / sigma_ev, by_low, by_high))


def two_sided_centroid_ev(values: Floats) -> float:
    """Return the centroid of a line whose sides differ: E₀ + √(2/π) (s₂ − s₁)."""
    return float(values[1] + sqrt(2.0 / pi) * (values[3] - values[2]) * EV_PER_MEV / FWHM_PER_SIGMA)


def two_gaussians_rows(energies_ev: Floats, values: Floats) -> tuple[Floats, Floats]:
    """Return density per eV, shape (n,), and derivatives, shape (n, 6), of two Gaussians, three values each."""
    one, by_one = gaussian_rows(energies_ev, values[:3])
    other, by_other = gaussian_rows(energies_ev, values[3:])
    return one + other, np.hstack((by_one, by_other))
