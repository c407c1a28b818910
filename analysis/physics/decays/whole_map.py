"""The fit of a whole streak map: which wavelengths show a decay, lifetimes shared by them, and their own."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from analysis.physics.decays.bands import net_spectrum, net_stderrs
from analysis.physics.decays.each_map import EachMap, Table, fit_each
from analysis.physics.decays.fit import DecayFit
from analysis.physics.decays.shared_map import MapProblem, SharedMap, fit_shared
from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse

# A wavelength takes part when its photons stand this far above the noise of its counts.
LEAST_SIGMA = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class WholeMap:
    """A map fitted with shared and with own lifetimes; `is_used`, shape (w,), says which wavelengths took part.

    `rise` is by how much own lifetimes lower the deviance where they are known, `rise_count` with how many more
    parameters, `p` how often chance alone does that.
    """

    is_used: NDArray[np.bool_]
    shared: SharedMap
    each: EachMap
    rise: float
    rise_count: int
    p: float


def used_wavelengths(counts: Floats) -> NDArray[np.bool_]:
    """Return which wavelengths of a map, shape (t, w), show a decay; raises CannotAnalyse when none does."""
    is_used = net_spectrum(counts) > LEAST_SIGMA * np.maximum(net_stderrs(counts), 1.0)
    if is_used.sum() < 2:
        raise CannotAnalyse("The map shows a decay at fewer than two wavelengths; fit it as one decay instead.")
    return np.asarray(is_used)


def fit_map(counts: Floats, is_used: NDArray[np.bool_], summed: DecayFit) -> WholeMap:
    """Return the fits of a map, shape (t, w), from that of its used wavelengths summed.

    The sum gives where to start: each wavelength begins with its share of the counts.
    """
    setup, fitted = summed.setup, summed.fitted
    used = np.ascontiguousarray(counts[:, is_used])
    shares = used.sum(axis=0) / max(float(fitted.predicted.sum()), 1e-300)
    background_counts = max(fitted.value("background"), 1e-3)
    linear = np.outer([*summed.counts, background_counts], shares)
    shared_ns = np.array([*summed.taus_ns, fitted.value("t0")])
    problem = MapProblem(used, setup.response, *bounds_of(summed))
    shared = fit_shared(problem, shared_ns, linear)
    table = Table.of(setup.response, shared.start_ns, setup.tau_low_ns, setup.tau_high_ns)
    each = fit_each(used, table, shared.linear, shared.taus_ns)
    falls = (shared.deviances - each.deviances)[each.is_converged]
    rise_count = max(len(shared.taus_ns) * (len(falls) - 1), 0)
    rise = float(falls.sum())
    p = float(chdtrc(rise_count, max(rise, 0.0))) if rise_count else 1.0
    return WholeMap(is_used, shared, each, rise, rise_count, p)


def bounds_of(summed: DecayFit) -> tuple[Floats, Floats]:
    """Return the bounds of lifetimes and start, equal where one is held."""
    places = [*summed.tau_places, summed.fitted.index("t0")]
    parameters = [summed.fitted.parameters[place] for place in places]
    held = [float(summed.fitted.values[place]) for place in places]
    low = [at if one.is_fixed else one.lower for one, at in zip(parameters, held, strict=True)]
    high = [at if one.is_fixed else one.upper for one, at in zip(parameters, held, strict=True)]
    return np.array(low), np.array(high)
