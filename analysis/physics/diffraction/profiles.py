"""Sums of pseudo-Voigt lines over a pattern, and how they change with every line's place, breadth and strength."""

from dataclasses import dataclass

import numpy as np

from analysis.physics.diffraction.breadths import Mixed
from analysis.physics.fitting.problem import Floats

# Lines are summed in blocks whose work fits into the cache of a processor.
BLOCK_VALUES = 40_000
HEIGHT_LORENTZ = 2 / np.pi
HEIGHT_GAUSS = 2 * np.sqrt(np.log(2) / np.pi)
FOUR_LN_2 = 4 * np.log(2)
# Beyond this square of the distance in FWHM a Gaussian is nothing, and computing it costs time.
MOST_SQUARE = 200.0


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Lines at `centres_deg` with their areas and breadths, all of shape (k,)."""

    centres_deg: Floats
    areas: Floats
    breadths: Mixed


@dataclass(frozen=True, slots=True, eq=False)
class LineSlopes:
    """How lines move with parameters, each of shape (k, p): centres and breadths in degrees, areas."""

    centres: Floats
    areas: Floats
    gauss: Floats
    lorentz: Floats


def summed(angles_deg: Floats, lines: Lines) -> Floats:
    """Return Σ area · [η L + (1 − η) G] at 2θ, shape (n,); L and G have the same FWHM and unit area per degree."""
    total = np.zeros_like(angles_deg)
    for part in blocks(len(lines.areas), len(angles_deg)):
        distance = (angles_deg - lines.centres_deg[part, None]) / lines.breadths.fwhm[part, None]
        square = distance * distance
        strength = lines.areas[part] / lines.breadths.fwhm[part]
        eta = lines.breadths.eta[part]
        total += (strength * eta * HEIGHT_LORENTZ) @ (1 / (1 + 4 * square))
        total += (strength * (1 - eta) * HEIGHT_GAUSS) @ gaussian(square)
    return total


def summed_with_slopes(angles_deg: Floats, lines: Lines, slopes: LineSlopes) -> tuple[Floats, Floats]:
    """Return the sum, shape (n,), and its slope by the parameters, shape (n, p)."""
    total = np.zeros_like(angles_deg)
    jacobian = np.zeros((slopes.areas.shape[1], len(angles_deg)))
    for part in blocks(len(lines.areas), len(angles_deg)):
        shapes = block_shapes(angles_deg, lines, part)
        weights = block_weights(lines, slopes, part)
        total += lines.areas[part] @ shapes[0]
        for weight, shape in zip(weights, shapes, strict=True):
            jacobian += weight.T @ shape
    return total, jacobian.T


def blocks(line_count: int, point_count: int) -> list[slice]:
    """Return slices over lines, each small enough for a processor's cache."""
    size = max(BLOCK_VALUES // max(point_count, 1), 1)
    return [slice(first, first + size) for first in range(0, line_count, size)]


def gaussian(square: Floats) -> Floats:
    """Return exp(−4 ln 2 u²) for u², distances in FWHM squared."""
    return np.asarray(np.exp(np.minimum(square, MOST_SQUARE) * -FOUR_LN_2))


def block_shapes(angles_deg: Floats, lines: Lines, part: slice) -> tuple[Floats, Floats, Floats, Floats]:
    """Return unit lines, shape (block, n), and their slopes by centre, by FWHM and by η."""
    fwhm, eta = lines.breadths.fwhm[part, None], lines.breadths.eta[part, None]
    distance = (angles_deg - lines.centres_deg[part, None]) / fwhm
    square = distance * distance
    narrow = 1 / (1 + 4 * square)
    lorentz = narrow * (HEIGHT_LORENTZ / fwhm)
    gauss = gaussian(square) * (HEIGHT_GAUSS / fwhm)
    by_eta = lorentz - gauss
    unit = gauss + eta * by_eta
    # The slope by distance over the distance itself, so that it serves both centre and FWHM.
    fall = (eta * 8) * (lorentz * narrow) + ((1 - eta) * 2 * FOUR_LN_2) * gauss
    by_centre = fall * (distance / fwhm)
    by_fwhm = (fall * square - unit) / fwhm
    return unit, by_centre, by_fwhm, by_eta


def block_weights(lines: Lines, slopes: LineSlopes, part: slice) -> tuple[Floats, Floats, Floats, Floats]:
    """Return what each slope of a line counts in those of the parameters, each of shape (block, p)."""
    areas, breadths = lines.areas[part, None], lines.breadths
    gauss, lorentz = slopes.gauss[part], slopes.lorentz[part]
    by_fwhm = breadths.fwhm_by_gauss[part, None] * gauss + breadths.fwhm_by_lorentz[part, None] * lorentz
    by_eta = breadths.eta_by_gauss[part, None] * gauss + breadths.eta_by_lorentz[part, None] * lorentz
    return slopes.areas[part], areas * slopes.centres[part], areas * by_fwhm, areas * by_eta
