"""Concentration of cubes in solution from the absorbance where their absorption is that of the bulk."""

from dataclasses import dataclass
from math import hypot, log, sqrt

from analysis.physics.constants import N_A_PER_MOL
from analysis.physics.refusing import CannotAnalyse

CM_PER_NM = 1e-7
# Formula units of a unit cell of γ-CsPbI3.
UNITS_PER_CELL = 4


@dataclass(frozen=True, slots=True)
class Known:
    """A number with its standard error."""

    value: float
    stderr: float = 0.0

    @property
    def relative(self) -> float:
        """The error as a part of the value."""
        return self.stderr / self.value


@dataclass(frozen=True, slots=True)
class Concentration:
    """Molar absorption coefficient in 1/(M cm), particles in nM, formula units of one, and their mass in g/L."""

    molar_absorption: Known
    particles_nm: Known
    units_per_particle: Known
    mass_g_per_l: Known


def mean_cube_nm3(edge_nm: float, std_nm: float) -> float:
    """Return ⟨L³⟩ of edges with a mean and a spread, L³ + 3 L s², which is more than L³."""
    return edge_nm**3 + 3 * edge_nm * std_nm**2


def concentration(
    absorbance: Known, edge_nm: Known, absorption_per_cm: Known, path_cm: Known, *,
    std_nm: float = 0.0, cell_nm3: float, molar_mass_g_per_mol: float,
) -> Concentration:  # fmt: skip
    """Return the concentration of an absorbance A, after Beer and Lambert.

    ε = N_A ⟨L³⟩ µ/(1000 ln 10) with the intrinsic absorption coefficient µ (ln, 1/cm) of the material; c = A/(ε l).
    Errors are relative ones in quadrature, three times that of the edge; the mass of all particles has the edge
    not at all, since it is A times the density of the crystal over µ l. Raises CannotAnalyse for numbers that are
    not above zero.
    """
    for one, name in ((absorbance, "absorbance"), (edge_nm, "edge"), (absorption_per_cm, "µ"), (path_cm, "path")):
        if not one.value > 0:
            raise CannotAnalyse(f"The {name} is {one.value:g}; it must be above zero.")
    volume_nm3 = mean_cube_nm3(edge_nm.value, std_nm)
    volume_relative = 3 * edge_nm.stderr * (edge_nm.value**2 + std_nm**2) / volume_nm3
    molar = N_A_PER_MOL * volume_nm3 * CM_PER_NM**3 * absorption_per_cm.value / (1000 * log(10))
    particles_nm = absorbance.value / (molar * path_cm.value) * 1e9
    units = volume_nm3 * UNITS_PER_CELL / cell_nm3
    mass = particles_nm * 1e-9 * units * molar_mass_g_per_mol
    of_light = hypot(absorbance.relative, path_cm.relative)
    molar_relative = hypot(volume_relative, absorption_per_cm.relative)
    return Concentration(
        Known(molar, molar * molar_relative),
        Known(particles_nm, particles_nm * hypot(of_light, molar_relative)),
        Known(units, units * volume_relative),
        Known(mass, mass * sqrt(of_light**2 + absorption_per_cm.relative**2)),
    )
