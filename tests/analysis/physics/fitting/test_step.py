"""A step inside bounds always lowers the model, and lowers it as far as bounds allow."""

import numpy as np
import pytest
from scipy.optimize import lsq_linear

from analysis.physics.fitting.problem import Floats
from analysis.physics.fitting.step import Linear

OPEN = np.full(3, np.inf)


def drawn(seed: int, bound: float) -> tuple[Floats, Floats, Linear]:
    """Correlated columns, differences, and the linear model with bounds about the origin."""
    rng = np.random.default_rng(seed)
    rows = rng.normal(size=(30, 4)) @ rng.normal(size=(4, 4)) * 10.0 ** rng.uniform(-3, 3, 4)
    differences = rng.normal(size=30)
    low, high = -bound * rng.uniform(0, 1, 4), bound * rng.uniform(0, 1, 4)
    low[rng.uniform(size=4) < 0.2] = 0.0
    return rows, differences, Linear.of(rows, differences, low, high)


def test_without_bounds_an_undamped_step_is_the_least_squares_solution() -> None:
    rng = np.random.default_rng(1)
    rows, differences = rng.normal(size=(20, 3)), rng.normal(size=20)

    linear = Linear.of(rows, differences, -OPEN, OPEN)

    solution = np.asarray(np.linalg.lstsq(rows, differences, rcond=None)[0], dtype=float)
    assert linear.step(0.0) == pytest.approx(solution, rel=1e-10)
    left = differences - rows @ solution
    assert linear.reduction(solution) == pytest.approx(differences @ differences - left @ left, rel=1e-10)


def test_more_damping_makes_a_shorter_step() -> None:
    rng = np.random.default_rng(1)
    linear = Linear.of(rng.normal(size=(20, 3)), rng.normal(size=20), -OPEN, OPEN)

    lengths = [float(np.linalg.norm(linear.step(damping_ratio))) for damping_ratio in (0.0, 0.1, 10.0, 1000.0)]

    assert lengths == sorted(lengths, reverse=True)
    assert lengths[-1] < 0.01 * lengths[0]


@pytest.mark.parametrize("seed", range(60))
def test_a_bounded_step_lowers_the_model_and_stays_inside(seed: int) -> None:
    linear = drawn(seed, 10.0 ** (seed % 5 - 3))[2]

    for damping_ratio in (0.0, 1e-3, 1.0):
        step = linear.step(damping_ratio)

        assert (step >= linear.low).all()
        assert (step <= linear.high).all()
        assert linear.reduction(step) >= 0


def test_repeated_steps_end_where_a_solver_of_the_bounded_problem_does() -> None:
    reached = 0
    for seed in range(40):
        rows, differences, linear = drawn(seed, 0.3)
        at = np.zeros(4)
        for _ in range(30):
            near = Linear.of(rows, differences - rows @ at, linear.low - at, linear.high - at)
            at = np.clip(at + near.step(0.0), linear.low, linear.high)
        best = lsq_linear(rows, differences, bounds=(linear.low, np.maximum(linear.high, linear.low + 1e-12)))
        left = differences - rows @ at
        reached += float(left @ left) <= 2 * best.cost * (1 + 1e-7)

    assert reached == 40


def test_a_column_of_nothing_and_two_equal_columns_do_not_break_a_step() -> None:
    rng = np.random.default_rng(1)
    column = rng.normal(size=20)
    rows = np.stack((column, column, np.zeros(20)), axis=1)

    step = Linear.of(rows, 3 * column, -OPEN, OPEN).step(0.0)

    assert step == pytest.approx([1.5, 1.5, 0.0], rel=1e-9)
