"""Plots of fits as panels: sorted along their axis, what is no number a gap, the model as fine as it was told."""

from typing import Any

import numpy as np

from analysis.drawing.panel import (
    BARS,
    COMPONENT,
    DATA_STYLE,
    LINE,
    MODEL,
    MODEL_STYLE,
    POINTS,
    RESIDUAL_STYLE,
    STICKS,
    Panel,
    PanelTrace,
    axis_words,
    component_style,
)
from analysis.methods.contract import Plot
from measurements.curves.colors import Style
from measurements.curves.thinning import Numbers

KINDS = {"bars": BARS, "sticks": STICKS, "points": POINTS}
DATA_LABEL, MODEL_LABEL, RESIDUAL_LABEL = "data", "model", "residuals"


def panel_of(plot: Plot, *, is_log: bool | None = None) -> Panel:
    """Return one plot of a fit as a panel; `is_log` overrules how the method would draw it."""
    has_model = plot.model is not None
    kind = KINDS.get(plot.drawn, POINTS if has_model else LINE)
    data = trace_of(DATA_LABEL, plot.x, plot.observed, DATA_STYLE, kind, stderr=plot.stderr)
    traces = [data] if data is not None else []
    if plot.model is not None:
        model = trace_of(MODEL_LABEL, axis_of(plot, plot.model), plot.model, MODEL_STYLE, LINE, role=MODEL)
        traces += [model] if model is not None else []
    for index, (name, values) in enumerate(plot.components.items()):
        style = component_style(index)
        part = trace_of(name, axis_of(plot, values), values, style, LINE, role=COMPONENT)
        traces += [part] if part is not None else []
    residuals = plot.residuals
    below = trace_of(RESIDUAL_LABEL, plot.x, residuals, RESIDUAL_STYLE, POINTS) if residuals is not None else None
    return Panel(
        title=plot.title or plot.name,
        x_label=axis_words(plot.x_label, plot.x_unit),
        y_label=axis_words(plot.y_label, plot.y_unit),
        traces=tuple(traces),
        residuals=below,
        marks=plot.marks,
        bands=plot.bands,
        is_log=plot.is_log if is_log is None else is_log,
        manner=manner_of(plot, is_log=plot.is_log if is_log is None else is_log),
    )


def manner_of(plot: Plot, *, is_log: bool) -> str:
    """Return how to read it."""
    words = ["logarithmic"] if is_log else []
    if plot.model is not None:
        words.append("dots = data, line = model" if plot.drawn != "bars" else "bars = data, line = model")
    if plot.components:
        words.append("dashed = its parts")
    return ", ".join(words)


def axis_of(plot: Plot, values: Numbers) -> Numbers:
    """Return the axis that values of a model are over."""
    return plot.model_x if plot.model_x is not None and len(plot.model_x) == len(values) else plot.x


def trace_of(
    label: str, x: Numbers, y: Numbers, style: Style, kind: str, *, stderr: Numbers | None = None, role: str = "data"
) -> PanelTrace | None:
    """Return values in the order of their axis; nothing when they do not belong together."""
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if x.ndim != 1 or x.shape != y.shape or not x.size:
        return None
    kept = np.flatnonzero(np.isfinite(x))
    order = kept[np.argsort(x[kept], kind="stable")]
    errors = np.asarray(stderr, dtype=float) if stderr is not None and np.shape(stderr) == x.shape else None
    return PanelTrace(label, x[order], y[order], style, kind, role, errors[order] if errors is not None else None)


def rows_of(plot: Plot, most: int) -> tuple[list[str], list[list[Any]], int]:
    """Return a plot as a table of at most so many rows, evenly chosen: head, rows, and every how many-th it has."""
    columns: dict[str, Numbers | None] = {
        axis_words(plot.x_label, plot.x_unit): plot.x,
        axis_words(plot.y_label, plot.y_unit): plot.observed,
        "± σ": plot.stderr,
        MODEL_LABEL: plot.model,
        RESIDUAL_LABEL: plot.residuals,
        **plot.components,
    }
    told = {name: values for name, values in columns.items() if values is not None and len(values) == len(plot.x)}
    every = max(1, -(-len(plot.x) // most))
    rows = [list(row) for row in zip(*(values[::every].tolist() for values in told.values()), strict=True)]
    return list(told), rows, every
