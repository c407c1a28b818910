"""The wavelengths of X-ray tubes as records that say which line and which set they are, and Bragg's law."""

from dataclasses import dataclass
from math import asin, degrees, radians, sin

import numpy as np

from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse

CLASSICAL = "classical set (Kα1 of Cu 1.54056 Å, of Mo 0.70930 Å)"
NEWER = "newer set (Kα1 of Cu 1.540593 Å)"
STATED = "stated"
# Kα1 and Kα2 of a tube at their usual strengths.
USUAL_RATIO = 0.5


@dataclass(frozen=True, slots=True)
class Wavelength:
    """One wavelength in Å, the line it is, and where its value is from."""

    value_angstrom: float
    line: str
    source: str


@dataclass(frozen=True, slots=True)
class Radiation:
    """What diffracts: one line, or a doublet whose second line has `ratio` of the strength of the first."""

    first: Wavelength
    second: Wavelength | None = None
    ratio: float = 0.0

    @property
    def lines(self) -> tuple[tuple[float, float], ...]:
        """Wavelengths in Å with their strengths, the first being one."""
        first = (self.first.value_angstrom, 1.0)
        return (first,) if self.second is None else (first, (self.second.value_angstrom, self.ratio))


WAVELENGTHS = tuple(
    Wavelength(value, line, source)
    for value, line, source in (
        (1.54056, "Cu Kα1", CLASSICAL),
        (1.54439, "Cu Kα2", CLASSICAL),
        (1.54184, "Cu Kα mean", CLASSICAL),
        (0.70930, "Mo Kα1", CLASSICAL),
        (0.71359, "Mo Kα2", CLASSICAL),
        (0.71073, "Mo Kα mean", CLASSICAL),
        (1.540593, "Cu Kα1", NEWER),
        (1.544427, "Cu Kα2", NEWER),
    )
)


def recognised(value_angstrom: float) -> Wavelength:
    """Return the record of a wavelength, by its value to 10⁻⁵ Å; one that is in no set is as stated."""
    nearest = min(WAVELENGTHS, key=lambda one: abs(one.value_angstrom - value_angstrom))
    if abs(nearest.value_angstrom - value_angstrom) < 1e-5:
        return Wavelength(value_angstrom, nearest.line, nearest.source)
    return Wavelength(value_angstrom, "", STATED)


def line_of(name: str, source: str = CLASSICAL) -> Wavelength:
    """Return a line of a set; raises CannotAnalyse for one that it does not have."""
    for one in WAVELENGTHS:
        if one.line == name and one.source == source:
            return one
    raise CannotAnalyse(f"There is no {name} in the {source}; state the wavelength in Å.")


def radiation(first_angstrom: float, second_angstrom: float | None = None, ratio: float | None = None) -> Radiation:
    """Return the radiation of one stated wavelength or two, Å; Kα1 alone brings Kα2 of its own set, a mean brings none.

    A ratio of zero says that Kα2 was taken out. Raises CannotAnalyse where the two are of different sets.
    """
    if not 0.05 < first_angstrom < 6.0:
        raise CannotAnalyse(f"A wavelength of {first_angstrom:g} Å cannot be; state it in Å, not in nm or keV.")
    first = recognised(first_angstrom)
    strength = USUAL_RATIO if ratio is None else ratio
    if strength == 0:
        return Radiation(first)
    if second_angstrom is not None:
        return Radiation(first, checked_partner(first, recognised(second_angstrom)), strength)
    if first.line.endswith("Kα1"):
        return Radiation(first, line_of(first.line.replace("Kα1", "Kα2"), first.source), strength)
    return Radiation(first)


def checked_partner(first: Wavelength, second: Wavelength) -> Wavelength:
    """Return the second line of a doublet if both are of one set."""
    if not 1.0 < second.value_angstrom / first.value_angstrom < 1.02:
        raise CannotAnalyse("Kα2 is a little longer than Kα1; state the two wavelengths of one tube, in Å.")
    if STATED not in {first.source, second.source} and first.source != second.source:
        raise CannotAnalyse(
            f"Kα1 {first.value_angstrom:g} Å and Kα2 {second.value_angstrom:g} Å are of different sets;"
            " state both from one."
        )
    return second


def radiation_of_anode(anode: str) -> Radiation:
    """Return the Kα doublet of a tube in the classical set; raises CannotAnalyse for an anode it does not have."""
    return radiation(line_of(f"{anode.strip().capitalize()} Kα1").value_angstrom)


def two_theta_deg(d_angstrom: float, wavelength_angstrom: float) -> float:
    """Return 2θ of a lattice spacing, from λ = 2 d sin θ."""
    sine = wavelength_angstrom / (2 * d_angstrom)
    if not 0 < sine <= 1:
        raise CannotAnalyse(f"A spacing of {d_angstrom:g} Å does not diffract {wavelength_angstrom:g} Å.")
    return 2 * degrees(asin(sine))


def spacing_angstrom(angle_deg: float, wavelength_angstrom: float) -> float:
    """Return the lattice spacing d = λ / (2 sin θ) of a line at 2θ."""
    if not 0 < angle_deg < 180:
        raise CannotAnalyse(f"2θ of {angle_deg:g}° cannot be; it lies between 0 and 180°.")
    return wavelength_angstrom / (2 * sin(radians(angle_deg / 2)))


def partner_deg(angles_deg: Floats, first_angstrom: float, second_angstrom: float) -> Floats:
    """Return 2θ of the second line beside that of the first, shape as given: 2 asin((λ₂/λ₁) sin θ)."""
    sine = np.sin(np.radians(np.asarray(angles_deg) / 2)) * (second_angstrom / first_angstrom)
    return np.asarray(2 * np.degrees(np.arcsin(np.minimum(sine, 1.0))))
