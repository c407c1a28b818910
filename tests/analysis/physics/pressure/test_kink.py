"""A peak that turns round with pressure: where, how fast, and whether the points can tell."""

import numpy as np
import pytest

from analysis.physics.pressure.kink import compared, derivatives, energies_ev, fit_kink, fit_polynomial
from analysis.physics.pressure.segments import best_kink, rss_along

PRESSURES_GPA = np.array([0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1.0, 1.3, 1.6, 2.0])
ENERGIES_EV = np.array([1.8, 1.7928, 1.7874, 1.7843, 1.781, 1.7846, 1.7886, 1.7917, 1.7974, 1.8017, 1.811])
NOTHING = np.full(11, np.nan)
TRUTH = np.array([1.85, -0.042, 0.016, 0.5])


def test_the_kink_of_the_specification_is_recovered() -> None:
    told = fit_kink(PRESSURES_GPA, ENERGIES_EV, None, NOTHING)

    fitted = told.scattered.fitted
    assert fitted.value("kink_gpa") == pytest.approx(0.35886030, rel=1e-5)
    assert fitted.value("below_ev_per_gpa") * 1e3 == pytest.approx(-52.500001, rel=1e-5)
    assert fitted.value("above_ev_per_gpa") * 1e3 == pytest.approx(18.288660, rel=1e-5)
    assert fitted.value("energy_ev") == pytest.approx(1.799000, rel=1e-6)
    assert fitted.objective == pytest.approx(6.421922e-6, rel=1e-6)
    # The specification looked on a grid of 0.0001 GPa.
    assert (told.interval_95.low, told.interval_95.high) == pytest.approx((0.3224, 0.4053), abs=1e-4)
    assert told.is_identifiable


def test_line_parabola_and_kink_have_the_aicc_of_the_specification() -> None:
    told = {one.name: one.aicc for one in compared(fit_kink(PRESSURES_GPA, ENERGIES_EV, None, NOTHING), PRESSURES_GPA)}

    assert told == pytest.approx({"line": -101.6370, "quadratic": -107.4748, "kink": -135.8906}, abs=1e-4)


def test_no_other_place_of_the_kink_is_better() -> None:
    rng, weights = np.random.default_rng(6), np.ones(11)
    grid = np.linspace(0.1, 1.6, 20001)

    for _ in range(20):
        y = rng.normal(0.0, 1.0, 11)
        found = rss_along(np.array([best_kink(PRESSURES_GPA, y, weights)]), PRESSURES_GPA, y, weights)[0]
        assert found <= rss_along(grid, PRESSURES_GPA, y, weights).min() + 1e-12


def test_the_profile_is_that_of_a_least_squares_fit_at_each_place() -> None:
    weights = np.linspace(1.0, 3.0, 11)
    columns = np.column_stack((np.ones(11), PRESSURES_GPA, np.maximum(PRESSURES_GPA - 0.55, 0.0)))
    values = np.linalg.lstsq(columns * weights[:, None] ** 0.5, ENERGIES_EV * weights**0.5, rcond=None)[0]

    told = rss_along(np.array([0.55]), PRESSURES_GPA, ENERGIES_EV, weights)[0]

    assert told == pytest.approx(float(np.sum(weights * (ENERGIES_EV - columns @ values) ** 2)), rel=1e-9)


def test_two_points_on_one_side_do_not_identify_a_kink() -> None:
    pressures = np.array([0.0, 0.3, 0.6, 0.9, 1.2, 1.5, 1.8])

    told = fit_kink(pressures, energies_ev(np.array([1.8, -0.05, 0.02, 0.4]), pressures), None, np.full(7, np.nan))

    assert told.below_count == 2
    assert not told.is_identifiable


