"""Decays made for tests: exact counts, and Poisson ones from a seed."""

import numpy as np

from analysis.physics.constants import FWHM_PER_SIGMA
from analysis.physics.decays.bins import Binned
from analysis.physics.decays.gaussian_response import Gaussian
from analysis.physics.decays.model import Setup
from analysis.physics.decays.shares import Instant, Response
from analysis.physics.fitting.problem import Floats

AMPLITUDES, TAUS_NS = np.array([0.65, 0.40]), np.array([2.28, 8.2])
FWHM_NS, START_NS, WINDOW_NS = 0.5, 2.0, 50.0


def edges(bin_count: int = 500, window_ns: float = WINDOW_NS) -> Floats:
    """Return the edges of even bins over a window."""
    return np.linspace(0.0, window_ns, bin_count + 1)


def expected_counts(response: Response, start_ns: float, scale_counts: float, background_counts: float) -> Floats:
    """Return what the bins of a response hold on average, shape (n,)."""
    edges_ns = response.edges_ns
    width_ns = float(edges_ns[-1] - edges_ns[0]) / (len(edges_ns) - 1)
    shares = response.shares(TAUS_NS, start_ns).values_ns / width_ns
    return np.asarray(scale_counts * (AMPLITUDES @ shares) + background_counts)


def gaussian(edges_ns: Floats) -> Gaussian:
    """Return the Gaussian response of these tests."""
    return Gaussian(edges_ns, FWHM_NS / FWHM_PER_SIGMA)


def setup_without(counts: Floats, edges_ns: Floats) -> Setup:
    """Return a decay that starts with its window."""
    binned = Binned(counts, edges_ns)
    return Setup(binned, Instant(edges_ns), float(edges_ns[0]), 0.0, binned.width_ns / 5, 20 * binned.window_ns)


def setup_through(counts: Floats, response: Response, start_ns: float = START_NS) -> Setup:
    """Return a decay through a response."""
    binned = Binned(counts, response.edges_ns)
    return Setup(binned, response, start_ns, 3 * response.fwhm_ns, binned.width_ns / 5, 20 * binned.window_ns)
