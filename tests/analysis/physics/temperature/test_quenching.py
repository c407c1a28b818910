"""Quenching is fitted in logarithms, by one channel or two, and its kink is looked for."""

import numpy as np
import pytest

from analysis.physics.refusing import CannotAnalyse
from analysis.physics.temperature.quenching import (
    KINK,
    ONE,
    TWO,
    derivatives,
    fit_part,
    fit_quenching,
    ln_intensities,
    slopes_per_k,
)

TEMPERATURES_K = np.arange(80.0, 301.0, 20.0)
INTENSITIES = np.array([
    1.00228, 0.99845, 0.97495, 0.92545, 0.86387, 0.73319, 0.63157, 0.53804, 0.44665, 0.36903, 0.31854, 0.26722,
])  # fmt: skip
PERCENT = np.full(12, 0.01)
TWO_CHANNELS = np.array([0.0, 2.0, 20.0, 14.0, 300.0, 0.0, 0.0])


def test_trap_12_the_fit_of_the_specification_is_recovered_in_weighted_logarithms() -> None:
    told = fit_quenching(TEMPERATURES_K, np.log(INTENSITIES), PERCENT)

    fitted = told.scattered.fitted
    intensity = np.exp(fitted.value("ln_i0"))
    assert told.law == ONE
    assert intensity == pytest.approx(1.002463962, rel=1e-8)
    assert intensity * fitted.stderr("ln_i0") == pytest.approx(0.005695, rel=1e-3)
    assert (fitted.value("ln_a"), fitted.stderr("ln_a")) == pytest.approx((4.103952629, 0.047271), rel=1e-4)
    assert (fitted.value("ea_mev"), fitted.stderr("ea_mev")) == pytest.approx((80.179841, 1.142), rel=1e-3)
    assert fitted.value("ea_mev") == pytest.approx(80.179841, rel=1e-7)
    assert fitted.objective == pytest.approx(10.311465, abs=1e-3)


def test_exact_intensities_give_their_channel() -> None:
    truth = np.array([0.5, 4.1, 80.0, -np.inf, 1.0, 0.0, 0.0])

    told = fit_quenching(TEMPERATURES_K, ln_intensities(truth, TEMPERATURES_K), None)

    assert told.scattered.fitted.values[:3] == pytest.approx(truth[:3], rel=1e-8)


def test_two_channels_are_found_where_there_are_two() -> None:
    temperatures_k = np.arange(20.0, 401.0, 10.0)
    noise = np.random.default_rng(3).normal(0.0, 0.003, len(temperatures_k))

    told = fit_quenching(
        temperatures_k, ln_intensities(TWO_CHANNELS, temperatures_k) + noise, np.full(len(temperatures_k), 0.003)
    )

    fitted = told.scattered.fitted
    assert told.law == TWO
    energies = sorted((fitted.value("ea_mev"), fitted.value("ea2_mev")))
    assert energies == pytest.approx([20.0, 300.0], rel=0.05)


def test_one_channel_asked_for_is_kept() -> None:
    told = fit_quenching(TEMPERATURES_K, ln_intensities(TWO_CHANNELS, TEMPERATURES_K), PERCENT, law=ONE)

    assert told.law == ONE


def test_a_kink_near_200_kelvin_is_placed() -> None:
    bent = np.array([0.0, 4.1, 80.0, -np.inf, 1.0, 0.008, 200.0])
    temperatures_k = np.arange(80.0, 301.0, 10.0)
    noise = np.random.default_rng(3).normal(0.0, 0.005, len(temperatures_k))

    told = fit_quenching(
        temperatures_k, ln_intensities(bent, temperatures_k) + noise, np.full(len(temperatures_k), 0.005)
    )

    assert told.kink_k == pytest.approx(200.0, abs=10.0)
    above = {one.name: one.aicc_above for one in told.choice.compared}
    assert above[KINK] + 6 < above[ONE]


def test_too_few_temperatures_leave_no_kink_to_look_for() -> None:
    told = fit_quenching(TEMPERATURES_K[::2], np.log(INTENSITIES[::2]), PERCENT[::2])

    assert told.kink_k is None
    assert [one.name for one in told.choice.compared] == [ONE]


def test_a_part_with_too_few_temperatures_has_no_energy_of_its_own() -> None:
    assert fit_part(TEMPERATURES_K[:4], np.log(INTENSITIES[:4]), PERCENT[:4]) is None


def test_a_part_with_enough_of_them_has() -> None:
    told = fit_part(TEMPERATURES_K, np.log(INTENSITIES), PERCENT)

    assert told == pytest.approx((80.18, 1.142), rel=1e-3)


def test_four_temperatures_are_too_few() -> None:
    with pytest.raises(CannotAnalyse, match="too few"):
        fit_quenching(TEMPERATURES_K[:4], np.log(INTENSITIES[:4]), None)


def test_the_derivatives_are_those_of_the_law() -> None:
    values = np.array([0.1, 4.0, 80.0, 8.0, 300.0, 0.001, 190.0])

    told = derivatives(values, TEMPERATURES_K)

    for index, value in enumerate(values):
        step = np.zeros(7)
        step[index] = 1e-5 * value
        ends = [ln_intensities(values + way * step, TEMPERATURES_K) for way in (1, -1)]
        assert told[:, index] == pytest.approx((ends[0] - ends[1]) / (2e-5 * value), rel=1e-5, abs=1e-7)
    along = [ln_intensities(values, TEMPERATURES_K + way * 1e-4) for way in (1, -1)]
    assert slopes_per_k(values, TEMPERATURES_K) == pytest.approx((along[0] - along[1]) / 2e-4, rel=1e-6)
