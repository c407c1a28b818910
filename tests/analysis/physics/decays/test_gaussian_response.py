"""Tests of exponentials seen through a Gaussian response."""

import numpy as np
import pytest

from analysis.physics.constants import FWHM_PER_SIGMA
from analysis.physics.decays.gaussian_response import Gaussian, emg
from analysis.physics.decays.shares import Instant, Repeated, Response, wrap_factor
from tests.analysis.physics.decays.made import edges

SIGMA_NS = 0.5 / FWHM_PER_SIGMA
TAUS_NS = np.array([2.3, 8.0, 30.0])


@pytest.mark.parametrize(
    ("time_ns", "expected"),
    [
        (0.0, 1.218655854e-6),
        (0.5, 0.008986331618),
        (1.0, 0.465200986438),
        (1.5, 0.798489234221),
        (5.0, 0.176423280878),
        (20.0, 0.000259537775),
    ],
)
def test_the_worked_values_of_a_decay_through_a_gaussian_are_met(time_ns: float, expected: float) -> None:
    value = emg(np.array([time_ns - 1.0]), np.array([2.3]), 0.212330450072)

    assert value[0] == pytest.approx(expected, rel=1e-9)


def test_trap_17_a_far_shorter_lifetime_than_the_response_does_not_overflow() -> None:
    times_ns = np.linspace(-50.0, 50.0, 2001)

    value = emg(times_ns, np.array([1e-3]), SIGMA_NS)

    assert np.isfinite(value).all()
    assert value.max() == pytest.approx(1e-3 / (SIGMA_NS * np.sqrt(2 * np.pi)), rel=1e-4)


def test_trap_17_a_bin_holds_the_integral_and_not_the_value_at_its_middle() -> None:
    edges_ns = edges(40)
    fine_ns = np.linspace(0.0, 50.0, 40 * 4000 + 1)
    middles_ns = (fine_ns[1:] + fine_ns[:-1]) / 2

    shares = Gaussian(edges_ns, SIGMA_NS).shares(TAUS_NS, 4.1).values_ns

    step_ns = fine_ns[1] - fine_ns[0]
    fine = emg(middles_ns - 4.1, TAUS_NS[:, None], SIGMA_NS).reshape(3, 40, 4000).sum(axis=2) * step_ns
    assert shares == pytest.approx(fine, rel=1e-6, abs=1e-9)


def test_a_narrow_response_is_none_at_all() -> None:
    edges_ns = edges(100)

    narrow = Gaussian(edges_ns, 1e-6).shares(TAUS_NS, 5.0).values_ns

    assert narrow == pytest.approx(Instant(edges_ns).shares(TAUS_NS, 5.0).values_ns, rel=1e-5, abs=1e-6)


@pytest.mark.parametrize(
    "response",
    [
        Instant(edges(200)),
        Gaussian(edges(200), SIGMA_NS),
        Gaussian(edges(200), SIGMA_NS, is_sampled=True),
        Repeated(Gaussian(edges(200), SIGMA_NS), 60.0),
    ],
)
def test_slopes_are_those_of_the_values(response: Response) -> None:
    small, start_ns = 1e-5, 2.013

    told = response.shares(TAUS_NS, start_ns)

    by_tau = response.shares(TAUS_NS + small, start_ns).values_ns - response.shares(TAUS_NS - small, start_ns).values_ns
    by_start = (
        response.shares(TAUS_NS, start_ns + small).values_ns - response.shares(TAUS_NS, start_ns - small).values_ns
    )
    assert told.by_tau == pytest.approx(by_tau / (2 * small), abs=1e-8)
    assert told.by_start == pytest.approx(by_start / (2 * small), abs=1e-8)


def test_without_a_response_a_bin_holds_the_closed_form() -> None:
    edges_ns = np.array([0.0, 0.1, 0.3])

    shares = Instant(edges_ns).shares(np.array([2.3]), 0.0).values_ns[0]

    assert shares == pytest.approx(2.3 * -np.diff(np.exp(-edges_ns / 2.3)), rel=1e-12)


@pytest.mark.parametrize(
    ("tau_ns", "period_ns", "expected"),
    [(100.0, 500.0, 1.006783655), (200.0, 500.0, 1.089425490), (8.0, 12.5, 1.265200414)],
)
def test_trap_19_the_worked_wrap_factors_are_met(tau_ns: float, period_ns: float, expected: float) -> None:
    assert wrap_factor(np.array([tau_ns]), period_ns)[0] == pytest.approx(expected, rel=1e-9)


def test_trap_19_earlier_pulses_multiply_a_decay_by_the_wrap_factor() -> None:
    once = Instant(edges(100, 12.5))

    repeated = Repeated(once, 12.5).shares(np.array([8.0]), 0.0).values_ns

    assert repeated == pytest.approx(1.265200414 * once.shares(np.array([8.0]), 0.0).values_ns, rel=1e-9)


def test_trap_19_what_earlier_pulses_left_is_seen_before_the_pulse_too() -> None:
    edges_ns = edges(100, 12.5)
    many = np.zeros(100)

    repeated = Repeated(Gaussian(edges_ns, SIGMA_NS), 12.5).shares(np.array([8.0]), 4.0).values_ns[0]

    for number in range(60):
        many += Gaussian(edges_ns, SIGMA_NS).shares(np.array([8.0]), 4.0 - 12.5 * number).values_ns[0]
    assert repeated == pytest.approx(many, rel=1e-9)
    assert repeated[0] > 0.02
