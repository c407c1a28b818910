"""A fit finds the minimum inside its bounds, tells its true errors, and says when it cannot."""

import time
from dataclasses import replace
from math import inf, sqrt

import numpy as np
import pytest

from analysis.physics.fitting.problem import Likelihood, Parameter, Problem
from analysis.physics.fitting.solve import fit
from analysis.physics.fitting.starts import spread_starts
from analysis.physics.refusing import CannotAnalyse
from tests.analysis.physics.fitting.making import bounded, constant, held, line, made_decay

TWO_DECAYS = (600.0, 2.0, 400.0, 8.0, 5.0)
NEAR = (500.0, 1.0, 500.0, 10.0, 10.0)
X = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
Y = np.array([2.1, 3.9, 6.2, 7.8, 10.1, 12.2])


def test_trap_11_a_constant_of_counts_is_their_mean_and_not_the_neyman_or_pearson_value() -> None:
    counts = [5.0, 10.0, 15.0]

    by_poisson = fit(constant(counts, Likelihood.POISSON))
    by_neyman = fit(constant(counts, Likelihood.KNOWN, np.sqrt(counts).tolist()))

    assert by_poisson.value("level") == pytest.approx(10, rel=1e-9)
    assert by_poisson.objective == pytest.approx(5.232481437645, abs=1e-9)
    assert by_poisson.stderr("level") == pytest.approx(sqrt(10 / 3), rel=1e-9)
    assert by_neyman.value("level") == pytest.approx(8.181818182, rel=1e-9)
    assert sqrt(np.mean(np.square(counts))) == pytest.approx(10.801234497, rel=1e-9)


def test_trap_11_zero_counts_do_not_get_infinite_weight() -> None:
    with_zeros = fit(constant([0.0, 0.0, 3.0, 1.0, 0.0, 2.0], Likelihood.POISSON))

    assert with_zeros.value("level") == pytest.approx(1, rel=1e-9)
    assert with_zeros.stderr("level") == pytest.approx(sqrt(1 / 6), rel=1e-9)
    assert np.isfinite(with_zeros.residuals).all()
    assert float(with_zeros.residuals @ with_zeros.residuals) == pytest.approx(with_zeros.objective, rel=1e-12)


def test_trap_10_the_covariance_is_scaled_for_an_unknown_error_and_only_then() -> None:
    known = fit(line(X, Y, Likelihood.KNOWN, np.full(6, 0.5)))
    unknown = fit(line(X, Y, Likelihood.UNKNOWN))

    spread = float(np.sum((X - X.mean()) ** 2))
    rss = float(np.sum((Y - np.polyval(np.polyfit(X, Y, 1), X)) ** 2))
    assert known.stderr("slope") == pytest.approx(0.5 / sqrt(spread), rel=1e-9)
    assert unknown.stderr("slope") == pytest.approx(sqrt(rss / 4 / spread), rel=1e-9)
    assert unknown.objective == pytest.approx(rss, rel=1e-9)
    assert known.value("slope") == pytest.approx(unknown.value("slope"), rel=1e-9)
    assert known.reduced < 1


def test_trap_12_counts_are_fitted_and_not_their_logarithms() -> None:
    truth, seeds = (20.0, 5.0, 0.0), range(40)
    problems = [held(made_decay(seed, truth, (10.0, 3.0, 0.0), bin_count=200), "background", 0.0) for seed in seeds]
    delays_ns = np.linspace(0.0, 40.0, 200)

    by_counts = np.mean([fit(problem).value("tau1") for problem in problems])
    by_logarithms = np.mean([
        -1 / np.polyfit(delays_ns[problem.observed > 0], np.log(problem.observed[problem.observed > 0]), 1)[0]
        for problem in problems
    ])  # fmt: skip

    assert by_counts == pytest.approx(5, abs=0.1)
    assert by_logarithms > 7


def test_two_decays_are_recovered_within_their_errors() -> None:
    problem = made_decay(1, TWO_DECAYS, NEAR)

    fitted = fit(problem)

    assert fitted.is_converged
    pulls = (fitted.values - TWO_DECAYS) / fitted.stderrs
    assert np.abs(pulls).max() < 3
    assert fitted.dof_count == 395
    gradient = problem.jacobian(fitted.values).T @ (1 - problem.observed / fitted.predicted)
    assert np.abs(gradient * fitted.stderrs).max() < 1e-6


