"""What a reflection scatters: structure factors, displacement, Lorentz and polarisation, and their slopes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.physics.diffraction.reflections import Reflections
from analysis.physics.fitting.problem import Floats

# hc in eV Å.
HC_EV_ANGSTROM = 12398.41984332


@dataclass(frozen=True, slots=True, eq=False)
class Squares:
    """|F|² in e²/cell², shape (k,), and its slope by (sin θ/λ)² in Å²."""

    values: Floats
    by_s_squares: Floats


def squared_factors(
    reflections: Reflections, s_squares: Floats, dispersion: NDArray[np.complex128] | None = None
) -> Squares:
    """Return |F|² = |Σ f exp(−B s²) Σ exp(2πi h·x)|² at s² = (sin θ/λ)², shape (k,).

    f is the four-Gaussian form factor of the International Tables, volume C, plus f′ + i f″ of each group, shape (g,).
    """
    a, b = reflections.coefficients[:, :4], reflections.coefficients[:, 4:8]
    terms = a[:, :, None] * np.exp(-b[:, :, None] * s_squares)
    free = terms.sum(axis=1) + reflections.coefficients[:, 8:9]
    form = free if dispersion is None else free + dispersion[:, None]
    form_slope = -(b[:, :, None] * terms).sum(axis=1)
    b_iso = reflections.b_iso_angstrom2[:, None]
    damped = np.exp(-b_iso * s_squares) * reflections.geometry
    total = (form * damped).sum(axis=0)
    slope = ((form_slope - b_iso * form) * damped).sum(axis=0)
    return Squares(np.abs(total) ** 2, 2 * (total.conj() * slope).real)


def dispersion_of(reflections: Reflections, wavelength_angstrom: float) -> NDArray[np.complex128]:
    """Return f′ + i f″ of each group, shape (g,), by Cromer and Liberman as in gemmi."""
    import gemmi

    energy_ev = HC_EV_ANGSTROM / wavelength_angstrom
    pairs = [gemmi.cromer_liberman(gemmi.Element(one).atomic_number, energy_ev) for one in reflections.elements]
    return np.array([complex(*pair) for pair in pairs])


def lorentz_polarisation(theta: Floats, monochromator_deg: float | None = None) -> tuple[Floats, Floats]:
    """Return LP = (1 + A cos² 2θ)/(sin² θ cos θ) and its slope by θ in radians, shape as θ.

    A is cos² 2θ_m of a monochromator, one without it; the factor 1/(1 + A) is left to the scale.
    """
    share = 1.0 if monochromator_deg is None else float(np.cos(np.radians(monochromator_deg)) ** 2)
    sine, cosine = np.sin(theta), np.cos(theta)
    double = np.cos(2 * theta)
    above = 1 + share * double**2
    value = above / (sine**2 * cosine)
    slope = -4 * share * double * np.sin(2 * theta) / (sine**2 * cosine) - value * (2 * cosine / sine - sine / cosine)
    return value, slope
