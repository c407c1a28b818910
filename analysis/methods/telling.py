"""A fit as a method tells it: its parameters, its statistics, and what to know before its numbers are used."""

from collections.abc import Collection
from itertools import combinations
from math import isfinite, sqrt

import numpy as np

from analysis.methods.contract import Alternative, FitParameter, Flag
from analysis.physics.fitting.criteria import Comparison, aic, aicc, bic
from analysis.physics.fitting.fitted import Fitted
from analysis.physics.fitting.problem import Likelihood
from analysis.physics.fitting.residuals import (
    durbin_watson,
    expected_objective,
    goodness_p,
    lag_1_correlation,
    runs_p,
)

Statistic = float | int | str | bool | None

# An objective this unlikely is told; one far less likely and far larger than expected is not to be believed.
UNLIKELY_P = 0.001
GRAVE_P = 1e-5
GRAVE_RATIO = 1.5
TOO_CORRELATED = 0.99

WEIGHTING = {
    Likelihood.POISSON: "Poisson likelihood of the counts",
    Likelihood.KNOWN: "1/σ² of the known standard errors",
    Likelihood.UNKNOWN: "unweighted; the standard error is taken from the residuals",
}
OBJECTIVE = {Likelihood.POISSON: "deviance", Likelihood.KNOWN: "χ²", Likelihood.UNKNOWN: "residual sum of squares"}


def parameters_of(fitted: Fitted) -> tuple[FitParameter, ...]:
    """Return every parameter with its bounds and where it started."""
    return tuple(
        FitParameter(one.name, one.unit, float(value), float(stderr), one.lower, one.upper, one.start, one.is_fixed)
        for one, value, stderr in zip(fitted.parameters, fitted.values, fitted.stderrs, strict=True)
    )


def covariance_of(fitted: Fitted) -> tuple[tuple[float, ...], ...]:
    """Return the covariance over all parameters, row by row."""
    return tuple(tuple(float(value) for value in row) for row in fitted.covariance)


def statistics_of(fitted: Fitted) -> dict[str, Statistic]:
    """Return what tells whether to believe a fit, in short words and JSON values; what has no value is None."""
    is_scaled = fitted.likelihood is Likelihood.UNKNOWN
    chance = goodness_p(fitted)
    told: dict[str, Statistic] = {
        "likelihood": fitted.likelihood.value,
        "weighting": WEIGHTING[fitted.likelihood],
        "n": fitted.n_count,
        "free_count": fitted.free_count,
        "dof": fitted.dof_count,
        "objective_name": OBJECTIVE[fitted.likelihood],
        "objective": told_number(fitted.objective),
        "reduced": told_number(fitted.reduced),
        "p": None if chance is None else told_number(chance),
        "is_converged": fitted.is_converged,
        "reason": fitted.reason,
        "covariance": "scaled" if is_scaled else "not scaled",
        "aic": told_number(aic(fitted)),
        "aicc": told_number(aicc(fitted)),
        "bic": told_number(bic(fitted)),
        "durbin_watson": told_number(durbin_watson(fitted.residuals)),
        "runs_p": told_number(runs_p(fitted.residuals)),
        "lag_1_correlation": told_number(lag_1_correlation(fitted.residuals)),
        "condition": told_number(fitted.condition_ratio),
        "at_bound": ", ".join(fitted.at_bound),
        "start_count": fitted.start_count,
        "seed": fitted.seed,
    }
    if chance is not None and chance < 0.05:
        # Shown beside the standard errors, which stay as the likelihood gives them.
        told["scale_factor"] = told_number(sqrt(max(fitted.objective / expected_objective(fitted), 1.0)))
    return told


def told_number(value: float) -> float | None:
    """Return a number that JSON can hold, or none."""
    return float(value) if isfinite(value) else None


def flags_of(fitted: Fitted, *, harmless: Collection[str] = ()) -> tuple[Flag, ...]:
    """Return what to know about any fit; a bound that a `harmless` parameter reached is told but not grave."""
    return (*convergence_flags(fitted), *bound_flags(fitted, harmless), *goodness_flags(fitted), *pair_flags(fitted))


def convergence_flags(fitted: Fitted) -> tuple[Flag, ...]:
    """Return the flag of a fit that did not end in a minimum."""
    if fitted.is_converged:
        return ()
    text = f"The fit did not converge: {fitted.reason}. Change the initial values, hold a parameter or cut the range."
    return (Flag("not_converged", text, is_grave=True),)


def bound_flags(fitted: Fitted, harmless: Collection[str]) -> tuple[Flag, ...]:
    """Return a flag for every parameter that ended on a bound."""
    text = "{} ended on its bound and has no error; widen the bound, or hold it if that is what it is."
    return tuple(
        Flag("at_bound", text.format(name), is_grave=name not in harmless) for name in fitted.at_bound
    )  # fmt: skip


def goodness_flags(fitted: Fitted) -> tuple[Flag, ...]:
    """Return the flag of an objective that chance does not explain."""
    chance = goodness_p(fitted)
    if chance is None or chance >= UNLIKELY_P:
        return ()
    ratio = fitted.objective / expected_objective(fitted)
    is_grave = chance < GRAVE_P and ratio > GRAVE_RATIO
    text = (
        f"The {OBJECTIVE[fitted.likelihood]} is {ratio:.3g} times what chance explains (p = {chance:.1g}): the model"
        " or the stated scatter is not right; look at the residuals."
    )
    return (Flag("chi2_too_large", text, is_grave=is_grave),)


def pair_flags(fitted: Fitted) -> tuple[Flag, ...]:
    """Return the flag of parameters that the data hardly tell apart."""
    correlation = np.abs(fitted.correlation)
    pairs = [
        f"{fitted.parameters[one].name} and {fitted.parameters[other].name}"
        for one, other in combinations(range(len(fitted.parameters)), 2)
        if correlation[one, other] > TOO_CORRELATED
    ]
    if not pairs:
        return ()
    text = f"The data hardly tell apart {'; '.join(pairs)}: use the profile intervals, not ±."
    return (Flag("correlated", text),)


def alternatives_of(comparisons: Collection[Comparison], *, chosen: str, note: str = "") -> tuple[Alternative, ...]:
    """Return compared models as alternatives; `note` is about the chosen one."""
    return tuple(
        Alternative(
            one.name, one.fitted.free_count, one.fitted.objective, one.aic, one.aicc, one.bic,
            is_chosen=one.name == chosen, note=note if one.name == chosen else "",
        )
        for one in comparisons
    )  # fmt: skip
