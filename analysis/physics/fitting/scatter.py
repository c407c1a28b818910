"""How data scatter about a model: the objective, and the rows that a step of the fit is computed from."""

import numpy as np
from scipy.special import kl_div

from analysis.physics.fitting.problem import Floats, Likelihood, Problem

# A predicted count below this part of the mean count stands for none: it keeps the weight of an empty bin finite.
FLOOR_RATIO = 1e-10
# A predicted count below zero by less than this part of the floor is zero with the rounding of its terms.
ROUNDING_RATIO = 1e-5
EPSILON = 2.0**-52


def floor_counts(problem: Problem) -> float:
    """Return the smallest count that a prediction is weighted with."""
    return FLOOR_RATIO * max(1.0, float(np.mean(problem.observed)))


def objective_of(problem: Problem, predicted: Floats) -> float:
    """Return the deviance, χ² or residual sum of squares of a prediction, shape (n,); infinite where it is no model.

    Deviance: 2 Σ [m − y + y ln(y/m)] with y ln y = 0 at y = 0; a negative prediction of counts is no model.
    """
    if not np.isfinite(predicted).all():
        return float("inf")
    if problem.likelihood is Likelihood.POISSON:
        floor = floor_counts(problem)
        if float(predicted.min()) < -ROUNDING_RATIO * floor:
            return float("inf")
        return 2.0 * float(kl_div(problem.observed, np.maximum(predicted, floor)).sum())
    difference = problem.observed - predicted
    if problem.stderrs is not None:
        difference = difference / problem.stderrs
    return float(difference @ difference)


def weights_of(problem: Problem, predicted: Floats) -> Floats:
    """Return the roots of the weights, shape (n,): 1/√m for counts, 1/σ for known standard errors, else one."""
    if problem.likelihood is Likelihood.POISSON:
        return np.asarray(1.0 / np.sqrt(np.maximum(predicted, floor_counts(problem))))
    if problem.stderrs is not None:
        return np.asarray(1.0 / problem.stderrs)
    return np.ones_like(predicted)


def residuals_of(problem: Problem, predicted: Floats) -> Floats:
    """Return what is left, shape (n,): signed roots of the deviance, or differences over σ, or raw differences."""
    difference = problem.observed - predicted
    if problem.likelihood is Likelihood.POISSON:
        safe = np.maximum(predicted, floor_counts(problem))
        return np.asarray(np.sign(difference) * np.sqrt(2.0 * np.maximum(kl_div(problem.observed, safe), 0.0)))
    return np.asarray(difference if problem.stderrs is None else difference / problem.stderrs)


def rounding_of(problem: Problem) -> float:
    """Return how much of an objective is nothing but rounding of the data: what no step can be judged by."""
    if problem.likelihood is Likelihood.POISSON:
        return 4 * EPSILON * float(problem.observed.sum())
    weighted = problem.observed if problem.stderrs is None else problem.observed / problem.stderrs
    return (4 * EPSILON) ** 2 * float(weighted @ weighted)