def test_the_same_minimum_is_reached_from_every_start() -> None:
    starts = [(500.0, 1.0, 500.0, 10.0, 10.0), (100.0, 0.5, 100.0, 30.0, 1.0), (2000.0, 3.0, 10.0, 5.0, 0.1)]

    values = [np.sort(fit(made_decay(2, TWO_DECAYS, start)).values) for start in starts]

    assert values[1] == pytest.approx(values[0], rel=1e-7)
    assert values[2] == pytest.approx(values[0], rel=1e-7)


def test_the_best_of_many_starts_is_kept() -> None:
    x = np.linspace(0, 10, 200)
    problem = Problem(
        (Parameter("frequency", 0.3, 0.1, 10.0),),
        predict=lambda values: np.sin(values[0] * x),
        jacobian=lambda values: (x * np.cos(values[0] * x))[:, None],
        observed=np.sin(4.0 * x),
        likelihood=Likelihood.UNKNOWN,
    )

    alone = fit(problem)
    many = fit(problem, starts=spread_starts(problem, names=["frequency"], count=30, seed=3), seed=3)

    assert alone.value("frequency") != pytest.approx(4, rel=1e-3)
    assert many.value("frequency") == pytest.approx(4, rel=1e-9)
    assert (many.start_count, many.seed) == (31, 3)


def test_a_parameter_stops_at_its_bound_is_named_and_is_left_out_of_the_covariance() -> None:
    problem = bounded(made_decay(1, TWO_DECAYS, NEAR), "tau2", 0.02, 6.0)

    fitted = fit(problem)
    with_it_held = fit(held(problem, "tau2", 6.0))

    assert fitted.at_bound == ("tau2",)
    assert fitted.value("tau2") == 6
    assert fitted.stderr("tau2") == 0
    assert fitted.values == pytest.approx(with_it_held.values, rel=1e-7)
    assert fitted.covariance == pytest.approx(with_it_held.covariance, rel=1e-6)
    assert fitted.free_count == 5
    assert with_it_held.free_count == 4


def test_a_start_beyond_a_bound_is_moved_inside_and_leaves_the_bound_again() -> None:
    problem = bounded(line(X, Y, Likelihood.UNKNOWN), "slope", 1.0, 5.0)

    fitted = fit(problem)

    assert fitted.at_bound == ()
    assert fitted.value("slope") == pytest.approx(np.polyfit(X, Y, 1)[0], rel=1e-9)


def test_a_background_of_nothing_ends_on_its_bound() -> None:
    ends = [fit(made_decay(seed, (5.0, 5.0, 0.0), (3.0, 2.0, 1.0))) for seed in range(30)]

    at_bound = [one for one in ends if one.at_bound == ("background",)]
    assert all(one.is_converged for one in ends)
    assert len(at_bound) > 10
    assert [one for one in ends if one.value("background") == 0] == at_bound


def test_a_held_parameter_keeps_its_value_and_has_no_error() -> None:
    fitted = fit(held(made_decay(1, TWO_DECAYS, NEAR), "background", 5.0))

    assert fitted.value("background") == 5
    assert fitted.stderr("background") == 0
    assert fitted.free_count == 4
    assert fitted.at_bound == ()


def test_with_everything_held_the_model_is_only_compared() -> None:
    fitted = fit(held(constant([5.0, 10.0, 15.0], Likelihood.POISSON), "level", 10.0))

    assert fitted.is_converged
    assert fitted.objective == pytest.approx(5.232481437645, abs=1e-9)
    assert fitted.dof_count == 3


def test_what_the_data_do_not_determine_is_named_and_the_fit_is_not_called_converged() -> None:
    x = X
    problem = Problem(
        (Parameter("one", 1.0), Parameter("other", 1.0), Parameter("slope", 1.0)),
        predict=lambda values: values[0] + values[1] + values[2] * x,
        jacobian=lambda values: np.stack((np.ones_like(x), np.ones_like(x), x), axis=1),
        observed=Y,
        likelihood=Likelihood.UNKNOWN,
    )

    fitted = fit(problem)

    assert not fitted.is_converged
    assert fitted.reason == "the data do not determine one and other"
    assert fitted.stderr("one") == inf
    assert fitted.stderr("slope") > 0
    assert np.isfinite(fitted.correlation).all()
    assert fitted.condition_ratio > 1e12


