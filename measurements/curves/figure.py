"""Figures for paper by matplotlib, from the same lines as the screen; the same recipe gives the same bytes."""

import io
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from measurements.curves.colors import is_ordered
from measurements.curves.drawing import Drawing, DrawnLine
from measurements.curves.presets import MM_PER_INCH, PRESETS, USUAL, Preset

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Beyond this many traces a legend says nothing; the ends of the lines are labelled, the rest is in the table.
MOST_LABELLED = 14
# A label needs so many times the height of its type.
LABEL_ROOM = 1.15
POINTS_PER_INCH = 72


def figure_of(drawing: Drawing, *, format: str, preset: str = USUAL, dpi: int = 300) -> bytes:
    """Return a figure as SVG, PDF or PNG: white ground, embedded fonts, ticks inside, units in parentheses."""
    import matplotlib as mpl

    chosen = PRESETS.get(preset, PRESETS[USUAL])
    with mpl.rc_context(parameters(chosen)):
        figure = new_figure(chosen)
        axes = figure.add_subplot()
        for one in drawing.lines:
            add_line(axes, one, chosen)
        finish(axes, drawing)
        if is_ordered(drawing.traces):
            add_order(axes, drawing.lines)
        return written(figure, format=format, dpi=dpi)


def new_figure(preset: Preset) -> "Figure":
    """Return an empty figure of a preset's size."""
    from matplotlib.figure import Figure

    size = (preset.width_mm / MM_PER_INCH, preset.height_mm / MM_PER_INCH)
    return Figure(figsize=size, layout="constrained")


def written(figure: "Figure", *, format: str, dpi: int) -> bytes:
    """Return a figure's bytes; without a date the same recipe gives the same."""
    stream = io.BytesIO()
    figure.savefig(stream, format=format, dpi=dpi, metadata=METADATA[format])
    return stream.getvalue()


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


def add_line(axes: "Axes", one: DrawnLine, preset: Preset) -> None:
    """Add one trace; gaps stay gaps."""
    dash: Any = (0, one.style.dash) if one.style.dash else "solid"
    axes.plot(
        one.line.x, one.line.y, color=one.style.on_white, linestyle=dash, linewidth=preset.line_width_pt,
        label=one.trace.label,
    )  # fmt: skip


def finish(axes: "Axes", drawing: Drawing) -> None:
    """Label axes and traces, set the scale, and say in words what was left out."""
    axes.set_xlabel(printed(drawing.x_label))
    axes.set_ylabel(printed(drawing.y_label))
    axes.margins(x=0.01)
    if drawing.is_log and any((one.line.y > 0).any() for one in drawing.lines):
        axes.set_yscale("log", nonpositive="mask")
    if 1 < len(drawing.lines) <= MOST_LABELLED and not is_ordered(drawing.traces) and not end_labels(axes, drawing):
        axes.legend(frameon=False, handlelength=1.6)
    if not drawing.lines:
        axes.text(0.5, 0.5, "nothing to draw", transform=axes.transAxes, ha="center", va="center")


def end_labels(axes: "Axes", drawing: Drawing) -> bool:
    """Label lines at their ends where every label has room, and say whether they have."""
    transform = axes.transData
    ends = [(float(transform.transform((0.0, one.line.y[-1]))[1]), one) for one in drawing.lines]
    ends.sort(key=lambda end: end[0])
    least = LABEL_ROOM * float(axes.xaxis.label.get_fontsize()) / POINTS_PER_INCH * axes.figure.dpi
    if any(other[0] - one[0] < least for one, other in pairwise(ends)):
        return False
    for _, one in ends:
        axes.annotate(
            one.trace.label, (1.0, float(one.line.y[-1])), xycoords=("axes fraction", "data"), xytext=(3, 0),
            textcoords="offset points", va="center", annotation_clip=False,
        )  # fmt: skip
    return True


def add_order(axes: "Axes", lines: Sequence[DrawnLine]) -> None:
    """Say what the colors in order mean."""
    by_rung = {one.trace.rung: one.style.on_white for one in lines if one.trace.rung is not None}
    unit = {one.trace.rung_unit for one in lines}
    add_ladder(axes, sorted(by_rung.items()), unit.pop() if len(unit) == 1 else "")


def add_ladder(places: "Axes | Sequence[Axes]", ladder: Sequence[tuple[float, str]], label: str) -> None:
    """Add a bar with a piece for each rung and its color, low to high."""
    from matplotlib.axes import Axes
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import BoundaryNorm, ListedColormap

    norm = BoundaryNorm([index - 0.5 for index in range(len(ladder) + 1)], len(ladder))
    colors = ScalarMappable(norm, ListedColormap([color for _, color in ladder]))
    axes = [places] if isinstance(places, Axes) else list(places)
    bar = axes[0].figure.colorbar(colors, ax=axes, ticks=range(len(ladder)), aspect=30)
    bar.ax.set_yticklabels([f"{rung:g}" for rung, _ in ladder])
    bar.ax.tick_params(length=0)
    bar.set_label(label)


def printed(label: str) -> str:
    """Return a label whose superscripts every typeface has."""
    return label.replace("⁻¹", "$^{-1}$")
