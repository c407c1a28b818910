"""What a descent calls a minimum is one, wherever it started."""

import numpy as np

from analysis.physics.fitting.descent import Effort, descend
from analysis.physics.fitting.place import linear_at
from analysis.physics.fitting.problem import Floats, Likelihood, Parameter, Problem
from tests.analysis.physics.fitting.making import made_decay

X = np.linspace(0, 30, 120)


def peak(seed: int) -> Problem:
    """Counts of a Gaussian line on a sloping background, started somewhere else."""
    rng = np.random.default_rng(seed)
    truth = np.array([10 ** rng.uniform(0.5, 4), rng.uniform(5, 25), rng.uniform(0.5, 4), 10 ** rng.uniform(-1, 2)])
    starts = truth * 10 ** rng.uniform(-0.3, 0.3, 4)
    ends = [(0.0, 1e7), (0.0, 30.0), (0.05, 20.0), (0.0, 1e6)]

    def bell(values: Floats) -> Floats:
        return np.asarray(np.exp(-(((X - values[1]) / values[2]) ** 2) / 2))

    def jacobian(values: Floats) -> Floats:
        away, falling = (X - values[1]) / values[2], bell(values)
        by_centre = values[0] * falling * away / values[2]
        return np.stack((falling, by_centre, by_centre * away, np.ones_like(X)), axis=1)

    return Problem(
        tuple(
            Parameter(name, float(start), *end)
            for name, start, end in zip(("height", "centre", "width", "background"), starts, ends, strict=True)
        ),
        predict=lambda values: values[0] * bell(values) + values[3],
        jacobian=jacobian,
        observed=rng.poisson(truth[0] * bell(truth) + truth[3]).astype(float),
        likelihood=Likelihood.POISSON,
    )


def test_no_bounded_step_leads_lower_from_what_is_called_a_minimum() -> None:
    ends = []
    with np.errstate(all="ignore"):
        for seed in range(150):
            problem = peak(seed)
            end = descend(problem, problem.starts, Effort())
            linear = linear_at(problem, end.place)
            assert linear is not None
            if end.is_converged:
                ends.append(linear.reduction(linear.step(0.0)))

    assert len(ends) > 140
    assert max(ends) < 1e-5


def test_a_descent_that_is_cut_short_says_so() -> None:
    problem = made_decay(1, (600.0, 2.0, 400.0, 8.0, 5.0), (50.0, 0.1, 50.0, 40.0, 100.0))

    end = descend(problem, problem.starts, Effort(most_count=3))

    assert not end.is_converged
    assert end.reason == "no minimum within 3 steps"
    assert end.jacobian_count == 3


def test_a_slope_that_is_no_number_ends_a_descent() -> None:
    problem = Problem(
        (Parameter("level", 1.0),),
        predict=lambda values: np.full(5, values[0]),
        jacobian=lambda values: np.full((5, 1), np.nan),
        observed=np.arange(5.0),
        likelihood=Likelihood.UNKNOWN,
    )

    end = descend(problem, problem.starts, Effort())

    assert not end.is_converged
    assert end.reason == "the slope of the model is not finite"
