"""The reflections of a structure: which there are, how many planes share each, and the geometry of their factors."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analysis.physics.diffraction.structures import Site, Structure
from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse

# Positions of one site closer than this, in fractions of the cell, are one: it lies on an element of symmetry.
SAME_PLACE = 1e-4
MOST_REFLECTIONS = 200_000


@dataclass(frozen=True, slots=True, eq=False)
class Reflections:
    """Reflections of a structure, shape (k, 3) in `hkl`, without the absent ones; multiplicity counts Friedel mates.

    `geometry`, shape (g, k), is Σ occupancy · exp(2πi h·x) over the atoms of a group that shares element and B;
    `coefficients`, shape (g, 9), are a₁…a₄, b₁…b₄, c of each element; `b_iso_angstrom2`, shape (g,); `metric` is the
    reciprocal metric, shape (3, 3), so that 1/d² = h·metric·h.
    """

    structure: Structure
    hkl: NDArray[np.int_]
    multiplicity: NDArray[np.int_]
    geometry: NDArray[np.complex128]
    coefficients: Floats
    b_iso_angstrom2: Floats
    elements: tuple[str, ...]
    metric: Floats

    def some(self, chosen: NDArray[np.bool_]) -> "Reflections":
        """Return the chosen ones, a mask of shape (k,)."""
        return Reflections(
            self.structure, self.hkl[chosen], self.multiplicity[chosen], self.geometry[:, chosen],
            self.coefficients, self.b_iso_angstrom2, self.elements, self.metric,
        )  # fmt: skip

    @property
    def s_squares(self) -> Floats:
        """(sin θ / λ)² in Å⁻², shape (k,), for the cell of the structure."""
        return np.asarray(np.einsum("ki,ij,kj->k", self.hkl, self.metric, self.hkl) / 4)


def reciprocal_metric(structure: Structure) -> Floats:
    """Return the reciprocal metric in Å⁻², shape (3, 3)."""
    edges = np.array(structure.edges_angstrom)
    alpha, beta, gamma = np.cos(np.radians(structure.angles_deg))
    cosines = np.array([[1, gamma, beta], [gamma, 1, alpha], [beta, alpha, 1]])
    return np.asarray(np.linalg.inv(cosines * np.outer(edges, edges)))


@lru_cache(maxsize=32)
def reflections_of(structure: Structure, d_min_angstrom: float) -> Reflections:
    """Return every reflection with a spacing of at least `d_min_angstrom`, widest first.

    Symmetry by gemmi; the planes of one reflection are the images under the rotations and the inversion (Friedel), so
    multiplicity is right in any setting, and an atom on an element of symmetry counts once.
    """
    rotations, translations = operations(structure.space_group)
    hkl, multiplicity = families(structure, rotations, translations, d_min_angstrom)
    groups = grouped(structure.sites)
    geometry = np.array([factor(sites, rotations, translations, hkl) for sites in groups.values()])
    return Reflections(
        structure, hkl, multiplicity, geometry,
        np.array([coefficients_of(element) for element, _ in groups]),
        np.array([b_iso for _, b_iso in groups]), tuple(element for element, _ in groups),
        reciprocal_metric(structure),
    )  # fmt: skip


def operations(space_group: str) -> tuple[NDArray[np.int_], Floats]:
    """Return rotations, shape (s, 3, 3), and translations, shape (s, 3), of a space group in its setting."""
    import gemmi

    try:
        group = gemmi.SpaceGroup(space_group)
    except ValueError:
        raise CannotAnalyse(f"There is no space group {space_group}.") from None
    every = list(group.operations())
    unit = gemmi.Op.DEN
    rotations = np.array([one.rot for one in every]) // unit
    return rotations, np.array([one.tran for one in every]) / unit


def families(
    structure: Structure, rotations: NDArray[np.int_], translations: Floats, d_min_angstrom: float
) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
    """Return one plane of every family that is not absent, shape (k, 3), and how many planes it has, shape (k,)."""
    hkl = sphere(structure, d_min_angstrom)
    images = np.einsum("ki,sij->ksj", hkl, rotations)
    # A plane that a symmetry maps on itself with a shift of phase does not reflect.
    phase = np.einsum("ki,si->ks", hkl, translations)
    is_same = (images == hkl[:, None, :]).all(axis=2)
    is_absent = (is_same & (np.abs(phase - np.round(phase)) > 1e-3)).any(axis=1)
    both = np.concatenate((images, -images), axis=1)
    base = 2 * int(np.abs(hkl).max()) + 3
    codes = (both + base // 2) @ np.array([base * base, base, 1])
    best, which = codes.max(axis=1), codes.argmax(axis=1)
    _, first, counts = np.unique(np.where(is_absent, -1, best), return_index=True, return_counts=True)
    kept = ~is_absent[first]
    chosen = shown(both, which, first[kept])
    order = np.argsort(np.einsum("ki,ij,kj->k", chosen, reciprocal_metric(structure), chosen), kind="stable")
    return chosen[order], counts[kept][order]


def shown(images: NDArray[np.int_], which: NDArray[np.int_], rows: NDArray[np.int_]) -> NDArray[np.int_]:
    """Return the image by which a family is named: that with the largest indices."""
    return np.asarray(images[rows, which[rows]])


def sphere(structure: Structure, d_min_angstrom: float) -> NDArray[np.int_]:
    """Return all indices, shape (k, 3), with a spacing of at least `d_min_angstrom`."""
    metric = reciprocal_metric(structure)
    most = np.floor(np.sqrt(np.diag(np.linalg.inv(metric))) / d_min_angstrom).astype(int)
    if np.prod(2 * most + 1) > MOST_REFLECTIONS:
        raise CannotAnalyse("This cell has too many reflections in the range; give a smaller cell or range.")
    axes = [np.arange(-one, one + 1) for one in most]
    hkl = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 3)
    squares = np.einsum("ki,ij,kj->k", hkl, metric, hkl)
    hkl = hkl[(squares > 0) & (squares <= d_min_angstrom**-2)]
    if not len(hkl):
        raise CannotAnalyse("The structure has no reflection in the range; widen it or check the wavelength.")
    return np.asarray(hkl)


def grouped(sites: tuple[Site, ...]) -> dict[tuple[str, float], list[Site]]:
    """Return sites by element and B, which scatter alike."""
    groups: dict[tuple[str, float], list[Site]] = {}
    for site in sites:
        groups.setdefault((site.element, site.b_iso_angstrom2), []).append(site)
    return groups


def factor(
    sites: list[Site], rotations: NDArray[np.int_], translations: Floats, hkl: NDArray[np.int_]
) -> NDArray[np.complex128]:
    """Return Σ occupancy · exp(2πi h·x) over all atoms that symmetry makes of some sites, shape (k,)."""
    total = np.zeros(len(hkl), dtype=complex)
    for site in sites:
        places = distinct(rotations @ np.array([site.x, site.y, site.z]) + translations)
        total += site.occupancy * np.exp(2j * np.pi * (hkl @ places.T)).sum(axis=1)
    return total


def distinct(places: Floats) -> Floats:
    """Return positions, shape (s, 3) in fractions of the cell, each once."""
    kept: list[Floats] = []
    for place in places:
        away = [np.abs((place - other + 0.5) % 1 - 0.5).max() for other in kept]
        if not away or min(away) > SAME_PLACE:
            kept.append(place)
    return np.array(kept)


def coefficients_of(element: str) -> Floats:
    """Return the four-Gaussian coefficients a₁…a₄, b₁…b₄, c of the International Tables, volume C, by gemmi."""
    import gemmi

    found = gemmi.Element(element)
    if found.atomic_number == 0:
        raise CannotAnalyse(f"{element} is no element.")
    # The library keeps single precision; the tables print six digits or fewer.
    return np.array([float(f"{value:.6g}") for value in found.it92.get_coefs()])
