"""What the pages of one measurement and of one series draw: their own curves, by the recipe in the address."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.http import QueryDict

from labbook.models import Lab, User
from measurements.curves.heat_recipe import heat_recipe_of
from measurements.curves.recipe import Recipe, recipe_of
from measurements.models import Curve, Measurement
from measurements.queries.traces import parts_of_measurements, seen_curves, traces_of
from measurements.techniques import Technique

if TYPE_CHECKING:
    from measurements.curves.map_plot import MapPlot
    from measurements.curves.plot import Plot

# What a ladder is drawn with before anybody chose: curves of very different heights, one above the other.
LADDER_OFFSET_FRACTION = 0.3
# Words that name no part of a recipe: an address with nothing else gets the usual one.
OTHER_WORDS = {"technique", "tab"}


@dataclass(frozen=True, slots=True)
class PagePlot:
    """A plot or a map, or neither where there is no curve to draw."""

    plot: "Plot | None" = None
    map: "MapPlot | None" = None


def plot_of_measurement(measurement: Measurement, words: QueryDict, lab: Lab, user: User) -> PagePlot:
    """Return the plot of a measurement, or its map when its first signal is one."""
    from measurements.curves.drawing import draw
    from measurements.curves.map_plot import map_plot_of
    from measurements.curves.plot import plot_of

    recipe = recipe_of(words)
    if not recipe.traces and not recipe.measurements:
        recipe = recipe.changed(measurements=(measurement.pk,))
    traces = traces_of(recipe, lab, seen_by=user)
    if not traces:
        return PagePlot()
    curve = map_of(measurement, lab, user)
    try:
        if curve is not None:
            own = next((one for one in traces if one.key.curve_id == curve.pk), traces[0])
            return PagePlot(map=map_plot_of(replace(own, store_key=curve.store_key), heat_recipe_of(words)))
        return PagePlot(plot=plot_of(draw(recipe, traces)))
    except FileNotFoundError:
        return PagePlot()


def map_of(measurement: Measurement, lab: Lab, user: User) -> Curve | None:
    """Return the first signal of a measurement when it is a map and the measurement is all of it."""
    parts = parts_of_measurements(Recipe(measurements=(measurement.pk,)), lab, user)
    ids = [one.recording_id for one in parts if one.row is None]
    first = seen_curves(lab, user).filter(recording__in=ids, role="signal").order_by("position").first()
    return first if first is not None and first.is_map else None


def plot_of_ladder(measurements: Sequence[Measurement], words: QueryDict, lab: Lab, user: User) -> PagePlot:
    """Return the plot of measurements along a ladder, one technique of them."""
    from measurements.curves.drawing import draw
    from measurements.curves.plot import plot_of

    recipe = recipe_of(words)
    if not recipe.traces and not recipe.measurements:
        technique = technique_of(measurements, words)
        ids = tuple(one.pk for one in measurements if one.technique == technique)
        recipe = recipe.changed(measurements=ids)
        if not set(words) - OTHER_WORDS:
            offset = 0.0 if technique == Technique.TRPL else LADDER_OFFSET_FRACTION
            recipe = recipe.changed(normalise="max", offset_fraction=offset)
    traces = traces_of(recipe, lab, seen_by=user)
    return PagePlot(plot=plot_of(draw(recipe, traces), name="ladder")) if traces else PagePlot()


def techniques_of(measurements: Sequence[Measurement]) -> list[str]:
    """Return the techniques of a ladder that lines are drawn of, the most frequent first."""
    counted: dict[str, int] = {}
    for one in measurements:
        if one.technique not in {Technique.TEM_IMAGE, Technique.STRUCTURE, Technique.TEM_EDGES}:
            counted[one.technique] = counted.get(one.technique, 0) + 1
    # The ruby says the pressure; it is looked at after what was measured there.
    return sorted(counted, key=lambda name: (name == Technique.RUBY, -counted[name], name))


def technique_of(measurements: Sequence[Measurement], words: QueryDict) -> str:
    """Return the technique that an address asks for, or the first."""
    known = techniques_of(measurements)
    asked = words.get("technique", "")
    return asked if asked in known else next(iter(known), "")
