"""Whether what a fit leaves is chance: how likely the objective is, and whether neighbours go together."""

from math import erfc, lgamma, log, sqrt

import numpy as np
from scipy.special import chdtrc, kl_div

from analysis.physics.fitting.fitted import Fitted
from analysis.physics.fitting.problem import Floats, Likelihood

# Between these predicted counts the mean and variance of a bin's deviance are looked up; above, they are 1 and 2.
LEAST_COUNTS, MOST_COUNTS = 1e-6, 300.0


def durbin_watson(residuals: Floats) -> float:
    """Return Σ (rᵢ − rᵢ₋₁)²/Σ rᵢ², 2 without correlation (Durbin and Watson 1950); NaN for no residuals at all."""
    total = float(residuals @ residuals)
    return float(np.sum(np.diff(residuals) ** 2)) / total if total > 0 else float("nan")


def lag_1_correlation(residuals: Floats) -> float:
    """Return the correlation of neighbouring residuals; NaN when all are equal."""
    centred = residuals - np.mean(residuals)
    total = float(centred @ centred)
    return float(centred[1:] @ centred[:-1]) / total if total > 0 else float("nan")


def runs_p(residuals: Floats) -> float:
    """Return the two-sided p of the number of runs of one sign (Wald and Wolfowitz 1940); NaN with one sign only."""
    signs = np.sign(residuals)
    signs = signs[signs != 0]
    above, below = float(np.sum(signs > 0)), float(np.sum(signs < 0))
    total = above + below
    if above == 0 or below == 0:
        return float("nan")
    run_count = 1 + int(np.sum(signs[1:] != signs[:-1]))
    mean = 1 + 2 * above * below / total
    variance = (mean - 1) * (mean - 2) / (total - 1)
    return erfc(abs(run_count - mean) / sqrt(2 * variance)) if variance > 0 else float("nan")


def goodness_p(fitted: Fitted) -> float | None:
    """Return how often chance alone gives an objective this large; None where the standard error is unknown.

    χ² with n − p degrees of freedom; for counts a scaled χ² with the mean and variance that the deviance of Poisson
    counts has at the fitted model, since with few counts per bin it is not χ² at all.
    """
    if fitted.likelihood is Likelihood.UNKNOWN or fitted.dof_count <= 0:
        return None
    if fitted.likelihood is Likelihood.KNOWN:
        return float(chdtrc(fitted.dof_count, fitted.objective))
    means, variances = deviance_moments(fitted.predicted)
    share = fitted.dof_count / fitted.n_count
    mean, variance = float(means.sum()) * share, float(variances.sum()) * share
    stretch = variance / (2 * mean)
    return float(chdtrc(mean / stretch, fitted.objective / stretch))


def expected_objective(fitted: Fitted) -> float:
    """Return what the objective is on average if the model is right: n − p, less for bins of few counts."""
    if fitted.likelihood is not Likelihood.POISSON:
        return float(fitted.dof_count)
    means, _ = deviance_moments(fitted.predicted)
    return float(means.sum()) * fitted.dof_count / fitted.n_count


def deviance_moments(predicted: Floats) -> tuple[Floats, Floats]:
    """Return mean and variance of the deviance of a Poisson count, shape (n,), at predicted counts, shape (n,)."""
    logs = np.log(np.clip(predicted, LEAST_COUNTS, MOST_COUNTS))
    grid, means, variances = table()
    return np.interp(logs, grid, means), np.interp(logs, grid, variances)


def table() -> tuple[Floats, Floats, Floats]:
    """Return ln m, shape (k,), and the exact mean and variance of the deviance there; computed once."""
    if not TABLE:
        grid = np.linspace(log(LEAST_COUNTS), log(MOST_COUNTS), 400)
        counts = np.arange(0.0, 500.0)
        logs_of_factorials = np.array([lgamma(count + 1) for count in counts])
        chances = np.exp(counts * grid[:, None] - np.exp(grid)[:, None] - logs_of_factorials)
        deviances = 2 * kl_div(counts, np.exp(grid)[:, None])
        means = (chances * deviances).sum(axis=1)
        TABLE.append((grid, means, (chances * deviances**2).sum(axis=1) - means**2))
    return TABLE[0]


TABLE: list[tuple[Floats, Floats, Floats]] = []
