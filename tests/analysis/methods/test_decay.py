"""Tests of the decay of one recording: models, responses, amplitudes and errors."""

import numpy as np
import pytest

from analysis.methods.contract import Work
from analysis.methods.running import run_method
from analysis.physics.constants import FWHM_PER_SIGMA
from analysis.physics.decays.gaussian_response import Gaussian
from analysis.physics.decays.shares import Instant, Repeated
from tests.analysis.methods.made_decays import (
    AMPLITUDES,
    FWHM_NS,
    START_NS,
    TAUS_NS,
    codes,
    edges,
    grave,
    is_near,
    made,
    result,
    signal,
    told,
)


def test_a_decay_of_two_lifetimes_is_found_and_carries_no_flag() -> None:
    outcome = told(made())

    assert outcome.refused == ""
    assert outcome.flags == ()
    assert outcome.statistics["model"] == "bi"
    assert is_near(result(outcome, "tau1"), 2.28)
    assert is_near(result(outcome, "tau2"), 8.2)
    assert is_near(result(outcome, "amplitude1"), 0.65 / 1.05)
    assert is_near(result(outcome, "tau_amplitude"), 4.535238)
    assert is_near(result(outcome, "decay_background"), 12.0)
    assert {one.name for one in outcome.alternatives} == {"mono", "bi", "tri", "stretched"}


def test_a_decay_asks_what_the_response_is() -> None:
    outcome = run_method("decay", Work({"decay": (made(),)}))

    assert outcome.refused.startswith("State how the instrument response enters (none, gaussian, measured): irf.")


def test_a_gaussian_response_asks_for_its_width() -> None:
    outcome = told(made(), irf_fwhm_ns=None)

    assert "irf_fwhm_ns" in outcome.refused


def test_a_measured_response_asks_for_its_recording() -> None:
    assert "give the file of the pulse as irf" in told(made(), irf="measured").refused


def test_a_recorded_response_is_taken_without_being_asked_for() -> None:
    edges_ns = edges()
    shape = Gaussian(edges_ns, FWHM_NS / FWHM_PER_SIGMA).shares(np.array([1e-4]), START_NS).values_ns[0] / 1e-4
    pulse = signal(np.random.default_rng(2).poisson(1e6 * shape + 2.0).astype(float), edges_ns)

    outcome = told(made(), pulse, irf=None, irf_fwhm_ns=None)

    assert outcome.flags == ()
    assert is_near(result(outcome, "irf_fwhm"), FWHM_NS)
    assert is_near(result(outcome, "tau2"), 8.2)


def test_a_response_of_two_bins_that_is_no_gaussian_makes_every_lifetime_doubtful() -> None:
    edges_ns = edges(100)
    shape = np.zeros(100)
    shape[4:9] = (1.0, 2.0, 0.4, 0.2, 0.1)
    pulse = signal(np.random.default_rng(2).poisson(1e5 * shape + 2.0).astype(float), edges_ns)

    outcome = told(made(edges_ns=edges_ns), pulse, irf=None, irf_fwhm_ns=None)

    assert "coarse_response" in grave(outcome)


def test_a_mono_exponential_forced_on_two_lifetimes_is_gravely_flagged() -> None:
    outcome = told(made(), model="mono")

    assert "another_model" in grave(outcome)
    assert "bi" in {one.name for one in outcome.alternatives}


def test_a_second_component_that_is_not_there_is_gravely_flagged() -> None:
    edges_ns = edges()
    shares = Gaussian(edges_ns, FWHM_NS / FWHM_PER_SIGMA).shares(np.array([5.0]), START_NS).values_ns[0] / 0.2
    single = signal(np.random.default_rng(3).poisson(5e3 * shares + 12.0).astype(float), edges_ns)

    assert grave(told(single, model="bi")) & {"component", "not_converged"}
    assert told(single).statistics["model"] == "mono"


def test_trap_14_amplitudes_that_do_not_sum_to_one_are_told_and_not_forced() -> None:
    outcome = told(made(4e4), normalisation="scale", scale_counts=4e4)

    total = sum(result(outcome, name).value or 0.0 for name in ("amplitude1", "amplitude2"))
    assert total == pytest.approx(1.05, abs=0.01)
    assert "amplitudes_not_one" in codes(outcome)
    assert is_near(result(outcome, "tau_amplitude"), 4.535238)


