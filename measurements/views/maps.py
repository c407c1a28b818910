"""Pages of single curves, and the numbers and pictures of those that are maps or images."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from labbook.errors import Refusal
from labbook.http import LabRequest, lab_view, refused
from measurements.curves.heat_recipe import heat_recipe_of
from measurements.curves.recipe import Recipe, TraceKey, recipe_of
from measurements.models import Curve
from measurements.queries.traces import seen_curves, traces_of
from measurements.views.figures import dpi_of, preset_of, printed

if TYPE_CHECKING:
    from measurements.curves.heat import HeatMap
    from measurements.curves.trace import Trace


@require_safe
@lab_view("read")
def curve_detail(request: LabRequest, curve_id: int) -> HttpResponse:
    """Show one curve by itself: a line as a plot, a map or an image as colors with cuts."""
    from measurements.curves.drawing import draw
    from measurements.curves.map_plot import map_plot_of
    from measurements.curves.plot import plot_of

    curve, trace = curve_and_trace(request, curve_id)
    context: dict[str, object] = {"curve": curve, "trace": trace}
    try:
        if curve.is_map:
            context["map"] = map_plot_of(trace, heat_recipe_of(request.GET))
        else:
            recipe = recipe_of(request.GET).changed(traces=(trace.key,), measurements=())
            context["plot"] = plot_of(draw(recipe, [trace]))
    except FileNotFoundError:
        context["is_gone"] = True
    return render(request, "measurements/curve_detail.html", context)


def curve_and_trace(request: LabRequest, curve_id: int) -> "tuple[Curve, Trace]":
    """Return a curve that the person may see, with its trace, or answer 404."""
    curve = seen_curves(request.lab, request.user).filter(pk=curve_id).first()
    traces = traces_of(Recipe(traces=(TraceKey(curve_id),)), request.lab, seen_by=request.user)
    if curve is None or not traces:
        raise Http404
    return curve, replace(traces[0], label=traces[0].sample_code or curve.name)


def map_answer(
    request: LabRequest, curve_id: int, answer: "Callable[[Trace, HeatMap], HttpResponseBase]"
) -> HttpResponseBase:
    """Return the answer made of a curve's map; one that is a line, or whose numbers are gone, is told so."""
    from measurements.curves.map_plot import heat_of

    curve, trace = curve_and_trace(request, curve_id)
    if not curve.is_map:
        return refused(request, Refusal("This curve is a line and no map."))
    try:
        heat = heat_of(trace, heat_recipe_of(request.GET))
    except FileNotFoundError:
        return refused(request, Refusal("Its numbers are not in the store."), status=410)
    return answer(trace, heat)


@gzip_page
@require_safe
@lab_view("read")
def map_numbers(request: LabRequest, curve_id: int) -> HttpResponseBase:
    """Answer a map as little-endian float32: its values row by row, then the axis across, then the one upward."""
    return map_answer(request, curve_id, lambda _trace, heat: numbers_of(heat))


def numbers_of(heat: "HeatMap") -> HttpResponse:
    """Return a map's numbers, with their shape and what was joined in the headers."""
    import numpy as np

    from measurements.curves.heat import thinned_map

    thin = thinned_map(heat)
    parts = (thin.values, thin.x, thin.y)
    answer = HttpResponse(b"".join(np.ascontiguousarray(one, dtype="<f4").tobytes() for one in parts))
    answer.headers["Content-Type"] = "application/octet-stream"
    rows, columns = thin.values.shape
    answer.headers["X-Rows"], answer.headers["X-Columns"] = str(rows), str(columns)
    answer.headers["X-Block-Rows"], answer.headers["X-Block-Columns"] = str(thin.block_rows), str(thin.block_columns)
    return answer


@require_safe
@lab_view("read")
def map_picture(request: LabRequest, curve_id: int) -> HttpResponseBase:
    """Answer a map as a picture, for pages without a script."""
    from measurements.curves.heat_picture import picture_of_map

    return map_answer(
        request, curve_id, lambda _trace, heat: HttpResponse(picture_of_map(heat), content_type="image/png")
    )


@require_safe
@lab_view("read")
def map_figure(request: LabRequest, curve_id: int, format: str) -> HttpResponseBase:
    """Answer a map with its axes as a figure for paper."""
    from measurements.curves.printing import FigureRequest, figure_key

    preset, dpi = preset_of(request), dpi_of(request)

    def figure(trace: "Trace", heat: "HeatMap") -> HttpResponseBase:
        key = figure_key((repr(trace), heat.recipe.query(), preset.key, str(dpi)), format)
        return printed(key, format, lambda: FigureRequest(heat, format, preset.key, dpi), "map")

    return map_answer(request, curve_id, figure)
