"""Pages of single curves, and the numbers and pictures of those that are maps or images."""

from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from labbook.http import LabRequest, lab_view
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
            context["map"] = map_plot_of(trace, heat_recipe_of(request.GET.dict()))
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


def map_asked(request: LabRequest, curve_id: int) -> "tuple[Trace, HeatMap]":
    """Return the map that an address names, or answer 404."""
    from measurements.curves.map_plot import heat_of

    curve, trace = curve_and_trace(request, curve_id)
    try:
        if curve.is_map:
            return trace, heat_of(trace, heat_recipe_of(request.GET.dict()))
    except FileNotFoundError as error:
        raise Http404("Its numbers are not in the store.") from error
    raise Http404("This curve is no map.")


@gzip_page
@require_safe
@lab_view("read")
def map_numbers(request: LabRequest, curve_id: int) -> HttpResponse:
    """Answer a map as little-endian float32: its values row by row, then the axis across, then the one upward."""
    import numpy as np

    from measurements.curves.heat import thinned_map

    _, heat = map_asked(request, curve_id)
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
def map_picture(request: LabRequest, curve_id: int) -> HttpResponse:
    """Answer a map as a picture, for pages without a script."""
    from measurements.curves.heat_picture import picture_of_map

    _, heat = map_asked(request, curve_id)
    return HttpResponse(picture_of_map(heat), content_type="image/png")


@require_safe
@lab_view("read")
def map_figure(request: LabRequest, curve_id: int, format: str) -> HttpResponseBase:
    """Answer a map with its axes as a figure for paper."""
    from measurements.curves.printing import FigureRequest, figure_key

    trace, heat = map_asked(request, curve_id)
    preset, dpi = preset_of(request), dpi_of(request)
    key = figure_key((repr(trace), heat.recipe.query(), preset.key, str(dpi)), format)
    return printed(key, format, lambda: FigureRequest(heat, format, preset.key, dpi), "map")