def test_amplitudes_by_a_scale_ask_for_it() -> None:
    assert "scale_counts" in told(made(), normalisation="scale").refused


def test_trap_16_the_time_at_which_amplitudes_are_told_is_stated() -> None:
    through = told(made())
    without = told(made(), irf="none")

    assert through.statistics["amplitudes_at_ns"] == pytest.approx(START_NS, abs=0.02)
    assert without.statistics["amplitudes_at_ns"] == without.statistics["fit_start_ns"]
    assert without.statistics["fit_start"] == "the peak of the counts"
    assert result(without, "decay_start").note == "held, not fitted"


def test_trap_12_the_fit_is_of_counts_and_not_of_their_logarithm() -> None:
    assert told(made()).statistics["likelihood"] == "Poisson"


def test_trap_13_negative_counts_are_no_counts() -> None:
    raw = made()
    subtracted = signal(raw.values - 14.0, edges())

    outcome = told(subtracted)

    assert "not_counts" in grave(outcome)
    assert outcome.statistics["likelihood"] == "unknown standard error"


def test_scaled_counts_are_no_counts() -> None:
    raw = made()

    assert "not_counts" in grave(told(signal(raw.values / raw.values.max(), edges())))


def test_trap_19_earlier_pulses_are_in_the_model_when_the_rate_is_stated() -> None:
    edges_ns = edges(125, 25.0)
    response = Repeated(Gaussian(edges_ns, FWHM_NS / FWHM_PER_SIGMA), 25.0)
    expected = 2e5 * (AMPLITUDES @ response.shares(TAUS_NS, START_NS).values_ns) + 5.0
    decay = signal(np.random.default_rng(4).poisson(expected).astype(float), edges_ns)

    outcome = told(decay, pulse_rate_mhz=40.0, model="bi")

    assert is_near(result(outcome, "tau2"), 8.2)
    assert is_near(result(outcome, "amplitude1"), 0.65 / 1.05)


def test_a_window_of_more_than_one_pulse_is_refused() -> None:
    assert "holds more than one" in told(made(), pulse_rate_mhz=80.0).refused


def test_a_lifetime_longer_than_the_window_is_gravely_flagged() -> None:
    edges_ns = edges()
    shares = Instant(edges_ns).shares(np.array([120.0]), 0.0).values_ns[0] / 0.2
    slow = signal(np.random.default_rng(5).poisson(2e3 * shares).astype(float), edges_ns)

    assert "window" in grave(told(slow, irf="none", model="mono", hold_background_counts=0.0))


def test_trap_20_an_analogue_camera_counts_no_photons() -> None:
    raw = made(6e3)
    camera = signal(raw.values * 9, edges(), settings={"acquisition": "analog integration"})

    photons, gained = told(raw, model="bi"), told(camera, model="bi")

    assert gained.statistics["counts_per_photon"] == pytest.approx(9.0, rel=0.4)
    assert result(gained, "tau2").value == pytest.approx(result(photons, "tau2").value, rel=1e-6)
    assert result(gained, "tau2").stderr == pytest.approx(result(photons, "tau2").stderr, rel=0.2)
    assert "chi2_too_large" not in codes(gained)


def test_trap_21_lifetimes_come_in_order() -> None:
    outcome = told(made(), model="bi")

    assert (result(outcome, "tau1").value or 0.0) < (result(outcome, "tau2").value or 0.0)


def test_trap_22_the_error_of_an_average_is_that_of_the_full_covariance() -> None:
    outcome = told(made(), model="bi")
    names = [one.name for one in outcome.parameters]
    by_name = {one.name: one for one in outcome.parameters}
    a1, t1, a2, t2 = (by_name[name].value for name in ("counts1", "tau1", "counts2", "tau2"))
    mean = (a1 * t1 + a2 * t2) / (a1 + a2)
    slope = {"counts1": (t1 - mean) / (a1 + a2), "counts2": (t2 - mean) / (a1 + a2),
             "tau1": a1 / (a1 + a2), "tau2": a2 / (a1 + a2)}  # fmt: skip
    vector = np.array([slope.get(name, 0.0) for name in names])

    stderr = float(np.sqrt(vector @ np.array(outcome.covariance) @ vector))

    apart = np.sqrt(sum((slope[name] * by_name[name].stderr) ** 2 for name in slope))
    assert result(outcome, "tau_amplitude").stderr == pytest.approx(stderr, rel=1e-9)
    assert stderr < 0.6 * apart
