"""The gap against temperature: thermal expansion and one phonon, with the phonon's energy given."""

from collections.abc import Callable
from dataclasses import dataclass
from math import hypot

import numpy as np

from analysis.physics.fitting.problem import Floats, Likelihood, Parameter, Problem
from analysis.physics.points.scattered import Scattered, fit_scattered, refit
from analysis.physics.refusing import CannotAnalyse
from analysis.physics.temperature.occupation import check_kelvin, coth_factor, coth_slope_per_k

NAMES = ("e0_ev", "a_te_ev_per_k", "a_ep_ev")
UNITS = ("eV", "eV/K", "eV")
ROOM_K = np.array([300.0])
FEWEST_TEMPERATURES = 4

# A number that the law gives: from parameters, shape (3,), and the phonon energy in eV its gradient, shape (3,).
Gradient = Callable[[float], Floats]


@dataclass(frozen=True, slots=True, eq=False)
class GapFit:
    """E(T) = E0 + A_TE T + A_EP coth(ħω/2kT); `lower` and `upper` are its parameters, shape (3,), at ħω ∓ its error."""

    scattered: Scattered
    phonon_energy_ev: float
    phonon_stderr_ev: float
    lower: Floats
    upper: Floats

    def told(self, gradient: Gradient) -> tuple[float, float, float]:
        """Return a number that is linear in the parameters, its error, and what the phonon energy's error makes of it.

        The error has the covariance of all three parameters and ħω ± its error in quadrature.
        """
        fitted, energy_ev, step_ev = self.scattered.fitted, self.phonon_energy_ev, self.phonon_stderr_ev
        from_fit = fitted.derived_stderr(gradient(energy_ev)) * self.scattered.widening_ratio
        below, above = gradient(energy_ev - step_ev) @ self.lower, gradient(energy_ev + step_ev) @ self.upper
        from_phonon = abs(float(above - below)) / 2.0
        return float(gradient(energy_ev) @ fitted.values), hypot(from_fit, from_phonon), from_phonon

    def shared(self, one: Gradient, other: Gradient) -> float:
        """Return the covariance of two numbers, from the fit and from the phonon energy."""
        low_ev, high_ev = self.phonon_energy_ev - self.phonon_stderr_ev, self.phonon_energy_ev + self.phonon_stderr_ev
        halves = [(each(high_ev) @ self.upper - each(low_ev) @ self.lower) / 2.0 for each in (one, other)]
        slopes = one(self.phonon_energy_ev), other(self.phonon_energy_ev)
        from_fit = slopes[0] @ self.scattered.fitted.covariance @ slopes[1] * self.scattered.widening_ratio**2
        return float(from_fit + halves[0] * halves[1])

    def band_ev(self, temperatures_k: Floats) -> tuple[Floats, Floats]:
        """Return the law at temperatures, shape (m,), and its standard error there."""
        fitted = self.scattered.fitted
        columns = design(temperatures_k, self.phonon_energy_ev)
        variance = np.einsum("ij,jk,ik->i", columns, fitted.covariance, columns)
        return columns @ fitted.values, np.sqrt(np.maximum(variance, 0.0)) * self.scattered.widening_ratio


def e0_gradient(_energy_ev: float) -> Floats:
    """Return the gradient of E0."""
    return np.array([1.0, 0.0, 0.0])


def expansion_gradient(_energy_ev: float) -> Floats:
    """Return the gradient of A_TE."""
    return np.array([0.0, 1.0, 0.0])


def phonon_gradient(_energy_ev: float) -> Floats:
    """Return the gradient of A_EP."""
    return np.array([0.0, 0.0, 1.0])


def zero_temperature_gradient(_energy_ev: float) -> Floats:
    """Return the gradient of Eg(0) = E0 + A_EP."""
    return np.array([1.0, 0.0, 1.0])


def room_slope_gradient(energy_ev: float) -> Floats:
    """Return the gradient of dE/dT at 300 K in eV/K."""
    return np.array([0.0, 1.0, float(coth_slope_per_k(energy_ev, ROOM_K)[0])])


def design(temperatures_k: Floats, phonon_energy_ev: float) -> Floats:
    """Return the columns 1, T and coth(ħω/2kT), shape (n, 3)."""
    return np.column_stack((
        np.ones_like(temperatures_k), temperatures_k, coth_factor(phonon_energy_ev, temperatures_k),
    ))  # fmt: skip


def slopes_ev_per_k(values: Floats, temperatures_k: Floats, phonon_energy_ev: float) -> Floats:
    """Return dE/dT at temperatures, shape (n,)."""
    return np.asarray(values[1] + values[2] * coth_slope_per_k(phonon_energy_ev, temperatures_k))


def fit_gap(
    temperatures_k: Floats, energies_ev: Floats, stderrs_ev: Floats | None, *, phonon_energy_ev: float,
    phonon_stderr_ev: float = 0.0, temperature_stderrs_k: Floats | None = None, is_found: bool = False, seed: int = 0,
) -> GapFit:  # fmt: skip
    """Return the gap's law from energies at temperatures, all of shape (n,); without `stderrs_ev` unweighted.

    Linear in its three parameters once ħω is given, as by the linewidth; O'Donnell and Chen 1991. Repeated at
    ħω ± its error. Raises CannotAnalyse below 4 temperatures and for temperatures that are not K.
    """
    check_kelvin(temperatures_k)
    if len(np.unique(temperatures_k)) < FEWEST_TEMPERATURES:
        raise CannotAnalyse(
            f"{len(np.unique(temperatures_k))} different temperatures are too few for the three parameters of the "
            f"gap; {FEWEST_TEMPERATURES} are needed."
        )
    if not phonon_energy_ev - phonon_stderr_ev > 1e-4:
        raise CannotAnalyse("The phonon energy must be larger than its own error; fit the linewidth again.")
    scattered = fit_scattered(
        gap_problem(temperatures_k, energies_ev, stderrs_ev, phonon_energy_ev),
        seed=seed,
        is_found=is_found,
        x_stderrs=temperature_stderrs_k,
        slopes=lambda values: slopes_ev_per_k(values, temperatures_k, phonon_energy_ev),
    )
    lower, upper = (
        refit(
            gap_problem(temperatures_k, energies_ev, scattered.problem.stderrs, phonon_energy_ev + step_ev),
            scattered.fitted, seed,
        ).values
        for step_ev in (-phonon_stderr_ev, phonon_stderr_ev)
    )  # fmt: skip
    return GapFit(scattered, phonon_energy_ev, phonon_stderr_ev, lower, upper)


def gap_problem(
    temperatures_k: Floats, energies_ev: Floats, stderrs_ev: Floats | None, phonon_energy_ev: float
) -> Problem:
    """Return the linear question of the gap with its phonon energy held."""
    columns = design(temperatures_k, phonon_energy_ev)
    starts = (float(np.mean(energies_ev)), 0.0, 0.0)
    return Problem(
        tuple(Parameter(name, start, unit=unit) for name, start, unit in zip(NAMES, starts, UNITS, strict=True)),
        lambda values: columns @ values,
        lambda _values: columns,
        energies_ev,
        Likelihood.UNKNOWN if stderrs_ev is None else Likelihood.KNOWN,
        stderrs_ev,
    )
