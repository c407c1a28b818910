"""The linewidth against temperature is recovered exactly, and honest where its parameters do the same."""

import numpy as np
import pytest

from analysis.physics.refusing import CannotAnalyse
from analysis.physics.temperature.broadening import (
    NAMES,
    derivatives,
    fit_broadening,
    linewidths_mev,
    slopes_mev_per_k,
)

TEMPERATURES_K = np.arange(80.0, 301.0, 20.0)
TRUTH = np.array([40.0, 0.02, 60.0, 35.0])
NOISY_MEV = 1e3 * np.array([
    0.042072, 0.042827, 0.044555, 0.045964, 0.048718, 0.050741, 0.052915, 0.056303, 0.058751, 0.061422, 0.063609,
    0.066912,
])  # fmt: skip


def test_trap_26_exact_widths_give_their_parameters_with_n_and_not_2n_plus_1() -> None:
    told = fit_broadening(TEMPERATURES_K, linewidths_mev(TRUTH, TEMPERATURES_K), None)

    assert told.scattered.fitted.values == pytest.approx(TRUTH, rel=1e-8)
    assert told.scattered.fitted.is_converged


def test_the_bounded_fit_of_the_specification_ends_without_acoustic_phonons() -> None:
    told = fit_broadening(TEMPERATURES_K, NOISY_MEV, np.full(12, 0.3))

    fitted = told.scattered.fitted
    assert fitted.at_bound == ("linewidth_acoustic",)
    assert fitted.values == pytest.approx([41.068220, 0.0, 53.694478, 29.075663], rel=1e-6)
    assert fitted.stderrs == pytest.approx([0.35335, 0.0, 5.3031, 1.8513], rel=1e-4)
    assert fitted.objective == pytest.approx(10.0020, abs=1e-3)
    assert told.choice.name == "without acoustic phonons"


def test_where_a_bound_cuts_the_fit_the_errors_are_the_wider_side_of_the_profile() -> None:
    told = fit_broadening(TEMPERATURES_K, NOISY_MEV, np.full(12, 0.3))

    interval = told.intervals["phonon_energy"]
    assert told.stderr("phonon_energy") == pytest.approx(interval.high - 29.075663, rel=1e-5)
    assert told.stderr("phonon_energy") > 2 * told.scattered.fitted.stderr("phonon_energy")
    assert interval.high > 34.0
    assert told.intervals["linewidth_acoustic"].is_open_low
    assert told.stderr("linewidth_acoustic") == pytest.approx(told.intervals["linewidth_acoustic"].high, rel=1e-9)


def test_a_parameter_that_zero_is_within_reach_of_is_no_surer_than_that() -> None:
    widths = linewidths_mev(np.array([38.0, 0.1, 85.0, 45.0]), TEMPERATURES_K)
    noise = np.random.default_rng(11).normal(0.0, 0.3, 12)

    told = fit_broadening(TEMPERATURES_K, widths + noise, np.full(12, 0.3))

    fitted = told.scattered.fitted
    errors_from_zero = (told.without.objective - fitted.objective) ** 0.5
    assert fitted.at_bound == ()
    assert 0 < errors_from_zero < 4
    assert told.stderr("linewidth_acoustic") >= fitted.value("linewidth_acoustic") / errors_from_zero * 0.999
    assert told.stderr("linewidth_acoustic") > fitted.stderr("linewidth_acoustic")


def test_scatter_beyond_the_errors_widens_the_profiles() -> None:
    stated = fit_broadening(TEMPERATURES_K, NOISY_MEV, np.full(12, 0.3))

    told = fit_broadening(TEMPERATURES_K, NOISY_MEV, np.full(12, 0.02))

    assert told.scattered.extra == pytest.approx(0.3, rel=0.3)
    widths = [one.intervals["phonon_energy"].high - one.intervals["phonon_energy"].low for one in (stated, told)]
    assert widths[1] > widths[0]


def test_the_derivatives_are_those_of_the_law() -> None:
    told = derivatives(TRUTH, TEMPERATURES_K)

    for index, value in enumerate(TRUTH):
        step = np.zeros(4)
        step[index] = 1e-5 * value
        ends = [linewidths_mev(TRUTH + way * step, TEMPERATURES_K) for way in (1, -1)]
        assert told[:, index] == pytest.approx((ends[0] - ends[1]) / (2e-5 * value), rel=1e-6)
    along = [linewidths_mev(TRUTH, TEMPERATURES_K + way * 1e-3) for way in (1, -1)]
    assert slopes_mev_per_k(TRUTH, TEMPERATURES_K) == pytest.approx((along[0] - along[1]) / 2e-3, rel=1e-6)


def test_four_temperatures_are_too_few() -> None:
    with pytest.raises(CannotAnalyse, match="too few"):
        fit_broadening(TEMPERATURES_K[:4], NOISY_MEV[:4], None)


def test_every_parameter_has_an_interval_that_holds_its_value() -> None:
    told = fit_broadening(TEMPERATURES_K, NOISY_MEV, None)

    for name in NAMES:
        assert told.intervals[name].low <= told.scattered.fitted.value(name) <= told.intervals[name].high


@pytest.mark.parametrize("seed", [4, 16, 26, 41])
def test_the_interval_reaches_where_the_error_does_though_the_profile_is_steep_at_first(seed: int) -> None:
    truth = np.array([35.0, 0.005, 30.0, 18.0])
    widths = linewidths_mev(truth, TEMPERATURES_K) + np.random.default_rng(seed).normal(0.0, 0.3, 12)

    told = fit_broadening(TEMPERATURES_K, widths, np.full(12, 0.3))

    value, profile = told.scattered.fitted.value("linewidth_acoustic"), told.intervals["linewidth_acoustic"]
    low, high = told.reach("linewidth_acoustic")
    assert (value - truth[1]) / (value - profile.low) > 4
    assert (value - truth[1]) / (value - low) < 2.5
    assert value - low == pytest.approx(told.stderr("linewidth_acoustic"), rel=1e-9)
    assert high == profile.high
