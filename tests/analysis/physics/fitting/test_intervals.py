"""Profile intervals are those of the likelihood, told where ± would mislead."""

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import t as student

from analysis.physics.fitting.intervals import NINETY_FIVE_PERCENT, profile_interval
from analysis.physics.fitting.problem import Likelihood
from analysis.physics.fitting.solve import fit
from tests.analysis.physics.fitting.making import bounded, constant, line, made_decay

X = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
Y = np.array([2.3, 3.6, 6.4, 7.5, 10.4])


def rise_of_the_mean(total: float, count: int, level: float) -> float:
    """−2 ln L of a Poisson mean above its minimum."""
    mean = total / count
    return 2 * (count * (level - mean) + total * float(np.log(mean / level)))


@pytest.mark.parametrize("level", [1.0, NINETY_FIVE_PERCENT])
def test_the_interval_of_a_mean_of_counts_is_where_its_likelihood_falls_by_the_level(level: float) -> None:
    problem = constant([2.0, 3.0, 1.0], Likelihood.POISSON)

    interval = profile_interval(problem, fit(problem), "level", level=level)

    assert interval.low == pytest.approx(brentq(lambda at: rise_of_the_mean(6, 3, at) - level, 0.01, 2), rel=1e-5)
    assert interval.high == pytest.approx(brentq(lambda at: rise_of_the_mean(6, 3, at) - level, 2, 20), rel=1e-5)
    assert not interval.is_open_low
    assert not interval.is_open_high


def test_a_known_error_of_a_straight_line_gives_plus_and_minus_its_standard_error() -> None:
    problem = line(X, Y, Likelihood.KNOWN, np.full(5, 0.3))
    fitted = fit(problem)

    interval = profile_interval(problem, fitted, "slope")

    assert interval.high - fitted.value("slope") == pytest.approx(fitted.stderr("slope"), rel=1e-4)
    assert fitted.value("slope") - interval.low == pytest.approx(fitted.stderr("slope"), rel=1e-4)


def test_an_unknown_error_of_few_points_gives_the_wider_interval_of_student() -> None:
    problem = line(X, Y, Likelihood.UNKNOWN)
    fitted = fit(problem)

    interval = profile_interval(problem, fitted, "slope", level=NINETY_FIVE_PERCENT)

    factor = float(student.ppf(0.975, 3))
    assert interval.high - fitted.value("slope") == pytest.approx(factor * fitted.stderr("slope"), rel=1e-4)


def test_a_side_that_ends_at_its_bound_is_open() -> None:
    problem = bounded(constant([2.0, 3.0, 1.0], Likelihood.POISSON), "level", 1.9, 50.0)

    interval = profile_interval(problem, fit(problem), "level")

    assert (interval.low, interval.is_open_low) == (1.9, True)
    assert not interval.is_open_high


def test_a_parameter_at_its_bound_still_has_an_upper_end() -> None:
    problem = made_decay(0, (5.0, 5.0, 0.0), (3.0, 2.0, 1.0))
    fitted = fit(problem)

    interval = profile_interval(problem, fitted, "background")

    assert fitted.at_bound == ("background",)
    assert (interval.low, interval.is_open_low) == (0.0, True)
    assert 0 < interval.high < 0.1
    assert not interval.is_open_high


def test_few_counts_give_a_lopsided_interval_that_holds_the_truth_as_often_as_it_says() -> None:
    truth, inside, lopsided = (3.0, 5.0, 0.1), 0, 0
    count = 200

    for seed in range(count):
        problem = made_decay(seed, truth, (2.0, 2.0, 0.2), bin_count=150)
        fitted = fit(problem)
        interval = profile_interval(problem, fitted, "tau1")
        inside += interval.low <= 5 <= interval.high
        lopsided += interval.high - fitted.value("tau1") > fitted.value("tau1") - interval.low

    assert inside / count == pytest.approx(0.683, abs=0.1)
    assert lopsided > 0.9 * count
