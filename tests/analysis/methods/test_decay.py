"""Tests of the decay of one recording."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis.methods.contract import Outcome, Result, Signal, Work
from analysis.methods.running import run_method
from analysis.physics.constants import FWHM_PER_SIGMA
from analysis.physics.decays.gaussian_response import Gaussian
from analysis.physics.decays.shares import Instant, Repeated
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


def test_trap_39_a_time_axis_without_a_unit_is_asked_for() -> None:
    counts = made().values
    unnamed = Signal(counts, "counts", np.linspace(0.1, 49.9, len(counts)), "", x_name="channel")

    assert "time_unit" in told(unnamed).refused
    assert told(unnamed, time_unit="ns").refused == ""


def test_a_time_axis_in_picoseconds_gives_lifetimes_in_nanoseconds() -> None:
    raw = made()
    in_ps = Signal(raw.values, "counts", raw.x * 1e3, "ps")

    assert result(told(in_ps), "tau2").value == pytest.approx(result(told(raw), "tau2").value, rel=1e-6)


def test_pile_up_is_flagged_from_one_percent_of_the_pulses() -> None:
    edges_ns = edges()
    raw = made(edges_ns=edges_ns)
    photons = float(raw.values.sum())

    slow = told(raw, pulse_rate_mhz=2.0, integration_time_s=photons / 2e6 / 0.005)
    fast = told(raw, pulse_rate_mhz=2.0, integration_time_s=photons / 2e6 / 0.02)

    assert "pile_up" not in codes(slow)
    assert "pile_up" in codes(fast)


def test_a_response_as_long_as_the_window_is_refused() -> None:
    assert "too long for the window" in told(made(), irf_fwhm_ns=40.0).refused


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        (np.zeros(100), "All counts are zero"),
        (np.full(100, 7.0), "All counts are the same"),
        (np.where(np.arange(100) == 40, np.nan, 5.0), "are no numbers"),
        (np.arange(6.0), "too few"),
    ],
)
def test_what_is_no_decay_is_refused_with_the_reason(counts: Floats, reason: str) -> None:
    assert reason in told(signal(counts, edges(len(counts)))).refused


@pytest.mark.parametrize("counts", [np.arange(250.0) * 10, np.random.default_rng(8).poisson(5.0, 250).astype(float)])
def test_what_falls_nowhere_is_never_silently_fitted(counts: Floats) -> None:
    outcome = told(signal(counts, edges()), irf="none")

    assert outcome.refused != ""
    assert "division" not in outcome.refused


def test_a_handful_of_photons_is_refused() -> None:
    assert "too few" in told(signal(np.eye(1, 250, 7)[0] * 12, edges())).refused


def test_a_decay_without_any_background_carries_no_flag() -> None:
    edges_ns = edges()
    expected = 1e3 * Instant(edges_ns).shares(np.array([2.0]), 0.0).values_ns[0] / 0.2
    clean = signal(np.random.default_rng(9).poisson(expected).astype(float), edges_ns)

    assert told(clean, irf="none").flags == ()


def test_a_saturated_detector_is_gravely_flagged() -> None:
    raw = made()

    assert "saturated" in grave(told(signal(np.minimum(raw.values, 9_000.0), edges())))
    assert "saturated" in grave(told(raw, saturation_counts=5_000.0))


def test_a_recorded_response_is_not_fitted_as_a_decay() -> None:
    raw = made()
    pulse = Signal(raw.values, "counts", raw.x, "ns", name="instrument response")

    assert "give it as irf" in told(pulse).refused


def test_a_file_of_very_many_bins_is_merged_and_says_so() -> None:
    edges_ns = edges(200_000)
    outcome = told(made(20.0, edges_ns=edges_ns), model="bi")

    assert "rebinned" in codes(outcome)
    assert outcome.statistics["bins_merged"] == 40
    assert is_near(result(outcome, "tau2"), 8.2)


def test_few_photons_have_an_interval_and_not_only_an_error() -> None:
    edges_ns = edges(100)
    shares = Gaussian(edges_ns, FWHM_NS / FWHM_PER_SIGMA).shares(np.array([6.0]), START_NS).values_ns[0] / 0.5
    faint = signal(np.random.default_rng(6).poisson(18 * shares + 0.5).astype(float), edges_ns)

    one = result(told(faint, model="mono"), "tau1")

    assert one.low is not None
    assert one.high is not None
    assert one.value is not None
    assert one.high - one.value > one.value - one.low > 0


def streak(pixel_counts: float = 60.0) -> Signal:
    """Return a streak map of a line at 660 nm."""
    edges_ns, at_nm = edges(128), np.linspace(592.0, 748.0, 79)
    shares = Gaussian(edges_ns, FWHM_NS / FWHM_PER_SIGMA).shares(TAUS_NS, START_NS).values_ns * 128 / 50
    line = pixel_counts * np.exp(-0.5 * ((at_nm - 660.0) / 18.0) ** 2)
    counts = np.random.default_rng(7).poisson(np.outer(AMPLITUDES @ shares, line) + 1.9).astype(float)
    times_ns = (edges_ns[1:] + edges_ns[:-1]) / 2
    return Signal(counts, "counts", at_nm, "nm", "wavelength", rows=times_ns, rows_unit="ns", rows_name="time")


def test_a_map_is_integrated_over_the_default_band_which_is_stated() -> None:
    outcome = told(streak())

    assert (outcome.statistics["band_low_nm"], outcome.statistics["band_high_nm"]) == (600.0, 675.0)
    assert outcome.statistics["band_pixels"] == pytest.approx(75.0 / 2.0)
    assert is_near(result(outcome, "tau2"), 8.2)
    assert result(outcome, "in_band_fraction").value == pytest.approx(0.80, abs=0.03)


def test_the_share_of_a_known_line_inside_the_band_is_told() -> None:
    outcome = told(streak(), peak_energy_ev=1.800, fwhm_mev=90.0)

    assert result(outcome, "in_band_fraction").value == pytest.approx(0.17, abs=0.005)


def test_a_band_can_follow_the_peak() -> None:
    outcome = told(streak(), band="around the peak")

    assert float(outcome.statistics["band_low_nm"] or 0.0) == pytest.approx(660.0 - 42.0, abs=6.0)
    assert is_near(result(outcome, "tau2"), 8.2)


def test_a_band_outside_the_map_is_refused() -> None:
    assert "outside the map" in told(streak(), band_low_nm=800.0, band_high_nm=900.0).refused


def test_a_map_without_axes_is_refused() -> None:
    bare = Signal(streak().values, "counts", np.arange(79.0), "px", rows=np.arange(128.0), rows_unit="px")

    assert "with its axes" in told(bare).refused


def test_the_recipe_runs_through_the_method(shared_data: Path) -> None:
    table = np.loadtxt(shared_data / "science/trpl_S2_0.13GPa_noirf.csv", delimiter=",", skiprows=1)
    decay = Signal(table[:, 1], "counts", table[:, 0], "", x_name="t_ns")

    outcome = told(decay, irf="none", normalisation="scale", scale_counts=4e4)

    assert outcome.statistics["model"] == "bi"
    assert outcome.statistics["fit_start_ns"] == pytest.approx(0.0, abs=1e-9)
    assert result(outcome, "amplitude1").value == pytest.approx(0.650140, abs=1e-6)
    assert result(outcome, "tau2").value == pytest.approx(8.191435, abs=1e-6)
    assert outcome.statistics["objective"] == pytest.approx(470.2394, abs=1e-3)
    assert codes(outcome) == {"amplitudes_not_one"}
