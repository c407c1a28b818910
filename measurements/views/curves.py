"""Numbers of curves for the page's plotter, and as tables."""

import re

from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from labbook.http import LabRequest, lab_view
from measurements.curves.recipe import Recipe, recipe_of
from measurements.queries.traces import traces_of

# What an element's id may be: the figure whose parts are asked for.
NAME = re.compile(r"[a-z][a-z0-9-]{0,40}")


@gzip_page
@require_safe
@lab_view("read")
def plot_data(request: LabRequest) -> HttpResponse:
    """Answer the lines of the recipe in the address, thinned for the screen; `parts` asks for the words around them."""
    from measurements.curves.answering import MOST_POINTS, SCREEN_POINTS, as_json
    from measurements.curves.drawing import draw
    from measurements.curves.plot import plot_of

    recipe = recipe_of(request.GET)
    drawing = draw(recipe, traces_of(recipe, request.lab, seen_by=request.user))
    told = as_json(drawing, points_of(request, usual=SCREEN_POINTS, most=MOST_POINTS))
    name = request.GET.get("parts", "")
    if NAME.fullmatch(name):
        context = {"plot": plot_of(drawing, name=name), "without_picture": True}
        told["html"] = render_to_string("measurements/_plot.html", context, request)
    return JsonResponse(told)


def points_of(request: LabRequest, *, usual: int, most: int) -> int:
    """Return how many points of each line the address asks for."""
    asked = request.GET.get("points", "")
    return min(int(asked), most) if asked.isascii() and asked.isdigit() and len(asked) < 9 else usual


@require_safe
@lab_view("read")
def plot_table(request: LabRequest, shape: str) -> HttpResponseBase:
    """Answer the lines of the recipe in the address as CSV, wide or long, with every point and digit."""
    return table_answer(request, recipe_of(request.GET), shape)


def table_answer(request: LabRequest, recipe: Recipe, shape: str) -> HttpResponseBase:
    """Return a recipe's lines as a CSV download."""
    from measurements.curves.drawing import draw
    from measurements.curves.tables import long, wide

    drawing = draw(recipe, traces_of(recipe, request.lab, seen_by=request.user))
    lines = wide(drawing) if shape == "wide" else long(drawing)
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="curves-{shape}.csv"'
    return answer
