"""The gap against temperature is fitted as the specification checks it, and its column read both ways."""

import numpy as np
import pytest

from analysis.physics.refusing import CannotAnalyse
from analysis.physics.temperature.gap import (
    e0_gradient,
    expansion_gradient,
    fit_gap,
    phonon_gradient,
    room_slope_gradient,
    slopes_ev_per_k,
    zero_temperature_gradient,
)
from analysis.physics.temperature.occupation import coth_factor, occupation
from analysis.physics.temperature.published import PublishedGap, consistency_of_table_s1

TEMPERATURES_K = np.arange(80.0, 301.0, 20.0)
ENERGIES_EV = np.array([
    1.76078, 1.77018, 1.77959, 1.78653, 1.79295, 1.79696, 1.80686, 1.81265, 1.81881, 1.82425, 1.83144, 1.83768,
])  # fmt: skip
MEV = np.full(12, 1e-3)
# Column, A_TE, A_EP, and ħω in meV above which dE/dT(300 K) is positive.
TABLE_S1 = {
    "7 nm": (1.856, 1.97e-4, -0.066, 45.0877),
    "9 nm": (1.809, 2.29e-4, -0.067, 41.0447),
    "17 nm": (1.721, 5.01e-4, -0.050, 16.6199),
}


def test_the_fit_of_the_specification_is_recovered() -> None:
    told = fit_gap(TEMPERATURES_K, ENERGIES_EV, MEV, phonon_energy_ev=0.035)

    fitted = told.scattered.fitted
    assert fitted.values == pytest.approx([1.764993624, 4.679173248e-4, -0.040244078], rel=1e-8)
    assert fitted.stderrs == pytest.approx([0.006509437, 3.008251e-5, 0.009314601], rel=1e-6)
    assert fitted.reduced == pytest.approx(1.375666, rel=1e-6)
    assert fitted.correlation[0, 2] == pytest.approx(-0.991534, abs=1e-6)
    assert fitted.correlation[1, 2] == pytest.approx(-0.990294, abs=1e-6)
    assert told.scattered.extra == 0


def test_without_errors_they_come_from_the_residuals() -> None:
    told = fit_gap(TEMPERATURES_K, ENERGIES_EV, None, phonon_energy_ev=0.035)

    assert told.scattered.fitted.stderrs == pytest.approx([0.007634840, 3.528341e-5, 0.010924982], rel=1e-6)


def test_trap_22_the_gap_at_zero_has_the_covariance_of_both_its_parts() -> None:
    told = fit_gap(TEMPERATURES_K, ENERGIES_EV, MEV, phonon_energy_ev=0.035)

    value, stderr, _ = told.told(zero_temperature_gradient)

    parts = told.scattered.fitted.stderrs
    assert value == pytest.approx(1.724749546, rel=1e-9)
    assert stderr == pytest.approx(0.002982554, rel=1e-6)
    assert np.hypot(parts[0], parts[2]) / stderr == pytest.approx(3.8, abs=0.02)


def test_the_error_of_the_phonon_energy_is_added_in_quadrature() -> None:
    sure = fit_gap(TEMPERATURES_K, ENERGIES_EV, MEV, phonon_energy_ev=0.035)
    unsure = fit_gap(TEMPERATURES_K, ENERGIES_EV, MEV, phonon_energy_ev=0.035, phonon_stderr_ev=0.004)
    ends = [
        fit_gap(TEMPERATURES_K, ENERGIES_EV, MEV, phonon_energy_ev=energy_ev).told(e0_gradient)[0]
        for energy_ev in (0.031, 0.039)
    ]

    value, stderr, from_phonon = unsure.told(e0_gradient)

    assert value == pytest.approx(sure.told(e0_gradient)[0], rel=1e-9)
    assert from_phonon == pytest.approx(abs(ends[1] - ends[0]) / 2, rel=1e-6)
    assert stderr == pytest.approx(np.hypot(sure.told(e0_gradient)[1], from_phonon), rel=1e-9)


def test_covariances_of_numbers_hold_their_own_variances() -> None:
    told = fit_gap(TEMPERATURES_K, ENERGIES_EV, MEV, phonon_energy_ev=0.035, phonon_stderr_ev=0.004)

    for gradient in (e0_gradient, expansion_gradient, phonon_gradient, room_slope_gradient):
        assert told.shared(gradient, gradient) == pytest.approx(told.told(gradient)[1] ** 2, rel=1e-9)
    pair = told.shared(e0_gradient, zero_temperature_gradient)
    assert pair == pytest.approx(told.shared(zero_temperature_gradient, e0_gradient), rel=1e-9)
    assert abs(pair) < told.told(e0_gradient)[1] * told.told(zero_temperature_gradient)[1]


def test_the_band_at_a_temperature_is_the_error_of_the_law_there() -> None:
    told = fit_gap(TEMPERATURES_K, ENERGIES_EV, MEV, phonon_energy_ev=0.035)

    model, band = told.band_ev(np.array([1.0, 190.0]))

    assert model[0] == pytest.approx(told.told(zero_temperature_gradient)[0], abs=1e-3)
    assert band[1] < 1e-3 < band[0]


