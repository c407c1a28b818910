"""A decay as a question for the fitting core: exponentials or a stretched one, a response and a background."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import inf

import numpy as np

from analysis.physics.decays.bins import Binned
from analysis.physics.decays.shares import Response
from analysis.physics.decays.stretched import Stretched, stretched_shares
from analysis.physics.fitting.problem import Floats, Likelihood, Parameter, Problem

BETA_LOW_RATIO, BETA_START_RATIO = 0.2, 0.7


class Kind(StrEnum):
    """The shape of a decay."""

    MONO = "mono"
    BI = "bi"
    TRI = "tri"
    STRETCHED = "stretched"

    @property
    def exponential_count(self) -> int:
        """How many components it has."""
        return {Kind.MONO: 1, Kind.BI: 2, Kind.TRI: 3, Kind.STRETCHED: 1}[self]


@dataclass(frozen=True, slots=True, eq=False)
class Setup:
    """What a decay is fitted with whatever its shape: data, response, bounds, and what is held at a value.

    `start_ns` is where the decay starts, fitted within ± `reach_ns` of it; without reach it is held there.
    """

    binned: Binned
    response: Response
    start_ns: float
    reach_ns: float
    tau_low_ns: float
    tau_high_ns: float
    likelihood: Likelihood = Likelihood.POISSON
    held: Mapping[str, float] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Model:
    """m = Σ Aᵢ gᵢ/w + b: g in ns from the response, w the mean bin, A counts per mean bin at the start, b per bin.

    Parameters are counts1, tau1, …, (beta,) background, t0. The last evaluation is kept, since the core asks for a
    prediction and its slopes at the same place.
    """

    setup: Setup
    kind: Kind
    at: bytes = b""
    told: tuple[Floats, Floats] | None = None

    def predict(self, values: Floats) -> Floats:
        """Return the counts in every bin, shape (n,)."""
        return self.evaluated(values)[0]

    def jacobian(self, values: Floats) -> Floats:
        """Return their derivatives, shape (n, p)."""
        return self.evaluated(values)[1]

    def evaluated(self, values: Floats) -> tuple[Floats, Floats]:
        """Return counts and derivatives, computed once for the same values."""
        key = values.tobytes()
        if self.told is None or key != self.at:
            is_stretched = self.kind is Kind.STRETCHED
            self.told = self.stretched(values) if is_stretched else self.exponentials(values)
            self.at = key
        return self.told

    def exponentials(self, values: Floats) -> tuple[Floats, Floats]:
        """Return counts and derivatives of a sum of exponentials."""
        count, width_ns = self.kind.exponential_count, self.setup.binned.width_ns
        counts, taus_ns, start_ns = values[0 : 2 * count : 2], values[1 : 2 * count : 2], float(values[-1])
        shares = self.setup.response.shares(taus_ns, start_ns)
        slopes = np.empty((len(values), shares.values_ns.shape[1]))
        slopes[0 : 2 * count : 2] = shares.values_ns / width_ns
        slopes[1 : 2 * count : 2] = shares.by_tau * (counts / width_ns)[:, None]
        slopes[-2] = 1.0
        slopes[-1] = (counts / width_ns) @ shares.by_start
        return counts @ slopes[0 : 2 * count : 2] + values[-2], slopes.T

    def stretched(self, values: Floats) -> tuple[Floats, Floats]:
        """Return counts and derivatives of a stretched exponential."""
        counts, tau_ns, beta, background_counts, start_ns = (float(one) for one in values)
        shares = stretched_shares(self.setup.response, Stretched(tau_ns, beta), start_ns)
        width_ns = self.setup.binned.width_ns
        unit = shares.values_ns / width_ns
        scale = counts / width_ns
        slopes = (unit, scale * shares.by_tau, scale * shares.by_beta, np.ones_like(unit), scale * shares.by_start)
        return counts * unit + background_counts, np.stack(slopes, axis=1)


def problem_of(setup: Setup, kind: Kind, start: Floats) -> Problem:
    """Return a decay of a shape as a problem that starts at values in the order of its parameters."""
    model = Model(setup, kind)
    names = names_of(kind)
    parameters = tuple(parameter(setup, name, float(value)) for name, value in zip(names, start, strict=True))
    return Problem(parameters, model.predict, model.jacobian, setup.binned.counts, setup.likelihood)


def names_of(kind: Kind) -> tuple[str, ...]:
    """Return the names of the parameters of a shape, in order."""
    numbers = range(1, kind.exponential_count + 1)
    pairs = [name for number in numbers for name in (f"counts{number}", f"tau{number}")]
    return (*pairs, *(["beta"] if kind is Kind.STRETCHED else []), "background", "t0")


def parameter(setup: Setup, name: str, start: float) -> Parameter:
    """Return a parameter with its bounds; one that is held starts where it is held."""
    lower, upper, unit = limits(setup, name)
    is_fixed = name in setup.held or (name == "t0" and setup.reach_ns <= 0)
    value = float(setup.held.get(name, min(max(start, lower), upper)))
    return Parameter(name, value, min(lower, value), max(upper, value), unit, is_fixed)


def limits(setup: Setup, name: str) -> tuple[float, float, str]:
    """Return the bounds and the unit of a parameter."""
    if name.startswith("tau"):
        return setup.tau_low_ns, setup.tau_high_ns, "ns"
    if name == "beta":
        return BETA_LOW_RATIO, 1.0, ""
    if name == "t0":
        return setup.start_ns - setup.reach_ns, setup.start_ns + setup.reach_ns, "ns"
    return 0.0, inf, "counts"
