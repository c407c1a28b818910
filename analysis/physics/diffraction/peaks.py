"""Lines found in a stretch of a pattern, each perhaps of several reflections that the structure ties together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import find_peaks, peak_widths

from analysis.physics.diffraction.pattern import Sticks
from analysis.physics.diffraction.whole_pattern import Pattern
from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse

# How far a line must stand out, in standard errors of the background, to be one.
LEAST_PROMINENCE = 5.0
# Reflections weaker than this part of the strongest in their line change nothing.
LEAST_SHARE = 0.002
# Those beside a line that are weaker than this go with it; those stronger are named in its label.
WEAK_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class Found:
    """A line as it is first seen: 2θ, height over its surroundings, and FWHM in degrees."""

    angle_deg: float
    height: float
    fwhm_deg: float


@dataclass(frozen=True, slots=True, eq=False)
class Tied:
    """Reflections of one line: their offsets from the strongest in degrees and shares of the area, shape (k,).

    `angle_deg` is where the structure has the strongest; `label` has their indices, and is empty for an unknown line.
    """

    offsets_deg: Floats
    shares: Floats
    label: str = ""
    angle_deg: float = float("nan")


def found_lines(pattern: Pattern) -> list[Found]:
    """Return the lines that stand out of the smoothed pattern by five standard errors of what lies beneath.

    Raises CannotAnalyse where there is none.
    """
    step = float(np.median(np.diff(pattern.angles_deg)))
    width = max(round(0.1 / step), 1)
    kernel = np.full(2 * width + 1, 1 / (2 * width + 1))
    smooth = np.convolve(np.pad(pattern.observed, width, mode="edge"), kernel, mode="valid")
    scatter = scatter_of(pattern, smooth) * np.sqrt(kernel[0])
    places, properties = find_peaks(smooth, prominence=LEAST_PROMINENCE * scatter, width=1)
    if not len(places):
        raise CannotAnalyse("No line stands out of the background in this range; choose another or count longer.")
    widths = peak_widths(smooth, places, rel_height=0.5)[0] * step
    return [
        Found(float(pattern.angles_deg[place]), float(height), max(float(wide), 2 * step))
        for place, height, wide in zip(places, properties["prominences"], widths, strict=True)
    ]


def scatter_of(pattern: Pattern, smooth: Floats) -> float:
    """Return the standard error of a point of the background."""
    if pattern.stderrs is not None:
        return float(np.median(pattern.stderrs))
    # Differences of neighbours tell the scatter, for counts and for anything else.
    differences = np.diff(pattern.observed) / np.sqrt(2)
    return max(1.4826 * float(np.median(np.abs(differences))), 1e-6 * float(np.ptp(smooth)))


def tied_to(found: Sequence[Found], sticks: Sticks) -> list[Tied]:
    """Return for every line the reflections of a structure in it: those within its FWHM, and weak ones beside."""
    centres = np.array([one.angle_deg for one in found])
    reach = np.array([max(one.fwhm_deg, 0.15) for one in found])
    away = np.abs(sticks.angles_deg[:, None] - centres)
    nearest = away.argmin(axis=1)
    is_near = away[np.arange(len(nearest)), nearest] < reach[nearest]
    is_near |= sticks.intensities < WEAK_SHARE * sticks.intensities.max()
    return [tied(sticks, np.flatnonzero(is_near & (nearest == place))) for place in range(len(found))]


def tied(sticks: Sticks, places: NDArray[np.intp]) -> Tied:
    """Return the reflections at some places as one line."""
    if not len(places) or sticks.intensities[places].max() < WEAK_SHARE * sticks.intensities.max():
        return Tied(np.zeros(1), np.ones(1))
    strong = places[sticks.intensities[places] >= LEAST_SHARE * sticks.intensities[places].max()]
    areas = sticks.intensities[strong]
    first = int(strong[int(areas.argmax())])
    named = strong[areas >= WEAK_SHARE * areas.max()]
    names = ["".join(str(index) for index in sticks.hkl[place]) for place in named]
    angle = float(sticks.angles_deg[first])
    return Tied(sticks.angles_deg[strong] - angle, areas / areas.sum(), " + ".join(names), angle)
