"""A fit answers by name, and errors of what is derived go through the whole covariance."""

from dataclasses import replace
from math import inf, isnan, sqrt

import numpy as np
import pytest

from analysis.physics.fitting.problem import Likelihood
from analysis.physics.fitting.solve import fit
from tests.analysis.physics.fitting.making import constant, held, line

X = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
Y = np.array([2.3, 3.6, 6.4, 7.5, 10.4])


def test_the_error_of_a_prediction_goes_through_the_covariance_and_not_past_it() -> None:
    fitted = fit(line(X, Y, Likelihood.KNOWN, np.full(5, 0.3)))

    at_the_middle = fitted.derived_stderr([1.0, 3.0])

    assert at_the_middle == pytest.approx(0.3 / sqrt(5), rel=1e-9)
    assert sqrt(fitted.stderr("intercept") ** 2 + (3 * fitted.stderr("slope")) ** 2) > 3 * at_the_middle
    assert fitted.correlation[0, 1] == pytest.approx(-3 / sqrt(11), rel=1e-9)


def test_what_depends_on_an_undetermined_parameter_has_no_finite_error() -> None:
    fitted = fit(line(X, Y, Likelihood.KNOWN, np.full(5, 0.3)))
    lost = replace(fitted, covariance=np.array([[inf, 0.0], [0.0, 0.04]]))

    assert lost.derived_stderr([1.0, 3.0]) == inf
    assert lost.derived_stderr([0.0, 3.0]) == pytest.approx(0.6, rel=1e-9)
    assert lost.correlation == pytest.approx(np.diag([0.0, 1.0]), rel=1e-9)


def test_values_are_asked_by_name() -> None:
    fitted = fit(line(X, Y, Likelihood.UNKNOWN))

    assert fitted.value("slope") == fitted.values[1]
    assert fitted.stderr("slope") == fitted.stderrs[1]
    with pytest.raises(KeyError):
        fitted.value("curvature")


def test_without_degrees_of_freedom_there_is_no_reduced_objective() -> None:
    alone = fit(constant([5.0], Likelihood.POISSON))
    fixed = fit(held(constant([5.0], Likelihood.POISSON), "level", 4.0))

    assert isnan(alone.reduced)
    assert fixed.reduced == fixed.objective
