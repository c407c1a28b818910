"""Figures of spectra along a series: one above the other, or the first against the last."""

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from analysis.queries.figures import Asked, Prepared, Source
from measurements.curves.recipe import recipe_of
from measurements.models import Measurement, RecordingRole
from measurements.queries.traces import traces_of
from measurements.techniques import Branch, Technique

if TYPE_CHECKING:
    from measurements.curves.panels import PanelFigure
    from measurements.curves.trace import Trace

ARBITRARY = "Intensity (arb. u.)"


def pl_ladder(asked: Asked) -> Prepared:
    """Prepare the PL spectra of a series."""
    return ladder(asked, Technique.PL, axis="nm")


def absorbance_ladder(asked: Asked) -> Prepared:
    """Prepare the absorbance of a series."""
    return ladder(asked, Technique.ABSORBANCE, axis="nm", y_label="Absorbance")


def ruby_ladder(asked: Asked) -> Prepared:
    """Prepare the ruby spectra of a series, one per rung: the one before the measurement."""
    return ladder(asked, Technique.RUBY, axis="nm", is_one_per_rung=True)


def ladder(
    asked: Asked, technique: Technique, *, axis: str, y_label: str = ARBITRARY, is_one_per_rung: bool = False
) -> Prepared:
    """Prepare every spectrum of a technique along a series, low to high, lifted and colored by its rung."""
    found = list(measured(asked, technique).order_by("rung__position", "part", "pk"))
    if is_one_per_rung:
        found = list({one.rung_id: one for one in reversed(found)}.values())[::-1]
    recipe = replace(asked.recipe, axis=axis, measurements=tuple(one.pk for one in found))
    traces = traces_of(recipe, asked.lab, seen_by=asked.user) if found else []

    def draw() -> "PanelFigure":
        from measurements.curves.drawing import draw as drawn
        from measurements.curves.panels import PanelFigure, ladder_of, panel_of

        drawing = drawn(recipe, traces)
        rungs, unit = ladder_of(drawing)
        is_lifted = recipe.offset_fraction > 0
        panel = panel_of(drawing, y_label=y_label, hides_y_ticks=is_lifted)
        return PanelFigure((replace(panel, has_key=not rungs),), ladder=rungs, ladder_label=unit)

    missing = () if found else (f"The series has no {technique.label}.",)
    return Prepared(tuple(source_of(one) for one in traces), draw, missing)


def measured(asked: Asked, technique: Technique) -> QuerySet[Measurement]:
    """Return the measurements of a technique on the rungs of a figure's series."""
    seen = Measurement.objects.visible_to(asked.user).filter(lab=asked.lab, rung__series=asked.figure.series)
    has_numbers = {"parts__role": RecordingRole.MAIN, "parts__recording__isnull": False}
    return seen.filter(technique=technique, is_void=False, **has_numbers).select_related("rung").distinct()


def source_of(trace: "Trace") -> Source:
    """Return a trace as a source: its numbers by their hash, and what conversions need."""
    address = reverse("measurement_detail", args=[trace.measurement_id]) if trace.measurement_id else ""
    name = " · ".join(filter(None, (trace.label, trace.file_name)))
    return Source(name, address, f"{trace.store_key} {trace.laser_nm or ''} {trace.x_ray_angstrom or ''}".strip())


def overlay(asked: Asked) -> Prepared:
    """Prepare the curves that a person laid over each other, as the address of their plot has them."""
    recipe = recipe_of(QueryDict(asked.figure.recipe.get("query", "")))
    traces = traces_of(recipe, asked.lab, seen_by=asked.user)

    def draw() -> "PanelFigure":
        from measurements.curves.drawing import draw as drawn
        from measurements.curves.panels import PanelFigure, ladder_of, panel_of

        drawing = drawn(recipe, traces)
        rungs, unit = ladder_of(drawing)
        return PanelFigure((replace(panel_of(drawing), has_key=not rungs),), ladder=rungs, ladder_label=unit)

    return Prepared(tuple(source_of(one) for one in traces), draw, () if traces else ("None of its curves is there.",))


def before_and_after(asked: Asked) -> Prepared:
    """Prepare the PL at the lowest pressure before compression and after release."""
    found = list(measured(asked, Technique.PL).order_by("rung__nominal", "pk"))
    before = next((one for one in found if one.rung and one.rung.branch != Branch.RELEASE), None)
    after = next((one for one in found if one.rung and one.rung.branch == Branch.RELEASE), None)
    pair = [one for one in (before, after) if one is not None]
    recipe = replace(asked.recipe, axis="nm", measurements=tuple(one.pk for one in pair))
    traces = traces_of(recipe, asked.lab, seen_by=asked.user) if pair else []
    names = ["before"] * (before is not None) + ["after release"] * (after is not None)
    named = [replace(trace, label=name) for trace, name in zip(traces, names, strict=False)]

    def draw() -> "PanelFigure":
        from measurements.curves.colors import BLACK, VERMILLION
        from measurements.curves.drawing import draw as drawn
        from measurements.curves.panels import PanelFigure, panel_of

        colors = {"before": BLACK, "after release": VERMILLION}
        panel = panel_of(drawn(recipe, named), y_label=ARBITRARY)
        layers = tuple(replace(one, color=colors[one.label], dash=()) for one in panel.layers)
        return PanelFigure((replace(panel, layers=layers),))

    missing = [text for one, text in ((before, NO_BEFORE), (after, NO_AFTER)) if one is None]
    return Prepared(tuple(source_of(one) for one in named), draw, tuple(missing))


NO_BEFORE = "The series has no PL before compression."
NO_AFTER = "The series has no PL after release: a rung whose way is “release”."
