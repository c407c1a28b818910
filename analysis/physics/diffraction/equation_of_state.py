"""The Birch–Murnaghan equation of state: how a cell gives way to pressure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from analysis.physics.fitting.fitted import Fitted
from analysis.physics.fitting.problem import Floats, Likelihood, Parameter, Problem
from analysis.physics.fitting.solve import fit
from analysis.physics.refusing import CannotAnalyse

FEWEST_POINTS = 3
MOST_ROUNDS = 50
USUAL_DERIVATIVE = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Compression:
    """A fitted equation of state; `pressures_gpa` are what it gives at the measured volumes, shape (n,)."""

    fitted: Fitted
    derivative: float
    stderrs_gpa: Floats | None
    pressures_gpa: Floats

    @property
    def volume_angstrom3(self) -> float:
        """V₀."""
        return self.fitted.value("volume_zero")

    @property
    def bulk_modulus_gpa(self) -> float:
        """B₀."""
        return self.fitted.value("bulk_modulus")


def pressure_gpa(
    volumes_angstrom3: Floats,
    volume_zero_angstrom3: float,
    bulk_modulus_gpa: float,
    derivative: float = USUAL_DERIVATIVE,
) -> Floats:
    """Return P = 3/2 B₀ (x⁷ − x⁵) {1 + 3/4 (B₀′ − 4)(x² − 1)} with x = (V₀/V)^(1/3), third order, shape as V.

    Birch, Phys. Rev. 71 (1947) 809.
    """
    x = np.cbrt(volume_zero_angstrom3 / np.asarray(volumes_angstrom3, dtype=float))
    return np.asarray(1.5 * bulk_modulus_gpa * (x**7 - x**5) * (1 + 0.75 * (derivative - 4) * (x**2 - 1)))


def pressure_slope(
    volumes_angstrom3: Floats,
    volume_zero_angstrom3: float,
    bulk_modulus_gpa: float,
    derivative: float = USUAL_DERIVATIVE,
) -> Floats:
    """Return dP/dV in GPa/Å³, shape as V."""
    volumes = np.asarray(volumes_angstrom3, dtype=float)
    x = np.cbrt(volume_zero_angstrom3 / volumes)
    return np.asarray(by_x(x, bulk_modulus_gpa, derivative) * (-x / (3 * volumes)))


def by_x(x: Floats, bulk_modulus_gpa: float, derivative: float) -> Floats:
    """Return dP/dx."""
    bend = 0.75 * (derivative - 4)
    return np.asarray(
        1.5 * bulk_modulus_gpa * ((7 * x**6 - 5 * x**4) * (1 + bend * (x**2 - 1)) + (x**7 - x**5) * 2 * bend * x)
    )


def volume_at(
    wanted_gpa: float, volume_zero_angstrom3: float, bulk_modulus_gpa: float, derivative: float = USUAL_DERIVATIVE
) -> float:
    """Return the volume at a pressure."""

    def excess(share: float) -> float:
        at = np.array([share * volume_zero_angstrom3])
        return float(pressure_gpa(at, volume_zero_angstrom3, bulk_modulus_gpa, derivative)[0]) - wanted_gpa

    try:
        return volume_zero_angstrom3 * float(brentq(excess, 0.2, 1.2, xtol=1e-14, rtol=1e-14))
    except ValueError:
        raise CannotAnalyse(f"The equation of state does not reach {wanted_gpa:g} GPa.") from None


def fit_compression(
    pressures_gpa: Floats,
    volumes_angstrom3: Floats,
    *,
    pressure_stderrs_gpa: Floats | None = None,
    volume_stderrs_angstrom3: Floats | None = None,
    derivative: float = USUAL_DERIVATIVE,
) -> Compression:
    """Return V₀ and B₀ from pressures and volumes, all of shape (n,), with B₀′ held.

    Both have errors: the effective variance σ_P² + (dP/dV)² σ_V² weights the pressures, renewed until it settles,
    which is orthogonal distance regression where the curve is straight over an error. Known errors are not scaled.
    """
    check(pressures_gpa, volumes_angstrom3)
    parameters = start_of(pressures_gpa, volumes_angstrom3)
    is_known = pressure_stderrs_gpa is not None or volume_stderrs_angstrom3 is not None
    stderrs = None
    fitted = solved(parameters, pressures_gpa, volumes_angstrom3, stderrs, derivative)
    for _ in range(MOST_ROUNDS if is_known else 0):
        before = fitted.values
        slope = pressure_slope(volumes_angstrom3, fitted.value("volume_zero"), fitted.value("bulk_modulus"), derivative)
        stderrs = effective(slope, pressure_stderrs_gpa, volume_stderrs_angstrom3)
        fitted = solved(parameters, pressures_gpa, volumes_angstrom3, stderrs, derivative)
        if np.allclose(before, fitted.values, rtol=1e-10, atol=0.0):
            break
    volume, modulus = fitted.value("volume_zero"), fitted.value("bulk_modulus")
    return Compression(fitted, derivative, stderrs, pressure_gpa(volumes_angstrom3, volume, modulus, derivative))


def check(pressures_gpa: Floats, volumes_angstrom3: Floats) -> None:
    """Refuse points that no equation of state goes through."""
    if len(pressures_gpa) < FEWEST_POINTS:
        raise CannotAnalyse(
            f"{len(pressures_gpa)} pressures do not give V₀ and B₀; measure at {FEWEST_POINTS} or more."
        )
    if not (np.isfinite(pressures_gpa).all() and np.isfinite(volumes_angstrom3).all()):
        raise CannotAnalyse("Every point needs a pressure and a volume.")
    if not (volumes_angstrom3 > 0).all():
        raise CannotAnalyse("Volumes are above zero; check their unit, Å³.")
    if float(np.ptp(pressures_gpa)) <= 0 or float(np.ptp(volumes_angstrom3)) <= 0:
        raise CannotAnalyse("All points are at one pressure or one volume; there is no compression in them.")
    if float(np.corrcoef(pressures_gpa, volumes_angstrom3)[0, 1]) >= 0:
        raise CannotAnalyse("The volume does not fall with pressure; check the order of the points and the units.")


def start_of(pressures_gpa: Floats, volumes_angstrom3: Floats) -> tuple[Parameter, ...]:
    """Return V₀ and B₀ of the straight line of ln V over pressure, with bounds."""
    slope, at_zero = np.polyfit(pressures_gpa, np.log(volumes_angstrom3), 1)
    modulus = float(np.clip(-1 / slope, 0.5, 500.0))
    volume = float(np.exp(at_zero))
    return (
        Parameter("volume_zero", volume, 0.3 * volume, 3.0 * volume, "Å³"),
        Parameter("bulk_modulus", modulus, 0.01, 5000.0, "GPa"),
    )


def effective(slope: Floats, pressure_stderrs: Floats | None, volume_stderrs: Floats | None) -> Floats:
    """Return the standard errors of pressures that stand for both errors, shape (n,)."""
    square = np.zeros_like(slope)
    for stderrs, factor in ((pressure_stderrs, 1.0), (volume_stderrs, slope)):
        if stderrs is not None:
            square = square + (np.where(np.isfinite(stderrs), stderrs, 0.0) * factor) ** 2
    if not (square > 0).all():
        raise CannotAnalyse("Some points have no error at all beside others that have; state all of them or none.")
    return np.sqrt(square)


def solved(
    parameters: Sequence[Parameter], pressures: Floats, volumes: Floats, stderrs: Floats | None, derivative: float
) -> Fitted:
    """Return the fit of pressures at given volumes with given errors."""

    def jacobian(values: Floats) -> Floats:
        x = np.cbrt(values[0] / volumes)
        by_volume = by_x(x, float(values[1]), derivative) * x / (3 * values[0])
        return np.column_stack((by_volume, pressure_gpa(volumes, float(values[0]), 1.0, derivative)))

    likelihood = Likelihood.UNKNOWN if stderrs is None else Likelihood.KNOWN
    return fit(Problem(
        tuple(parameters), lambda values: pressure_gpa(volumes, float(values[0]), float(values[1]), derivative),
        jacobian, pressures, likelihood, stderrs,
    ))  # fmt: skip
