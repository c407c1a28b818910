"""Models are compared by the criteria of their definitions, on the same data with the same weights only."""

from math import inf, log

import numpy as np
import pytest

from analysis.physics.fitting.criteria import aic, aicc, bic, compare
from analysis.physics.fitting.problem import Likelihood
from analysis.physics.fitting.solve import fit
from analysis.physics.refusing import CannotAnalyse
from tests.analysis.physics.fitting.making import constant, decay, held, line, made_decay

X = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
Y = np.array([2.1, 3.9, 6.2, 7.8, 10.1, 12.2])


def test_for_an_unknown_error_the_error_counts_as_a_parameter() -> None:
    fitted = fit(line(X, Y, Likelihood.UNKNOWN))

    base = 6 * log(fitted.objective / 6)
    assert aic(fitted) == pytest.approx(base + 6, rel=1e-12)
    assert aicc(fitted) == pytest.approx(base + 6 + 2 * 3 * 4 / 2, rel=1e-12)
    assert bic(fitted) == pytest.approx(base + 3 * log(6), rel=1e-12)


def test_for_counts_the_deviance_stands_for_minus_two_ln_l() -> None:
    fitted = fit(constant([5.0, 10.0, 15.0], Likelihood.POISSON))

    assert aic(fitted) == pytest.approx(5.232481437645 + 2, abs=1e-9)
    assert aicc(fitted) == pytest.approx(5.232481437645 + 2 + 4, abs=1e-9)
    assert bic(fitted) == pytest.approx(5.232481437645 + log(3), abs=1e-9)


def test_too_few_points_for_a_correction_leave_aic_to_go_by() -> None:
    fitted = fit(line(X[:4], Y[:4], Likelihood.UNKNOWN))

    (only,) = compare({"line": fitted})

    assert only.aicc == inf
    assert (only.aicc_above, only.weight_fraction) == (0, 1)


def test_the_model_that_the_data_speak_for_comes_first() -> None:
    double = made_decay(1, (600.0, 2.0, 400.0, 8.0, 5.0), (500.0, 1.0, 500.0, 10.0, 10.0))
    single = decay(np.linspace(0.0, 40.0, 400), double.observed, (900.0, 5.0, 5.0))

    first, second = compare({"one decay": fit(single), "two decays": fit(double)})

    assert (first.name, second.name) == ("two decays", "one decay")
    assert first.aicc_above == 0
    assert second.aicc_above > 100
    assert first.weight_fraction == pytest.approx(1, abs=1e-9)


def test_weights_add_up_to_one() -> None:
    free = constant([5.0, 10.0, 15.0], Likelihood.POISSON)

    comparisons = compare({"free": fit(free), "held": fit(held(free, "level", 9.0))})

    assert sum(one.weight_fraction for one in comparisons) == pytest.approx(1, rel=1e-12)


def test_trap_38_criteria_are_not_compared_across_data_weights_or_transforms() -> None:
    fitted = fit(line(X, Y, Likelihood.UNKNOWN))
    others = [
        line(X, np.log(Y), Likelihood.UNKNOWN),
        line(X[:5], Y[:5], Likelihood.UNKNOWN),
        line(X, Y, Likelihood.KNOWN, np.full(6, 0.5)),
        line(X, Y + 1e-6, Likelihood.UNKNOWN),
    ]

    for other in others:
        with pytest.raises(CannotAnalyse, match="same data with the same weights"):
            compare({"one": fitted, "other": fit(other)})
    with pytest.raises(CannotAnalyse, match="same data"):
        compare({
            "one": fit(line(X, Y, Likelihood.KNOWN, np.full(6, 0.5))),
            "other": fit(line(X, Y, Likelihood.KNOWN, np.full(6, 0.6))),
        })  # fmt: skip
