"""Tests of recorded instrument responses."""

import numpy as np
import pytest
from scipy.special import ndtr

from analysis.physics.constants import FWHM_PER_SIGMA
from analysis.physics.decays.bins import Binned
from analysis.physics.decays.fit import fit_decay
from analysis.physics.decays.gaussian_response import Gaussian
from analysis.physics.decays.model import Kind
from analysis.physics.decays.pulse import fit_pulse, pulse_of
from analysis.physics.decays.recorded_response import recorded
from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse
from tests.analysis.physics.decays.made import AMPLITUDES, TAUS_NS, edges, setup_through

TAIL_NS, TAIL_FRACTION, CORE_NS = 0.6, 0.35, 0.3


def skewed_pulse(edges_ns: Floats, photon_count: float = 1e6) -> Floats:
    """Return the expected counts of a pulse with a tail: a Gaussian, of which a third is drawn out."""
    core = np.diff(ndtr((edges_ns - 4.0) / CORE_NS))
    tail = Gaussian(edges_ns, CORE_NS).shares(np.array([TAIL_NS]), 4.0).values_ns[0] / TAIL_NS
    return np.asarray(photon_count * ((1 - TAIL_FRACTION) * core + TAIL_FRACTION * tail) + 2.0)


def skewed_decay(edges_ns: Floats) -> Floats:
    """Return two exponentials seen through that pulse, exactly, on a background."""
    total = np.zeros(len(edges_ns) - 1)
    for amplitude, tau_ns in zip(AMPLITUDES, TAUS_NS, strict=True):
        whole, tail = Gaussian(edges_ns, CORE_NS).shares(np.array([tau_ns, TAIL_NS]), 4.0).values_ns
        drawn = tau_ns / (tau_ns - TAIL_NS) * (whole - tail)
        total += amplitude * ((1 - TAIL_FRACTION) * whole + TAIL_FRACTION * drawn)
    return np.asarray(1e5 * total + 12.0)


def test_a_gaussian_recording_is_taken_for_a_gaussian() -> None:
    edges_ns = edges(128)
    sigma_ns = 0.5 / FWHM_PER_SIGMA
    expected = 2e5 * np.diff(ndtr((edges_ns - 4.0) / sigma_ns)) + 3.0
    recording = Binned(np.random.default_rng(1).poisson(expected).astype(float), edges_ns)

    pulse = pulse_of(recording, edges_ns)

    assert pulse.is_gaussian
    assert pulse.response.fwhm_ns == pytest.approx(0.5, abs=4 * pulse.fitted.stderr("fwhm"))
    assert pulse.center_ns == pytest.approx(4.0, abs=0.01)


def test_a_recording_with_a_tail_is_taken_as_it_is() -> None:
    edges_ns = edges(200)

    pulse = pulse_of(Binned(np.round(skewed_pulse(edges_ns)), edges_ns), edges_ns)

    assert not pulse.is_gaussian
    assert pulse.center_ns == pytest.approx(4.0 + TAIL_FRACTION * TAIL_NS, abs=0.01)


def test_a_decay_through_a_recorded_response_is_recovered() -> None:
    edges_ns = edges(400)
    response, centroid_ns = recorded(Binned(skewed_pulse(edges_ns), edges_ns), 2.0, edges_ns)

    fitted = fit_decay(setup_through(skewed_decay(edges_ns), response, centroid_ns + 0.1), Kind.BI).fitted

    assert fitted.value("tau1") == pytest.approx(TAUS_NS[0], rel=3e-4)
    assert fitted.value("tau2") == pytest.approx(TAUS_NS[1], rel=3e-4)
    assert fitted.value("counts1") / fitted.value("counts2") == pytest.approx(AMPLITUDES[0] / AMPLITUDES[1], rel=1e-3)


def test_trap_17_the_start_may_lie_between_bins() -> None:
    edges_ns = edges(200)
    response, _ = recorded(Binned(skewed_pulse(edges_ns), edges_ns), 2.0, edges_ns)

    first = response.shares(TAUS_NS, 4.0).values_ns
    later = response.shares(TAUS_NS, 4.0 + edges_ns[1]).values_ns

    assert later[:, 1:] == pytest.approx(first[:, :-1], rel=1e-9, abs=1e-12)


def test_slopes_through_a_recorded_response_are_those_of_the_values() -> None:
    edges_ns, small = edges(200), 1e-5
    response, _ = recorded(Binned(skewed_pulse(edges_ns), edges_ns), 2.0, edges_ns)

    told = response.shares(TAUS_NS, 4.013)

    by_tau = response.shares(TAUS_NS + small, 4.013).values_ns - response.shares(TAUS_NS - small, 4.013).values_ns
    by_start = response.shares(TAUS_NS, 4.013 + small).values_ns - response.shares(TAUS_NS, 4.013 - small).values_ns
    assert told.by_tau == pytest.approx(by_tau / (2 * small), abs=1e-7)
    assert told.by_start == pytest.approx(by_start / (2 * small), abs=1e-7)


def test_a_response_as_long_as_the_window_is_refused() -> None:
    edges_ns = edges(100)
    long = Binned(np.round(1e5 * np.diff(ndtr((edges_ns - 20.0) / 9.0))), edges_ns)

    with pytest.raises(CannotAnalyse, match="too long for the window"):
        pulse_of(long, edges_ns)


def test_a_response_of_another_window_is_refused() -> None:
    edges_ns = edges(200)

    with pytest.raises(CannotAnalyse, match="same window"):
        pulse_of(Binned(skewed_pulse(edges_ns), edges_ns), edges(200, 100.0))


def test_a_recording_without_a_pulse_is_refused() -> None:
    edges_ns = edges(100)
    empty = Binned(np.random.default_rng(2).poisson(3.0, 100).astype(float), edges_ns)

    with pytest.raises(CannotAnalyse, match="no pulse"):
        fit_pulse(empty)
