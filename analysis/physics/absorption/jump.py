"""Whether energies along temperature are smooth or make one jump, and how small a jump would have been seen."""

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr, stdtrit

from analysis.physics.constants import K_B_EV_PER_K
from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse

LEAST_POINTS = 5
# Two readings at the least tell a side of a jump from one bad reading.
LEAST_SIDE = 2
MOST_DEGREE = 3
CLEAR_GAIN = 10.0
UNLIKELY_P = 0.001
LEVEL = 0.95


@dataclass(frozen=True, slots=True, eq=False)
class Smooth:
    """A smooth curve through the points: its basis, shape (n, p), predicted values of shape (n,), and AICc."""

    name: str
    columns: Floats
    predicted: Floats
    rss: float
    aicc: float


@dataclass(frozen=True, slots=True, eq=False)
class JumpProfile:
    """A jump tried in every gap: where from and to, its height and error, RSS and AICc, all of shape (gaps,)."""

    low: Floats
    high: Floats
    heights: Floats
    stderrs: Floats
    rss: Floats
    aicc: Floats
    p: Floats
    # A jump larger than this, in any gap, is excluded with 95 % confidence.
    smallest_seen: float
    dof_count: int

    @property
    def best(self) -> int:
        """The gap where a jump fits best."""
        return int(np.argmin(self.rss))


@dataclass(frozen=True, slots=True, eq=False)
class JumpSearch:
    """Both models and the verdict; `predicted` is that of the jump in its best gap, shape (n,)."""

    smooth: Smooth
    profile: JumpProfile
    predicted: Floats
    is_jump: bool


def jump_search(temperatures_k: Floats, y: Floats, *, phonon_mev: float | None = None) -> JumpSearch:
    """Return whether y, shape (n,), over ascending temperatures, shape (n,), is smooth or has one jump.

    A polynomial, its degree by the smallest error in predicting each point from the others, or with a phonon energy
    E₀ + A T + B coth(ħω/2kT), against the same curve plus a step in one gap: y = f(T) + h θ(T − T_g). The scatter is
    that of the residuals. A jump is seen when its AICc lies lower by 10; position and height count as parameters.
    """
    x = temperatures_k
    if len(x) < LEAST_POINTS:
        raise CannotAnalyse(f"{len(x)} temperatures are too few to tell a jump from a slope; measure {LEAST_POINTS}.")
    if float(np.diff(x).min()) <= 0:
        raise CannotAnalyse("Two readings have the same temperature; give cooling and warming apart.")
    smooth = smoothest(x, y) if phonon_mev is None else smooth_of("Bose–Einstein", phonon_basis(x, phonon_mev), y)
    profile, predictions = profiled(x, y, smooth.columns)
    best = profile.best
    is_likely = float(profile.p[best]) * len(profile.p) < UNLIKELY_P
    is_jump = is_likely and smooth.aicc - float(profile.aicc[best]) > CLEAR_GAIN
    return JumpSearch(smooth, profile, predictions[best], is_jump)


def smoothest(x: Floats, y: Floats) -> Smooth:
    """Return the polynomial that predicts left-out points best; it leaves three degrees of freedom for a jump."""
    degrees = [degree for degree in range(1, MOST_DEGREE + 1) if len(x) >= degree + 4]
    errors = [left_out_error(basis(x, degree), y) for degree in degrees or [1]]
    degree = (degrees or [1])[int(np.argmin(errors))]
    return smooth_of(f"polynomial of degree {degree}", basis(x, degree), y)


def smooth_of(name: str, columns: Floats, y: Floats) -> Smooth:
    """Return a smooth curve of a basis, shape (n, p)."""
    predicted = columns @ solved(columns, y)[0]
    rss = float(np.sum((y - predicted) ** 2))
    return Smooth(name, columns, predicted, rss, corrected_aic(len(y), rss, columns.shape[1]))


def phonon_basis(temperatures_k: Floats, phonon_mev: float) -> Floats:
    """Return one, T and coth(ħω/2kT), shape (n, 3), the last two scaled to order one."""
    ratio = phonon_mev * 1e-3 / (2.0 * K_B_EV_PER_K * temperatures_k)
    return np.column_stack((np.ones_like(temperatures_k), temperatures_k / temperatures_k[-1], 1.0 / np.tanh(ratio)))


def basis(x: Floats, degree: int) -> Floats:
    """Return powers of x scaled to −1 … 1, shape (n, degree + 1)."""
    scaled = 2.0 * (x - x[0]) / (x[-1] - x[0]) - 1.0
    return np.vander(scaled, degree + 1, increasing=True)


def left_out_error(columns: Floats, y: Floats) -> float:
    """Return Σ (residual/(1 − leverage))², the error of predicting each point from the others."""
    orthogonal, _ = np.linalg.qr(columns)
    residuals = y - orthogonal @ (orthogonal.T @ y)
    leverage = np.sum(orthogonal**2, axis=1)
    return float(np.sum((residuals / np.maximum(1.0 - leverage, 1e-6)) ** 2))


def solved(columns: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Return least-squares coefficients, shape (p,), and (XᵀX)⁻¹, shape (p, p)."""
    inverse = np.asarray(np.linalg.inv(columns.T @ columns), dtype=float)
    return inverse @ (columns.T @ y), inverse


def corrected_aic(count: int, rss: float, free_count: int) -> float:
    """Return n ln(RSS/n) + 2 k + 2 k (k + 1)/(n − k − 1) with the unknown error among the k; infinite without room."""
    k = free_count + 1
    left = count - k - 1
    if left <= 0:
        return float("inf")
    return count * float(np.log(max(rss, 1e-300) / count)) + 2.0 * k + 2.0 * k * (k + 1) / left


def profiled(x: Floats, y: Floats, smooth: Floats) -> tuple[JumpProfile, list[Floats]]:
    """Return a jump tried in every gap that has two points on both sides, and what each predicts."""
    free_count = smooth.shape[1] + 1
    places = np.arange(LEAST_SIDE, len(x) - LEAST_SIDE + 1)
    dof = len(x) - free_count
    heights, stderrs, sums, predictions = [], [], [], []
    for place in places:
        columns = np.column_stack((smooth, (np.arange(len(x)) >= place).astype(float)))
        values, inverse = solved(columns, y)
        predicted = columns @ values
        rss = float(np.sum((y - predicted) ** 2))
        heights.append(float(values[-1]))
        stderrs.append(float(np.sqrt(inverse[-1, -1] * rss / dof)))
        sums.append(rss)
        predictions.append(predicted)
    height, stderr, rss_all = np.array(heights), np.array(stderrs), np.array(sums)
    aicc = np.array([corrected_aic(len(x), one, free_count + 1) for one in sums])
    p = 2.0 * stdtr(dof, -np.abs(height) / np.maximum(stderr, 1e-300))
    reach = np.abs(height) + float(stdtrit(dof, 0.5 + LEVEL / 2.0)) * stderr
    profile = JumpProfile(x[places - 1], x[places], height, stderr, rss_all, aicc, p, float(reach.max()), dof)
    return profile, predictions
