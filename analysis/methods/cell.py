"""The orthorhombic cell from the angles of indexed lines."""

import re

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2

from analysis.methods.contract import Flag, Outcome, Points, Result, ResultTable, Work
from analysis.methods.stating import number_or_none, word
from analysis.physics.diffraction.cell import Cell, refined_cell
from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse

UNLIKELY_P, GRAVE_P = 0.001, 1e-5
INDEX = re.compile(r"-?\d+")


def run(work: Work) -> Outcome:
    """Return the cell of a list of lines."""
    points = work.points["lines"]
    length = number_or_none(work, "wavelength_angstrom")
    if length is None:
        raise CannotAnalyse("State the wavelength in Å: wavelength_angstrom.")
    if points.y_unit not in {"deg", "°", "deg 2theta", ""}:
        raise CannotAnalyse(f"The lines are in {points.y_unit}; give 2θ in degrees.")
    hkl, stderrs = indices_of(points), stderrs_of(work, points)
    cell = refined_cell(
        hkl, points.y, stderrs, length, shift=word(work, "shift"),
        goniometer_radius_mm=number_or_none(work, "goniometer_radius_mm") or 0.0,
    )  # fmt: skip
    edges = [
        Result(f"cell_{name}", float(value), float(error), "Å")
        for name, value, error in zip("abc", cell.edges_angstrom, cell.stderrs_angstrom, strict=True)
    ]
    volume = Result("cell_volume", cell.volume_angstrom3, cell.volume_stderr_angstrom3, "Å³")
    return Outcome(
        results=(*edges, volume),
        statistics=statistics(cell, work, length),
        flags=flags_of(cell),
        covariance=tuple(tuple(float(one) for one in row) for row in cell.covariance),
        tables=(table_of(hkl, points, cell),),
        says=f"V = {cell.volume_angstrom3:.2f} ± {cell.volume_stderr_angstrom3:.2g} Å³ from {len(points.y)} lines.",
    )


def indices_of(points: Points) -> NDArray[np.int_]:
    """Return h, k and l of every line, shape (n, 3), from labels such as "0 0 2" or "002"."""
    found = []
    for label in points.labels:
        text = label.strip()
        parts = list(text) if re.fullmatch(r"\d{3}", text) else INDEX.findall(text)
        if len(parts) != 3:
            raise CannotAnalyse(f"“{label}” is no h k l; label every line with its indices, such as 0 0 2.")
        found.append([int(one) for one in parts])
    if len(found) != len(points.y):
        raise CannotAnalyse("Label every line with its indices, such as 0 0 2.")
    return np.array(found)


def stderrs_of(work: Work, points: Points) -> Floats:
    """Return the standard error of every angle: its own, else the one that was stated."""
    stated = number_or_none(work, "stderr_deg")
    is_own = np.isfinite(points.y_stderr) & (points.y_stderr > 0)
    if not is_own.all() and stated is None:
        raise CannotAnalyse("State the standard error of 2θ, for some lines have none: stderr_deg.")
    return np.where(is_own, points.y_stderr, 0.0 if stated is None else stated)


def statistics(cell: Cell, work: Work, length_angstrom: float) -> dict[str, float | int | str | bool | None]:
    """Return the weighting and how well the lines fit one cell."""
    count = len(cell.residuals_deg)
    return {
        "likelihood": "known standard errors",
        "weighting": "1/σ² of 2θ",
        "covariance": "not scaled",
        "n": count,
        "dof": cell.dof_count,
        "objective": cell.objective,
        "reduced": cell.objective / cell.dof_count if cell.dof_count else None,
        "p": chance_of(cell),
        "is_converged": True,
        "shift_kind": word(work, "shift"),
        "shift": cell.shift,
        "shift_stderr": cell.shift_stderr,
        "wavelength_angstrom": length_angstrom,
    }


def chance_of(cell: Cell) -> float | None:
    """Return how likely so large a χ² is; none without degrees of freedom."""
    return float(chi2.sf(cell.objective, cell.dof_count)) if cell.dof_count > 0 else None


def flags_of(cell: Cell) -> tuple[Flag, ...]:
    """Return the flag of lines that do not fit one cell."""
    chance = chance_of(cell)
    if chance is None:
        return (Flag("no_freedom", "There are as many lines as unknowns, so nothing checks the indices; add lines."),)
    if chance >= UNLIKELY_P:
        return ()
    worst = int(np.abs(cell.residuals_deg).argmax())
    text = f"The lines do not fit one cell (p = {chance:.1g}), worst line {worst + 1}; check its indices."
    return (Flag("chi2_too_large", text, is_grave=chance < GRAVE_P),)


def table_of(hkl: NDArray[np.int_], points: Points, cell: Cell) -> ResultTable:
    """Return observed and calculated angles."""
    rows = tuple(
        (" ".join(str(index) for index in indices), float(angle), float(angle - left), float(left))
        for indices, angle, left in zip(hkl, points.y, cell.residuals_deg, strict=True)
    )
    columns = (("h k l", ""), ("2θ", "deg"), ("2θ calculated", "deg"), ("difference", "deg"))
    return ResultTable("lines", "Lines", columns, rows)
