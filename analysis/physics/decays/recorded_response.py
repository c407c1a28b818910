"""Exponentials seen through a recorded instrument response: an exact convolution with what was recorded."""

from dataclasses import dataclass

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.signal import lfilter

from analysis.physics.decays.bins import Binned
from analysis.physics.decays.shares import Shares
from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse

# Knots per recorded bin between which the response is straight.
KNOTS_COUNT = 16
# Two bins in a row within this many standard errors of the background end a recorded response.
NOISE_SIGMA = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class Recorded:
    """A response of area one, straight between evenly spaced knots, shape (m,), at times from its centroid.

    It was recorded in bins as long as those of the decay, so it holds the averaging over a bin already; a bin of the
    decay is then ∫ g(u) q(t − u) du at its middle, times its length.
    """

    edges_ns: Floats
    first_ns: float
    step_ns: float
    heights: Floats
    fwhm_ns: float

    def shares(self, taus_ns: Floats, start_ns: float) -> Shares:
        """Return what exponentials with lifetimes of shape (k,) put into the bins, shape (k, n)."""
        centers_ns = (self.edges_ns[1:] + self.edges_ns[:-1]) / 2
        widths_ns = np.diff(self.edges_ns)
        told = [self.convolved(centers_ns - start_ns, float(tau_ns)) for tau_ns in taus_ns]
        values, by_tau, by_time = (np.array(one) * widths_ns for one in zip(*told, strict=True))
        return Shares(values, by_tau, -by_time)

    def convolved(self, times_ns: Floats, tau_ns: float) -> tuple[Floats, Floats, Floats]:
        """Return the convolution with one exponential at times, shape (n,), and its slopes in lifetime and time.

        From knot to knot I(t + h) = e^(−h/τ) I(t) + a q(t) + b q(t + h), exact for a straight q; beyond the last knot
        the response is zero.
        """
        at_knots, by_tau_at_knots = self.at_knots(tau_ns)
        place = (times_ns - self.first_ns) / self.step_ns
        index = np.clip(np.floor(place), 0, len(self.heights) - 1).astype(int)
        rest_ns = np.maximum(times_ns - self.first_ns - index * self.step_ns, 0.0)
        before, after = self.heights[index], np.append(self.heights, 0.0)[index + 1]
        within = before + (after - before) * np.minimum(rest_ns / self.step_ns, 1.0)
        left, left_by_tau, first, first_by_tau, last, last_by_tau = step_parts(rest_ns, tau_ns)
        value = left * at_knots[index] + first * before + last * within
        by_tau = (
            left * by_tau_at_knots[index] + left_by_tau * at_knots[index] + first_by_tau * before + last_by_tau * within
        )
        is_begun = place > 0
        value, by_tau = np.where(is_begun, value, 0.0), np.where(is_begun, by_tau, 0.0)
        return value, by_tau, np.where(is_begun, within, 0.0) - value / tau_ns

    def at_knots(self, tau_ns: float) -> tuple[Floats, Floats]:
        """Return the convolution at every knot, shape (m,), and its slope in the lifetime."""
        parts = [float(one[0]) for one in step_parts(np.array([self.step_ns]), tau_ns)]
        left, left_by_tau, first, first_by_tau, last, last_by_tau = parts
        before = np.append(0.0, self.heights[:-1])
        value = lfilter([1.0], [1.0, -left], first * before + last * self.heights)
        change = left_by_tau * np.append(0.0, value[:-1]) + first_by_tau * before + last_by_tau * self.heights
        return value, lfilter([1.0], [1.0, -left], change)


def step_parts(steps_ns: Floats, tau_ns: float) -> tuple[Floats, Floats, Floats, Floats, Floats, Floats]:
    """Return e^(−h/τ) and the weights of a straight line's first and last height over steps h, each with its slope."""
    ratio = steps_ns / tau_ns
    left = np.exp(-ratio)
    spent = -np.expm1(-ratio)
    mean = np.where(ratio > 0, spent / np.where(ratio > 0, ratio, 1.0), 1.0)
    last, first = tau_ns * (1 - mean), tau_ns * (mean - left)
    left_by_tau = left * ratio / tau_ns
    mean_by_tau = (mean - left) / tau_ns
    last_by_tau = (1 - mean) - tau_ns * mean_by_tau
    first_by_tau = (mean - left) + tau_ns * (mean_by_tau - left_by_tau)
    return left, left_by_tau, first, first_by_tau, last, last_by_tau


def recorded(recording: Binned, background_counts: float, edges_ns: Floats) -> tuple[Recorded, float]:
    """Return a recorded response over the bins of a decay, and the time of its centroid in ns.

    A cubic spline through counts per ns, sampled at 16 knots a bin; a straight line would widen a narrow response.
    Raises CannotAnalyse when there is nothing above the background or the bins are not as long as the decay's.
    """
    check_bins(recording, edges_ns)
    first, last = reach_of(recording.counts - background_counts, NOISE_SIGMA * np.sqrt(background_counts + 1.0))
    low, high = max(first - 2, 0), min(last + 3, len(recording.counts))
    centers_ns, widths_ns = recording.centers_ns[low:high], recording.widths_ns[low:high]
    densities = (recording.counts[low:high] - background_counts) / widths_ns
    densities[: first - low] = densities[last + 1 - low :] = 0.0
    knots_ns = np.linspace(centers_ns[0], centers_ns[-1], (high - low - 1) * KNOTS_COUNT + 1)
    heights = np.maximum(CubicSpline(centers_ns, densities)(knots_ns), 0.0)
    heights[0] = heights[-1] = 0.0
    step_ns = float(knots_ns[1] - knots_ns[0])
    heights = heights / (heights.sum() * step_ns)
    centroid_ns = float(heights @ knots_ns) * step_ns
    return Recorded(
        edges_ns, float(knots_ns[0]) - centroid_ns, step_ns, heights, fwhm_of(knots_ns, heights)
    ), centroid_ns


def check_bins(recording: Binned, edges_ns: Floats) -> None:
    """Refuse a response recorded in other bins than the decay."""
    own_ns, decay_ns = recording.width_ns, float(edges_ns[-1] - edges_ns[0]) / (len(edges_ns) - 1)
    if abs(own_ns - decay_ns) > 0.05 * decay_ns:
        raise CannotAnalyse(
            f"The response was recorded in bins of {own_ns:.4g} ns and the decay in bins of {decay_ns:.4g} ns; record "
            "both with the same window, or state irf gaussian with its irf_fwhm_ns."
        )


def reach_of(net_counts: Floats, noise_counts: float) -> tuple[int, int]:
    """Return the first and last bin of what stands out around the highest bin."""
    top = int(np.argmax(net_counts))
    is_low = net_counts <= noise_counts
    is_low_twice = is_low[1:] & is_low[:-1]
    before, after = np.flatnonzero(is_low_twice[:top]), np.flatnonzero(is_low_twice[top:])
    first = int(before[-1]) + 2 if len(before) else 0
    last = top + int(after[0]) - 1 if len(after) else len(net_counts) - 1
    if last - first < 2:
        raise CannotAnalyse("The response lies in fewer than three bins; state irf gaussian with its irf_fwhm_ns.")
    return first, last


def fwhm_of(times_ns: Floats, heights: Floats) -> float:
    """Return the width between the outermost points at half of the maximum."""
    above = np.flatnonzero(heights >= heights.max() / 2)
    return float(times_ns[above[-1]] - times_ns[above[0]] + (times_ns[1] - times_ns[0]))