def test_trap_24_and_26_the_bose_factor_is_the_hyperbolic_cotangent() -> None:
    factor = coth_factor(0.035, TEMPERATURES_K)

    assert factor == pytest.approx(1 / np.tanh(0.035 / (2 * 8.617333262145e-5 * TEMPERATURES_K)), rel=1e-12)
    assert factor == pytest.approx(2 * occupation(0.035, TEMPERATURES_K) + 1, rel=1e-12)
    assert coth_factor(0.035, np.array([1.0]))[0] == pytest.approx(1.0, abs=1e-15)


@pytest.mark.parametrize("temperatures", [TEMPERATURES_K - 273.15, np.append(TEMPERATURES_K[:-1], np.nan)])
def test_trap_25_temperatures_that_are_not_kelvins_are_refused(temperatures: np.ndarray) -> None:
    with pytest.raises(CannotAnalyse):
        fit_gap(temperatures, ENERGIES_EV, MEV, phonon_energy_ev=0.035)


def test_three_temperatures_are_too_few() -> None:
    with pytest.raises(CannotAnalyse, match="too few"):
        fit_gap(TEMPERATURES_K[:3], ENERGIES_EV[:3], MEV[:3], phonon_energy_ev=0.035)


def test_a_phonon_energy_within_its_own_error_is_refused() -> None:
    with pytest.raises(CannotAnalyse, match="larger than its own error"):
        fit_gap(TEMPERATURES_K, ENERGIES_EV, MEV, phonon_energy_ev=0.03, phonon_stderr_ev=0.03)


@pytest.mark.parametrize("name", list(TABLE_S1))
def test_table_s1_rises_with_temperature_only_above_a_phonon_energy(name: str) -> None:
    _, a_te, a_ep, threshold_mev = TABLE_S1[name]

    told = consistency_of_table_s1(a_te, a_ep)

    assert told * 1e3 == pytest.approx(threshold_mev, abs=5e-5)


@pytest.mark.parametrize(("a_te", "a_ep", "threshold"), [(1e-4, 0.05, 0.0), (-1e-4, -0.05, np.inf), (0.0, 0.0, np.inf)])
def test_a_gap_that_always_or_never_rises_has_no_threshold(a_te: float, a_ep: float, threshold: float) -> None:
    assert consistency_of_table_s1(a_te, a_ep) == threshold


# ħω in meV: slope at 300 K in meV/K, and Eg(300 K) in eV by both readings.
READINGS = (
    ("7 nm", 20, -0.344207, None, None), ("7 nm", 30, -0.142332, 1.788863843, 1.854863843),
    ("7 nm", 40, -0.036835, 1.813411024, 1.879411024), ("9 nm", 20, -0.320407, None, None),
    ("9 nm", 30, -0.115473, 1.749551174, 1.816551174), ("9 nm", 40, -0.008378, 1.774470282, 1.841470282),
    ("17 nm", 20, 0.090995, None, None), ("17 nm", 30, 0.243931, 1.775666548, 1.825666548),
    ("17 nm", 40, 0.323852, 1.794262897, 1.844262897),
)  # fmt: skip


@pytest.mark.parametrize(("name", "energy_mev", "slope", "as_e0", "as_eg0"), READINGS)
def test_trap_23_both_readings_of_table_s1_share_a_slope_and_differ_by_a_ep(
    name: str, energy_mev: int, slope: float, as_e0: float | None, as_eg0: float | None
) -> None:
    column, a_te, a_ep, _ = TABLE_S1[name]
    both = [PublishedGap.read(column, a_te, a_ep, reading=one) for one in ("E0", "Eg(0)")]

    gaps = [float(one.gap_ev(np.array([300.0]), energy_mev / 1e3)[0]) for one in both]

    assert [one.room_slope_ev_per_k(energy_mev / 1e3) * 1e3 for one in both] == pytest.approx([slope] * 2, abs=6e-7)
    assert gaps[1] - gaps[0] == pytest.approx(-a_ep, rel=1e-12)
    if as_e0 is not None:
        assert gaps == pytest.approx([as_e0, as_eg0], rel=1e-9)


def test_the_readings_give_the_gaps_of_the_specification_at_zero() -> None:
    told = {
        name: [PublishedGap.read(column, a_te, a_ep, reading=one) for one in ("E0", "Eg(0)")]
        for name, (column, a_te, a_ep, _) in TABLE_S1.items()
    }

    assert [round(one[0].zero_temperature_ev, 9) for one in told.values()] == [1.790, 1.742, 1.671]
    assert [round(one[1].e0_ev, 9) for one in told.values()] == [1.922, 1.876, 1.771]


def test_the_slope_is_the_derivative_of_the_law() -> None:
    values, at = np.array([1.9, 2e-4, -0.06]), np.array([120.0, 300.0])
    law = PublishedGap(*map(float, values))

    by_difference = (law.gap_ev(at + 1e-3, 0.04) - law.gap_ev(at - 1e-3, 0.04)) / 2e-3

    assert slopes_ev_per_k(values, at, 0.04) == pytest.approx(by_difference, rel=1e-6)
