"""One phase of a whole pattern: its lines and how they move with cell, size, strain and what all phases share."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.physics.diffraction.breadths import mixed
from analysis.physics.diffraction.intensities import Squares, lorentz_polarisation, squared_factors
from analysis.physics.diffraction.profiles import Lines, LineSlopes
from analysis.physics.diffraction.radiation import Radiation
from analysis.physics.diffraction.reflections import Reflections
from analysis.physics.diffraction.texture import march
from analysis.physics.fitting.problem import Floats

# What moves the lines of a phase, in the order of the columns of their slopes.
OWN = ("scale", "a", "b", "c", "size", "strain")
SHARED = ("shift", "b_iso", "gauss", "texture")
LEAST_LORENTZ_DEG = 1e-4


@dataclass(frozen=True, slots=True)
class Diffractometer:
    """What all phases share and no fit moves; with `radius_mm` the shift is a displacement in mm, else in degrees."""

    radiation: Radiation
    constant: float = 0.9
    monochromator_deg: float | None = None
    radius_mm: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Phase:
    """A phase of an orthogonal cell; its reflections have no displacement of their own (`b_iso` of the fit has it).

    `unit` brings the area of its strongest line to about one; `face_squares`, shape (k, faces), is for texture and
    None for a phase without.
    """

    name: str
    reflections: Reflections
    unit: float
    dispersion: NDArray[np.complex128] | None = None
    face_squares: Floats | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Bent:
    """Where the planes of a phase bend one wavelength: (sin θ/λ)² with its slope by the edges, θ and its slope."""

    s_squares: Floats
    by_edges: Floats
    theta: Floats
    theta_by_s_squares: Floats


def bent(hkl: NDArray[np.int_], edges: Floats, wavelength_angstrom: float) -> Bent:
    """Return the angles of planes, shape (k, 3), for orthogonal edges, shape (3,)."""
    squares = hkl.astype(float) ** 2
    s_squares = squares @ edges**-2.0 / 4
    sine = np.minimum(wavelength_angstrom * np.sqrt(s_squares), 0.999999)
    theta = np.arcsin(sine)
    slope = wavelength_angstrom / (2 * np.sqrt(s_squares) * np.cos(theta))
    return Bent(s_squares, squares * (-0.5 * edges**-3.0), theta, slope)


def lines_of(phase: Phase, setup: Diffractometer, own: Floats, shared: Floats) -> tuple[Lines, LineSlopes]:
    """Return the lines of a phase, shape (k · lines,), and their slopes by `OWN` and `SHARED`, (k · lines, 10)."""
    parts = [lines_of_one(phase, setup, own, shared, line) for line in setup.radiation.lines]
    centres, areas, lorentz = (np.concatenate([part[0][index] for part in parts]) for index in range(3))
    slopes = LineSlopes(*(np.concatenate([part[1][index] for part in parts]) for index in range(4)))
    return Lines(centres, areas, mixed(np.full_like(lorentz, shared[2]), lorentz)), slopes


def lines_of_one(
    phase: Phase, setup: Diffractometer, own: Floats, shared: Floats, line: tuple[float, float]
) -> tuple[tuple[Floats, Floats, Floats], tuple[Floats, Floats, Floats, Floats]]:
    """Return centres, areas and Lorentzian breadths for one wavelength, and the slopes of a `LineSlopes`."""
    at = bent(phase.reflections.hkl, own[1:4], line[0])
    centres, centre_slopes = centres_of(at, setup, float(shared[0]))
    areas, area_slopes = areas_of(phase, setup, at, own, shared, line[1])
    lorentz, lorentz_slopes = lorentz_of(at, setup, own, line[0])
    gauss_slopes = np.zeros_like(area_slopes)
    gauss_slopes[:, 8] = 1.0
    return (centres, areas, lorentz), (centre_slopes, area_slopes, gauss_slopes, lorentz_slopes)


def centres_of(at: Bent, setup: Diffractometer, shift: float) -> tuple[Floats, Floats]:
    """Return 2θ in degrees as it is seen, moved by the zero or the displacement, and its slopes."""
    moved = np.ones_like(at.theta)
    by_theta = np.full_like(at.theta, 360 / np.pi)
    if setup.radius_mm is not None:
        per_mm = -2 / setup.radius_mm * 180 / np.pi
        moved = per_mm * np.cos(at.theta)
        by_theta = by_theta - shift * per_mm * np.sin(at.theta)
    slopes = np.zeros((len(at.theta), len(OWN) + len(SHARED)))
    slopes[:, 1:4] = (by_theta * at.theta_by_s_squares)[:, None] * at.by_edges
    slopes[:, 6] = moved
    return 2 * np.degrees(at.theta) + shift * moved, slopes


def areas_of(
    phase: Phase, setup: Diffractometer, at: Bent, own: Floats, shared: Floats, strength: float
) -> tuple[Floats, Floats]:
    """Return scale · unit · strength · m |F|² LP exp(−2 B s²)/V, which is per mass of the phase, and its slopes."""
    scale, edges, b_iso = float(own[0]), own[1:4], float(shared[1])
    squares: Squares = squared_factors(phase.reflections, at.s_squares, phase.dispersion)
    polarised, polarised_slope = lorentz_polarisation(at.theta, setup.monochromator_deg)
    factor = phase.unit * strength * phase.reflections.multiplicity * np.exp(-2 * b_iso * at.s_squares)
    factor = factor / np.prod(edges)
    slopes = np.zeros((len(at.theta), len(OWN) + len(SHARED)))
    if phase.face_squares is not None:
        oriented, by_ratio = march(phase.face_squares, float(shared[3]))
        slopes[:, 9] = scale * factor * squares.values * polarised * by_ratio
        factor = factor * oriented
    per_scale = factor * squares.values * polarised
    chain = factor * (squares.by_s_squares * polarised + squares.values * polarised_slope * at.theta_by_s_squares)
    slopes[:, 0] = per_scale
    slopes[:, 1:4] = scale * ((chain - 2 * b_iso * per_scale)[:, None] * at.by_edges - per_scale[:, None] / edges)
    slopes[:, 7] = scale * per_scale * (-2 * at.s_squares)
    return scale * per_scale, slopes


def lorentz_of(at: Bent, setup: Diffractometer, own: Floats, wavelength_angstrom: float) -> tuple[Floats, Floats]:
    """Return Γ_L = K λ/(L cos θ) + 4 ε tan θ in degrees of 2θ, and its slopes."""
    size, strain = float(own[4]), float(own[5])
    cosine, tangent = np.cos(at.theta), np.tan(at.theta)
    from_size = np.degrees(setup.constant * wavelength_angstrom / (10 * size * cosine))
    per_strain = np.degrees(4 * tangent)
    width = from_size + strain * per_strain
    by_theta = from_size * tangent + np.degrees(4 * strain) / cosine**2
    slopes = np.zeros((len(at.theta), len(OWN) + len(SHARED)))
    slopes[:, 1:4] = (by_theta * at.theta_by_s_squares)[:, None] * at.by_edges
    slopes[:, 4] = -from_size / size
    slopes[:, 5] = per_strain
    is_thin = width < LEAST_LORENTZ_DEG
    slopes[is_thin] = 0.0
    return np.where(is_thin, LEAST_LORENTZ_DEG, width), slopes
