"""Intervals where ± is not enough: how far a parameter can move before the objective rises too much."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from math import inf, isfinite, sqrt

import numpy as np
from scipy.special import chdtr, fdtri

from analysis.physics.fitting.descent import Effort, descend
from analysis.physics.fitting.fitted import Fitted
from analysis.physics.fitting.place import linear_at, placed
from analysis.physics.fitting.problem import Floats, Likelihood, Problem

# Rises of −2 ln L that bound the 68.3 % and the 95 % interval of one parameter.
ONE_SIGMA = 1.0
NINETY_FIVE_PERCENT = 3.841459

PROFILING = Effort(step_ratio=1e-7, most_count=60)
MOST_DOUBLINGS = 24


@dataclass(frozen=True, slots=True)
class Interval:
    """Between these a parameter may lie; an open side ends at its bound, or nowhere, without the rise being reached."""

    low: float
    high: float
    is_open_low: bool
    is_open_high: bool


@dataclass(slots=True, eq=False)
class Profile:
    """The objective along one parameter with all others fitted anew; each point starts from the one before."""

    problem: Problem
    fitted: Fitted
    index: int
    level: float
    at: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.at = self.fitted.values

    def rise(self, value: float) -> float:
        """Return the root of the rise over its level: 0 at the minimum, 1 on the edge, at most 10."""
        fixed = [
            replace(one, is_fixed=True, start=value) if index == self.index else one
            for index, one in enumerate(self.problem.parameters)
        ]
        held = replace(self.problem, parameters=tuple(fixed))
        found = descend(held, self.at, PROFILING)
        if not isfinite(found.place.objective):
            return 10.0
        self.at = found.place.values
        excess = (found.place.objective - self.fitted.objective) / self.unit
        return min(sqrt(max(excess, 0.0) / self.level), 10.0)

    @property
    def unit(self) -> float:
        """The rise of the objective that counts as one of −2 ln L."""
        if self.fitted.likelihood is Likelihood.UNKNOWN:
            return max(self.fitted.objective / max(self.fitted.dof_count, 1), 1e-300)
        return 1.0


def profile_interval(problem: Problem, fitted: Fitted, name: str, *, level: float = ONE_SIGMA) -> Interval:
    """Return where the profile of a parameter rises by `level` in −2 ln L on either side of its value.

    For an unknown standard error the rise is F(1, n − p) at the same confidence, in units of RSS/(n − p), so that few
    points give the wider interval they deserve (Bates and Watts, Nonlinear Regression Analysis, 1988, ch. 6).
    """
    index = fitted.index(name)
    one, value = problem.parameters[index], fitted.value(name)
    rise = rise_for(fitted, level)
    with np.errstate(all="ignore"):
        first = first_reach(problem, fitted, index) * sqrt(rise)
        low, is_open_low = edge(Profile(problem, fitted, index, rise).rise, value, one.lower, first)
        high, is_open_high = edge(Profile(problem, fitted, index, rise).rise, value, one.upper, first)
    return Interval(low, high, is_open_low, is_open_high)


def rise_for(fitted: Fitted, level: float) -> float:
    """Return the rise that bounds the interval, larger than `level` where the standard error was estimated."""
    if fitted.likelihood is not Likelihood.UNKNOWN or fitted.dof_count < 1:
        return level
    return float(fdtri(1, fitted.dof_count, chdtr(1, level)))


def first_reach(problem: Problem, fitted: Fitted, index: int) -> float:
    """Return how far to look first: the standard error, or without one what it is with all others held."""
    stderr = float(fitted.stderrs[index])
    if stderr > 0 and isfinite(stderr):
        return stderr
    linear = linear_at(problem, placed(problem, fitted.values))
    value = abs(float(fitted.values[index]))
    if linear is None or fitted.parameters[index].is_fixed:
        return value / 10 or 1.0
    alone = 1.0 / float(linear.scale[int(problem.is_free[:index].sum())])
    unit = fitted.reduced if fitted.likelihood is Likelihood.UNKNOWN else 1.0
    return alone * sqrt(unit) if unit > 0 else value / 10 or 1.0


def edge(rise: Callable[[float], float], value: float, bound: float, first: float) -> tuple[float, bool]:
    """Return where the rise reaches one between a value and a bound, or the bound and that it is open."""
    way = 1.0 if bound > value else -1.0
    if bound == value:
        return value, True
    inner, inner_rise, reach = value, 0.0, first
    for _ in range(MOST_DOUBLINGS):
        outer = value + way * min(reach, abs(bound - value))
        outer_rise = rise(outer)
        if outer_rise > 1:
            return crossing(rise, (inner, inner_rise), (outer, outer_rise), precision=1e-6 * abs(outer - value)), False
        if outer == bound:
            return bound, True
        inner, inner_rise, reach = outer, outer_rise, reach * 2
    return way * inf, True


def crossing(
    rise: Callable[[float], float], inner: tuple[float, float], outer: tuple[float, float], *, precision: float
) -> float:
    """Return where the rise is one between two points that are given with their rise (Illinois rule).

    What the rise was is never asked again: from another place the way down may end a little differently.
    """
    (below, below_rise), (above, above_rise) = inner, outer
    low, high = below_rise - 1, above_rise - 1
    at = above
    for _ in range(60):
        last, at = at, below - low * (above - below) / (high - low) if high > low else above
        if abs(at - last) <= precision or abs(above - below) <= precision:
            break
        found = rise(at) - 1
        if found > 0:
            above, high, low = at, found, low / 2 if last == above else low
        else:
            below, low, high = at, found, high / 2 if last == below else high
    return at
