"""A panel as JSON for the plotter of the page: thinned for the screen, gaps as null."""

from typing import Any

from analysis.drawing.panel import BARS, POINTS, RINGS, Panel, PanelTrace
from measurements.curves.answering import plain
from measurements.curves.thinning import thinned

SCREEN_POINTS = 2_000
# Of each of many curves.
CROWDED_POINTS = 400
# More points than these have no bars: they would hide what they are the errors of.
MOST_BARS = 120


def as_json(panel: Panel) -> dict[str, Any]:
    """Return what the page's plotter draws."""
    points = CROWDED_POINTS if panel.has_ends else SCREEN_POINTS
    return {
        "title": panel.title,
        "x_label": panel.x_label,
        "y_label": panel.y_label,
        "residual_label": panel.residual_label,
        "is_log": panel.is_log,
        "has_ends": panel.has_ends,
        "manner": panel.manner,
        "traces": [trace_json(one, points) for one in panel.traces],
        "residuals": trace_json(panel.residuals, points) if panel.residuals is not None else None,
        "marks": [list(one) for one in panel.marks],
        "bands": [list(one) for one in panel.bands],
    }


def trace_json(trace: PanelTrace, points: int) -> dict[str, Any]:
    """Return one trace."""
    x, y = thinned(*with_last_edge(trace), points)
    has_errors = trace.stderr is not None and len(trace.x) <= MOST_BARS and trace.kind in {POINTS, RINGS}
    return {
        "label": trace.label,
        "role": trace.role,
        "kind": trace.kind,
        "on_white": trace.style.on_white,
        "on_dark": trace.style.on_dark,
        "dash": list(trace.style.dash),
        "point_count": len(trace.x),
        "x": plain(x),
        "y": plain(y),
        "stderr": plain(trace.stderr) if has_errors and trace.stderr is not None else None,
    }


def with_last_edge(trace: PanelTrace) -> tuple[Any, Any]:
    """Return a trace's points; a histogram, whose points are left edges, ends with its last right one."""
    import numpy as np

    if trace.kind != BARS or len(trace.x) < 2:
        return trace.x, trace.y
    edge = 2 * trace.x[-1] - trace.x[-2]
    return np.append(trace.x, edge), np.append(trace.y, trace.y[-1])
