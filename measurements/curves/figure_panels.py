"""Figures of several panels for paper by matplotlib, in the same type, lines and ticks as those of one."""

from typing import TYPE_CHECKING, Any

from measurements.curves.figure import add_ladder, parameters, printed, written
from measurements.curves.figure_map import add_map
from measurements.curves.panels import Layer, MapPanel, Mark, Panel, PanelFigure
from measurements.curves.presets import MM_PER_INCH, PRESETS, USUAL, Preset

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# No figure is higher than the page of the strictest journal: ACS, 9.5 in.
MOST_HEIGHT_MM = 241.0
LEAST_PANEL_MM = 22.0
MARKER_PT = 3.0
# Beyond this many lines a key says nothing.
MOST_KEYS = 12


def panel_figure_of(wanted: PanelFigure, *, format: str, preset: str = USUAL, dpi: int = 300) -> bytes:
    """Return a figure of panels as SVG, PDF or PNG."""
    import matplotlib as mpl

    chosen = PRESETS.get(preset, PRESETS[USUAL])
    with mpl.rc_context(parameters(chosen)):
        figure = figure_for(wanted, chosen)
        grid = figure.subplots(wanted.row_count, wanted.columns, squeeze=False, sharex=wanted.shares_x)
        places = list(grid.flat)
        for index, (axes, panel) in enumerate(zip(places, wanted.panels, strict=False)):
            add_panel(axes, panel, chosen)
            add_letter(axes, wanted, index)
        for axes in places[len(wanted.panels) :]:
            axes.set_axis_off()
        if wanted.shares_x:
            hide_inner_labels(grid)
        if wanted.ladder:
            add_ladder(places, wanted.ladder, wanted.ladder_label)
        if not wanted.panels:
            places[0].text(0.5, 0.5, "nothing to draw", transform=places[0].transAxes, ha="center", va="center")
        return written(figure, format=format, dpi=dpi)


def figure_for(wanted: PanelFigure, preset: Preset) -> "Figure":
    """Return an empty figure as wide as the preset and as high as its panels ask for."""
    from matplotlib.figure import Figure

    panel_mm = max(preset.width_mm / wanted.columns * wanted.aspect_ratio, LEAST_PANEL_MM)
    height_mm = min(panel_mm * wanted.row_count, max(MOST_HEIGHT_MM, preset.height_mm))
    if preset.width_mm > MOST_HEIGHT_MM:
        # A slide has one height, whatever stands on it.
        height_mm = preset.height_mm
    return Figure(figsize=(preset.width_mm / MM_PER_INCH, height_mm / MM_PER_INCH), layout="constrained")


def add_panel(axes: "Axes", panel: Panel | MapPanel, preset: Preset) -> None:
    """Draw one panel."""
    if panel.title:
        axes.set_title(panel.title, fontsize=preset.font_size_pt)
    if isinstance(panel, MapPanel):
        add_map(axes, panel.heat)
    else:
        for layer in panel.layers:
            ADDED[layer.mark](axes, layer, preset)
        finish(axes, panel, preset)
    if panel.x_limits:
        axes.set_xlim(*panel.x_limits)


def add_line(axes: "Axes", layer: Layer, preset: Preset) -> None:
    """Add a line; gaps stay gaps."""
    dash: Any = (0, layer.dash) if layer.dash else "solid"
    width = preset.line_width_pt * layer.width_ratio
    axes.plot(layer.x, layer.y, color=layer.color, linestyle=dash, linewidth=width, label=layer.label or None)


def add_points(axes: "Axes", layer: Layer, preset: Preset) -> None:
    """Add points with their errors, as far as these are known."""
    import numpy as np

    size = MARKER_PT * preset.line_width_pt * layer.width_ratio
    if layer.stderr is not None and np.isfinite(layer.stderr).any():
        axes.errorbar(
            layer.x, layer.y, yerr=np.nan_to_num(layer.stderr), color=layer.color, fmt="o", markersize=size,
            elinewidth=preset.axis_width_pt, label=layer.label or None,
        )  # fmt: skip
    else:
        axes.plot(
            layer.x, layer.y, "o", color=layer.color, markersize=size, markeredgewidth=0, label=layer.label or None
        )


