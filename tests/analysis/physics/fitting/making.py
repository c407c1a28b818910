"""Problems whose answers are known: a constant, a straight line, and decays over a background."""

from collections.abc import Sequence
from dataclasses import replace
from math import inf

import numpy as np

from analysis.physics.fitting.problem import Floats, Likelihood, Parameter, Problem


def constant(
    observed: Sequence[float], likelihood: Likelihood, stderrs: Sequence[float] | None = None, lower: float = 0.0
) -> Problem:
    """Return one number fitted to some."""
    count = len(observed)
    return Problem(
        (Parameter("level", 7.0, lower, inf),),
        predict=lambda values: np.full(count, values[0]),
        jacobian=lambda values: np.ones((count, 1)),
        observed=np.array(observed, dtype=float),
        likelihood=likelihood,
        stderrs=None if stderrs is None else np.array(stderrs, dtype=float),
    )


def line(x: Floats, y: Floats, likelihood: Likelihood, stderrs: Floats | None = None) -> Problem:
    """Return intercept and slope fitted to points."""
    return Problem(
        (Parameter("intercept", 0.0), Parameter("slope", 0.0)),
        predict=lambda values: values[0] + values[1] * x,
        jacobian=lambda values: np.stack((np.ones_like(x), x), axis=1),
        observed=y,
        likelihood=likelihood,
        stderrs=stderrs,
    )


def decay(
    delays_ns: Floats, counts: Floats, starts: tuple[float, ...], *, lifetime_ends_ns: tuple[float, float] = (0.02, 1e3)
) -> Problem:
    """Return a sum of exponentials over a background, sampled; starts are amplitude, lifetime, …, background."""
    names = [f"{word}{index // 2 + 1}" for index in range(0, len(starts) - 1, 2) for word in ("amplitude", "tau")]
    ends = [(0.0, 1e9), lifetime_ends_ns] * (len(names) // 2)
    parameters = [
        Parameter(name, start, *end) for name, start, end in zip(names, starts[:-1], ends, strict=True)
    ]  # fmt: skip

    def predict(values: Floats) -> Floats:
        parts = [size * np.exp(-delays_ns / tau) for size, tau in zip(values[:-1:2], values[1:-1:2], strict=True)]
        return np.asarray(sum(parts) + values[-1])

    def jacobian(values: Floats) -> Floats:
        columns = []
        for size, tau in zip(values[:-1:2], values[1:-1:2], strict=True):
            falling = np.exp(-delays_ns / tau)
            columns += [falling, size * falling * delays_ns / tau**2]
        return np.stack([*columns, np.ones_like(delays_ns)], axis=1)

    background = Parameter("background", starts[-1], 0.0, 1e9)
    return Problem((*parameters, background), predict, jacobian, counts, Likelihood.POISSON)


def made_decay(seed: int, truth: tuple[float, ...], starts: tuple[float, ...], *, bin_count: int = 400) -> Problem:
    """Return a decay with Poisson counts drawn about known numbers."""
    delays_ns = np.linspace(0.0, 40.0, bin_count)
    expected = decay(delays_ns, np.ones(bin_count), truth).predict(np.array(truth))
    return decay(delays_ns, np.random.default_rng(seed).poisson(expected).astype(float), starts)


def held(problem: Problem, name: str, value: float) -> Problem:
    """Return a problem with one parameter held at a value."""
    parameters = [
        replace(one, start=value, is_fixed=True) if one.name == name else one for one in problem.parameters
    ]  # fmt: skip
    return replace(problem, parameters=tuple(parameters))


def bounded(problem: Problem, name: str, lower: float, upper: float) -> Problem:
    """Return a problem with other bounds of one parameter."""
    parameters = [
        replace(one, lower=lower, upper=upper) if one.name == name else one for one in problem.parameters
    ]  # fmt: skip
    return replace(problem, parameters=tuple(parameters))
