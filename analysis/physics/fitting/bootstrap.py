"""Bootstrap: the fit repeated on data that could as well have been measured."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from analysis.physics.fitting.descent import Effort, descend
from analysis.physics.fitting.fitted import Fitted
from analysis.physics.fitting.problem import Floats, Likelihood, Problem

REPEATING = Effort(step_ratio=1e-6, most_count=100)
# The share of a normal distribution within one standard deviation.
ONE_SIGMA_FRACTION = 0.682689492137086


class Resampling(StrEnum):
    """Where the other data come from."""

    # Counts or values drawn about the fitted model.
    PARAMETRIC = "parametric"
    # Residuals of the fit, put back in another order and widened for the parameters they were fitted with.
    RESIDUAL = "residual"
    # Points drawn with replacement, each with its own x, so that no model of the scatter is needed.
    CASE = "case"


@dataclass(frozen=True, slots=True, eq=False)
class Bootstrap:
    """Parameters of every repetition that converged, shape (count, p), and the seed that gives them again."""

    fitted: Fitted
    values: Floats
    failed_count: int
    seed: int
    resampling: Resampling

    def stderr(self, name: str) -> float:
        """Return the standard deviation of a parameter over the repetitions."""
        return float(np.std(self.values[:, self.fitted.index(name)], ddof=1))

    def interval(self, name: str, fraction: float = ONE_SIGMA_FRACTION) -> tuple[float, float]:
        """Return the percentile interval of a parameter."""
        return self.interval_of(lambda values: float(values[self.fitted.index(name)]), fraction)

    def interval_of(
        self, derived: Callable[[Floats], float], fraction: float = ONE_SIGMA_FRACTION
    ) -> tuple[float, float]:
        """Return the percentile interval of a function of the parameters."""
        told = [derived(values) for values in self.values]
        low, high = np.percentile(told, [50 * (1 - fraction), 50 * (1 + fraction)])
        return float(low), float(high)


def bootstrap(
    problem: Problem, fitted: Fitted, *, count: int = 999, seed: int = 0, resampling: Resampling | None = None
) -> Bootstrap:
    """Return `count` repetitions of a fit, each started at its values (Efron and Tibshirani 1993).

    Counts and known standard errors are drawn about the fitted model, an unknown one takes the residuals again.
    """
    is_unknown = problem.likelihood is Likelihood.UNKNOWN
    chosen = resampling or (Resampling.RESIDUAL if is_unknown else Resampling.PARAMETRIC)
    rng = np.random.default_rng(seed)
    with np.errstate(all="ignore"):
        ends = [descend(resampled(problem, fitted, chosen, rng), fitted.values, REPEATING) for _ in range(count)]
    values = [end.place.values for end in ends if end.is_converged]
    kept = np.array(values).reshape(len(values), len(problem.parameters))
    return Bootstrap(fitted, kept, count - len(values), seed, chosen)


def resampled(problem: Problem, fitted: Fitted, resampling: Resampling, rng: np.random.Generator) -> Problem:
    """Return the problem with other data."""
    if resampling is Resampling.CASE:
        return by_case(problem, rng.integers(fitted.n_count, size=fitted.n_count))
    if resampling is Resampling.RESIDUAL:
        left = problem.observed - fitted.predicted
        widened = (left - left.mean()) * np.sqrt(fitted.n_count / max(fitted.dof_count, 1))
        return replace(problem, observed=fitted.predicted + rng.choice(widened, size=fitted.n_count))
    if problem.likelihood is Likelihood.POISSON:
        return replace(problem, observed=rng.poisson(np.maximum(fitted.predicted, 0.0)).astype(float))
    spread = np.sqrt(max(fitted.reduced, 0.0)) if problem.stderrs is None else problem.stderrs
    return replace(problem, observed=rng.normal(fitted.predicted, spread))


def by_case(problem: Problem, chosen: NDArray[np.int64]) -> Problem:
    """Return the problem over some of its points, some of them more than once."""
    return replace(
        problem,
        observed=problem.observed[chosen],
        stderrs=None if problem.stderrs is None else problem.stderrs[chosen],
        predict=lambda values: problem.predict(values)[chosen],
        jacobian=lambda values: problem.jacobian(values)[chosen],
    )
