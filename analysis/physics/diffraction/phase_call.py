"""γ or δ: the ratio of two windows that the phases do not share, its mass fraction, and what can be seen at all."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from analysis.physics.diffraction.radiation import spacing_angstrom, two_theta_deg
from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse

# Windows in degrees of 2θ for Cu Kα1: δ 101 and 002; δ 102; γ 002 and 110. The strongest line of δ, 212, lies on a line
# of γ, so nothing between 25.5 and 27.8° calls δ; PbI₂ has its first line near 12.7°, outside all three.
CU_ALPHA1_ANGSTROM = 1.54056
DELTA_WINDOW_DEG = (9.6, 10.15)
DELTA_102_WINDOW_DEG = (12.9, 13.4)
GAMMA_WINDOW_DEG = (13.8, 14.9)
# Calculated I(δ)/I(γ) of equal masses (all B 2 Å², no dispersion) in the first and the second δ window.
EQUAL_MASS_RATIO = 0.5233797716804097
EQUAL_MASS_RATIO_102 = 0.2602667238637462
DETECTED, NOT_DETECTED, BELOW_LOD = "δ detected", "δ not detected", "δ below the limit of detection"
DETECTION = 3.0


@dataclass(frozen=True, slots=True)
class PhaseCall:
    """R = I(δ window)/I(γ window) over the background, the mass fraction it stands for, and the limit of detection.

    `excess_counts` is what the δ window holds beyond background and tails of γ; `lod_fraction` is the mass fraction
    that would just be seen.
    """

    index: float
    index_stderr: float
    mass_fraction: float
    excess_counts: float
    lod_counts: float
    lod_fraction: float
    words: str


def window_at_deg(
    window_deg: tuple[float, float], wavelength_angstrom: float, stretch: float = 1.0
) -> tuple[float, float]:
    """Return a window of Cu Kα1 where another wavelength sees it, for a cell stretched by a factor."""
    low, high = (spacing_angstrom(one, CU_ALPHA1_ANGSTROM) * stretch for one in window_deg)
    return two_theta_deg(low, wavelength_angstrom), two_theta_deg(high, wavelength_angstrom)


def mass_fraction_of(index: float, equal_mass_ratio: float = EQUAL_MASS_RATIO) -> float:
    """Return the mass fraction w = R/(R + K) of δ; semi-quantitative, for cubes on a film are textured."""
    if not index + equal_mass_ratio > 0:
        raise CannotAnalyse("The index of δ is so far below zero that the background is wrong.")
    return index / (index + equal_mass_ratio)


def phase_call(
    angles_deg: Floats,
    observed: Floats,
    background: Floats,
    gamma: Floats,
    variances: Floats,
    windows_deg: tuple[tuple[float, float], tuple[float, float]],
) -> PhaseCall:
    """Return the call from a pattern with its smooth background and the γ part of a model, all of shape (n,).

    R counts everything over the background in both windows, the tails of γ in the δ window too; whether δ is seen is
    asked of what lies beyond those tails, against three times the scatter of what lies beneath. `variances` are those
    of the points; for counts the counts themselves. Raises CannotAnalyse where a window is not covered.
    """
    in_delta, in_gamma = (covered(angles_deg, one) for one in windows_deg)
    net = observed - background
    delta_net, gamma_net = float(net[in_delta].sum()), float(net[in_gamma].sum())
    scatter_delta, scatter_gamma = float(variances[in_delta].sum()), float(variances[in_gamma].sum())
    if not gamma_net > DETECTION * sqrt(scatter_gamma):
        raise CannotAnalyse("The window of γ holds no line, so there is no index of δ against it.")
    index = delta_net / gamma_net
    index_stderr = sqrt(scatter_delta + index**2 * scatter_gamma) / gamma_net
    excess = delta_net - float(gamma[in_delta].sum())
    # Beneath δ lies what is there without it: the share of the scatter that background and γ make.
    beneath = float((background + gamma)[in_delta].sum()) / max(float(observed[in_delta].sum()), 1e-300)
    lod = DETECTION * sqrt(max(scatter_delta * min(max(beneath, 0.0), 1.0), 1e-300))
    return PhaseCall(
        index, index_stderr, mass_fraction_of(max(index, 0.0)), excess, lod,
        mass_fraction_of(lod / gamma_net), words_of(excess, lod),
    )  # fmt: skip


def words_of(excess: float, lod: float) -> str:
    """Return the words for an excess: detected above the limit, below it, or nothing at all."""
    if excess > lod:
        return DETECTED
    return BELOW_LOD if excess > lod / DETECTION else NOT_DETECTED


def covered(angles_deg: Floats, window_deg: tuple[float, float]) -> NDArray[np.bool_]:
    """Return which points lie in a window, mask of shape (n,), if the pattern covers it."""
    low, high = window_deg
    slack = 1e-9
    inside = (angles_deg >= low - slack) & (angles_deg <= high + slack)
    if inside.sum() < 3 or angles_deg[0] > low or angles_deg[-1] < high:
        raise CannotAnalyse(f"The pattern does not cover {low:.2f}–{high:.2f}° of 2θ, which the index of δ needs.")
    return np.asarray(inside)
