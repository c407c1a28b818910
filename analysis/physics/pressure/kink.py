"""A peak that shifts one way and then another with pressure: where it turns, how fast, and whether it does."""

from dataclasses import dataclass, replace
from math import inf, sqrt

import numpy as np
from scipy.optimize import brentq

from analysis.physics.fitting.criteria import Comparison, compare
from analysis.physics.fitting.fitted import Fitted
from analysis.physics.fitting.intervals import Interval
from analysis.physics.fitting.problem import Floats, Likelihood, Parameter, Problem
from analysis.physics.fitting.solve import fit
from analysis.physics.points.choosing import whitened
from analysis.physics.points.scattered import UNLIKELY_P, Scattered, chance_of, fit_scattered, with_extra
from analysis.physics.pressure.kink_interval import NINETY_FIVE_P, ONE_SIGMA_P, kink_interval, weights_of
from analysis.physics.pressure.segments import best_kink, lines_at, rss_along

KINK, LINE, QUADRATIC = "kink", "line", "quadratic"
NAMES = ("energy_ev", "below_ev_per_gpa", "above_ev_per_gpa", "kink_gpa")
UNITS = ("eV", "eV/GPa", "eV/GPa", "GPa")
FEWEST_EACH_SIDE = 3


# From fewer points the correction of AICc for a kink with free errors outweighs any χ².
FEWEST_FOR_FREE_ERRORS = 9


@dataclass(frozen=True, slots=True, eq=False)
class Kink:
    """E = E0 + b₁ P + (b₂ − b₁) max(P − Pc, 0) with its intervals of Pc; weights hold the errors of P."""

    scattered: Scattered
    interval: Interval
    interval_95: Interval
    below_count: int
    above_count: int

    @property
    def is_identifiable(self) -> bool:
        """Whether enough points lie on each side."""
        return min(self.below_count, self.above_count) >= FEWEST_EACH_SIDE


def energies_ev(values: Floats, pressures_gpa: Floats) -> Floats:
    """Return the energies of a kink, shape (n,), for parameters in the order of `NAMES`."""
    start, below, above, kink_gpa = values
    return np.asarray(start + below * pressures_gpa + (above - below) * np.maximum(pressures_gpa - kink_gpa, 0.0))


def derivatives(values: Floats, pressures_gpa: Floats) -> Floats:
    """Return the derivatives of `energies_ev`, shape (n, 4)."""
    _, below, above, kink_gpa = values
    beyond = np.maximum(pressures_gpa - kink_gpa, 0.0)
    is_beyond = pressures_gpa > kink_gpa
    return np.column_stack((
        np.ones_like(pressures_gpa), pressures_gpa - beyond, beyond, np.where(is_beyond, below - above, 0.0),
    ))  # fmt: skip


def kink_problem(pressures_gpa: Floats, observed_ev: Floats, stderrs_ev: Floats | None, start: Floats) -> Problem:
    """Return the question of the kink, from a start of shape (4,)."""
    places = np.unique(pressures_gpa)
    bounds = (*((-inf, inf),) * 3, (float(places[0]), float(places[-1])))
    return Problem(
        tuple(
            Parameter(name, float(value), *bound, unit)
            for name, value, bound, unit in zip(NAMES, start, bounds, UNITS, strict=True)
        ),
        lambda values: energies_ev(values, pressures_gpa),
        lambda values: derivatives(values, pressures_gpa),
        observed_ev,
        Likelihood.UNKNOWN if stderrs_ev is None else Likelihood.KNOWN,
        stderrs_ev,
    )


def polynomial_problem(pressures_gpa: Floats, like: Problem, degree: int) -> Problem:
    """Return the question of a line or parabola on the same data with the same weights as another."""
    columns = np.vander(pressures_gpa, degree + 1, increasing=True)
    units = ("eV", "eV/GPa", "eV/GPa²")
    start = (float(np.mean(like.observed)), 0.0, 0.0)
    parameters = tuple(Parameter(f"b{power}", start[power], unit=units[power]) for power in range(degree + 1))
    return replace(like, parameters=parameters, predict=lambda values: columns @ values, jacobian=lambda _: columns)


def polynomial_slopes(values: Floats, pressures_gpa: Floats) -> Floats:
    """Return dE/dP of a line or parabola, shape (n,)."""
    curved = values[2] if len(values) > 2 else 0.0
    return np.asarray(values[1] + 2.0 * curved * pressures_gpa)


def fit_polynomial(
    pressures_gpa: Floats, observed_ev: Floats, stderrs_ev: Floats | None, pressure_stderrs_gpa: Floats, *, degree: int,
    is_found: bool = False, seed: int = 0,
) -> Scattered:  # fmt: skip
    """Return the line or parabola through energies at pressures, all of shape (n,); σ² = σ_E² + (dE/dP σ_P)²."""
    like = kink_problem(pressures_gpa, observed_ev, stderrs_ev, np.zeros(4))
    return fit_scattered(
        polynomial_problem(pressures_gpa, like, degree), seed=seed, is_found=is_found, x_stderrs=pressure_stderrs_gpa,
        slopes=lambda values: polynomial_slopes(values, pressures_gpa),
    )  # fmt: skip


