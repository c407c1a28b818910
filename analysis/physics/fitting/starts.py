"""Where else a fit may start: spread evenly over the decades between bounds."""

from collections.abc import Sequence

import numpy as np

from analysis.physics.fitting.problem import Floats, Parameter, Problem

# How far a spread reaches from the start where a bound is missing.
REACH_RATIO = 100.0


def spread_starts(problem: Problem, *, names: Sequence[str], count: int = 20, seed: int = 0) -> list[Floats]:
    """Return `count` starts, each of shape (p,): the named parameters log-uniform between bounds, the others as given.

    Each parameter has one start in every `count`-th part of its decades (Latin hypercube), so that few starts leave
    no gap. A parameter that may be zero or negative is spread evenly instead.
    """
    rng = np.random.default_rng(seed)
    starts = np.tile(problem.starts, (count, 1))
    for index, one in enumerate(problem.parameters):
        if one.name in names and not one.is_fixed:
            parts = (rng.permutation(count) + rng.uniform(size=count)) / count
            starts[:, index] = spread_between(*reach(one), parts)
    return list(starts)


def reach(parameter: Parameter) -> tuple[float, float]:
    """Return how low and how high a parameter is spread."""
    start, lower, upper = parameter.start, parameter.lower, parameter.upper
    size = abs(start) or 1.0
    if start > 0 and lower >= 0:
        lowest = lower if lower > 0 else min(start, upper) / REACH_RATIO
        return lowest, upper if np.isfinite(upper) else max(start, lowest) * REACH_RATIO
    return (
        lower if np.isfinite(lower) else start - size * REACH_RATIO,
        upper if np.isfinite(upper) else start + size * REACH_RATIO,
    )


def spread_between(low: float, high: float, parts: Floats) -> Floats:
    """Return points at parts of the way, in logarithms where both ends are positive."""
    if low > 0:
        return np.asarray(low * (high / low) ** parts)
    return np.asarray(low + (high - low) * parts)