def test_a_model_that_has_gone_flat_is_not_called_a_minimum() -> None:
    x = np.array([1.0, 2.0, 3.0, 5.0, 7.0, 10.0])
    problem = Problem(
        (Parameter("height", 5.0, 0.0, 10.0), Parameter("rate", 600.0, 500.0, 2000.0)),
        predict=lambda values: values[0] * (1 - np.exp(-values[1] * x)),
        jacobian=lambda values: np.stack(
            (1 - np.exp(-values[1] * x), values[0] * x * np.exp(-values[1] * x)), axis=1
        ),
        observed=x / 2,
        likelihood=Likelihood.UNKNOWN,
    )  # fmt: skip

    fitted = fit(problem)

    assert not fitted.is_converged
    assert "rate" in fitted.reason


def test_a_step_into_where_the_model_has_no_value_is_taken_back() -> None:
    x = np.linspace(1, 5, 20)
    problem = Problem(
        (Parameter("shift", 50.0),),
        predict=lambda values: np.sqrt(x + values[0]),
        jacobian=lambda values: (0.5 / np.sqrt(x + values[0]))[:, None],
        observed=np.sqrt(x - 0.9),
        likelihood=Likelihood.UNKNOWN,
    )

    fitted = fit(problem)

    assert fitted.is_converged
    assert fitted.value("shift") == pytest.approx(-0.9, rel=1e-7)


def test_a_model_that_would_predict_negative_counts_stops_at_zero_and_says_so() -> None:
    x, counts = np.arange(6.0), np.array([9.0, 7.0, 4.0, 2.0, 1.0, 0.0])
    parameters = (Parameter("intercept", 5.0), Parameter("slope", 0.0))
    problem = replace(line(x, counts, Likelihood.POISSON), parameters=parameters)

    fitted = fit(problem)

    assert fitted.predicted.min() >= -1e-14
    assert not fitted.is_converged
    assert fitted.reason == "the model runs into zero counts; bound it so that it stays above"


def test_no_start_with_a_prediction_is_a_refusal() -> None:
    problem = replace(line(X, Y, Likelihood.POISSON), parameters=(Parameter("intercept", -50), Parameter("slope", 0)))

    with pytest.raises(CannotAnalyse, match="no finite prediction at any start"):
        fit(problem)


@pytest.mark.parametrize(
    ("observed", "likelihood", "stderrs", "said"),
    [
        ([1.0, float("nan"), 2.0], Likelihood.UNKNOWN, None, "no numbers"),
        ([1.0, float("inf"), 2.0], Likelihood.POISSON, None, "no numbers"),
        ([1.0, -2.0, 2.0], Likelihood.POISSON, None, "cannot be negative"),
        ([0.0, 0.0, 0.0], Likelihood.POISSON, None, "All counts are zero"),
        ([], Likelihood.POISSON, None, "too few"),
        ([1.0], Likelihood.UNKNOWN, None, "1 points are too few for 1 parameters"),
        ([1.0, 2.0], Likelihood.KNOWN, [1.0, 0.0], "standard error above zero"),
        ([1.0, 2.0], Likelihood.KNOWN, [1.0, float("nan")], "standard error above zero"),
        ([1.0, 2.0], Likelihood.KNOWN, None, "standard error above zero"),
        ([1.0, 2.0], Likelihood.UNKNOWN, [1.0, 2.0], "does not take them as known"),
    ],
)
def test_data_that_cannot_be_fitted_are_refused_with_what_to_do(
    observed: list[float], likelihood: Likelihood, stderrs: list[float] | None, said: str
) -> None:
    with pytest.raises(CannotAnalyse, match=said):
        fit(constant(observed, likelihood, stderrs))


def test_pulls_of_a_decay_are_normal() -> None:
    truth = (80.0, 5.0, 2.0)

    fits = [fit(made_decay(seed, truth, (50.0, 2.0, 1.0))) for seed in range(400)]

    pulls = np.array([(one.value("tau1") - 5) / one.stderr("tau1") for one in fits])
    assert abs(pulls.mean()) < 0.2
    assert pulls.std() == pytest.approx(1, abs=0.15)


def test_a_fit_of_500_bins_from_one_start_is_quick() -> None:
    problem = made_decay(1, TWO_DECAYS, NEAR, bin_count=500)
    seconds = []
    for _ in range(20):
        began = time.perf_counter()
        fit(problem)
        seconds.append(time.perf_counter() - began)

    assert min(seconds) < 0.01