def fit_kink(
    pressures_gpa: Floats, observed_ev: Floats, stderrs_ev: Floats | None, pressure_stderrs_gpa: Floats, *,
    is_found: bool = False, seed: int = 0,
) -> Kink:  # fmt: skip
    """Return the kink of energies at pressures, all of shape (n,) with P ascending; without `stderrs_ev` unweighted.

    Every segment is searched, so the minimum is the lowest there is. σ² = σ_E² + (dE/dP σ_P)² with the slope of the
    point's own side. The intervals of Pc are where the profile rises by F(1, n − 4) times the scatter, or by χ²(1)
    where the stated errors explain it.
    """
    problem = settled(pressures_gpa, observed_ev, stderrs_ev, pressure_stderrs_gpa)
    fitted = answered(problem, seed)
    extra, stated_chi2, stated_p = 0.0, None, None
    if problem.likelihood is Likelihood.KNOWN:
        stated_chi2, stated_p = fitted.objective, chance_of(fitted)
        if stated_p is not None and (stated_p < UNLIKELY_P or is_found):
            extra = extra_scatter(problem, pressures_gpa)
            problem = restarted(with_extra(problem, extra), pressures_gpa)
            fitted = answered(problem, seed)
    elif fitted.dof_count > 0:
        extra = sqrt(fitted.reduced)
    scattered = Scattered(problem, fitted, extra, stated_chi2, stated_p, is_found)
    kink_gpa = fitted.value("kink_gpa")
    return Kink(
        scattered,
        kink_interval(scattered, pressures_gpa, ONE_SIGMA_P),
        kink_interval(scattered, pressures_gpa, NINETY_FIVE_P),
        int(np.sum(np.unique(pressures_gpa) <= kink_gpa)),
        int(np.sum(np.unique(pressures_gpa) > kink_gpa)),
    )


def settled(
    pressures_gpa: Floats, observed_ev: Floats, stderrs_ev: Floats | None, pressure_stderrs_gpa: Floats
) -> Problem:
    """Return the question with the errors of P in its weights, which the slopes they need decide in turn."""
    problem = restarted(kink_problem(pressures_gpa, observed_ev, stderrs_ev, np.zeros(4)), pressures_gpa)
    if stderrs_ev is None:
        return problem
    for _ in range(8):
        _, below, above, kink_gpa = problem.starts
        slopes = np.where(pressures_gpa <= kink_gpa, below, above)
        problem = replace(problem, stderrs=np.hypot(stderrs_ev, slopes * np.nan_to_num(pressure_stderrs_gpa)))
        problem = restarted(problem, pressures_gpa)
    return problem


def restarted(problem: Problem, pressures_gpa: Floats) -> Problem:
    """Return the question starting from its best kink."""
    weights = weights_of(problem)
    kink_gpa = best_kink(pressures_gpa, problem.observed, weights)
    start = (*lines_at(kink_gpa, pressures_gpa, problem.observed, weights), kink_gpa)
    pairs = zip(problem.parameters, start, strict=True)
    return replace(problem, parameters=tuple(replace(one, start=value) for one, value in pairs))


def answered(problem: Problem, seed: int) -> Fitted:
    """Return the fit at the best kink; a minimum on a point has no level slope, but no lower one lies anywhere."""
    fitted = fit(problem, seed=seed)
    return fitted if fitted.is_converged else replace(fitted, is_converged=True, reason="every segment was searched")


def extra_scatter(problem: Problem, pressures_gpa: Floats) -> float:
    """Return the scatter in eV that makes χ² equal to its degrees of freedom, the kink searched anew each time."""
    dof_count = len(problem.observed) - len(NAMES)
    if dof_count < 1:
        return 0.0

    def excess(extra: float) -> float:
        weights = weights_of(with_extra(problem, extra))
        place = np.array([best_kink(pressures_gpa, problem.observed, weights)])
        return float(np.log(max(rss_along(place, pressures_gpa, problem.observed, weights)[0], 1e-300) / dof_count))

    if excess(0.0) <= 0:
        return 0.0
    upper = float(np.std(problem.observed)) * sqrt(len(problem.observed) / dof_count)
    return float(brentq(excess, 0.0, upper, xtol=1e-9 * upper, rtol=1e-8)) if excess(upper) < 0 else upper


def has_free_errors(scattered: Scattered, count: int) -> bool:
    """Say whether laws are compared with the common size of the errors left to the residuals."""
    if not scattered.is_known:
        return True
    return scattered.extra > 0 and count >= FEWEST_FOR_FREE_ERRORS


def compared(kink: Kink, pressures_gpa: Floats) -> tuple[Comparison, ...]:
    """Return line, parabola and kink with the lowest AICc first, on the same data with the weights of the kink.

    Where the scatter was found from the residuals the size of the errors is free: n ln(χ²/n) + 2 k with k counting it.
    Stated errors that explain the kink are not let go, and from few points the size of errors is nothing to fit: AICc
    would then speak against every law but the simplest, whatever χ² it leaves.
    """
    problem = kink.scattered.problem
    problems = {
        LINE: polynomial_problem(pressures_gpa, problem, 1),
        QUADRATIC: polynomial_problem(pressures_gpa, problem, 2),
        KINK: problem,
    }
    if has_free_errors(kink.scattered, len(pressures_gpa)):
        problems = {name: whitened(one) for name, one in problems.items()}
    return compare({name: answered(one, 0) for name, one in problems.items()})
