"""The first exciton as the lowest minimum of the second derivative, which needs no model of what lies under it."""

from dataclasses import dataclass

import numpy as np
from scipy.signal import find_peaks, savgol_coeffs, savgol_filter

from analysis.physics.constants import FWHM_PER_SIGMA
from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse

DEGREE = 4
# A first look with each of these windows; then one as wide as this part of the exciton.
FIRST_WINDOWS_MEV = (20.0, 30.0, 45.0, 65.0, 90.0, 130.0)
WINDOW_RATIO = 0.7
LEAST_WINDOW = 7
# A minimum counts when it lies this many standard errors below zero and its surroundings, and this part of the deepest.
LEAST_SIGMA = 6.0
LEAST_DEPTH = 0.1
# The second derivative of a Gaussian is half as deep this many σ from its middle: (1 − x²) exp(−x²/2) = ½.
HALF_DEPTH_SIGMA = 0.6345


@dataclass(frozen=True, slots=True, eq=False)
class Curvature:
    """Minima of the second derivative, lowest energy first; widths are those of Gaussians as sharply bent.

    `clearness` is how many standard errors deep the first is. `grid_ev` and `second`, shapes (n,), are the second
    derivative in absorbance per eV²; `window_mev` is the Savitzky–Golay window of degree 4 that made it.
    """

    energies_ev: Floats
    fwhms_mev: Floats
    stderr_ev: float
    clearness: float
    window_mev: float
    grid_ev: Floats
    second: Floats


def curvature_of(energies_ev: Floats, absorbances: Floats, *, window_mev: float | None = None) -> Curvature:
    """Return the minima of the second derivative of absorbance, shape (n,), over ascending energies, shape (n,).

    The error of the first is that of a zero of the third derivative, σ(A‴)/|A⁗|, with σ from the smoothing's residuals.
    """
    # As fine as the spectrum is where its steps are finest: wavelength steps are finest in energy at the red end.
    step_ev = float(np.percentile(np.diff(energies_ev), 10.0))
    grid_ev = np.linspace(energies_ev[0], energies_ev[-1], 1 + int(np.ceil(np.ptp(energies_ev) / step_ev)))
    even = np.interp(grid_ev, energies_ev, absorbances)
    if window_mev is not None:
        return minima(grid_ev, even, window_mev)
    # A window much narrower than the exciton shows noise, a wider one runs neighbours together: the clearest wins.
    looks = [minima(grid_ev, even, wide_mev) for wide_mev in FIRST_WINDOWS_MEV if wide_mev * 3e-3 < np.ptp(grid_ev)]
    clearest = max(looks, key=lambda one: one.clearness, default=None)
    if clearest is None:
        raise CannotAnalyse("The spectrum is too short for a second derivative; measure over a wider range.")
    if not len(clearest.energies_ev):
        return clearest
    last = minima(grid_ev, even, float(np.clip(WINDOW_RATIO * clearest.fwhms_mev[0], 15.0, 130.0)))
    return last if len(last.energies_ev) else clearest


def minima(grid_ev: Floats, even: Floats, window_mev: float) -> Curvature:
    """Return the minima with one window over an even grid."""
    step_ev = float(grid_ev[1] - grid_ev[0])
    window = max(LEAST_WINDOW, 2 * int(0.5e-3 * window_mev / step_ev) + 1)
    if window > len(grid_ev) // 3:
        raise CannotAnalyse("The window of the second derivative is as wide as the spectrum; measure in finer steps.")
    smooth, second, fourth = (savgol_filter(even, window, DEGREE, deriv=order, delta=step_ev) for order in (0, 2, 4))
    # The smoothing takes this part of the noise away with it.
    kept = 1.0 - float(savgol_coeffs(window, DEGREE)[window // 2])
    noise = float(np.std(even - smooth)) / np.sqrt(kept)
    scatter, bend_scatter = (noise * coefficient_norm(window, order, step_ev) for order in (2, 3))
    inside = slice(window // 2, len(second) - window // 2)
    least = max(LEAST_SIGMA * scatter, LEAST_DEPTH * float(-second[inside].min()))
    places = find_peaks(-second[inside], height=least, prominence=least)[0] + window // 2
    energies_ev = np.array([turning(grid_ev, second, place) for place in places])
    fwhms_mev = np.array([half_depth_width(second, place) * step_ev * 1e3 for place in places])
    bend = abs(float(fourth[places[0]])) if len(places) else np.inf
    stderr_ev = float(bend_scatter / max(bend, 1e-300))
    clearness = float(-second[places[0]] / max(scatter, 1e-300)) if len(places) else 0.0
    return Curvature(energies_ev, fwhms_mev, stderr_ev, clearness, window * step_ev * 1e3, grid_ev, second)


def coefficient_norm(window: int, order: int, step_ev: float) -> float:
    """Return how much noise a derivative lets through."""
    return float(np.linalg.norm(savgol_coeffs(window, DEGREE, deriv=order, delta=step_ev)))


def turning(grid_ev: Floats, second: Floats, place: int) -> float:
    """Return where a parabola through three points turns."""
    left, middle, right = second[place - 1 : place + 2]
    bend = left - 2 * middle + right
    shift = 0.5 * (left - right) / bend if bend > 0 else 0.0
    return float(grid_ev[place] + shift * (grid_ev[1] - grid_ev[0]))


def half_depth_width(second: Floats, place: int) -> float:
    """Return the FWHM, in steps, of the Gaussian whose second derivative is half as deep at the same distance."""
    is_shallow = second > 0.5 * second[place]
    left, right = np.flatnonzero(is_shallow[:place]), np.flatnonzero(is_shallow[place:])
    reaches = [place - int(left[-1]) - 0.5] if len(left) else []
    reaches += [int(right[0]) - 0.5] if len(right) else []
    # The nearer side, since the farther one may run into a neighbour.
    return FWHM_PER_SIGMA / HALF_DEPTH_SIGMA * max(min(reaches, default=1.0), 1.0)
