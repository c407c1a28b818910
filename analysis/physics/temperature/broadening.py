"""The linewidth against temperature: acoustic and LO phonons."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import nnls

from analysis.physics.fitting.fitted import Fitted
from analysis.physics.fitting.intervals import ONE_SIGMA, Interval, profile_interval
from analysis.physics.fitting.problem import Floats, Likelihood, Parameter, Problem
from analysis.physics.fitting.solve import fit
from analysis.physics.points.choosing import Choice, choose
from analysis.physics.points.scattered import Scattered, fit_scattered
from analysis.physics.refusing import CannotAnalyse
from analysis.physics.temperature.occupation import check_kelvin, occupation, occupation_by_energy_per_ev

NAMES = ("linewidth_zero", "linewidth_acoustic", "linewidth_phonon", "phonon_energy")
UNITS = ("meV", "meV/K", "meV", "meV")
ENERGY_BOUNDS_MEV = (1.0, 200.0)
FEWEST_TEMPERATURES = 5
START_COUNT = 6
EXACT_RATIO = 1e-9
# Between these rises of χ² no acoustic phonons at all are within reach of the data.
RISES_NEAR_ZERO = (1e-6, 16.0)
PHONON_ENERGY = 3


@dataclass(frozen=True, slots=True, eq=False)
class BroadeningFit:
    """Γ(T) = Γ0 + σ_ac T + Γ_LO n(E_LO, T), its profile intervals by parameter, and the laws it was compared with.

    `without` is the fit with the same weights and no acoustic phonons.
    """

    scattered: Scattered
    intervals: Mapping[str, Interval]
    without: Fitted
    choice: Choice

    def stderr(self, name: str) -> float:
        """Return one standard error, larger than that of the covariance where the law is not straight.

        A parameter at its bound takes away the freedom that the others would have had: the wider side of the profile
        gives it back. And where σ_ac is told from zero by √Δχ² < 4 standard errors, what going there changes, over that
        number, is an error too: nearly degenerate parameters reach further than their covariance says.
        """
        fitted, ratio = self.scattered.fitted, self.scattered.widening_ratio
        if fitted.at_bound:
            return max(fitted.stderr(name) * ratio, wider_side(self.intervals[name], fitted.value(name)))
        return max(fitted.stderr(name), abs(self.moved(name))) * ratio

    def reach(self, name: str) -> tuple[float, float]:
        """Return the ends of a parameter's interval; the way to no acoustic phonons is no shorter than its error."""
        interval, value = self.intervals[name], self.scattered.fitted.value(name)
        moved = value + self.moved(name) * self.scattered.reach_ratio
        return min(interval.low, moved), max(interval.high, moved)

    def moved(self, name: str) -> float:
        """Return what going to no acoustic phonons adds to a parameter, over √Δχ²; zero where that is out of reach."""
        fitted = self.scattered.fitted
        rise = (self.without.objective - fitted.objective) / self.unit
        if fitted.at_bound or not RISES_NEAR_ZERO[0] < rise < RISES_NEAR_ZERO[1]:
            return 0.0
        return (self.without.value(name) - fitted.value(name)) / float(np.sqrt(rise))

    @property
    def unit(self) -> float:
        """The rise of the objective that counts as one of χ²."""
        return 1.0 if self.scattered.is_known else max(self.scattered.fitted.reduced, 1e-300)


def wider_side(interval: Interval, value: float) -> float:
    """Return how far an interval reaches on its wider side."""
    return max(value - interval.low, interval.high - value)


def linewidths_mev(values: Floats, temperatures_k: Floats) -> Floats:
    """Return Γ0 + σ_ac T + Γ_LO/(exp(E_LO/kT) − 1) in meV, shape (n,): n alone, not the 2 n + 1 of the gap."""
    zero, acoustic, phonon, energy_mev = values
    return np.asarray(zero + acoustic * temperatures_k + phonon * occupation(energy_mev / 1e3, temperatures_k))


def derivatives(values: Floats, temperatures_k: Floats) -> Floats:
    """Return the derivatives of `linewidths_mev`, shape (n, 4)."""
    _, _, phonon, energy_mev = values
    return np.column_stack((
        np.ones_like(temperatures_k), temperatures_k, occupation(energy_mev / 1e3, temperatures_k),
        phonon * occupation_by_energy_per_ev(energy_mev / 1e3, temperatures_k) / 1e3,
    ))  # fmt: skip


def slopes_mev_per_k(values: Floats, temperatures_k: Floats) -> Floats:
    """Return dΓ/dT, shape (n,)."""
    _, acoustic, _, energy_mev = values
    by_energy = derivatives(values, temperatures_k)[:, PHONON_ENERGY]
    return np.asarray(acoustic - by_energy * energy_mev / temperatures_k)


