"""Scherrer's size of crystallites from the breadth of a line."""

from dataclasses import dataclass
from math import cos, radians

from analysis.physics.refusing import CannotAnalyse

# Scherrer's constant by what is known of the shape and by how the breadth was measured. For cubes {100} is a face of
# the pseudo-cubic cell (002 and 110 of γ-CsPbI3) and {110} an edge (112, 200, 020); the spread of edges is 11.5 %.
CONSTANTS = {
    ("usual", "fwhm"): 0.9,
    ("usual", "integral"): 1.0,
    ("sphere", "fwhm"): 0.89,
    ("cube, Scherrer", "fwhm"): 0.94,
    ("equal cubes {100}", "fwhm"): 0.886,
    ("equal cubes {110}", "fwhm"): 0.834,
    ("spread cubes {100}", "fwhm"): 0.875,
    ("spread cubes {110}", "fwhm"): 0.825,
}
# What the choice of the constant leaves open, beside any standard error.
SYSTEMATIC_PERCENT = (5.0, 10.0)


@dataclass(frozen=True, slots=True)
class ScherrerSize:
    """A volume-weighted length of columns along the normal of the planes, and the constant it rests on."""

    size_nm: float
    stderr_nm: float
    constant: float
    breadth: str


def scherrer_constant(family: str, breadth: str) -> float:
    """Return the constant of a family of planes and a definition of breadth ("fwhm" or "integral")."""
    try:
        return CONSTANTS[family, breadth]
    except KeyError:
        known = "; ".join(f"{one}, {other}" for one, other in CONSTANTS)
        raise CannotAnalyse(f"There is no constant for {family}, {breadth}; there are {known}.") from None


def scherrer_size(
    angle_deg: float,
    breadth_deg: float,
    wavelength_angstrom: float,
    *,
    constant: float = 0.9,
    breadth_stderr_deg: float = 0.0,
    breadth: str = "fwhm",
) -> ScherrerSize:
    """Return L = K λ / (β cos θ), β in radians of 2θ and without the instrument's part; σ_L/L = σ_β/β.

    Compare it with ⟨L⁴⟩/⟨L³⟩ of particles, never with their mean. Scherrer 1918; Langford, Wilson 1978.
    """
    if not 0 < angle_deg < 180 or not 0 < breadth_deg < 30:
        raise CannotAnalyse("A size needs 2θ between 0 and 180° and a breadth above zero, both in degrees of 2θ.")
    cosine = cos(radians(angle_deg / 2))
    size_nm = constant * wavelength_angstrom / 10 / (radians(breadth_deg) * cosine)
    return ScherrerSize(size_nm, size_nm * breadth_stderr_deg / breadth_deg, constant, breadth)
