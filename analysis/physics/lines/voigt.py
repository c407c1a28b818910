"""The Voigt line: a Lorentzian seen through a Gaussian."""

from math import pi, sqrt

import numpy as np
from scipy.optimize import brentq
from scipy.special import wofz

from analysis.physics.constants import FWHM_PER_SIGMA
from analysis.physics.fitting.problem import Floats

EV_PER_MEV = 1e-3
ROOT_2 = sqrt(2.0)
# A Gaussian part this small beside the Lorentzian one is as good as none; the Faddeeva function needs one above zero.
LEAST_FWHM = 1e-9


def voigt_rows(energies_ev: Floats, values: Floats) -> tuple[Floats, Floats]:
    """Return density per eV, shape (n,), and its derivatives, shape (n, 4).

    Values are photons, energy in eV, FWHM of the Gaussian and of the Lorentzian part in meV. N Re w(z)/(s √(2π)),
    z = (E − E₀ + iγ)/(s √2), with the Faddeeva function w, w′ = −2 z w + 2i/√π.
    """
    photons, energy_ev, gauss_mev, lorentz_mev = values
    sigma_ev = max(gauss_mev, LEAST_FWHM) * EV_PER_MEV / FWHM_PER_SIGMA
    width = sigma_ev * ROOT_2
    place = (energies_ev - energy_ev + 0.5j * lorentz_mev * EV_PER_MEV) / width
    faddeeva = wofz(place)
    slope = -2.0 * place * faddeeva + 2.0j / sqrt(pi)
    norm = 1.0 / (sigma_ev * sqrt(2.0 * pi))
    unit = faddeeva.real * norm
    by_energy = -slope.real / width * norm
    by_sigma = -(unit + (slope * place).real * norm) / sigma_ev
    by_lorentz = -slope.imag / width * norm * 0.5 * EV_PER_MEV
    by_gauss = by_sigma * EV_PER_MEV / FWHM_PER_SIGMA
    return photons * unit, np.column_stack((unit, photons * by_energy, photons * by_gauss, photons * by_lorentz))


def voigt_fwhm_mev(gauss_mev: float, lorentz_mev: float) -> float:
    """Return the exact full width at half maximum of a Voigt line, by finding where it is half its height."""
    gauss_mev = max(gauss_mev, LEAST_FWHM)
    guess = guessed_fwhm_mev(gauss_mev, lorentz_mev)

    def above_half(half_width_mev: float) -> float:
        places = np.array([0.0, half_width_mev]) * EV_PER_MEV
        top, side = voigt_rows(places, np.array([1.0, 0.0, gauss_mev, lorentz_mev]))[0]
        return float(side / top - 0.5)

    return 2.0 * float(brentq(above_half, 0.45 * guess, 0.55 * guess, xtol=1e-13 * guess))


def guessed_fwhm_mev(gauss_mev: float, lorentz_mev: float) -> float:
    """Return a Voigt line's width to 2 parts in 10⁴, for guesses: 0.5346 fL + √(0.2166 fL² + fG²)."""
    return float(0.5346 * lorentz_mev + sqrt(0.2166 * lorentz_mev**2 + gauss_mev**2))
