"""Decays made for tests of the method, and what it answers."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from analysis.methods.contract import Outcome, Result, Signal, Work
from analysis.methods.running import run_method
from analysis.physics.constants import FWHM_PER_SIGMA
from analysis.physics.decays.gaussian_response import Gaussian
from analysis.physics.fitting.problem import Floats

TAUS_NS, AMPLITUDES = np.array([2.28, 8.2]), np.array([0.65, 0.40])
FWHM_NS, START_NS = 0.5, 2.0


def edges(bin_count: int = 250, window_ns: float = 50.0) -> Floats:
    """Return even edges."""
    return np.linspace(0.0, window_ns, bin_count + 1)


def signal(counts: Floats, edges_ns: Floats, **more: Any) -> Signal:
    """Return counts as a recorded decay."""
    return Signal(counts, "counts", (edges_ns[1:] + edges_ns[:-1]) / 2, "ns", technique="TRPL", **more)


def made(scale_counts: float = 2e4, *, seed: int = 1, edges_ns: Floats | None = None) -> Signal:
    """Return a decay of two lifetimes through a Gaussian response."""
    at_ns = edges() if edges_ns is None else edges_ns
    width_ns = float(at_ns[-1] - at_ns[0]) / (len(at_ns) - 1)
    shares = Gaussian(at_ns, FWHM_NS / FWHM_PER_SIGMA).shares(TAUS_NS, START_NS).values_ns / width_ns
    expected = scale_counts * (AMPLITUDES @ shares) + 12.0
    return signal(np.random.default_rng(seed).poisson(expected).astype(float), at_ns)


def told(decay: Signal, pulse: Signal | None = None, **settings: Any) -> Outcome:
    """Return what the method answers; a Gaussian response unless another is stated."""
    stated: Mapping[str, Any] = {"irf": "gaussian", "irf_fwhm_ns": FWHM_NS} | settings
    signals = {"decay": (decay,)} | ({} if pulse is None else {"irf": (pulse,)})
    return run_method("decay", Work(signals, settings=stated))


def result(outcome: Outcome, name: str) -> Result:
    """Return one result."""
    return next(one for one in outcome.results if one.name == name)


def is_near(one: Result, truth: float) -> bool:
    """Say whether a result lies within four of its errors of the truth."""
    return one.value is not None and one.stderr is not None and abs(one.value - truth) < 4 * one.stderr


def grave(outcome: Outcome) -> set[str]:
    """Return the codes of the grave flags."""
    return {one.code for one in outcome.flags if one.is_grave}


def codes(outcome: Outcome) -> set[str]:
    """Return the codes of all flags."""
    return {one.code for one in outcome.flags}
