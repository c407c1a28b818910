"""Ladders as panels: the curves of all rungs with their models, and quantities against what the ladder runs along."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from analysis.drawing.of_fits import axis_of, trace_of
from analysis.drawing.panel import (
    DATA_STYLE,
    LINE,
    MODEL,
    MODEL_STYLE,
    POINTS,
    RINGS,
    Panel,
    PanelTrace,
    axis_words,
)
from analysis.methods.contract import Plot
from measurements.curves.colors import Style, ordered
from measurements.curves.thinning import Numbers

# How far each curve is lifted: of its height, or of a decade.
LIFT_FRACTION, LIFT_DECADES = 0.55, 0.4
MOST_CURVES = 40
LEAST_SHARE = 1e-4


@dataclass(frozen=True, slots=True, eq=False)
class Rise:
    """One curve of a waterfall: the plot of its fit, what it is called, and where it stands."""

    label: str
    place: float
    plot: Plot


@dataclass(frozen=True, slots=True)
class Point:
    """One value along a ladder."""

    x: float
    y: float
    stderr: float | None
    said: str
    is_open: bool
    is_release: bool


def waterfall(title: str, rises: Sequence[Rise]) -> Panel | None:
    """Return the curves of a ladder one above the other, each to its own height, its model through it."""
    kept = [one for one in rises if one.plot.picture is None and np.ndim(one.plot.observed) == 1][:MOST_CURVES]
    if len(kept) < 2:
        return None
    first = kept[0].plot
    styles = ordered([one.place for one in kept]) if len({one.place for one in kept}) > 1 else [MODEL_STYLE] * len(kept)
    traces: list[PanelTrace] = []
    for index, (rise, style) in enumerate(zip(kept, styles, strict=True)):
        traces += lifted(rise, style, index, is_log=first.is_log)
    how = "0.4 decades" if first.is_log else "half of its height"
    return Panel(
        title=title,
        x_label=axis_words(first.x_label, first.x_unit),
        y_label="normalised, lifted",
        traces=tuple(traces),
        is_log=first.is_log,
        manner=f"normalised{', logarithmic' if first.is_log else ''}, each lifted by {how}; dots = data, line = model",
        has_ends=True,
    )


def lifted(rise: Rise, style: Style, index: int, *, is_log: bool) -> list[PanelTrace]:
    """Return one curve and its model, to the height of the data and lifted to its place."""
    plot = rise.plot
    floor, height = extent(plot.observed, is_log=is_log)
    solid = Style(style.on_white, style.on_dark)

    def placed(values: Numbers) -> Numbers:
        shares = (np.asarray(values, dtype=float) - floor) / height
        if not is_log:
            return shares + index * LIFT_FRACTION
        found: Numbers = np.where(shares > LEAST_SHARE, shares, np.nan) * 10.0 ** (index * LIFT_DECADES)
        return found

    data = trace_of(rise.label, plot.x, placed(plot.observed), solid, POINTS)
    traces = [data] if data is not None else []
    if plot.model is not None:
        model = trace_of(rise.label, axis_of(plot, plot.model), placed(plot.model), solid, LINE, role=MODEL)
        traces += [model] if model is not None else []
    elif data is not None:
        traces = [replace(data, kind=LINE)]
    return traces


def extent(values: Numbers, *, is_log: bool) -> tuple[float, float]:
    """Return what is taken from values and what they are divided by, so that their top is one."""
    finite = np.asarray(values, dtype=float)
    finite = finite[np.isfinite(finite)]
    if not finite.size:
        return 0.0, 1.0
    floor = 0.0 if is_log else float(finite.min())
    return floor, (float(finite.max()) - floor) or 1.0


def against(
    title: str, x_label: str, y_label: str, points: Sequence[Point], *,
    model: tuple[Numbers, Numbers] | None = None, marks: tuple[tuple[float, float | None, str], ...] = (),
) -> Panel | None:  # fmt: skip
    """Return a quantity against what a ladder runs along: rings are flagged or on the way back, the line is the law."""
    if not points:
        return None
    closed = cloud("counts", [one for one in points if not one.is_open and not one.is_release], POINTS, DATA_STYLE)
    flagged = cloud("flagged", [one for one in points if one.is_open], RINGS, DATA_STYLE)
    back = cloud("released", [one for one in points if one.is_release and not one.is_open], RINGS, MODEL_STYLE)
    law = trace_of("law", *model, MODEL_STYLE, LINE, role=MODEL) if model is not None else None
    traces = [one for one in (law, closed, flagged, back) if one is not None]
    return Panel(title, x_label, y_label, tuple(traces), marks=marks)


def cloud(label: str, points: Sequence[Point], kind: str, style: Style) -> PanelTrace | None:
    """Return points as one trace in the order of their axis."""
    if not points:
        return None
    rising = sorted(points, key=lambda one: one.x)
    stderr = np.array([np.nan if one.stderr is None else one.stderr for one in rising])
    x, y = np.array([one.x for one in rising]), np.array([one.y for one in rising])
    return PanelTrace(label, x, y, style, kind, stderr=stderr, said=tuple(one.said for one in rising))
