"""The sizing curve: energy against edge length, calibrated on one's own particles, and sizes read from it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from analysis.physics.fitting.fitted import Fitted
from analysis.physics.fitting.problem import Floats, Likelihood, Parameter, Problem
from analysis.physics.fitting.solve import fit
from analysis.physics.refusing import CannotAnalyse

NAMES = ("limit_ev", "coefficient", "exponent")
LEAST_COUNT, LEAST_COUNT_FREE = 3, 5
EXPONENT_BOUNDS = (0.1, 6.0)
# Where a search for the exponent starts, and how often errors of the sizes are carried over to the energies.
EXPONENT_STARTS = (0.7, 1.0, 1.5, 2.0, 3.0)
ROUNDS = 6


@dataclass(frozen=True, slots=True, eq=False)
class SizingCurve:
    """E(L) = E∞ + C L⁻ⁿ as it was fitted, and the sizes between which it holds."""

    fitted: Fitted
    least_nm: float
    greatest_nm: float

    @property
    def values(self) -> Floats:
        """E∞ in eV, C in eV nmⁿ, n; shape (3,)."""
        return self.fitted.values


def energies_ev(values: Floats, sizes_nm: Floats) -> Floats:
    """Return E∞ + C L⁻ⁿ in eV at sizes, shape (n,)."""
    limit_ev, coefficient, exponent = values
    return np.asarray(limit_ev + coefficient * sizes_nm**-exponent)


def gradient(values: Floats, sizes_nm: Floats) -> Floats:
    """Return the derivatives of the energies against E∞, C and n, shape (n, 3)."""
    _, coefficient, exponent = values
    power = sizes_nm**-exponent
    return np.stack([np.ones(len(sizes_nm)), power, -coefficient * power * np.log(sizes_nm)], axis=1)


def fit_sizing(
    sizes_nm: Floats, measured_ev: Floats, *, exponent: float | None = 2.0,
    size_stderrs_nm: Floats | None = None, energy_stderrs_ev: Floats | None = None,
) -> SizingCurve:  # fmt: skip
    """Return the curve through sizes and energies, shape (n,), with the exponent held or free (None).

    Known errors: weights 1/(σ_E² + (dE/dL σ_L)²), repeated until the slope is that of the curve; without errors of
    the energies the points are not weighted and the residuals tell the error. Raises CannotAnalyse for fewer than
    three sizes, or than five with a free exponent.
    """
    check_points(sizes_nm, exponent)
    starts = [with_exponent(sizes_nm, measured_ev, n) for n in ((exponent,) if exponent else EXPONENT_STARTS)]
    values = min(starts, key=lambda one: float(((energies_ev(one, sizes_nm) - measured_ev) ** 2).sum()))

    def fitted_with(stderrs: Floats | None) -> Fitted:
        problem = Problem(
            parameters_of(values, is_free=exponent is None),
            predict=lambda tried: energies_ev(tried, sizes_nm),
            jacobian=lambda tried: gradient(tried, sizes_nm),
            observed=measured_ev,
            likelihood=Likelihood.UNKNOWN if stderrs is None else Likelihood.KNOWN,
            stderrs=stderrs,
        )
        return fit(problem, starts=starts if exponent is None else ())

    fitted = weighted(fitted_with, values, sizes_nm, size_stderrs_nm, energy_stderrs_ev)
    return SizingCurve(fitted, float(sizes_nm.min()), float(sizes_nm.max()))


def weighted(
    fitted_with: Callable[[Floats | None], Fitted], values: Floats, sizes_nm: Floats,
    size_stderrs_nm: Floats | None, energy_stderrs_ev: Floats | None,
) -> Fitted:  # fmt: skip
    """Return the fit with the errors of both, those of the sizes carried over by the slope of the curve."""
    if energy_stderrs_ev is None:
        return fitted_with(None)
    if size_stderrs_nm is None:
        return fitted_with(energy_stderrs_ev)
    for _ in range(ROUNDS):
        slopes = values[2] * values[1] * sizes_nm ** -(values[2] + 1)
        fitted = fitted_with(np.hypot(energy_stderrs_ev, slopes * size_stderrs_nm))
        is_settled = np.allclose(fitted.values, values, rtol=1e-7)
        values = fitted.values
        if is_settled:
            break
    return fitted


def check_points(sizes_nm: Floats, exponent: float | None) -> None:
    """Refuse too few sizes, and sizes that are none."""
    if not (np.isfinite(sizes_nm).all() and (sizes_nm > 0).all()):
        raise CannotAnalyse("Sizes are lengths above zero, in nm; correct the table.")
    count = len(np.unique(sizes_nm))
    least = LEAST_COUNT_FREE if exponent is None else LEAST_COUNT
    if count < least:
        told = "a free exponent" if exponent is None else "a sizing curve"
        raise CannotAnalyse(f"{count} different sizes are too few for {told}; it takes {least}.")


def parameters_of(values: Floats, *, is_free: bool) -> tuple[Parameter, ...]:
    """Return the parameters of the curve; the exponent is held unless it is free."""
    limit_ev, coefficient, exponent = (float(one) for one in values)
    lower, upper = EXPONENT_BOUNDS
    return (
        Parameter(NAMES[0], limit_ev, unit="eV"),
        Parameter(NAMES[1], coefficient, unit="eV nm^n"),
        Parameter(NAMES[2], exponent, lower, upper, is_fixed=not is_free),
    )


def with_exponent(sizes_nm: Floats, measured_ev: Floats, exponent: float) -> Floats:
    """Return E∞, C and n of the unweighted straight line over L⁻ⁿ, shape (3,)."""
    slope, limit_ev = np.polyfit(sizes_nm**-exponent, measured_ev, 1)
    return np.array([limit_ev, slope, exponent])


def through_three(sizes_nm: Floats, measured_ev: Floats) -> Floats:
    """Return E∞, C and n of the one curve through three points, shape (3,).

    (E₁ − E₂)/(E₂ − E₃) = (L₁⁻ⁿ − L₂⁻ⁿ)/(L₂⁻ⁿ − L₃⁻ⁿ) is solved for n between 0.01 and 20.
    """
    first, second, third = (float(one) for one in sizes_nm)
    wanted = float((measured_ev[0] - measured_ev[1]) / (measured_ev[1] - measured_ev[2]))

    def off(n: float) -> float:
        return float((first**-n - second**-n) / (second**-n - third**-n)) - wanted

    if off(0.01) * off(20.0) > 0:
        raise CannotAnalyse("No curve of this form goes through the three points; look at their order.")
    exponent = float(brentq(off, 0.01, 20.0, xtol=1e-14, rtol=1e-14))
    coefficient = float((measured_ev[0] - measured_ev[2]) / (first**-exponent - third**-exponent))
    return np.array([float(measured_ev[0]) - coefficient * first**-exponent, coefficient, exponent])


def size_nm(energy_ev: float, values: Floats) -> tuple[float, Floats]:
    """Return L = (C/(E − E∞))^(1/n) in nm and its derivatives against E, E∞, C and n, shape (4,).

    Raises CannotAnalyse where the energy is on the wrong side of that of an infinite particle.
    """
    limit_ev, coefficient, exponent = (float(one) for one in values)
    shift_ev = energy_ev - limit_ev
    if shift_ev * coefficient <= 0:
        raise CannotAnalyse(
            f"{energy_ev:g} eV is not reached by any size of the curve, whose limit is {limit_ev:g} eV."
        )
    found_nm = (coefficient / shift_ev) ** (1 / exponent)
    scale = found_nm / exponent
    return found_nm, np.array([-scale / shift_ev, scale / shift_ev, scale / coefficient, -scale * np.log(found_nm)])
