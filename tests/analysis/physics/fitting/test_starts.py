"""Starts are spread over the decades of what is named, and only of that."""

from dataclasses import replace
from math import inf

import numpy as np

from analysis.physics.fitting.problem import Parameter
from analysis.physics.fitting.starts import spread_starts
from tests.analysis.physics.fitting.making import held, made_decay

NEAR = (500.0, 1.0, 500.0, 10.0, 10.0)


def test_named_parameters_have_one_start_in_every_part_of_their_decades() -> None:
    problem = made_decay(1, NEAR, NEAR)

    starts = np.array(spread_starts(problem, names=["tau1", "tau2"], count=20, seed=4))

    decades = np.log(starts[:, [1, 3]] / 0.02) / np.log(1e3 / 0.02)
    assert np.sort((decades * 20).astype(int), axis=0).T.tolist() == [list(range(20))] * 2
    assert (starts[:, [0, 2, 4]] == [500, 500, 10]).all()


def test_the_same_seed_spreads_the_same_starts() -> None:
    problem = made_decay(1, NEAR, NEAR)

    first, again, other = (np.array(spread_starts(problem, names=["tau1"], seed=seed)) for seed in (1, 1, 2))

    assert (first == again).all()
    assert (first != other).any()


def test_a_held_parameter_is_not_spread() -> None:
    problem = held(made_decay(1, NEAR, NEAR), "tau1", 3.0)

    starts = np.array(spread_starts(problem, names=["tau1"]))

    assert (starts[:, 1] == 3).all()


def test_without_bounds_starts_reach_two_decades_around_and_a_sign_is_spread_evenly() -> None:
    problem = made_decay(1, NEAR, NEAR)
    open_ends = (
        Parameter("rate", 2.0, 0.0, inf),
        Parameter("shift", 0.0, -3.0, 3.0),
        Parameter("free", -1.0),
        *problem.parameters[3:],
    )

    starts = np.array(spread_starts(replace(problem, parameters=open_ends), names=["rate", "shift", "free"], count=50))

    assert 0.02 <= starts[:, 0].min() < 0.03
    assert 130 < starts[:, 0].max() <= 200
    assert abs(starts[:, 1].mean()) < 0.1
    assert np.abs(starts[:, 1]).max() <= 3
    assert -101 <= starts[:, 2].min() < -90
    assert 90 < starts[:, 2].max() <= 99
