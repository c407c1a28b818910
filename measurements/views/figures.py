"""Figures for paper: drawn apart from the web process, kept, the same bytes for the same recipe and data."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from labbook.http import LabRequest, lab_view
from measurements.curves.presets import DPI, FORMATS, PRESETS, USUAL, Preset
from measurements.curves.recipe import recipe_of
from measurements.queries.traces import traces_of

if TYPE_CHECKING:
    from measurements.curves.printing import FigureRequest
    from measurements.curves.trace import Trace


@require_safe
@lab_view("read")
def overlay_figure(request: LabRequest, format: str) -> HttpResponseBase:
    """Answer the recipe in the address as SVG, PDF or PNG, by the preset and the resolution it names."""
    return figure_answer(request, format)


def figure_answer(request: LabRequest, format: str) -> HttpResponseBase:
    """Return the figure of the recipe in the address, drawn now or before."""
    from measurements.curves.drawing import draw
    from measurements.curves.printing import FigureRequest, figure_key

    recipe = recipe_of(request.GET)
    traces = traces_of(recipe, request.lab, seen_by=request.user)
    preset, dpi = preset_of(request), dpi_of(request)
    facts = (recipe.changed(preset="").query(), preset.key, str(dpi), *map(facts_of, traces))
    key = figure_key(facts, format)
    return printed(key, format, lambda: FigureRequest(draw(recipe, traces), format, preset.key, dpi), "figure")


def printed(key: str, format: str, wanted: "Callable[[], FigureRequest]", name: str) -> HttpResponseBase:
    """Return a kept figure, or the one that is drawn now."""
    from measurements.curves.printing import NotDrawn, draw_figure, kept_figure

    kept = kept_figure(key)
    try:
        answer = FileResponse(kept) if kept is not None else HttpResponse(draw_figure(key, wanted()))
    except NotDrawn as reason:
        return HttpResponse(str(reason), status=503, content_type="text/plain; charset=utf-8")
    answer.headers["Content-Type"] = FORMATS[format]
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.{format}"'
    return answer


def preset_of(request: LabRequest) -> Preset:
    """Return the preset that the address names."""
    return PRESETS.get(request.GET.get("preset", ""), PRESETS[USUAL])


def dpi_of(request: LabRequest) -> int:
    """Return the resolution that the address names."""
    asked = request.GET.get("dpi", "")
    return int(asked) if asked in {str(one) for one in DPI} else DPI[0]


def facts_of(trace: "Trace") -> str:
    """Return what of a trace decides how it is drawn; its numbers by their hash."""
    return repr(trace)
