"""Curves through the API: which there are, their numbers, and plots and figures of several by a recipe."""

from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, path
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from labbook.api.asking import FORMAT, LAB, LabApiView, number_in
from labbook.api.documents import Document, Parameter
from labbook.api.errors import ApiError, field_error
from labbook.api.resources import Names, Resource, by_id, is_id, list_paths
from labbook.http import LabRequest
from measurements.api.curve_answers import (
    CurveCsvRenderer,
    NoSuchRow,
    NpzRenderer,
    Wanted,
    as_csv,
    as_json,
    as_npz,
    part_of,
)
from measurements.curves.presets import FORMATS, PRESETS
from measurements.curves.recipe import WORDS, number, recipe_of
from measurements.models import Curve, RecordingRole
from measurements.queries.traces import seen_curves, traces_of
from measurements.views.figures import figure_answer

MOST_POINTS = 10_000_000
# Of a map more values than this are answered as npz only: as text they would fill the memory of both sides.
MOST_VALUES_AS_TEXT = 4_000_000


class CurveSerializer(serializers.Serializer[Curve]):
    """A curve without its numbers."""

    id = serializers.IntegerField()
    recording = serializers.IntegerField(source="recording_id")
    file_sha256 = serializers.CharField(source="recording.raw_file.sha256")
    technique = serializers.CharField(source="recording.technique")
    name = serializers.CharField()
    role = serializers.CharField()
    unit = serializers.CharField()
    x_name = serializers.CharField()
    x_unit = serializers.CharField()
    shape = serializers.ListField(child=serializers.IntegerField())
    points = serializers.IntegerField(source="point_count")
    x_first = serializers.FloatField(allow_null=True)
    x_last = serializers.FloatField(allow_null=True)
    y_min = serializers.FloatField(allow_null=True)
    y_max = serializers.FloatField(allow_null=True)
    sha256 = serializers.CharField(source="store_key")
    is_current = serializers.BooleanField(source="recording.is_current")


def curve_rows(asked: LabRequest, _names: Names) -> QuerySet[Curve]:
    return seen_curves(asked.lab, asked.user).select_related("recording__raw_file")


