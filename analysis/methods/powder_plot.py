"""A fitted powder pattern as it is drawn, and its reflections as a table."""

import numpy as np
from numpy.typing import NDArray

from analysis.methods.contract import Plot, ResultTable
from analysis.methods.powder_results import Told, variances_of
from analysis.physics.diffraction.breadths import mixed
from analysis.physics.diffraction.phase_lines import SHARED, areas_of, bent, centres_of, lorentz_of
from analysis.physics.fitting.problem import Floats

SYMBOLS = {"gamma": "γ", "delta": "δ"}
# Weaker reflections would hide the others.
LEAST_MARK_PERCENT, LEAST_ROW_PERCENT = 3.0, 0.5
Row = tuple[str, str, float, float, float, float]


def pattern_plot(told: Told) -> Plot:
    """Return the pattern with model, parts, difference over the standard error, and sticks of both phases."""
    whole, pattern = told.whole, told.whole.model.pattern
    total, background = whole.total, whole.background
    parts = {"background": background, "γ": background + whole.gamma}
    if whole.has_moving_delta:
        parts["δ"] = background + whole.model.component(whole.fitted.values, 1)
    error = np.sqrt(variances_of(whole))
    tallest = float((total - background).max())
    marks = tuple(
        (angle, tallest * percent / 100, f"{symbol} {hkl}")
        for symbol, hkl, angle, _, percent, _ in rows_of(told)
        if percent >= LEAST_MARK_PERCENT
    )
    return Plot(
        "pattern", "Powder pattern", "2θ", "deg", "Intensity", told.powder.unit, pattern.angles_deg, pattern.observed,
        stderr=error, model=total, residuals=(pattern.observed - total) / error, components=parts, marks=marks,
    )  # fmt: skip


def rows_of(told: Told) -> list[Row]:
    """Return phase, indices, 2θ as calculated, spacing, intensity in percent of the phase's largest, and FWHM."""
    rows: list[Row] = []
    for place, prefix in enumerate(told.whole.model.phases):
        rows += phase_rows(told, place, prefix)
    return rows


def phase_rows(told: Told, place: int, prefix: str) -> list[Row]:
    """Return the rows of one phase within the pattern, for the first wavelength."""
    model, values = told.whole.model, told.whole.fitted.values
    phase, own, shared = model.phases[prefix], model.own(values, place), values[: len(SHARED)]
    length = told.setup.radiation.first.value_angstrom
    at = bent(phase.reflections.hkl, own[1:4], length)
    centres = centres_of(at, told.setup, float(shared[0]))[0]
    areas = areas_of(phase, told.setup, at, own, shared, 1.0)[0]
    lorentz = lorentz_of(at, told.setup, own, length)[0]
    widths = mixed(np.full_like(lorentz, shared[2]), lorentz).fwhm
    percents = 100 * areas / areas.max()
    inside = within(centres, model.pattern.angles_deg) & (percents >= LEAST_ROW_PERCENT)
    return [
        (SYMBOLS[prefix], "".join(str(one) for one in phase.reflections.hkl[index]), float(centres[index]),
         float(0.5 / np.sqrt(at.s_squares[index])), float(percents[index]), float(widths[index]))
        for index in np.flatnonzero(inside)
    ]  # fmt: skip


def within(centres: Floats, angles_deg: Floats) -> NDArray[np.bool_]:
    """Return which lines lie within a pattern, mask of shape (k,)."""
    return np.asarray((centres >= angles_deg[0]) & (centres <= angles_deg[-1]))


def reflection_table(told: Told) -> ResultTable:
    """Return the reflections by angle."""
    columns = (("Phase", ""), ("h k l", ""), ("2θ", "deg"), ("d", "Å"), ("I", "%"), ("FWHM", "deg"))
    rows = tuple(sorted(rows_of(told), key=lambda row: row[2]))
    return ResultTable("reflections", "Reflections", columns, rows)
