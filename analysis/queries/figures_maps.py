"""Figure S6: streak images at some pressures of a series."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.queries.figures import Asked, Prepared
from analysis.queries.figures_spectra import measured, source_of
from measurements.curves.heat_recipe import HeatRecipe
from measurements.curves.recipe import Recipe, TraceKey
from measurements.models import Curve, Measurement, MeasurementRecording, RecordingRole
from measurements.queries.traces import traces_of
from measurements.techniques import Technique

if TYPE_CHECKING:
    from measurements.curves.panels import MapPanel, PanelFigure
    from measurements.curves.trace import Trace

# As many as stay readable on two columns.
MOST_MAPS = 6
COLUMNS = 3
MOST_PIXELS = 400


def decay_maps(asked: Asked) -> Prepared:
    """Prepare the maps of a series; of many, some evenly spaced from the lowest to the highest rung."""
    found = maps_of(list(measured(asked, Technique.TRPL).order_by("rung__position", "pk")))
    shown = spaced(found, MOST_MAPS)
    keys = tuple(TraceKey(curve.pk) for _, curve in shown)
    traces = traces_of(Recipe(traces=keys), asked.lab, seen_by=asked.user) if keys else []
    titles = {curve.store_key: str(one.rung) for one, curve in shown}

    def draw() -> "PanelFigure":
        from measurements.curves.panels import PanelFigure

        panels = tuple(map_panel(asked, one, titles.get(one.store_key, one.label)) for one in traces)
        return PanelFigure(panels, columns=min(COLUMNS, max(1, len(panels))), aspect_ratio=0.85)

    missing = () if found else ("The series has no time-resolved PL that is a map.",)
    return Prepared(tuple(source_of(one) for one in traces), draw, missing)


def maps_of(measurements: Sequence[Measurement]) -> list[tuple[Measurement, Curve]]:
    """Return the measurements whose recording has a map, each with the first one, in two queries."""
    parts = MeasurementRecording.objects.filter(measurement__in=measurements, role=RecordingRole.MAIN)
    recordings = dict(parts.exclude(recording=None).values_list("measurement_id", "recording_id"))
    first: dict[int, Curve] = {}
    for curve in Curve.objects.filter(recording__in=recordings.values()).order_by("position"):
        if curve.is_map:
            first.setdefault(curve.recording_id, curve)
    pairs = ((one, first.get(recordings.get(one.pk) or 0)) for one in measurements)
    return [(one, curve) for one, curve in pairs if curve is not None]


def spaced(found: "list[tuple[Measurement, Curve]]", most: int) -> "list[tuple[Measurement, Curve]]":
    """Return at most so many, evenly spaced, the first and the last among them."""
    if len(found) <= most:
        return found
    return [found[round(index * (len(found) - 1) / (most - 1))] for index in range(most)]


def map_panel(asked: Asked, trace: "Trace", title: str) -> "MapPanel":
    """Return one map, made smaller in whole blocks where it is larger than its print."""
    from dataclasses import replace

    from measurements.curves.heat import thinned_map
    from measurements.curves.map_plot import heat_of
    from measurements.curves.panels import MapPanel

    heat = heat_of(trace, HeatRecipe())
    thin = thinned_map(heat, MOST_PIXELS, MOST_PIXELS)
    small = replace(heat, values=thin.values, x=replace(heat.x, values=thin.x), y=replace(heat.y, values=thin.y))
    return MapPanel(small, title=title, x_limits=asked.x_limits)
