"""Points that scatter by more than their errors say get errors that are true."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.physics.fitting.problem import Floats, Likelihood, Parameter, Problem
from analysis.physics.points.choosing import choose
from analysis.physics.points.scattered import are_errors_of_fits, fit_scattered

X = np.linspace(0.0, 10.0, 12)
# Residuals whose squares add up to their number, so that scatter is known exactly where only their size matters.
SHAPE = np.random.default_rng(4).normal(0.0, 1.0, 12)


def line(y: Floats, stderrs: Floats | None, degree: int = 1) -> Problem:
    columns = np.vander(X, degree + 1, increasing=True)
    return Problem(
        tuple(Parameter(f"b{power}", 0.1) for power in range(degree + 1)),
        lambda values: columns @ values,
        lambda _: columns,
        y,
        Likelihood.UNKNOWN if stderrs is None else Likelihood.KNOWN,
        stderrs,
    )


def test_trap_10_stated_errors_that_explain_the_scatter_are_not_scaled() -> None:
    told = fit_scattered(line(1 + 2 * X + 0.5 * SHAPE, np.full(12, 0.5)))

    assert told.extra == 0
    assert told.widening_ratio == told.reach_ratio == 1
    assert told.fitted.stderr("b1") == pytest.approx(0.5 / np.sqrt(np.sum((X - X.mean()) ** 2)), rel=1e-9)


def test_trap_10_an_unknown_error_is_taken_from_the_residuals() -> None:
    told = fit_scattered(line(1 + 2 * X + 0.5 * SHAPE, None))

    assert told.stated_chi2 is None
    assert told.extra == pytest.approx(told.fitted.reduced**0.5, rel=1e-12)
    assert told.reach_ratio == pytest.approx(1.0526, abs=1e-3)


def test_errors_far_too_small_get_the_scatter_that_makes_chi2_its_degrees_of_freedom() -> None:
    y = 1 + 2 * X + 0.5 * SHAPE
    unknown = fit_scattered(line(y, None))

    told = fit_scattered(line(y, np.full(12, 0.01)))

    assert told.stated_p is not None
    assert told.stated_p < 1e-6
    assert told.fitted.objective == pytest.approx(10.0, rel=1e-6)
    assert np.hypot(told.extra, 0.01) == pytest.approx(unknown.extra, rel=1e-6)
    assert told.fitted.stderr("b1") == pytest.approx(unknown.fitted.stderr("b1"), rel=1e-6)
    assert told.widening_ratio == pytest.approx((10 / 8) ** 0.5, rel=1e-12)


def test_errors_that_differ_are_those_of_fits() -> None:
    assert are_errors_of_fits(np.array([0.01, 0.02, 0.03]))
    assert not are_errors_of_fits(np.full(3, 0.01))
    assert not are_errors_of_fits(None)


def test_scatter_looked_for_widens_the_interval_even_when_chi2_is_small() -> None:
    told = fit_scattered(line(1 + 2 * X + 0.1 * SHAPE, np.full(12, 0.5)), is_found=True)

    assert told.extra == 0
    assert told.is_estimated
    assert told.reach_ratio > 1
    assert told.fitted.stderr("b1") == pytest.approx(0.5 / np.sqrt(np.sum((X - X.mean()) ** 2)), rel=1e-9)


def test_errors_along_the_ladder_count_by_the_slope() -> None:
    told = fit_scattered(
        line(1 + 2 * X + 0.3 * SHAPE, np.full(12, 0.3)), x_stderrs=np.full(12, 0.2), slopes=lambda b: np.full(12, b[1])
    )

    assert told.problem.stderrs == pytest.approx(np.hypot(0.3, 0.2 * 2.0), rel=0.05)


def test_a_richer_law_is_taken_only_for_a_clear_gain() -> None:
    bent, straight = 1 + 2 * X + 0.1 * X**2 + 0.1 * SHAPE, 1 + 2 * X + 0.1 * SHAPE
    errors = np.full(12, 0.1)

    def chosen(y: Floats, gain: float) -> str:
        return choose({"line": line(y, errors), "parabola": line(y, errors, 2)}, {}, gain=gain).name

    assert chosen(bent, 6.0) == "parabola"
    assert chosen(straight, 6.0) == "line"


def test_laws_are_compared_with_the_size_of_the_errors_free_where_none_explains_the_scatter() -> None:
    y, errors = 1 + 2 * X + 0.1 * X**2 + 0.1 * SHAPE, np.full(12, 0.001)

    told = choose({"line": line(y, errors), "parabola": line(y, errors, 2)}, {})
    unknown = choose({"line": line(y, None), "parabola": line(y, None, 2)}, {})

    assert told.is_scale_free
    gaps = [{one.name: one.aicc_above for one in choice.compared} for choice in (told, unknown)]
    assert gaps[0] == pytest.approx(gaps[1], rel=1e-6)


def test_a_law_without_degrees_of_freedom_is_left_as_it_is() -> None:
    problem = line(X, np.full(12, 0.5), 1)
    short = replace(
        problem, observed=X[:2], stderrs=np.full(2, 0.5), predict=lambda b: b[0] + b[1] * X[:2],
        jacobian=lambda _: np.column_stack((np.ones(2), X[:2])),
    )  # fmt: skip

    told = fit_scattered(short, is_found=True)

    assert told.extra == 0
    assert told.stated_p is None
