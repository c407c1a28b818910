"""A fit to values along a ladder whose real scatter may exceed their stated errors."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import sqrt

import numpy as np
from scipy.optimize import brentq
from scipy.special import chdtrc, stdtrit

from analysis.physics.fitting.fitted import Fitted
from analysis.physics.fitting.problem import Floats, Likelihood, Problem
from analysis.physics.fitting.solve import fit

# Below this p the stated errors do not explain the scatter.
UNLIKELY_P = 0.05
MOST_ROUNDS = 40
# The probability below +1 standard deviation of a normal distribution.
ONE_SIGMA_UP = 0.8413447460685429

# Parameters, shape (p,), in; slopes of the model along the ladder, shape (n,), out.
Slopes = Callable[[Floats], Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Scattered:
    """A fit with the scatter that its points show.

    `extra` is the standard deviation, in the unit of the values, that has to be added in quadrature to the stated
    errors so that χ² = n − p; zero when they explain it. `stated_chi2` and `stated_p` are before that, None without
    stated errors. `is_found` when scatter was looked for whether or not χ² asked for it.
    """

    problem: Problem
    fitted: Fitted
    extra: float
    stated_chi2: float | None
    stated_p: float | None
    is_found: bool = False

    @property
    def is_known(self) -> bool:
        """Whether the points came with errors."""
        return self.fitted.likelihood is Likelihood.KNOWN

    @property
    def is_estimated(self) -> bool:
        """Whether the scatter was taken from the residuals, in part or whole."""
        return not self.is_known or self.extra > 0 or self.is_found

    @property
    def widening_ratio(self) -> float:
        """What the standard errors are multiplied by, because the added scatter is itself uncertain: √(ν/(ν − 2))."""
        dof_count = self.fitted.dof_count
        if not self.is_known or not self.is_estimated:
            return 1.0
        return sqrt(dof_count / (dof_count - 2)) if dof_count > 2 else self.reach_ratio

    @property
    def reach_ratio(self) -> float:
        """Half of the 68.3 % interval in standard errors of the covariance: 1, or Student's t with ν = n − p."""
        dof_count = self.fitted.dof_count
        return float(stdtrit(dof_count, ONE_SIGMA_UP)) if self.is_estimated and dof_count > 0 else 1.0


def fit_scattered(
    problem: Problem, *, starts: Sequence[Floats] = (), seed: int = 0, x_stderrs: Floats | None = None,
    slopes: Slopes | None = None, is_found: bool = False,
) -> Scattered:  # fmt: skip
    """Return the fit of values with known or unknown errors, their real scatter found.

    Errors along the ladder, shape (n,), count as effective variance: σ² + (dy/dx σx)². Stated errors that do not
    explain χ² (p < 5 %) get one more of the same size for every point (Mandel and Paule, Anal. Chem. 42 (1970) 1194).
    With `is_found` that is looked for whatever p is: from few points no test sees that errors are too small.
    """
    fitted = fit(problem, starts=starts, seed=seed)
    if x_stderrs is not None and slopes is not None and problem.stderrs is not None:
        problem = with_x_errors(problem, slopes(fitted.values), x_stderrs)
        fitted = refit(problem, fitted, seed)
    if problem.likelihood is not Likelihood.KNOWN or problem.stderrs is None:
        extra = sqrt(max(fitted.reduced, 0.0)) if fitted.dof_count > 0 else 0.0
        return Scattered(problem, fitted, extra, None, None)
    chance = chance_of(fitted)
    if chance is None or (chance >= UNLIKELY_P and not is_found):
        return Scattered(problem, fitted, 0.0, fitted.objective, chance)
    extra = extra_scatter(problem, fitted)
    widened = with_extra(problem, extra)
    return Scattered(widened, refit(widened, fitted, seed), extra, fitted.objective, chance, is_found)


def chance_of(fitted: Fitted) -> float | None:
    """Return the p of χ², None without degrees of freedom."""
    return float(chdtrc(fitted.dof_count, fitted.objective)) if fitted.dof_count > 0 else None


def are_errors_of_fits(stderrs: Floats | None) -> bool:
    """Say whether errors differ from point to point, as those of fits do and those that a person states do not.

    The error of a fit knows nothing of what moves from rung to rung, so it is never the whole scatter.
    """
    return stderrs is not None and float(np.ptp(stderrs)) > 1e-3 * float(np.mean(stderrs))


def with_x_errors(problem: Problem, slopes: Floats, x_stderrs: Floats) -> Problem:
    """Return the problem with errors along the ladder added; one that is not known counts as none."""
    if problem.stderrs is None:
        return problem
    return replace(problem, stderrs=np.hypot(problem.stderrs, slopes * np.nan_to_num(x_stderrs)))


def with_extra(problem: Problem, extra: float) -> Problem:
    """Return the problem with one more error for every point."""
    if problem.stderrs is None:
        return problem
    return replace(problem, stderrs=np.hypot(problem.stderrs, extra))


def refit(problem: Problem, fitted: Fitted, seed: int) -> Fitted:
    """Return the fit of a problem that differs a little, from where another fit ended."""
    pairs = zip(problem.parameters, fitted.values, strict=True)
    started = tuple(one if one.is_fixed else replace(one, start=float(value)) for one, value in pairs)
    again = fit(replace(problem, parameters=started), seed=seed)
    return replace(again, parameters=problem.parameters, start_count=fitted.start_count)


def extra_scatter(problem: Problem, fitted: Fitted) -> float:
    """Return the scatter that makes χ² equal to its degrees of freedom, the law fitted anew with it."""
    if problem.stderrs is None:
        return 0.0
    extra, last = 0.0, fitted
    for _ in range(MOST_ROUNDS):
        before, extra = extra, scatter_of(problem.observed - last.predicted, problem.stderrs, fitted.dof_count)
        if abs(extra - before) <= 1e-9 * extra:
            break
        last = refit(with_extra(problem, extra), last, fitted.seed)
    return extra


def scatter_of(differences: Floats, stderrs: Floats, dof_count: int) -> float:
    """Return s with Σ d²/(σ² + s²) = n − p for differences d and errors σ of shape (n,); zero if σ are large enough."""

    def excess(extra: float) -> float:
        return float(np.sum(differences**2 / (stderrs**2 + extra**2))) - dof_count

    if dof_count < 1 or excess(0.0) <= 0:
        return 0.0
    upper = sqrt(float(differences @ differences) / dof_count)
    return float(brentq(excess, 0.0, upper, xtol=1e-12 * upper, rtol=1e-12))
