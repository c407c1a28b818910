"""Williamson–Hall: size and strain of crystallites from how the breadth of lines grows with angle."""

from dataclasses import dataclass

import numpy as np

from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse

FEWEST_LINES = 4


@dataclass(frozen=True, slots=True, eq=False)
class WilliamsonHall:
    """The straight line β cos θ = K λ/L + 4 ε sin θ: `x` is 4 sin θ and `y` β cos θ in radians, shape (n,)."""

    intercept: float
    strain: float
    size_nm: float
    strain_stderr: float
    size_stderr_nm: float
    intercept_stderr: float
    covariance: Floats
    x: Floats
    y: Floats
    y_stderr: Floats | None
    objective: float
    is_scaled: bool


def williamson_hall(
    angles_deg: Floats,
    breadths_deg: Floats,
    wavelength_angstrom: float,
    *,
    constant: float = 0.9,
    stderrs_deg: Floats | None = None,
) -> WilliamsonHall:
    """Return the weighted straight line through lines at 2θ, shape (n,), with breadths free of the instrument's part.

    Without standard errors the covariance is scaled by RSS/(n − 2). Williamson, Hall, Acta Metall. 1 (1953) 22.
    Raises CannotAnalyse for fewer than four lines and for an intercept that is not above zero.
    """
    angles, breadths = np.asarray(angles_deg, dtype=float), np.asarray(breadths_deg, dtype=float)
    if len(angles) < FEWEST_LINES:
        raise CannotAnalyse(f"{len(angles)} lines do not tell size from strain; give at least {FEWEST_LINES}.")
    if not (np.isfinite(angles).all() and np.isfinite(breadths).all() and (breadths > 0).all()):
        raise CannotAnalyse("Every line needs 2θ and a breadth above zero, in degrees of 2θ.")
    x = 4 * np.sin(np.radians(angles / 2))
    turned = np.cos(np.radians(angles / 2)) * np.pi / 180
    stderrs = None if stderrs_deg is None else np.asarray(stderrs_deg, dtype=float) * turned
    values, covariance, objective = straight_line(x, breadths * turned, stderrs)
    intercept, strain = float(values[0]), float(values[1])
    if intercept <= 0:
        raise CannotAnalyse(
            "The breadths leave no intercept above zero: there is no size in them; check the instrument."
        )
    errors = np.sqrt(np.diag(covariance))
    size_nm = constant * wavelength_angstrom / 10 / intercept
    return WilliamsonHall(
        intercept, strain, size_nm, float(errors[1]), size_nm * float(errors[0]) / intercept, float(errors[0]),
        covariance, x, breadths * turned, stderrs, objective, stderrs is None,
    )  # fmt: skip


def straight_line(x: Floats, y: Floats, stderrs: Floats | None) -> tuple[Floats, Floats, float]:
    """Return intercept and slope, shape (2,), their covariance and the objective; scaled without standard errors."""
    weights = np.ones_like(y) if stderrs is None else 1.0 / stderrs
    design = np.column_stack((np.ones_like(x), x)) * weights[:, None]
    inverse = np.linalg.inv(design.T @ design)
    values = inverse @ (design.T @ (y * weights))
    left = y * weights - design @ values
    objective = float(left @ left)
    scale = objective / max(len(y) - 2, 1) if stderrs is None else 1.0
    return np.asarray(values), np.asarray(inverse * scale), objective
