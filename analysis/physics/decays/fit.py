"""The fit of one decay by one shape: from many starts through the core, its components sorted by lifetime."""

from dataclasses import dataclass, replace

import numpy as np

from analysis.physics.decays.model import Kind, Setup, names_of, problem_of
from analysis.physics.decays.starting import starts_of
from analysis.physics.fitting.fitted import Fitted
from analysis.physics.fitting.problem import Floats, Problem
from analysis.physics.fitting.solve import fit
from analysis.physics.fitting.starts import spread_starts


@dataclass(frozen=True, slots=True, eq=False)
class DecayFit:
    """A decay fitted by a shape: the question that was asked, and its answer sorted by lifetime."""

    kind: Kind
    setup: Setup
    problem: Problem
    fitted: Fitted

    @property
    def counts(self) -> Floats:
        """Amplitudes in counts per mean bin at the start of the decay, shape (k,)."""
        return self.fitted.values[self.count_places]

    @property
    def taus_ns(self) -> Floats:
        """Lifetimes, shape (k,), the shortest first."""
        return self.fitted.values[self.tau_places]

    @property
    def seen_ns(self) -> float:
        """How long the decay is seen, from its start to the end of the window."""
        return float(self.setup.binned.edges_ns[-1]) - self.fitted.value("t0")

    @property
    def count_places(self) -> list[int]:
        """Where the amplitudes stand among the parameters."""
        return list(range(0, 2 * self.kind.exponential_count, 2))

    @property
    def tau_places(self) -> list[int]:
        """Where the lifetimes stand."""
        return list(range(1, 2 * self.kind.exponential_count, 2))


def fit_decay(
    setup: Setup, kind: Kind, *, start_count: int = 20, seed: int = 0, start: Floats | None = None
) -> DecayFit:
    """Return the best fit of a decay by a shape.

    All pairs or threes of 20 lifetimes are looked at by projection and the most promising go down to their minimum;
    `start_count` beyond those of the projection are added log-uniformly. A given start is the only one.
    """
    if start is not None:
        problem = problem_of(setup, kind, start)
        return DecayFit(kind, setup, problem, sorted_by_lifetime(setup, kind, fit(problem, seed=seed)))
    found, looked_at_count = starts_of(setup, kind, setup.start_ns)
    problem = problem_of(setup, kind, found[0])
    taus = [name for name in names_of(kind) if name.startswith("tau")]
    spread_count = max(0, start_count - looked_at_count)
    spread = spread_starts(problem, names=taus, count=spread_count, seed=seed) if spread_count else []
    fitted = fit(problem, starts=[*found[1:], *spread], seed=seed)
    told = replace(fitted, start_count=looked_at_count + spread_count)
    return DecayFit(kind, setup, problem, sorted_by_lifetime(setup, kind, told))


def sorted_by_lifetime(setup: Setup, kind: Kind, fitted: Fitted) -> Fitted:
    """Return a fit with its components in the order of their lifetimes, after the fit and not by bounds."""
    count = kind.exponential_count
    taus_ns = fitted.values[1 : 2 * count : 2]
    if count == 1 or any(name.startswith(("tau", "counts")) for name in setup.held):
        return fitted
    order = np.argsort(taus_ns, kind="stable")
    places = np.array([place for one in order for place in (2 * one, 2 * one + 1)])
    places = np.concatenate((places, np.arange(2 * count, len(fitted.values))))
    names = names_of(kind)
    moved = {names[old]: names[new] for new, old in enumerate(places)}
    return replace(
        fitted,
        values=fitted.values[places],
        covariance=fitted.covariance[np.ix_(places, places)],
        at_bound=tuple(moved[name] for name in fitted.at_bound),
    )
