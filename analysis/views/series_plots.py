"""The plots of a ladder's page: curves of all rungs, and quantities against pressure, temperature or age."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from analysis.methods.table import METHODS
from analysis.models import Result
from analysis.quantities import QUANTITIES, unit_of
from analysis.queries.fit_states import REJECTED
from analysis.queries.series_page import SeriesAnalysis
from analysis.queries.series_results import MethodSection, RungFit
from analysis.services.plots import first_plot
from measurements.queries.measurements_conditions import rung_words
from measurements.techniques import UNIT_OF, Along, Branch

if TYPE_CHECKING:
    from analysis.drawing.ladders import Point
    from analysis.drawing.panel import Panel
    from analysis.drawing.picture import PanelPicture
    from measurements.curves.thinning import Numbers

MOST_CHARTS = 6
WINDOW = "window_ns"
# The same peak told along another axis.
TWINS = frozenset({"peak_wavelength"})


@dataclass(frozen=True, slots=True)
class ChartShown:
    """A small picture of one quantity along a ladder."""

    name: str
    panel: "Panel"
    picture: "PanelPicture"
    title: str
    unit: str


def waterfall_of(section: MethodSection) -> "Panel | None":
    """Return the curves of a method along a ladder; what the store has lost is left out."""
    from analysis.drawing.ladders import Rise, waterfall

    rises = []
    for row in section.done:
        plot = first_plot(row.fit)
        if plot is not None:
            rises.append(Rise(rung_words(row.rung), float(row.rung.nominal), plot))
    return waterfall(f"{section.method.title} along the ladder", rises)


def charts_of(analysis: SeriesAnalysis) -> list[ChartShown]:
    """Return the quantities of a ladder against what it runs along, the first of each method first."""
    from analysis.drawing.picture import SMALL, picture_of

    shown = []
    for section, index in chart_columns(analysis):
        panel = chart_panel(analysis, section, index)
        if panel is not None:
            head = section.heads[index]
            name = f"chart-{section.method.name}-{head.name}".replace("_", "-")
            shown.append(ChartShown(name, panel, picture_of(panel, SMALL), head.label, head.unit))
    return shown[:MOST_CHARTS]


def chart_columns(analysis: SeriesAnalysis) -> Iterator[tuple[MethodSection, int]]:
    """Yield the columns worth a picture: those in force for samples, and those that laws are fitted through."""
    for section in analysis.sections:
        if section.is_of_ruby:
            continue
        for index, head in enumerate(section.heads):
            known = QUANTITIES.get(head.name)
            values = [row for row in section.done if head.name in row.results]
            if known is not None and known.is_in_force and head.name not in TWINS and len(values) > 1:
                yield section, index


def chart_panel(analysis: SeriesAnalysis, section: MethodSection, index: int) -> "Panel | None":
    """Return one quantity against the ladder."""
    from analysis.drawing.ladders import against

    head, unit = section.heads[index], UNIT_OF[Along(analysis.series.along)]
    points = [point for row in section.done if (point := point_of(row, head.name, index)) is not None]
    return against(
        f"{head.label} against {analysis.series.along}",
        f"{analysis.series.along.capitalize()} ({unit})",
        f"{head.symbol} ({head.unit})" if head.unit else head.symbol,
        points,
        model=law_through(analysis, head.name),
        marks=windows_of(analysis, section),
    )


def point_of(row: RungFit, name: str, index: int) -> "Point | None":
    """Return a row's number as a point; a rejected one is none."""
    from analysis.drawing.ladders import Point

    result: Result | None = row.results.get(name)
    if result is None or result.value is None or row.state == REJECTED:
        return None
    said = f"{rung_words(row.rung)}: {row.cells[index]}"
    is_open = row.fit.needs_review
    is_release = row.rung.branch == Branch.RELEASE
    return Point(place_of(row), result.value, result.stderr, said, is_open, is_release)


def place_of(row: RungFit) -> float:
    """Return where a rung stands: by its ruby, else as it was meant to."""
    ruby = getattr(row.rung, "ruby_pressure", None)
    return float(ruby.value_gpa) if ruby is not None else float(row.rung.nominal)


def law_through(analysis: SeriesAnalysis, quantity: str) -> "tuple[Numbers, Numbers] | None":
    """Return the curve of a law that was fitted through a quantity of this ladder."""
    from analysis.drawing.of_fits import axis_of

    along = UNIT_OF[Along(analysis.series.along)]
    for law in analysis.laws:
        method = METHODS.get(law.fit.method)
        # A law of several quantities draws the first of them.
        if method is None or law.fit.refused or not method.inputs or method.inputs[0].quantity != quantity:
            continue
        plot = first_plot(law.fit)
        units = (plot.x_unit, plot.y_unit) if plot is not None else ("", "")
        if plot is not None and plot.model is not None and units == (along, unit_of(quantity)):
            return axis_of(plot, plot.model), plot.model
    return None


def windows_of(analysis: SeriesAnalysis, section: MethodSection) -> tuple[tuple[float, float | None, str], ...]:
    """Return where the window of the instrument changes along a ladder, halfway between two rungs."""
    told = [(place_of(row), row.fit.statistics.get(WINDOW)) for row in section.done]
    # The time axis ends where its last bin ends, a little beyond the window's name.
    known = sorted((place, float(f"{window:.2g}")) for place, window in told if isinstance(window, float | int))
    return tuple(
        ((one[0] + other[0]) / 2, None, f"{one[1]:g} | {other[1]:g} ns")
        for one, other in pairwise(known)
        if one[1] != other[1]
    )
