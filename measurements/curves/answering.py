"""A drawing as JSON for the plotter of the page: thinned for the screen, gaps as null, every note in words."""

import math
from typing import TYPE_CHECKING, Any

from measurements.curves.colors import Style, styles_of
from measurements.curves.drawing import Drawing, DrawnLine
from measurements.curves.thinning import thinned

if TYPE_CHECKING:
    from measurements.curves.loading import Numbers

SCREEN_POINTS = 2_000
MOST_POINTS = 200_000
SIGNIFICANT = 7


def as_json(drawing: Drawing, most_points: int = SCREEN_POINTS) -> dict[str, Any]:
    """Return what the page's plotter draws; numbers have seven digits, the downloads have all."""
    return {
        "x_label": drawing.x_label,
        "y_label": drawing.y_label,
        "is_log": drawing.is_log,
        "notes": list(drawing.notes),
        "left_out": [{"label": label, "reason": reason} for label, reason in drawing.left_out],
        "traces": [
            trace_json(one, style, most_points)
            for one, style in zip(drawing.lines, styles_of([one.trace for one in drawing.lines]), strict=True)
        ],
    }


def trace_json(one: DrawnLine, style: Style, most_points: int) -> dict[str, Any]:
    """Return one line with its names, its peak and its points."""
    x, y = thinned(one.line.x, one.line.y, most_points)
    return {
        "key": str(one.trace.key),
        "label": one.trace.label,
        "name": one.trace.name,
        "sample": one.trace.sample_code,
        "measurement": one.trace.measurement_id,
        "technique": one.trace.technique,
        "file": one.trace.file_name,
        "rung": one.trace.rung,
        "on_white": style.on_white,
        "on_dark": style.on_dark,
        "dash": list(style.dash),
        "x_unit": one.line.x_unit,
        "y_unit": one.line.y_unit,
        "point_count": len(one.line.x),
        "nonpositive_count": int((one.line.y <= 0).sum()),
        "peak": peak_of(one),
        "x": plain(x),
        "y": plain(y),
    }


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
    index = top
    while 0 <= index + step < len(y):
        here, following = float(y[index]), float(y[index + step])
        if following <= level < here:
            share = (here - level) / (here - following)
            return float(x[index] + share * (x[index + step] - x[index]))
        index += step
    return None


def plain(values: "Numbers") -> list[float | None]:
    """Return numbers as JSON has them: seven digits, gaps as null."""
    return [rounded(value) for value in values.tolist()]


def rounded(value: float | None) -> float | None:
    """Return a number with seven significant digits; what is no number is null."""
    return float(f"{value:.{SIGNIFICANT}g}") if value is not None and math.isfinite(value) else None
