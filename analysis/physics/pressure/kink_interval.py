"""Between which pressures a kink may lie: where its profile stays below a limit."""

from collections.abc import Callable

import numpy as np
from scipy.optimize import brentq
from scipy.special import chdtri, fdtri

from analysis.physics.fitting.intervals import Interval
from analysis.physics.fitting.problem import Floats, Problem
from analysis.physics.points.scattered import Scattered
from analysis.physics.pressure.segments import rss_along

GRID_COUNT = 2001
ONE_SIGMA_P, NINETY_FIVE_P = 0.6826894921370859, 0.95


def weights_of(problem: Problem) -> Floats:
    """Return 1/σ², or one everywhere."""
    return np.ones_like(problem.observed) if problem.stderrs is None else 1.0 / problem.stderrs**2


def kink_interval(scattered: Scattered, pressures_gpa: Floats, probability: float) -> Interval:
    """Return the lowest and highest Pc whose residual sum of squares the data do not speak against."""
    problem, fitted = scattered.problem, scattered.fitted
    weights, dof_count = weights_of(problem), fitted.dof_count
    places = np.unique(pressures_gpa)
    ends = float(places[0]), float(places[-1])
    if dof_count < 1:
        return Interval(*ends, is_open_low=True, is_open_high=True)
    rise = float(chdtri(1, 1.0 - probability))
    if scattered.is_estimated:
        # Errors that explain more than they need to do not make an interval shorter.
        left = max(fitted.reduced, 1.0) if scattered.is_known else fitted.reduced
        rise = float(fdtri(1, dof_count, probability)) * left
    limit = fitted.objective + rise

    def above(place: float) -> float:
        return float(rss_along(np.array([place]), pressures_gpa, problem.observed, weights)[0]) - limit

    grid = np.linspace(*ends, GRID_COUNT)
    is_inside = rss_along(grid, pressures_gpa, problem.observed, weights) <= limit
    is_inside[np.argmin(np.abs(grid - fitted.value("kink_gpa")))] = True
    first, last = int(np.argmax(is_inside)), GRID_COUNT - 1 - int(np.argmax(is_inside[::-1]))
    at = fitted.value("kink_gpa")
    low = ends[0] if first == 0 else polished(above, grid[first - 1], min(grid[first], at))
    high = ends[1] if last == GRID_COUNT - 1 else polished(above, grid[last + 1], max(grid[last], at))
    return Interval(low, high, first == 0, last == GRID_COUNT - 1)


def polished(above: Callable[[float], float], outside: float, inside: float) -> float:
    """Return where a profile crosses its limit between two places."""
    if above(inside) >= 0:
        return inside
    return float(brentq(above, outside, inside, xtol=1e-12))
