"""Figure 1e: a histogram of edge lengths for each size, with both distributions over it."""

from typing import TYPE_CHECKING

from analysis.models import Fit
from analysis.publishing.rounding import Number, printed
from analysis.queries.figures import Asked, Prepared
from analysis.queries.fit_plots import counting_fits, plot_of, source_of
from analysis.queries.kin import near_of
from analysis.queries.table_cells import names_of

if TYPE_CHECKING:
    from analysis.methods.contract import Plot
    from measurements.curves.panels import Layer, Panel, PanelFigure

EDGES = ("edge_length",)


def histograms(asked: Asked) -> Prepared:
    """Prepare the size distribution of each chosen sample, or of what was made from it; the smallest first."""
    found = sized_fits(asked)

    def draw() -> "PanelFigure":
        from measurements.curves.panels import PanelFigure

        panels = [panel for index, fit in enumerate(found) if (panel := histogram(asked, fit, index)) is not None]
        return PanelFigure(tuple(panels), shares_x=True, aspect_ratio=0.42)

    missing = () if found else ("No sample has a fit of its edge lengths that counts.",)
    return Prepared(tuple(source_of(fit, name_of(fit)) for fit in found), draw, missing)


def sized_fits(asked: Asked) -> list[Fit]:
    """Return the newest fit of edge lengths of each chosen sample or its relatives; without a choice, of all."""
    fits = [fit for fit in counting_fits(asked, EDGES) if names_of(fit) & set(EDGES)]
    newest = {fit.sample_id: fit for fit in fits if fit.sample_id is not None}
    chosen = asked.samples
    if chosen:
        picked = [next((newest[pk] for pk in near if pk in newest), None) for near in near_of(chosen).values()]
        found = list({fit.pk: fit for fit in picked if fit is not None}.values())
    else:
        found = list(newest.values())
    return sorted(found, key=lambda fit: value_of(fit, "edge_length")[0] or 0.0)


def histogram(asked: Asked, fit: Fit, index: int) -> "Panel | None":
    """Return the panel of one sample."""
    from measurements.curves.colors import SIZES, category, size_class
    from measurements.curves.panels import Panel

    plot = plot_of(fit, drawn="bars")
    if plot is None:
        return None
    mean = value_of(fit, "edge_length")[0]
    size = size_class(mean)
    color = SIZES[size][0] if size is not None else category(index).on_white
    layers = layers_of(plot, color)
    return Panel("Edge length (nm)", "Particles", layers, title=words_of(fit), x_limits=asked.x_limits, has_key=False)


def layers_of(plot: "Plot", color: str) -> "tuple[Layer, ...]":
    """Return bars, and every curve over them: the first solid, others dashed."""
    import numpy as np

    from measurements.curves.colors import BLACK
    from measurements.curves.panels import Layer, Mark

    edges = np.asarray(plot.x, float)
    width = float(np.median(np.diff(edges))) if len(edges) > 1 else 1.0
    counts = np.asarray(plot.observed, float)
    made = [Layer(edges[: len(counts)], counts, "", color, mark=Mark.BARS, bar_width=width)]
    over = plot.x if plot.model_x is None else plot.model_x
    curves = dict(plot.components) or ({"model": plot.model} if plot.model is not None else {})
    for index, (name, values) in enumerate(curves.items()):
        made.append(Layer(over, values, name, BLACK, () if index == 0 else (4, 2), width_ratio=0.8))
    return tuple(made)


def value_of(fit: Fit, name: str) -> tuple[float | None, float | None]:
    """Return a number of a fit with its error."""
    return next(((one.value, one.stderr) for one in fit.results.all() if one.name == name), (None, None))


def words_of(fit: Fit) -> str:
    """Return mean, spread and number of particles, each called by its name."""
    mean, spread = value_of(fit, "edge_length"), value_of(fit, "edge_length_std")
    count, _ = value_of(fit, "particle_count")
    words = [f"{printed(Number(*mean))} nm"]
    words += [f"sd {printed(Number(*spread))} nm"] if spread[0] is not None else []
    return ", ".join([*words, *([f"n = {count:.0f}"] if count else [])])


def name_of(fit: Fit) -> str:
    """Return the sample of a fit."""
    return fit.sample.code if fit.sample else str(fit)
