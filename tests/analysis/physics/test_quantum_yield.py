"""Quantum yield by three measurements: the worked check with every digit, and what cannot be."""

import numpy as np
import pytest

from analysis.physics.quantum_yield import (
    absorptance_gradient,
    brightness_gradient,
    drawn_yields,
    quantum_yield,
    two_measurements,
    without_reabsorption,
    yield_gradient,
)
from analysis.physics.refusing import CannotAnalyse

RATES = np.array([1.0e6, 8.2e5, 3.1e5, 4.5e4, 3.38e5])
COVARIANCE = np.diag((RATES * np.array([0.01, 0.01, 0.01, 0.02, 0.02])) ** 2)
EXACT = 1e-9


def test_the_worked_check_of_the_sphere() -> None:
    found = quantum_yield(RATES, COVARIANCE)

    assert found.absorptance == pytest.approx(0.6219512195121951, rel=EXACT)
    assert found.quantum_yield == pytest.approx(0.5160980392156863, rel=EXACT)
    assert found.stderrs[0] == pytest.approx(0.005346417126044628, rel=EXACT)
    assert found.stderrs[1] == pytest.approx(0.012707095209313601, rel=EXACT)
    assert found.brightness == pytest.approx(0.6219512195121951 * 0.5160980392156863, rel=EXACT)


def test_the_gradient_is_that_of_the_worked_check() -> None:
    wanted = [-5.160980392493464e-07, -3.492118415576051e-07, 9.237216455895076e-07, -6.078431375517507e-07,
              1.6078431372297754e-06]  # fmt: skip

    assert yield_gradient(RATES) == pytest.approx(wanted, rel=2e-9)


@pytest.mark.parametrize("place", range(5))
def test_the_gradients_are_slopes(place: int) -> None:
    step = np.zeros(5)
    step[place] = 1e-4 * RATES[place]
    up, down = (quantum_yield(RATES + sign * step, COVARIANCE) for sign in (1, -1))

    told = [absorptance_gradient(RATES)[place], yield_gradient(RATES)[place], brightness_gradient(RATES)[place]]

    slopes = [
        (up.absorptance - down.absorptance) / (2 * step[place]),
        (up.quantum_yield - down.quantum_yield) / (2 * step[place]),
        (up.brightness - down.brightness) / (2 * step[place]),
    ]
    assert told == pytest.approx(slopes, rel=1e-6, abs=1e-15)


def test_trap_33_two_measurements_are_not_three_and_the_sign_before_the_indirect_emission_is_minus() -> None:
    value, _ = two_measurements(RATES, COVARIANCE)

    assert value == pytest.approx(0.48985507246376814, rel=EXACT)
    assert quantum_yield(RATES + np.array([0, 0, 0, 1e4, 0]), COVARIANCE).quantum_yield < 0.516


def test_reabsorption_is_corrected_with_its_slope() -> None:
    value, slope = without_reabsorption(0.5160980392156863, 0.25)

    assert value == pytest.approx(0.5871258804044145, rel=EXACT)
    step = 1e-6
    assert slope == pytest.approx((without_reabsorption(0.5160980392156863 + step, 0.25)[0] - value) / step, rel=1e-5)


def test_draws_agree_with_the_gradient_where_errors_are_small() -> None:
    absorbed, emitted = drawn_yields(RATES, COVARIANCE, seed=1)

    assert emitted.median == pytest.approx(0.5161, abs=0.0005)
    assert (emitted.high - emitted.low) / 2 == pytest.approx(0.012707, rel=0.03)
    assert (absorbed.high - absorbed.low) / 2 == pytest.approx(0.0053464, rel=0.03)
    assert drawn_yields(RATES, COVARIANCE, seed=1)[1] == emitted


def test_an_uncertain_absorption_makes_the_yield_skewed() -> None:
    rates = np.array([1.0e6, 9.0e5, 8.3e5, 2.0e4, 6.0e4])
    covariance = np.diag((rates * 0.01) ** 2)

    found = quantum_yield(rates, covariance)
    _, emitted = drawn_yields(rates, covariance, seed=2)

    assert found.is_skewed
    assert emitted.high - emitted.median > 1.1 * (emitted.median - emitted.low)


def test_draws_without_absorption_lie_beyond_all_others() -> None:
    rates = np.array([1.0e6, 9.0e5, 8.99e5, 2.0e4, 3.0e4])

    _, emitted = drawn_yields(rates, np.diag((rates * 0.01) ** 2), seed=2)

    assert emitted.high == np.inf


@pytest.mark.parametrize(
    ("rates", "said"), [([1e6, 8e5, 8e5, 0, 1], "nothing was absorbed"), ([0, 8e5, 3e5, 0, 1], "No laser light")]
)
def test_measurements_without_absorption_are_refused(rates: list[float], said: str) -> None:
    with pytest.raises(CannotAnalyse, match=said):
        quantum_yield(np.array(rates), COVARIANCE)
