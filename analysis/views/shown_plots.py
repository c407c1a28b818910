"""The plots of a fit as its page shows them: live, as pictures, and as tables."""

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.urls import reverse

from analysis.models import Fit
from analysis.services.plots import plots_of
from measurements.curves.heat_recipe import heat_recipe_of

if TYPE_CHECKING:
    from analysis.drawing.heat import HeatPlot
    from analysis.drawing.panel import Panel
    from analysis.drawing.picture import PanelPicture

MOST_TABLE_ROWS = 40


@dataclass(frozen=True, slots=True)
class PlotShown:
    """One plot with everything that its template draws; either a panel or a map."""

    name: str
    title: str
    panel: "Panel | None" = None
    picture: "PanelPicture | None" = None
    heat: "HeatPlot | None" = None
    # Where the plotter gets its numbers, the whole table, and the picture of a map.
    numbers_address: str = ""
    table_address: str = ""
    image_address: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    every: int = 1
    # The same plot drawn the other way, for whoever has no script.
    other_scale: str = ""


@dataclass(frozen=True, slots=True)
class PlotsShown:
    """All plots of a fit, or that their numbers are gone."""

    plots: list[PlotShown]
    is_gone: bool = False


def shown_plots(fit: Fit, words: QueryDict) -> PlotsShown:
    """Return the plots of a fit; `log` in the address draws all of them that way."""
    try:
        told = plots_of(fit.plots_key, fit.plots)
    except FileNotFoundError:
        return PlotsShown([], is_gone=True)
    return PlotsShown([shown_plot(fit, index, plot, words) for index, plot in enumerate(told)])


def shown_plot(fit: Fit, index: int, plot: Any, words: QueryDict) -> PlotShown:
    """Return one plot as a page shows it."""
    from analysis.drawing.heat import HeatPlot
    from analysis.drawing.of_fits import panel_of, rows_of
    from analysis.drawing.picture import picture_of

    named = {"fit_id": fit.pk, "index": index}
    name, table = f"fit-{fit.pk}-{index}", reverse("fit_plot_table", kwargs=named)
    if plot.picture is not None:
        return PlotShown(
            name, plot.title, heat=HeatPlot(plot, heat_recipe_of(words)),
            numbers_address=reverse("fit_plot_map", kwargs=named), table_address=table,
            image_address=reverse("fit_plot_picture", kwargs=named),
        )  # fmt: skip
    panel = panel_of(plot, is_log=is_log_in(words))
    heads, rows, every = rows_of(plot, MOST_TABLE_ROWS)
    return PlotShown(
        name, panel.title, panel, picture_of(panel), numbers_address=reverse("fit_plot_numbers", kwargs=named),
        table_address=table, heads=tuple(heads), rows=tuple(tuple(map(written, row)) for row in rows), every=every,
        other_scale="0" if panel.is_log else "1",
    )  # fmt: skip


def is_log_in(words: QueryDict) -> bool | None:
    """Return how the address wants values drawn, or nothing."""
    return {"1": True, "0": False}.get(words.get("log") or "")


def written(value: float) -> str:
    """Return a number of a table as a person reads it."""
    return f"{value:.5g}".replace("-", "−") if isfinite(value) else "–"
