"""Tests of recordings as decays: axes, detectors, bands, and what is refused or flagged."""

from pathlib import Path

import numpy as np
import pytest

from analysis.methods.contract import Signal
from analysis.physics.constants import FWHM_PER_SIGMA
from analysis.physics.decays.gaussian_response import Gaussian
from analysis.physics.decays.shares import Instant
from analysis.physics.fitting.problem import Floats
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
