"""Where a descent stands, and what the model looks like near it."""

from dataclasses import dataclass

import numpy as np

from analysis.physics.fitting.problem import Floats, Likelihood, Problem
from analysis.physics.fitting.scatter import objective_of, weights_of
from analysis.physics.fitting.step import Linear


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """Where a descent stands: all parameters, shape (p,), their prediction, shape (n,), and its objective."""

    values: Floats
    predicted: Floats
    objective: float


def placed(problem: Problem, values: Floats) -> Place:
    """Return a place; its objective is infinite where the model gives no finite prediction."""
    predicted = np.asarray(problem.predict(values), dtype=float)
    return Place(values, predicted, objective_of(problem, predicted))


def linear_at(problem: Problem, place: Place) -> Linear | None:
    """Return the model near a place over the free parameters; None where its slope is not finite."""
    weights = weights_of(problem, place.predicted)
    slopes = np.asarray(problem.jacobian(place.values), dtype=float)[:, problem.is_free]
    rows = slopes * weights[:, None]
    if not np.isfinite(rows).all():
        return None
    free = [one for one in problem.parameters if not one.is_fixed]
    at = place.values[problem.is_free]
    low, high = np.array([one.lower for one in free]) - at, np.array([one.upper for one in free]) - at
    return Linear.of(rows, (problem.observed - place.predicted) * weights, low, high)


def moved(problem: Problem, place: Place, step: Floats) -> Place:
    """Return the place a step leads to, rounding kept inside the bounds."""
    values = place.values.copy()
    values[problem.is_free] += step
    lower = [one.lower for one in problem.parameters]
    upper = [one.upper for one in problem.parameters]
    values = np.where(problem.is_free, np.clip(values, lower, upper), values)
    return placed(problem, values)


def unit_of(problem: Problem, place: Place) -> float:
    """Return by how much the objective rises one standard error away from its minimum."""
    if problem.likelihood is not Likelihood.UNKNOWN:
        return 1.0
    return place.objective / max(len(problem.observed) - int(problem.is_free.sum()), 1)
