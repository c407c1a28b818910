"""The phases of CsPbI3 as published: cells, symmetry and atoms, each with its source."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Site:
    """One atom of the asymmetric unit, in fractions of the cell, with its isotropic displacement B."""

    label: str
    element: str
    x: float
    y: float
    z: float
    b_iso_angstrom2: float = 2.0
    occupancy: float = 1.0


@dataclass(frozen=True, slots=True)
class Structure:
    """A crystal: edges in Å, angles in degrees, the space group in the setting of the axes, sites, and the source."""

    name: str
    space_group: str
    edges_angstrom: tuple[float, float, float]
    sites: tuple[Site, ...]
    source: str
    angles_deg: tuple[float, float, float] = (90.0, 90.0, 90.0)

    @property
    def is_orthogonal(self) -> bool:
        """Whether all angles are right ones."""
        return all(abs(angle - 90) < 1e-6 for angle in self.angles_deg)


GAMMA_293K = Structure(
    "γ-CsPbI3",
    "P b n m",
    (8.5766, 8.8561, 12.4722),
    (
        Site("Cs", "Cs", 0.50509, 0.45995, 0.25),
        Site("Pb", "Pb", 0.5, 0.0, 0.0),
        Site("I1", "I", 0.56202, 0.00113, 0.25),
        Site("I2", "I", 0.69731, 0.30538, 0.96423),
    ),
    "Sutton et al., ACS Energy Lett. 3 (2018) 1787, 293 K; coordinates as transcribed in a public repository",
)
# The coordinates at 325 K are not at hand; those of 293 K stand in for them.
GAMMA_325K = replace(
    GAMMA_293K,
    edges_angstrom=(8.6198, 8.8518, 12.5013),
    source="cell of Marronnier et al., ACS Nano 12 (2018) 3477, 325 K (not verified); atoms of 293 K",
)
DELTA = Structure(
    "δ-CsPbI3",
    "P n m a",
    (10.4342, 4.7905, 17.761),
    (
        Site("Pb", "Pb", 0.16039, 0.25, 0.43797),
        Site("I1", "I", 0.16322, 0.25, 0.0016),
        Site("I2", "I", 0.2991, 0.25, 0.28729),
        Site("I3", "I", 0.03191, 0.25, 0.61449),
        Site("Cs", "Cs", 0.41564, 0.25, 0.6709),
    ),
    "Stoumpos, Malliakas, Kanatzidis, Inorg. Chem. 52 (2013) 9019; COD 4335639, public domain",
)