def broadening_problem(
    temperatures_k: Floats, widths_mev: Floats, stderrs_mev: Floats | None, *, start: Floats,
    acoustic_is_zero: bool = False,
) -> Problem:  # fmt: skip
    """Return the question of the linewidth with its four bounded parameters, or without acoustic phonons."""
    bounds = ((0.0, np.inf), (0.0, np.inf), (0.0, np.inf), ENERGY_BOUNDS_MEV)
    is_held = (False, acoustic_is_zero, False, False)
    values = [0.0 if held else float(value) for value, held in zip(start, is_held, strict=True)]
    return Problem(
        tuple(
            Parameter(name, value, *bound, unit, is_fixed=held)
            for name, value, bound, unit, held in zip(NAMES, values, bounds, UNITS, is_held, strict=True)
        ),
        lambda values: linewidths_mev(values, temperatures_k),
        lambda values: derivatives(values, temperatures_k),
        widths_mev,
        Likelihood.UNKNOWN if stderrs_mev is None else Likelihood.KNOWN,
        stderrs_mev,
    )


def first_guesses(temperatures_k: Floats, widths_mev: Floats, stderrs_mev: Floats | None) -> list[Floats]:
    """Return starts, each of shape (4,): for energies spread over the bounds the best other parameters ≥ 0."""
    weights = np.ones_like(widths_mev) if stderrs_mev is None else 1.0 / stderrs_mev
    found = []
    for energy_mev in np.geomspace(3.0, ENERGY_BOUNDS_MEV[1] * 0.9, 24):
        columns = derivatives(np.array([0.0, 0.0, 1.0, energy_mev]), temperatures_k)[:, :PHONON_ENERGY]
        linear, distance = nnls(columns * weights[:, None], widths_mev * weights)
        found.append((distance, np.array([*linear, energy_mev])))
    return [values for _, values in sorted(found, key=lambda one: one[0])[:START_COUNT]]


def fit_broadening(
    temperatures_k: Floats, widths_mev: Floats, stderrs_mev: Floats | None, *,
    temperature_stderrs_k: Floats | None = None, is_found: bool = False, seed: int = 0,
) -> BroadeningFit:  # fmt: skip
    """Return the linewidth's law from widths at temperatures, all of shape (n,); without `stderrs_mev` unweighted.

    Rudin, Reinecke and Segall 1990; all parts ≥ 0 and 1 ≤ E_LO ≤ 200 meV. σ_ac, Γ_LO and E_LO are nearly degenerate
    between 77 and 300 K, so intervals are profiles. Raises CannotAnalyse below 5 temperatures.
    """
    check_kelvin(temperatures_k)
    different_count = len(np.unique(temperatures_k))
    if different_count < FEWEST_TEMPERATURES:
        raise CannotAnalyse(
            f"{different_count} different temperatures are too few for the four parameters of the linewidth; "
            f"{FEWEST_TEMPERATURES} are needed."
        )
    starts = first_guesses(temperatures_k, widths_mev, stderrs_mev)
    problem = broadening_problem(temperatures_k, widths_mev, stderrs_mev, start=starts[0])
    scattered = fit_scattered(
        problem, starts=starts[1:], seed=seed, is_found=is_found, x_stderrs=temperature_stderrs_k,
        slopes=lambda values: slopes_mev_per_k(values, temperatures_k),
    )  # fmt: skip
    held = broadening_problem(temperatures_k, widths_mev, stderrs_mev, start=starts[0], acoustic_is_zero=True)
    choice = choose({"without acoustic phonons": held, "all parts": problem}, {
        "without acoustic phonons": starts, "all parts": [scattered.fitted.values],
    }, seed=seed, is_found=is_found)  # fmt: skip
    without = fit(
        replace(scattered.problem, parameters=held.parameters), starts=[scattered.fitted.values, *starts], seed=seed
    )
    return BroadeningFit(scattered, profiles(scattered), without, choice)


def exactly(value: float) -> Interval:
    """Return the interval that is one value."""
    return Interval(value, value, is_open_low=False, is_open_high=False)


def profiles(scattered: Scattered) -> dict[str, Interval]:
    """Return the profile interval of every parameter, wider where the scatter was taken from few residuals."""
    fitted = scattered.fitted
    if np.abs(fitted.residuals).max() <= EXACT_RATIO * np.abs(scattered.problem.observed).max():
        # Data without any scatter leave rounding alone to profile.
        return {name: exactly(fitted.value(name)) for name in NAMES}
    # The profile of an unknown error takes Student's t itself.
    rise = scattered.reach_ratio**2 if scattered.is_known else ONE_SIGMA
    return {name: profile_interval(scattered.problem, fitted, name, level=rise) for name in NAMES}
