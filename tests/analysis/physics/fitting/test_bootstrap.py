"""Bootstraps give the errors of the likelihood where that is right, and the same ones again from the same seed."""

from math import sqrt

import numpy as np
import pytest

from analysis.physics.fitting.bootstrap import Resampling, bootstrap
from analysis.physics.fitting.problem import Likelihood
from analysis.physics.fitting.solve import fit
from tests.analysis.physics.fitting.making import constant, line, made_decay

X = np.linspace(0, 10, 40)
NOISE = np.random.default_rng(8).normal(0, 0.5, 40)


def test_counts_drawn_about_the_model_give_the_errors_of_the_covariance() -> None:
    problem = made_decay(1, (600.0, 5.0, 5.0), (500.0, 3.0, 1.0))
    fitted = fit(problem)

    found = bootstrap(problem, fitted, count=999, seed=2)

    assert found.resampling is Resampling.PARAMETRIC
    assert found.failed_count == 0
    assert found.values.shape == (999, 3)
    assert found.stderr("tau1") == pytest.approx(fitted.stderr("tau1"), rel=0.1)
    low, high = found.interval("tau1")
    assert high - low == pytest.approx(2 * fitted.stderr("tau1"), rel=0.15)


def test_an_unknown_error_takes_the_residuals_again() -> None:
    problem = line(X, 1 + 2 * X + NOISE, Likelihood.UNKNOWN)
    fitted = fit(problem)

    found = bootstrap(problem, fitted, count=999, seed=2)

    assert found.resampling is Resampling.RESIDUAL
    assert found.stderr("slope") == pytest.approx(fitted.stderr("slope"), rel=0.1)


def test_points_drawn_again_need_no_model_of_the_scatter() -> None:
    uneven = 1 + 2 * X + NOISE * np.where(X > 8, 6, 0.2)
    problem = line(X, uneven, Likelihood.UNKNOWN)
    fitted = fit(problem)

    by_case = bootstrap(problem, fitted, count=999, seed=2, resampling=Resampling.CASE)
    by_residual = bootstrap(problem, fitted, count=999, seed=2)

    assert by_case.stderr("slope") > 1.2 * by_residual.stderr("slope")


def test_known_errors_are_drawn_with_their_width() -> None:
    problem = constant([4.0, 5.0, 6.0], Likelihood.KNOWN, [2.0, 2.0, 2.0])
    fitted = fit(problem)

    found = bootstrap(problem, fitted, count=999, seed=5)

    assert found.stderr("level") == pytest.approx(2 / sqrt(3), rel=0.1)


def test_the_same_seed_gives_the_same_repetitions() -> None:
    problem = constant([4.0, 5.0, 6.0], Likelihood.POISSON)
    fitted = fit(problem)

    first, again, other = (bootstrap(problem, fitted, count=50, seed=seed).values for seed in (1, 1, 2))

    assert (first == again).all()
    assert (first != other).any()


def test_a_function_of_the_parameters_has_a_percentile_interval_too() -> None:
    problem = constant([40.0, 50.0, 60.0], Likelihood.POISSON)
    found = bootstrap(problem, fit(problem), count=999, seed=1)

    low, high = found.interval_of(lambda values: 2 * float(values[0]), 0.95)
    narrow_low, narrow_high = found.interval("level", 0.95)

    assert (low, high) == pytest.approx((2 * narrow_low, 2 * narrow_high), rel=1e-12)
    assert high - low == pytest.approx(2 * 2 * 1.96 * sqrt(50 / 3), rel=0.15)