def add_bars(axes: "Axes", layer: Layer, preset: Preset) -> None:
    """Add the bars of a histogram, from their left edges."""
    axes.bar(
        layer.x, layer.y, width=layer.bar_width, align="edge", color=layer.color, alpha=0.45,
        edgecolor=layer.color, linewidth=preset.axis_width_pt, label=layer.label or None,
    )  # fmt: skip


def add_sticks(axes: "Axes", layer: Layer, preset: Preset) -> None:
    """Add sticks from zero, such as the reflections of a structure."""
    axes.vlines(
        layer.x, 0.0, layer.y, color=layer.color, linewidth=preset.line_width_pt * layer.width_ratio,
        label=layer.label,
    )  # fmt: skip


ADDED = {Mark.LINE: add_line, Mark.POINTS: add_points, Mark.BARS: add_bars, Mark.STICKS: add_sticks}


def finish(axes: "Axes", panel: Panel, preset: Preset) -> None:
    """Label the axes, set their scale and limits, and name the layers."""
    axes.set_xlabel(printed(panel.x_label))
    axes.set_ylabel(printed(panel.y_label))
    # A point at the edge would be cut in half.
    axes.margins(x=0.03 if any(layer.mark is Mark.POINTS for layer in panel.layers) else 0.01)
    if panel.is_log and any((layer.y > 0).any() for layer in panel.layers):
        axes.set_yscale("log", nonpositive="mask")
    if panel.y_limits:
        axes.set_ylim(*panel.y_limits)
    if panel.hides_y_ticks:
        axes.set_yticks([])
    for x, height, text in panel.marks:
        place = (x, 1.0 if height is None else height)
        across: Any = ("data", "axes fraction") if height is None else "data"
        axes.annotate(
            text, place, xycoords=across, xytext=(0, 2), textcoords="offset points", ha="center", va="bottom",
            fontsize=preset.font_size_pt - 2, rotation=90 if len(text) > 2 else 0, annotation_clip=True,
        )  # fmt: skip
    if panel.words:
        axes.text(
            0.97, 0.95, panel.words, transform=axes.transAxes, ha="right", va="top", fontsize=preset.font_size_pt - 1
        )
    named = [layer for layer in panel.layers if layer.label]
    if panel.names_ends:
        name_ends(axes, named)
    elif panel.has_key and 0 < len(named) <= MOST_KEYS:
        axes.legend(frameon=False, handlelength=1.6)


def name_ends(axes: "Axes", named: "list[Layer]") -> None:
    """Name lines at their right ends, in their colors."""
    import numpy as np

    for layer in named:
        told = np.flatnonzero(np.isfinite(layer.y))
        if len(told):
            axes.annotate(
                layer.label, (1.0, float(layer.y[told[-1]])), xycoords=("axes fraction", "data"), xytext=(3, 0),
                textcoords="offset points", va="center", color=layer.color, annotation_clip=False,
            )  # fmt: skip


def add_letter(axes: "Axes", wanted: PanelFigure, index: int) -> None:
    """Letter a panel, where there are several."""
    if wanted.letters and len(wanted.panels) > 1 and index < 26:
        axes.annotate(
            f"{chr(ord('a') + index)})", (0.0, 1.0), xycoords="axes fraction", xytext=(3, -3),
            textcoords="offset points", va="top", ha="left", fontweight="bold",
            color="white" if isinstance(wanted.panels[index], MapPanel) else "black",
        )  # fmt: skip


def hide_inner_labels(grid: Any) -> None:
    """Leave the axis across to the lowest panels of a shared one."""
    for row in grid[:-1]:
        for axes in row:
            axes.set_xlabel("")
