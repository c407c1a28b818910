"""The fit: many starts, the best minimum, and its covariance with whatever lies at a bound left out."""

from collections.abc import Sequence
from hashlib import sha256

import numpy as np

from analysis.physics.fitting.descent import OTHER_DAMPING_RATIOS, Descent, Effort, descend
from analysis.physics.fitting.fitted import Fitted
from analysis.physics.fitting.place import linear_at
from analysis.physics.fitting.problem import Floats, Likelihood, Problem
from analysis.physics.fitting.scatter import residuals_of
from analysis.physics.fitting.step import RANK_RATIO, Linear, Which
from analysis.physics.refusing import CannotAnalyse

THOROUGH = Effort()
# Enough to see which start leads lowest; only the best is taken further.
QUICK = Effort(step_ratio=1e-3, most_count=60)


def fit(problem: Problem, *, starts: Sequence[Floats] = (), seed: int = 0) -> Fitted:
    """Return the best fit from the problem's own start and every other one; `seed` is what drew them, kept to be told.

    Damped Gauss–Newton steps (Fisher scoring for counts) with the analytic Jacobian, inside the bounds; Marquardt,
    J. SIAM 11 (1963) 431. Raises CannotAnalyse for data that cannot be fitted and where no start is possible.
    """
    check(problem)
    tried = [problem.starts, *starts]
    with np.errstate(all="ignore"):
        best = lowest(problem, tried)
        if not np.isfinite(best.place.objective):
            raise CannotAnalyse("The model has no finite prediction at any start; change the initial values.")
        return answered(problem, best, start_count=len(tried), seed=seed)


def lowest(problem: Problem, starts: Sequence[Floats]) -> Descent:
    """Return the descent that ended lowest, taken to the end; several starts are compared after a quick way down."""
    if len(starts) == 1:
        return taken_down(problem, starts[0])
    quick = [descend(problem, start, QUICK) for start in starts]
    best = min(quick, key=lambda one: one.place.objective)
    return taken_down(problem, best.place.values)


def taken_down(problem: Problem, start: Floats) -> Descent:
    """Return the way down from a start; where it is doubtful, others are tried and the lowest sound one is taken."""
    ways = [descend(problem, start, THOROUGH)]
    for damping_ratio in OTHER_DAMPING_RATIOS:
        if not ways[-1].is_doubtful or not np.isfinite(ways[-1].place.objective):
            break
        ways.append(descend(problem, start, Effort(most_count=1000, first_damping_ratio=damping_ratio)))
    return min(ways, key=lambda one: (one.is_doubtful, one.place.objective))


def check(problem: Problem) -> None:
    """Refuse data that no fit can be made of."""
    observed, free_count = problem.observed, int(problem.is_free.sum())
    if not np.isfinite(observed).all():
        raise CannotAnalyse("The data have values that are no numbers; cut them out before the fit.")
    least_count = free_count + (problem.likelihood is Likelihood.UNKNOWN)
    if len(observed) < max(least_count, 1):
        raise CannotAnalyse(f"{len(observed)} points are too few for {free_count} parameters.")
    if problem.likelihood is Likelihood.POISSON:
        if float(observed.min()) < 0:
            raise CannotAnalyse("Counts cannot be negative; give the raw counts, or fit with an unknown error.")
        if not observed.any():
            raise CannotAnalyse("All counts are zero; there is nothing to fit.")
    if problem.likelihood is Likelihood.KNOWN:
        check_stderrs(problem)
    elif problem.stderrs is not None:
        raise CannotAnalyse("Standard errors were given to a fit that does not take them as known; leave them out.")


def check_stderrs(problem: Problem) -> None:
    """Refuse standard errors that are no positive numbers."""
    stderrs = problem.stderrs
    if stderrs is None or not (np.isfinite(stderrs).all() and (stderrs > 0).all()):
        raise CannotAnalyse("Every point needs a standard error above zero; state them or fit with an unknown error.")


