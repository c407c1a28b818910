"""The orthorhombic cell from indexed lines."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse

FEWEST_FOR_SHIFT = 8
MOST_ROUNDS = 20


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """Edges in Å, shape (3,), their covariance, the volume in Å³, and what each line is away from it in degrees.

    `shift` is the zero of 2θ in degrees or the displacement of the sample in mm, None when neither was refined.
    """

    edges_angstrom: Floats
    stderrs_angstrom: Floats
    covariance: Floats
    volume_angstrom3: float
    volume_stderr_angstrom3: float
    shift: float | None
    shift_stderr: float | None
    residuals_deg: Floats
    objective: float
    dof_count: int


def volume_stderr(edges: Floats, covariance: Floats) -> float:
    """Return the standard error of V = a b c from the covariance of the edges, shape (3, 3)."""
    slope = np.prod(edges) / edges
    return sqrt(max(float(slope @ covariance @ slope), 0.0))


def refined_cell(
    hkl: NDArray[np.int_],
    angles_deg: Floats,
    stderrs_deg: Floats,
    wavelength_angstrom: float,
    *,
    shift: str = "none",
    goniometer_radius_mm: float = 0.0,
) -> Cell:
    """Return the cell of 1/d² = h²/a² + k²/b² + l²/c² by weighted linear least squares, the covariance not scaled.

    `hkl` has shape (n, 3), angles and their known standard errors (n,). `shift` is "none", "zero" (2θ + z) or
    "displacement" (2θ − 2 s cos θ / R), the last two for at least eight lines.
    """
    check(hkl, angles_deg, stderrs_deg, shift, goniometer_radius_mm)
    moved_deg, value = np.zeros(len(angles_deg)), 0.0
    for _ in range(MOST_ROUNDS):
        theta = np.radians((angles_deg - moved_deg) / 2)
        per_deg = moves_per_unit_deg(theta, shift, goniometer_radius_mm)
        design, target, weights = equations(hkl, theta, stderrs_deg, wavelength_angstrom, per_deg)
        inverse, values = solved(design * weights[:, None], target * weights)
        if per_deg is None:
            break
        value += float(values[3])
        moved_deg = value * per_deg
        if abs(values[3]) < 1e-12:
            break
    return told(hkl, angles_deg - moved_deg, stderrs_deg, wavelength_angstrom, inverse, values, value, per_deg)


def check(hkl: NDArray[np.int_], angles: Floats, stderrs: Floats, shift: str, radius_mm: float) -> None:
    """Refuse lines that do not determine a cell."""
    if not (np.isfinite(angles).all() and np.isfinite(stderrs).all() and (stderrs > 0).all()):
        raise CannotAnalyse("Every line needs 2θ and its standard error above zero, in degrees.")
    squares = np.asarray(hkl, dtype=float) ** 2
    if len(angles) < 3 or np.linalg.matrix_rank(squares) < 3:
        raise CannotAnalyse("These lines do not determine a, b and c; give lines with h, with k and with l.")
    if shift == "none":
        return
    if len(angles) < FEWEST_FOR_SHIFT:
        raise CannotAnalyse(
            f"A zero or a displacement needs at least {FEWEST_FOR_SHIFT} lines; there are {len(angles)}."
        )
    if shift == "displacement" and radius_mm <= 0:
        raise CannotAnalyse("State the radius of the goniometer: goniometer_radius_mm.")
    if shift not in {"zero", "displacement"}:
        raise CannotAnalyse(f"A shift is none, zero or displacement, not “{shift}”.")


def moves_per_unit_deg(theta: Floats, shift: str, radius_mm: float) -> Floats | None:
    """Return by how many degrees one unit of the shift moves each line, shape (n,), or None without a shift."""
    if shift == "zero":
        return np.ones_like(theta)
    if shift == "displacement":
        return np.asarray(-2 * np.cos(theta) / radius_mm * 180 / np.pi)
    return None


def equations(
    hkl: NDArray[np.int_], theta: Floats, stderrs_deg: Floats, wavelength_angstrom: float, per_deg: Floats | None
) -> tuple[Floats, Floats, Floats]:
    """Return design, target 1/d² and the roots of the weights of the linear problem around the present shift."""
    target = (2 * np.sin(theta) / wavelength_angstrom) ** 2
    slope_per_deg = 4 * np.sin(2 * theta) / wavelength_angstrom**2 * np.pi / 360
    columns = [np.asarray(hkl, dtype=float) ** 2]
    if per_deg is not None:
        columns.append((slope_per_deg * per_deg)[:, None])
    return np.column_stack(columns), target, 1.0 / (slope_per_deg * stderrs_deg)


def solved(design: Floats, target: Floats) -> tuple[Floats, Floats]:
    """Return the inverse normal matrix and the solution."""
    inverse = np.linalg.pinv(design.T @ design, rcond=1e-14, hermitian=True)
    return np.asarray(inverse), np.asarray(np.linalg.lstsq(design, target, rcond=None)[0])


def told(
    hkl: NDArray[np.int_],
    angles_deg: Floats,
    stderrs_deg: Floats,
    wavelength_angstrom: float,
    inverse: Floats,
    values: Floats,
    shift: float,
    per_deg: Floats | None,
) -> Cell:
    """Return the cell of reciprocal squares, shape (3,) and perhaps a shift behind them."""
    squares = values[:3]
    if not (squares > 0).all():
        raise CannotAnalyse("These lines give no cell; check the indices and the wavelength.")
    edges = squares**-0.5
    turn = np.diag(-0.5 * squares**-1.5)
    covariance = turn @ inverse[:3, :3] @ turn
    sine = wavelength_angstrom / 2 * np.sqrt((np.asarray(hkl, dtype=float) ** 2) @ squares)
    residuals_deg = angles_deg - 2 * np.degrees(np.arcsin(np.minimum(sine, 1.0)))
    return Cell(
        edges, np.sqrt(np.diag(covariance)), covariance, float(np.prod(edges)), volume_stderr(edges, covariance),
        None if per_deg is None else shift, None if per_deg is None else float(np.sqrt(inverse[3, 3])),
        residuals_deg, float(((residuals_deg / stderrs_deg) ** 2).sum()), len(angles_deg) - len(values),
    )  # fmt: skip
