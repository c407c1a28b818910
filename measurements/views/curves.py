"""Numbers of curves for the page's plotter, and as tables."""

from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from labbook.http import LabRequest, lab_view
from measurements.curves.recipe import Recipe, recipe_of
from measurements.queries.traces import traces_of


@lab_view("read")
def plot_data(request: LabRequest) -> HttpResponse:
    """Answer the lines of the recipe in the address, thinned for the screen."""
    from measurements.curves.answering import MOST_POINTS, SCREEN_POINTS, as_json
    from measurements.curves.drawing import draw

    recipe = recipe_of(request.GET)
    asked = request.GET.get("points", "")
    points = min(int(asked), MOST_POINTS) if asked.isascii() and asked.isdigit() and len(asked) < 9 else SCREEN_POINTS
    drawing = draw(recipe, traces_of(recipe, request.lab, seen_by=request.user))
    return JsonResponse(as_json(drawing, points))


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