def answered(problem: Problem, best: Descent, *, start_count: int, seed: int) -> Fitted:
    """Return a descent as a fit with its covariance, shape (p, p)."""
    place, count, free_count = best.place, len(problem.observed), int(problem.is_free.sum())
    at_bound = bound_names(problem, place.values)
    covariance, condition_ratio, undetermined = spread(problem, best, at_bound)
    if problem.likelihood is Likelihood.UNKNOWN:
        covariance = covariance * (place.objective / max(count - free_count, 1))
    is_unknown = problem.likelihood is Likelihood.UNKNOWN
    minus_2_ln_l = count * float(np.log(max(place.objective, 1e-300) / count)) if is_unknown else place.objective
    told = f"the data do not determine {' and '.join(undetermined)}" if undetermined else best.reason
    return Fitted(
        parameters=problem.parameters,
        likelihood=problem.likelihood,
        values=place.values,
        covariance=covariance,
        predicted=place.predicted,
        residuals=residuals_of(problem, place.predicted),
        objective=place.objective,
        minus_2_ln_l=minus_2_ln_l,
        n_count=count,
        free_count=free_count,
        is_converged=best.is_converged and not undetermined,
        reason=told,
        condition_ratio=condition_ratio,
        at_bound=at_bound,
        start_count=start_count,
        seed=seed,
        data_mark=mark_of(problem),
    )


def mark_of(problem: Problem) -> str:
    """Return a hash over what a likelihood is compared on: data, standard errors and how they scatter."""
    stderrs = b"" if problem.stderrs is None else np.ascontiguousarray(problem.stderrs).tobytes()
    data = np.ascontiguousarray(problem.observed, dtype=float).tobytes()
    return sha256(data + stderrs + problem.likelihood.encode()).hexdigest()


def bound_names(problem: Problem, values: Floats) -> tuple[str, ...]:
    """Return the free parameters that ended on a bound."""
    pairs = zip(problem.parameters, values, strict=True)
    return tuple(one.name for one, value in pairs if not one.is_fixed and not one.lower < value < one.upper)


def spread(problem: Problem, best: Descent, at_bound: tuple[str, ...]) -> tuple[Floats, float, tuple[str, ...]]:
    """Return (Jᵀ W J)⁻¹ over what is free inside its bounds, the condition number, and what has no finite error.

    Rows and columns of fixed parameters and of those at a bound are zero; those the data do not determine have an
    infinite variance.
    """
    everyone = len(problem.parameters)
    covariance = np.zeros((everyone, everyone))
    is_inside = np.array([one.name not in at_bound for one in problem.parameters]) & problem.is_free
    linear = linear_at(problem, best.place) if is_inside.any() else None
    if linear is None:
        return covariance, float("nan"), ()
    inverse, condition_ratio, is_lost = inverted(linear, is_inside[problem.is_free], best.is_lost)
    places = np.flatnonzero(is_inside)
    covariance[np.ix_(places, places)] = inverse
    names = tuple(problem.parameters[index].name for index in places[is_lost])
    return covariance, condition_ratio, names


def inverted(linear: Linear, is_inside: Which, is_flat: Which | None) -> tuple[Floats, float, Which]:
    """Return the inverse of the normal matrix over some columns, the condition number, and which are undetermined."""
    _, singular, right = linear.decomposed(is_inside)
    is_kept = singular > RANK_RATIO * max(float(singular[0]), 1e-300)
    weighted = np.where(is_kept, 1.0 / np.where(is_kept, singular, 1.0), 0.0)[:, None] * right
    scale = linear.scale[is_inside]
    inverse = weighted.T @ weighted / np.outer(scale, scale)
    is_lost = np.asarray((np.abs(right[~is_kept]) > 1e-3).any(axis=0))
    if is_flat is not None:
        is_lost = is_lost | is_flat[is_inside]
    inverse[is_lost, :] = inverse[:, is_lost] = 0.0
    inverse[is_lost, is_lost] = np.inf
    condition_ratio = float(singular[0] / singular[-1]) if singular[-1] > 0 else float("inf")
    return inverse, condition_ratio, is_lost