def narrow(asked: LabRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Keep the curves of a measurement, a file or a recording."""
    if measurement := number_in(asked.GET, "measurement", 1, 2**62):
        rows = rows.filter(
            recording__parts__measurement=measurement, recording__parts__role=RecordingRole.MAIN
        ).distinct()
    if recording := number_in(asked.GET, "recording", 1, 2**62):
        rows = rows.filter(recording=recording)
    if sha256 := asked.GET.get("file"):
        rows = rows.filter(recording__raw_file__sha256=sha256)
    return rows


CURVES = Resource(
    "curves", "curve", "Curves", curve_rows, CurveSerializer, narrow=narrow, lookup=by_id, is_versioned=False,
    parameters=(
        Parameter("measurement", "A measurement's id: the curves of its recording."),
        Parameter("recording", "A recording's id."), Parameter("file", "The SHA-256 of a raw file."),
    ),
)  # fmt: skip
PART = (
    Parameter("from", "Where the part begins, in the unit of the axis.", "number"),
    Parameter("to", "Where it ends.", "number"),
    Parameter("points", "At most so many points of a line, the least and greatest of each part.", "integer"),
    Parameter("row", "One row of a map, counted from 0.", "integer"),
)
RECIPE = tuple(
    Parameter(word, f"As in the address of an overlay: {name.replace('_', ' ')}.") for word, name in WORDS.items()
)
TRACES = (
    Parameter("m", "A measurement's id; may stand several times."),
    Parameter("c", "A curve's id, with a row 12.3 or a cut 12~y:600:675; may stand several times."),
    Parameter("hide", "A trace that is not drawn."), Parameter("show", ""), Parameter("listed", ""),
    Parameter("points", "At most so many points of each line.", "integer"),
)  # fmt: skip


class CurveView(LabApiView):
    """Answers a curve's numbers."""

    parameters = PART
    renderer_classes: Any = (JSONRenderer, CurveCsvRenderer, NpzRenderer)

    def get(self, request: Request, key: str, format: str = "") -> Response:
        """Answer the asked part as JSON, CSV or npz."""
        from measurements.curves.loading import load

        curve = CURVES.find(self.asked, key)
        renderer: BaseRenderer = request.accepted_renderer
        head = CurveSerializer(curve).data
        try:
            part = part_of(load(curve.store_key), wanted_in(self.asked))
        except FileNotFoundError as error:
            raise ApiError(410, "Its numbers are not in the store.", []) from error
        except NoSuchRow as reason:
            raise ApiError(400, str(reason), [field_error("row", str(reason))]) from reason
        headers = {"ETag": f'"{curve.store_key}"'}
        if renderer.format == "npz":
            headers["Content-Disposition"] = f'attachment; filename="curve-{curve.pk}.npz"'
            return Response(as_npz(part), headers=headers)
        if part.values.size > MOST_VALUES_AS_TEXT:
            message = f"It has {part.values.size:,} values; more than {MOST_VALUES_AS_TEXT:,} are answered as npz."
            raise ApiError(400, message, [field_error("format", message)])
        told = as_csv(part, head) if renderer.format == "csv" else as_json(part, head)
        return Response(told, headers=headers)

    def document(self, method: str) -> Document:
        return Document(
            "curve", "The numbers of a curve", "curves", NUMBERS, parameters=(*PART, LAB, FORMAT),
            description="JSON, or CSV and npz by the suffix or `format`.", errors=(400, 401, 403, 404, 410),
        )  # fmt: skip


NUMBERS: dict[str, Any] = {"type": "object", "additionalProperties": True}


def wanted_in(asked: LabRequest) -> Wanted:
    """Return the part that an address asks for; nonsense is answered 400."""
    return Wanted(
        x_from=place_in(asked, "from"),
        x_to=place_in(asked, "to"),
        points=number_in(asked.GET, "points", 1, MOST_POINTS),
        row=row_in(asked),
    )


def row_in(asked: LabRequest) -> int | None:
    """Return the row of a map that an address names, or nothing when it is not there."""
    text = asked.GET.get("row", "")
    if not text:
        return None
    if not is_id(text):
        message = f"“{text[:40]}” is no row; they are counted from 0."
        raise ApiError(400, message, [field_error("row", message)])
    return int(text)


def place_in(asked: LabRequest, name: str) -> float | None:
    """Return a place on an axis, or nothing when it is not there."""
    text = asked.GET.get(name)
    found = number(text)
    if text and found is None:
        message = f"“{text[:40]}” is no number."
        raise ApiError(400, message, [field_error(name, message)])
    return found


class DrawnView(LabApiView):
    """Answers several curves as an overlay draws them."""

    parameters = (*TRACES, *RECIPE)

    def get(self, request: Request) -> HttpResponse:
        """Answer the lines of the recipe in the address."""
        from measurements.curves.answering import MOST_POINTS, SCREEN_POINTS, as_json
        from measurements.curves.drawing import draw

        recipe = recipe_of(self.asked.GET)
        drawing = draw(recipe, traces_of(recipe, self.asked.lab, seen_by=self.asked.user))
        return JsonResponse(as_json(drawing, number_in(self.asked.GET, "points", 1, MOST_POINTS) or SCREEN_POINTS))

    def document(self, method: str) -> Document:
        return Document(
            "curves_drawn", "Curves along one axis", "curves", NUMBERS, parameters=(*TRACES, *RECIPE, LAB),
            description="The same recipe as in the address of an overlay, with the same answer as its plot.",
        )  # fmt: skip


class FigureView(LabApiView):
    """Answers several curves as a figure for paper."""

    parameters = (*TRACES, *RECIPE, Parameter("dpi", "300 or 600, of a PNG."))
    format = "svg"

    def get(self, request: Request) -> HttpResponseBase:
        """Answer the figure of the recipe in the address."""
        answer: FileResponse | HttpResponseBase = figure_answer(self.asked, self.format)
        return answer

    def document(self, method: str) -> Document:
        binary = {"type": "string", "format": "binary"}
        return Document(
            f"curves_figure_{self.format}", f"Curves as a figure, {self.format.upper()}", "curves", binary,
            parameters=(*self.parameters, LAB), description=f"Presets: {', '.join(PRESETS)}.",
        )  # fmt: skip


urlpatterns: list[URLPattern | URLResolver] = [
    *list_paths(CURVES),
    path("curves/drawn", DrawnView.as_view(), name="api_curves_drawn"),
    *(path(f"curves/figure.{one}", FigureView.as_view(format=one), name=f"api_curves_figure_{one}") for one in FORMATS),
    path("curves/<str:key>.<str:format>", CurveView.as_view(), name="api_curve_as"),
    path("curves/<str:key>", CurveView.as_view(), name="api_curve"),
]
