"""The numbers of a trace before anything is done to them: a curve, a row of several, or a cut through a map."""

from dataclasses import replace

import numpy as np

from measurements.axes.conversions import Numbers
from measurements.axes.views import Line, NotPossible
from measurements.curves.loading import Loaded, LoadedAxis
from measurements.curves.recipe import Cut, Recipe
from measurements.curves.trace import UNITS, Trace


def line_of(loaded: Loaded, trace: Trace) -> Line:
    """Return a trace's numbers: a curve, one row of several, or a cut; the sum of all rows is said to be one."""
    values = loaded.values
    if values.ndim == 1:
        return Line(loaded.x.values, values.astype(float), loaded.x.name, loaded.x.unit, trace.unit)
    rows = values.reshape(-1, values.shape[-1])
    if trace.key.cut is not None:
        return cut_of(loaded, trace, trace.key.cut)
    if trace.key.row is None:
        note = f"sum of all {len(rows)} rows"
        return Line(loaded.x.values, rows.sum(axis=0, dtype=float), loaded.x.name, loaded.x.unit, trace.unit, (note,))
    if trace.key.row >= len(rows):
        raise NotPossible(f"It has {len(rows)} rows, not {trace.key.row + 1}.")
    return Line(loaded.x.values, rows[trace.key.row].astype(float), loaded.x.name, loaded.x.unit, trace.unit)


def cut_of(loaded: Loaded, trace: Trace, cut: Cut) -> Line:
    """Return a line out of a map, the sum over a part of its other axis; raises NotPossible."""
    if loaded.values.ndim < 2:
        raise NotPossible("It is no map.")
    upward, rows = row_axes(loaded)
    across = loaded.x
    kept, other, summed = (across, upward, 0) if cut.along == "x" else (upward, across, 1)
    low, high = sorted(
        (
            float(other.values.min()) if cut.low is None else cut.low,
            float(other.values.max()) if cut.high is None else cut.high,
        )
    )
    inside = (other.values >= low) & (other.values <= high)
    if not inside.any():
        raise NotPossible(f"The map has no point from {low:g} to {high:g} {other.unit}.")
    # Whole maps are summed as they lie: copying one would cost more than its sum.
    part = rows if inside.all() else rows[inside] if summed == 0 else rows[:, inside]
    note = f"sum over {other.name} from {low:g} to {high:g} {UNITS.get(other.unit, other.unit)}, {inside.sum()} px"
    return Line(kept.values, part.sum(axis=summed, dtype=float), kept.name, kept.unit, trace.unit, (note,))


def shown_part(line: Line, recipe: Recipe) -> Line:
    """Return the part of a line that the recipe shows."""
    if recipe.x_from is None and recipe.x_to is None:
        return line
    low, high = sorted(
        (
            float("-inf") if recipe.x_from is None else recipe.x_from,
            float("inf") if recipe.x_to is None else recipe.x_to,
        )
    )
    inside = (line.x >= low) & (line.x <= high)
    if not inside.any():
        raise NotPossible("It has no point in the part that is shown.")
    return replace(line, x=line.x[inside], y=line.y[inside])


def row_axes(loaded: Loaded) -> tuple[LoadedAxis, Numbers]:
    """Return a map's axis upward and its rows; of more than two axes all but the last are its rows, numbered."""
    rows: Numbers = loaded.values.reshape(-1, loaded.values.shape[-1])
    if loaded.values.ndim == 2:
        return loaded.axes[0], rows
    return LoadedAxis("row", "", np.arange(1, len(rows) + 1, dtype=float)), rows
