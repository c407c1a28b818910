"""Maps and images for paper by matplotlib: points at their places on the axes, a color bar, or a scale bar."""

from typing import TYPE_CHECKING

from measurements.curves.figure import new_figure, parameters, printed, written
from measurements.curves.heat import HeatMap, levels_of
from measurements.curves.map_axes import bar_length
from measurements.curves.presets import PRESETS, USUAL, Preset
from measurements.curves.trace import labelled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.collections import QuadMesh


def map_figure_of(heat: HeatMap, *, format: str, preset: str = USUAL, dpi: int = 300) -> bytes:
    """Return a map as SVG, PDF or PNG; its points are pixels in all of them."""
    import matplotlib as mpl

    chosen = PRESETS.get(preset, PRESETS[USUAL])
    with mpl.rc_context(parameters(chosen)):
        figure = new_figure(chosen)
        axes = figure.add_subplot()
        if heat.is_image:
            add_image(axes, heat, chosen)
        else:
            mesh = add_map(axes, heat)
            figure.colorbar(mesh, ax=axes, label=printed(labelled(heat.name, heat.unit)))
        return written(figure, format=format, dpi=dpi)


def add_map(axes: "Axes", heat: HeatMap) -> "QuadMesh":
    """Add a map in viridis; without a logarithm a value has the first color."""
    import numpy as np
    from matplotlib.colors import LogNorm, Normalize

    low, high = levels_of(heat.values, heat.recipe)
    is_log = heat.recipe.scale == "log"
    values = np.clip(heat.values.astype(float), low, None) if is_log else heat.values
    norm = LogNorm(low, high) if is_log else Normalize(low, high)
    mesh = axes.pcolormesh(
        heat.x.values, heat.y.values, values, shading="nearest", cmap="viridis", norm=norm, rasterized=True
    )
    axes.set_xlabel(printed(labelled(heat.x.name, heat.x.unit)))
    axes.set_ylabel(printed(labelled(heat.y.name, heat.y.unit)))
    return mesh


def add_image(axes: "Axes", heat: HeatMap, preset: Preset) -> None:
    """Add an image in grays with a scale bar where its scale is known."""
    low, high = levels_of(heat.values, heat.recipe)
    x, y = heat.x.values, heat.y.values
    edges = (float(x[0]), float(x[-1]), float(y[-1]), float(y[0]))
    axes.imshow(heat.values, cmap="gray", vmin=low, vmax=high, extent=edges, interpolation="none")
    axes.set_axis_off()
    if heat.x.unit != "nm":
        return
    span = float(x[-1] - x[0])
    length = bar_length(span)
    start, height = float(x[0]) + 0.05 * span, float(y[-1]) - 0.05 * float(y[-1] - y[0])
    axes.plot([start, start + length], [height, height], color="white", linewidth=3, solid_capstyle="butt")
    axes.annotate(
        f"{length} nm", (start + length / 2, height), xytext=(0, 3), textcoords="offset points",
        ha="center", va="bottom", color="white", fontsize=preset.font_size_pt,
    )  # fmt: skip