def test_the_errors_of_the_pressures_widen_the_steep_side_more() -> None:
    exact = energies_ev(TRUTH, PRESSURES_GPA)

    told = fit_kink(PRESSURES_GPA, exact, np.full(11, 1e-4), np.full(11, 0.01))

    stderrs = told.scattered.problem.stderrs
    assert stderrs is not None
    assert stderrs[0] == pytest.approx(np.hypot(1e-4, 0.42e-3), rel=1e-3)
    assert stderrs[-1] == pytest.approx(np.hypot(1e-4, 0.16e-3), rel=1e-3)


def test_scatter_beyond_the_errors_is_found_with_the_kink() -> None:
    noise = np.random.default_rng(5).normal(0.0, 4e-4, 11)

    told = fit_kink(PRESSURES_GPA, energies_ev(TRUTH, PRESSURES_GPA) + noise, np.full(11, 2e-5), NOTHING)

    assert told.scattered.extra == pytest.approx(4e-4, rel=0.4)
    assert told.scattered.fitted.objective == pytest.approx(7.0, rel=1e-3)
    assert told.interval.low < 0.5 < told.interval.high or abs(told.scattered.fitted.value("kink_gpa") - 0.5) < 0.05


def test_scatter_that_is_looked_for_leaves_errors_that_are_large_enough() -> None:
    noise = np.random.default_rng(5).normal(0.0, 1e-5, 11)

    told = fit_kink(
        PRESSURES_GPA, energies_ev(TRUTH, PRESSURES_GPA) + noise, np.linspace(3e-4, 5e-4, 11), NOTHING, is_found=True
    )

    assert told.scattered.extra == 0
    assert told.scattered.is_estimated


def test_a_line_and_a_parabola_are_recovered() -> None:
    straight = fit_polynomial(PRESSURES_GPA, 1.8 - 0.03 * PRESSURES_GPA, None, NOTHING, degree=1)
    curved = fit_polynomial(
        PRESSURES_GPA, 1.8 - 0.03 * PRESSURES_GPA + 0.01 * PRESSURES_GPA**2, np.full(11, 1e-3), np.full(11, 0.1),
        degree=2,
    )  # fmt: skip

    assert straight.fitted.values == pytest.approx([1.8, -0.03], rel=1e-9)
    assert curved.fitted.values == pytest.approx([1.8, -0.03, 0.01], rel=1e-6)
    assert curved.problem.stderrs is not None
    assert curved.problem.stderrs[0] == pytest.approx(np.hypot(1e-3, 0.003), rel=1e-3)


def test_the_derivatives_are_those_of_the_model() -> None:
    told = derivatives(TRUTH, PRESSURES_GPA)

    for index, value in enumerate(TRUTH):
        step = np.zeros(4)
        step[index] = 1e-6 * abs(value)
        ends = [energies_ev(TRUTH + way * step, PRESSURES_GPA) for way in (1, -1)]
        assert told[:, index] == pytest.approx((ends[0] - ends[1]) / (2e-6 * abs(value)), rel=1e-6, abs=1e-9)


def test_seven_rungs_whose_errors_are_known_keep_their_kink() -> None:
    pressures = np.array([0.0, 0.13, 0.4, 0.7, 1.0, 1.27, 1.65])
    truth = 1.852 - 0.05 * pressures + 0.07 * np.clip(pressures - 0.52, 0, None)
    stderrs = np.full(7, 1e-4)

    kink = fit_kink(pressures, truth, stderrs, np.full(7, 2e-3), is_found=True)

    assert compared(kink, pressures)[0].name == "kink"


def test_errors_that_explain_too_much_do_not_shorten_the_interval() -> None:
    pressures = np.array([0.0, 0.13, 0.27, 0.4, 0.7, 1.0, 1.27, 1.65])
    truth = 1.852 - 0.05 * pressures + 0.07 * np.clip(pressures - 0.52, 0, None)

    kink = fit_kink(pressures, truth, np.full(8, 5e-4), np.zeros(8), is_found=True)

    half_gpa = (kink.interval.high - kink.interval.low) / 2
    assert half_gpa == pytest.approx(kink.scattered.fitted.stderr("kink_gpa") * kink.scattered.reach_ratio, rel=0.2)
