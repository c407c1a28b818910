"""A drawing as JSON for the plotter of the page: thinned for the screen, gaps as null, every note in words."""

import math
from typing import TYPE_CHECKING, Any

from measurements.curves.drawing import Drawing, DrawnLine
from measurements.curves.thinning import thinned

if TYPE_CHECKING:
    from measurements.curves.loading import Numbers

SCREEN_POINTS = 2_000
MOST_POINTS = 200_000
SIGNIFICANT = 7


def as_json(drawing: Drawing, most_points: int = SCREEN_POINTS) -> dict[str, Any]:
    """Return what the page's plotter draws; numbers have seven digits, the downloads have all."""
    extent = drawing.x_extent
    return {
        "query": drawing.recipe.query(),
        "x_label": drawing.x_label,
        "y_label": drawing.y_label,
        "x_extent": [rounded(value) for value in extent] if extent else None,
        "is_log": drawing.is_log,
        "notes": list(drawing.notes),
        "left_out": [{"label": one.trace.label, "reason": one.reason} for one in drawing.left_out],
        "traces": [trace_json(one, most_points) for one in drawing.lines],
    }


def trace_json(one: DrawnLine, most_points: int) -> dict[str, Any]:
    """Return one line with its names, its peak and its points."""
    x, y = thinned(one.line.x, one.line.y, most_points)
    trace, style = one.trace, one.style
    return {
        "key": str(trace.key),
        "label": trace.label,
        "name": trace.name,
        "sample": trace.sample_code,
        "measurement": trace.measurement_id,
        "technique": trace.technique,
        "file": trace.file_name,
        "rung": trace.rung,
        "on_white": style.on_white,
        "on_dark": style.on_dark,
        "dash": list(style.dash),
        "x_unit": one.line.x_unit,
        "y_unit": one.line.y_unit,
        "point_count": len(one.line.x),
        "nonpositive_count": nonpositive_count(one),
        "peak": peak_of(one),
        "x": plain(x),
        "y": plain(y),
    }


def nonpositive_count(one: DrawnLine) -> int:
    """Return how many values have no logarithm."""
    return int((one.line.y <= 0).sum())


def peak_of(one: DrawnLine) -> dict[str, float | None]:
    """Return the highest point and the width at half of its height above the lowest, read off the points.

    This is a reading and no fit: a noisy top or a second line shows in it. Nothing when half is not passed twice.
    """
    import numpy as np

    x, y = one.line.x, one.line.y
    if not np.isfinite(y).any():
        return {"x": None, "y": None, "fwhm": None}
    top = int(np.nanargmax(y))
    half = (float(y[top]) + float(np.nanmin(y))) / 2
    left, right = crossing(x, y, top, half, -1), crossing(x, y, top, half, 1)
    fwhm = abs(right - left) if left is not None and right is not None else None
    return {"x": rounded(float(x[top])), "y": rounded(float(y[top])), "fwhm": rounded(fwhm)}


def crossing(x: "Numbers", y: "Numbers", top: int, level: float, step: int) -> float | None:
    """Return where a curve first falls to a level on one side of its top, between points by a straight line."""
    import numpy as np

    xs, ys = (x[top:], y[top:]) if step > 0 else (x[top::-1], y[top::-1])
    below = np.flatnonzero(ys <= level)
    if not len(below) or not below[0]:
        return None
    after = int(below[0])
    here, following = float(ys[after - 1]), float(ys[after])
    if not here > level:
        return None
    share = (here - level) / (here - following)
    return float(xs[after - 1] + share * (xs[after] - xs[after - 1]))


def plain(values: "Numbers") -> list[float | None]:
    """Return numbers as JSON has them: seven digits, gaps as null."""
    return [rounded(value) for value in values.tolist()]


def rounded(value: float | None) -> float | None:
    """Return a number with seven significant digits; what is no number is null."""
    return float(f"{value:.{SIGNIFICANT}g}") if value is not None and math.isfinite(value) else None
