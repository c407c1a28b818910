"""The powder pattern of a structure: sticks, and a profile over 2θ."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.physics.diffraction.breadths import mixed
from analysis.physics.diffraction.intensities import dispersion_of, lorentz_polarisation, squared_factors
from analysis.physics.diffraction.profiles import Lines, summed
from analysis.physics.diffraction.radiation import Radiation
from analysis.physics.diffraction.reflections import reflections_of
from analysis.physics.diffraction.structures import Structure
from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse


@dataclass(frozen=True, slots=True, eq=False)
class Sticks:
    """Reflections of the first line by angle, shape (k,); `intensities` is m |F|² LP, `percents` of the largest."""

    hkl: NDArray[np.int_]
    angles_deg: Floats
    spacings_angstrom: Floats
    multiplicity: NDArray[np.int_]
    squared_factors: Floats
    lorentz_polarisation: Floats
    intensities: Floats
    percents: Floats


@dataclass(frozen=True, slots=True)
class Optics:
    """What the diffractometer does to a pattern: breadth, monochromator, and whether atoms scatter with f′ and f″."""

    gauss_fwhm_deg: float = 0.0
    monochromator_deg: float | None = None
    has_dispersion: bool = False


@dataclass(frozen=True, slots=True)
class Crystallites:
    """What broadens the lines of a phase: Scherrer's size in nm with its constant, and micro-strain."""

    size_nm: float
    strain: float = 0.0
    constant: float = 0.9


def sticks(
    structure: Structure, wavelength: Radiation, first_deg: float, last_deg: float, optics: Optics | None = None
) -> Sticks:
    """Return every reflection of the first line between two angles 2θ: I = m |F|² LP.

    International Tables, volume C, four-Gaussian form factors; limits: kinematic, no absorption, no extinction.
    """
    if not 0 <= first_deg < last_deg <= 179:
        raise CannotAnalyse("A pattern lies between two angles 2θ within 0 and 179°.")
    optics = optics or Optics()
    length_angstrom = wavelength.first.value_angstrom
    found = reflections_of(structure, round(length_angstrom / 2 / np.sin(np.radians(last_deg / 2)), 9))
    s_squares = found.s_squares
    theta = np.arcsin(np.minimum(length_angstrom * np.sqrt(s_squares), 1.0))
    dispersion = dispersion_of(found, length_angstrom) if optics.has_dispersion else None
    squares = squared_factors(found, s_squares, dispersion).values
    polarised = lorentz_polarisation(theta, optics.monochromator_deg)[0]
    angles_deg, intensities = 2 * np.degrees(theta), found.multiplicity * squares * polarised
    inside = (angles_deg >= first_deg) & (angles_deg <= last_deg)
    if not inside.any():
        raise CannotAnalyse("The structure has no reflection in this range; widen it.")
    return Sticks(
        found.hkl[inside], angles_deg[inside], 0.5 / np.sqrt(s_squares[inside]), found.multiplicity[inside],
        squares[inside], polarised[inside], intensities[inside], 100 * intensities[inside] / intensities[inside].max(),
    )  # fmt: skip


def profile(
    structure: Structure, wavelength: Radiation, angles_deg: Floats, crystallites: Crystallites, optics: Optics
) -> Floats:
    """Return the pattern at 2θ, shape (n,), its largest value one after the lines were broadened.

    Γ_L = K λ/(L cos θ) + 4 ε tan θ beside a Gaussian instrument, mixed by Thompson, Cox and Hastings (1987); both
    lines of a doublet.
    """
    if len(angles_deg) < 2 or not np.isfinite(angles_deg).all():
        raise CannotAnalyse("A pattern needs at least two angles 2θ.")
    found = sticks(structure, wavelength, 0.0, min(float(angles_deg[-1]) + 5, 179.0), optics)
    theta = np.radians(found.angles_deg / 2)
    total = np.zeros(len(angles_deg))
    for length_angstrom, strength in wavelength.lines:
        sine = np.sin(theta) * length_angstrom / wavelength.first.value_angstrom
        bent = np.arcsin(np.minimum(sine, 1.0))
        lorentz = lorentz_deg(bent, length_angstrom, crystallites)
        breadths = mixed(np.full_like(lorentz, optics.gauss_fwhm_deg), lorentz)
        total += summed(angles_deg, Lines(2 * np.degrees(bent), strength * found.intensities, breadths))
    highest = float(total.max())
    if not highest > 0:
        raise CannotAnalyse("The structure scatters nothing in this range; widen it.")
    return total / highest


def lorentz_deg(theta: Floats, wavelength_angstrom: float, crystallites: Crystallites) -> Floats:
    """Return the Lorentzian FWHM in degrees of 2θ that size and strain give lines at θ in radians."""
    size = crystallites.constant * wavelength_angstrom / (10 * crystallites.size_nm * np.cos(theta))
    return np.asarray(np.degrees(size + 4 * crystallites.strain * np.tan(theta)))
