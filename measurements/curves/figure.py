"""Figures for paper by matplotlib, from the same lines as the screen; the same recipe gives the same bytes."""

import io
from typing import TYPE_CHECKING, Any

from measurements.curves.colors import Style, styles_of
from measurements.curves.drawing import Drawing, DrawnLine
from measurements.curves.presets import MM_PER_INCH, PRESETS, USUAL, Preset

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FORMATS = {"svg": "image/svg+xml", "pdf": "application/pdf", "png": "image/png"}
PNG_DPI = (300, 600)
# Beyond this many traces a legend says nothing; the ends of the lines are labelled, the rest is in the table.
MOST_LABELLED = 14


def figure_of(drawing: Drawing, *, format: str, preset: str = USUAL, dpi: int = 300) -> bytes:
    """Return a figure as SVG, PDF or PNG: white ground, embedded fonts, ticks inside, units in parentheses."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    chosen = PRESETS.get(preset, PRESETS[USUAL])
    with mpl.rc_context(parameters(chosen)):
        size = (chosen.width_mm / MM_PER_INCH, chosen.height_mm / MM_PER_INCH)
        figure = Figure(figsize=size, layout="constrained")
        axes = figure.add_subplot()
        for one, style in zip(drawing.lines, styles_of([one.trace for one in drawing.lines]), strict=True):
            add_line(axes, one, style, chosen)
        finish(axes, drawing)
        written = io.BytesIO()
        # Without a date the same recipe gives the same bytes.
        figure.savefig(written, format=format, dpi=dpi, metadata=METADATA[format])
    return written.getvalue()


METADATA: dict[str, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": "Labbook"},
    "pdf": {"CreationDate": None, "Creator": "Labbook", "Producer": None},
    "png": {"Software": "Labbook"},
}


def parameters(preset: Preset) -> dict[Any, Any]:
    """Return the settings of matplotlib for a preset."""
    small = preset.font_size_pt - 1
    return {
        "font.family": "sans-serif",
        "font.sans-serif": ["Arial", "Helvetica", "Liberation Sans", "DejaVu Sans"],
        "font.size": preset.font_size_pt,
        "axes.labelsize": preset.font_size_pt,
        "xtick.labelsize": small,
        "ytick.labelsize": small,
        "legend.fontsize": small,
        "axes.linewidth": preset.axis_width_pt,
        "xtick.direction": "in",
        "ytick.direction": "in",
        "xtick.top": True,
        "ytick.right": True,
        "xtick.major.width": preset.axis_width_pt,
        "ytick.major.width": preset.axis_width_pt,
        "svg.fonttype": "path",
        "svg.hashsalt": "labbook",
        "pdf.fonttype": 42,
        "axes.unicode_minus": True,
        "axes.formatter.use_mathtext": True,
    }


def add_line(axes: "Axes", one: DrawnLine, style: Style, preset: Preset) -> None:
    """Add one trace; gaps stay gaps."""
    dash: Any = (0, style.dash) if style.dash else "solid"
    axes.plot(
        one.line.x, one.line.y, color=style.on_white, linestyle=dash, linewidth=preset.line_width_pt,
        label=one.trace.label,
    )  # fmt: skip


def finish(axes: "Axes", drawing: Drawing) -> None:
    """Label axes and traces, set the scale, and say in words what was left out."""
    axes.set_xlabel(drawing.x_label)
    axes.set_ylabel(drawing.y_label)
    axes.margins(x=0.01)
    if drawing.is_log and any((one.line.y > 0).any() for one in drawing.lines):
        axes.set_yscale("log", nonpositive="mask")
    if 1 < len(drawing.lines) <= MOST_LABELLED:
        axes.legend(frameon=False, handlelength=1.6)
    if not drawing.lines:
        axes.text(0.5, 0.5, "nothing to draw", transform=axes.transAxes, ha="center", va="center")
