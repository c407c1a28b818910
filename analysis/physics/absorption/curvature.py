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

    The error of the first is that of the zero of a slope, σ(A‴)/|A⁗|, with the noise from third differences.
    """
    even = even_spectrum(energies_ev, absorbances)
    if window_mev is not None:
        return minima(even, window_mev)
    # A window much narrower than the exciton shows noise, a wider one runs neighbours together: the clearest wins.
    reach_mev = 1e3 * float(np.ptp(energies_ev))
    looks = [minima(even, wide_mev) for wide_mev in FIRST_WINDOWS_MEV if wide_mev * 4 < reach_mev]
    clearest = max(looks, key=lambda one: one.clearness, default=None)
    if clearest is None:
        raise CannotAnalyse("The spectrum is too short for a second derivative; measure over a wider range.")
    if not len(clearest.energies_ev):
        return clearest
    last = minima(even, float(np.clip(WINDOW_RATIO * clearest.fwhms_mev[0], 15.0, 130.0)))
    return last if len(last.energies_ev) else clearest


@dataclass(frozen=True, slots=True, eq=False)
class Even:
    """A spectrum on an even grid, shapes (n,); `noises` are those of independent readings that scatter as it does."""

    grid_ev: Floats
    values: Floats
    noises: Floats

    @property
    def step_ev(self) -> float:
        """The step of the grid."""
        return float(self.grid_ev[1] - self.grid_ev[0])


def even_spectrum(energies_ev: Floats, absorbances: Floats) -> Even:
    """Return a spectrum as finely stepped as it is where its steps are finest, which is at the red end."""
    steps_ev = np.diff(energies_ev)
    count = 1 + int(np.ceil(np.ptp(energies_ev) / np.percentile(steps_ev, 10.0)))
    grid_ev = np.linspace(energies_ev[0], energies_ev[-1], count)
    # A third difference of noise is √20 of it; the median passes over the few readings where the spectrum is sharp.
    noise = 1.4826 * float(np.median(np.abs(np.diff(absorbances, 3)))) / np.sqrt(20.0)
    # Where readings are further apart than the grid, interpolated noise goes together.
    together = np.interp(grid_ev, energies_ev[1:], steps_ev) / (grid_ev[1] - grid_ev[0])
    noises = max(noise, 1e-9 * float(np.ptp(absorbances))) * np.sqrt(np.maximum(together, 1.0))
    return Even(grid_ev, np.interp(grid_ev, energies_ev, absorbances), noises)


def minima(spectrum: Even, window_mev: float) -> Curvature:
    """Return the minima with one window."""
    grid_ev, step_ev = spectrum.grid_ev, spectrum.step_ev
    window = max(LEAST_WINDOW, 2 * int(0.5e-3 * window_mev / step_ev) + 1)
    if window > len(grid_ev) // 3:
        raise CannotAnalyse("The window of the second derivative is as wide as the spectrum; measure in finer steps.")
    second = savgol_filter(spectrum.values, window, DEGREE, deriv=2, delta=step_ev)
    filters = savgol_coeffs(window, DEGREE, deriv=2, delta=step_ev)
    noise = spectrum.noises * float(np.linalg.norm(filters))
    edge = window // 2
    inside = slice(edge, len(second) - edge)
    least = np.maximum(LEAST_SIGMA * noise[inside], LEAST_DEPTH * float(-second[inside].min()))
    places = find_peaks(-second[inside], height=least, prominence=least)[0] + edge
    # Where a parabola through the neighbourhood turns, and how noise moves it.
    near = 2 * max(window // 6, 1) + 1
    slope = savgol_filter(second, near, 2, deriv=1, delta=step_ev)
    bend = savgol_filter(second, near, 2, deriv=2, delta=step_ev)
    slope_filters = np.convolve(filters, savgol_coeffs(near, 2, deriv=1, delta=step_ev))
    stderrs_ev = spectrum.noises * float(np.linalg.norm(slope_filters)) / np.maximum(np.abs(bend), 1e-300)
    shifts_ev = np.clip(-slope / np.maximum(bend, 1e-300), -near * step_ev, near * step_ev)
    is_one = len(places) > 0
    return Curvature(
        energies_ev=(grid_ev + shifts_ev)[places],
        fwhms_mev=np.array([half_depth_width(second, place) * step_ev * 1e3 for place in places]),
        stderr_ev=float(stderrs_ev[places[0]]) if is_one else float("nan"),
        clearness=float(-second[places[0]] / noise[places[0]]) if is_one else 0.0,
        window_mev=window * step_ev * 1e3,
        grid_ev=grid_ev,
        second=second,
    )


def half_depth_width(second: Floats, place: int) -> float:
    """Return the FWHM, in steps, of the Gaussian whose second derivative is half as deep at the same distance."""
    is_shallow = second > 0.5 * second[place]
    left, right = np.flatnonzero(is_shallow[:place]), np.flatnonzero(is_shallow[place:])
    reaches = [place - int(left[-1]) - 0.5] if len(left) else []
    reaches += [int(right[0]) - 0.5] if len(right) else []
    # The nearer side, since the farther one may run into a neighbour.
    return FWHM_PER_SIGMA / HALF_DEPTH_SIGMA * max(min(reaches, default=1.0), 1.0)
