"""Where a whole-pattern fit starts: how far the cells of the phases are stretched, and how broad the lines are."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.polynomial import chebyshev

from analysis.physics.diffraction.phase_lines import Diffractometer, Phase, lines_of
from analysis.physics.diffraction.profiles import summed
from analysis.physics.diffraction.whole_pattern import B_ISO_ANGSTROM2, Pattern
from analysis.physics.fitting.problem import Floats, Likelihood

# Cells from far under pressure to hot; a step moves the strongest lines by a third of the breadth of a 20 nm crystal.
GAMMA_STRETCHES = np.linspace(0.88, 1.03, 31)
DELTA_STRETCHES = np.linspace(0.88, 1.03, 76)
GAMMA_SIZES_NM = (5.0, 10.0, 20.0, 45.0)
DELTA_SIZE_NM = 40.0
SEARCH_DEGREE = 10
MOST_POINTS = 650
STRONG_SHARE = 0.04
USUAL_GAUSS_DEG = 0.08


@dataclass(frozen=True, slots=True)
class Start:
    """Stretches of the cells, the size in nm, and by how much each phase lowers χ² beside the other (units of σ²).

    `explained` is the part of the lines, squared and without their scatter, that the best pair of phases makes.
    """

    gamma_stretch: float
    size_nm: float
    delta_stretch: float
    gamma_gain: float
    delta_gain: float
    explained: float


def searched(pattern: Pattern, setup: Diffractometer, gamma: Phase, delta: Phase, gauss_deg: float | None) -> Start:
    """Return the best pair of stretches, both phases with amplitudes not below zero over a smooth background."""
    thin = pattern.thinned(MOST_POINTS)
    weights = first_weights(thin)
    gauss = USUAL_GAUSS_DEG if gauss_deg is None else gauss_deg
    tries = [(stretch, size) for stretch in GAMMA_STRETCHES for size in GAMMA_SIZES_NM]
    angles = thin.angles_deg.tobytes()
    broad = columns(angles, setup, gamma, tuple(tries), gauss)
    narrow = columns(angles, setup, delta, tuple((one, DELTA_SIZE_NM) for one in DELTA_STRETCHES), gauss)
    smooth = np.linalg.qr(background(thin) * weights[:, None])[0]
    left, both = (without(one, weights, smooth) for one in (broad, narrow))
    target = thin.observed * weights
    target = target - smooth @ (smooth.T @ target)
    gains, alone, other = pair_gains(left, both, target)
    first, second = np.unravel_index(int(np.argmax(gains)), gains.shape)
    best = float(gains[first, second])
    scatter = unit_of(thin, float(target @ target) - best)
    return Start(
        float(tries[first][0]), tries[first][1], float(DELTA_STRETCHES[second]),
        (best - float(other[second])) / scatter, (best - float(alone[first])) / scatter, explained_share(best, target),
    )  # fmt: skip


def explained_share(best: float, target: Floats) -> float:
    """Return the share of what is not background that a gain explains; neighbours tell the scatter."""
    scatter = 1.4826 * float(np.median(np.abs(np.diff(target)))) / np.sqrt(2)
    lines = float(target @ target) - len(target) * scatter**2
    return best / lines if lines > best else 1.0


def unit_of(pattern: Pattern, squares: float) -> float:
    """Return the variance of a weighted residual: one, or what the squares left over say of it."""
    if pattern.likelihood is not Likelihood.UNKNOWN:
        return 1.0
    return max(squares / max(len(pattern.observed) - SEARCH_DEGREE - 3, 1), 1e-300)


def first_weights(pattern: Pattern) -> Floats:
    """Return the roots of the weights, shape (n,), before there is a model: smoothed counts stand in for it."""
    if pattern.stderrs is not None:
        return np.asarray(1 / pattern.stderrs)
    if pattern.likelihood is Likelihood.POISSON:
        smooth = np.convolve(np.pad(pattern.observed, 3, mode="edge"), np.full(7, 1 / 7), mode="valid")
        return np.asarray(1 / np.sqrt(np.maximum(smooth, 1.0)))
    return np.ones_like(pattern.observed)


def strongest(phase: Phase) -> Phase:
    """Return a phase with its strong lines alone; they decide where it is."""
    found = phase.reflections
    areas = found.multiplicity * (np.abs(found.geometry.sum(axis=0)) ** 2) / found.s_squares
    return replace(phase, reflections=found.some(areas > STRONG_SHARE * areas.max()), face_squares=None)


@lru_cache(maxsize=16)
def columns(
    angles: bytes, setup: Diffractometer, phase: Phase, tries: tuple[tuple[float, float], ...], gauss_deg: float
) -> Floats:
    """Return the pattern of a phase at angles, shape (n,) as bytes, for every stretch and size, shape (n, tries).

    Kept, for one diffractometer measures the same angles again and again.
    """
    at_deg, phase = np.frombuffer(angles), strongest(phase)
    edges = np.array(phase.reflections.structure.edges_angstrom)
    shared = np.array([0.0, B_ISO_ANGSTROM2, gauss_deg, 1.0])
    made = []
    for stretch, size_nm in tries:
        own = np.array([1.0, *(edges * stretch), size_nm, 0.0])
        made.append(summed(at_deg, lines_of(phase, setup, own, shared)[0]))
    bank = np.column_stack(made)
    bank.setflags(write=False)
    return bank


def background(pattern: Pattern) -> Floats:
    """Return the polynomials of the search, shape (n, degree + 1)."""
    angles = pattern.angles_deg
    turned = 2 * (angles - angles[0]) / (angles[-1] - angles[0]) - 1
    return np.asarray(chebyshev.chebvander(turned, SEARCH_DEGREE))


def without(made: Floats, weights: Floats, smooth: Floats) -> Floats:
    """Return weighted columns without what the background can be, of length one, shape (n, tries)."""
    weighted = made * weights[:, None]
    left = weighted - smooth @ (smooth.T @ weighted)
    lengths = np.linalg.norm(left, axis=0)
    return np.asarray(left / np.where(lengths > 0, lengths, 1.0))


def pair_gains(first: Floats, second: Floats, target: Floats) -> tuple[Floats, Floats, Floats]:
    """Return by how much every pair of unit columns lowers the squares, shape (a, b), and each alone, (a,) and (b,)."""
    one, other, shared = first.T @ target, second.T @ target, first.T @ second
    alone, other_alone = np.maximum(one, 0) ** 2, np.maximum(other, 0) ** 2
    determinant = np.maximum(1 - shared**2, 1e-9)
    height = (one[:, None] - shared * other) / determinant
    height_other = (other - shared * one[:, None]) / determinant
    pair = height * one[:, None] + height_other * other
    single = np.maximum(alone[:, None], other_alone)
    return np.where((height > 0) & (height_other > 0), np.maximum(pair, single), single), alone, other_alone
