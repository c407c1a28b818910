"""Tables and figures made of a series in one click; what was made of it before is opened again."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from analysis.models import SavedFigure, SavedTable
from analysis.publishing.figure_kinds import FIGURES
from analysis.publishing.ready import TABLES
from analysis.services.making import figure_of_series, table_of_series
from labbook.errors import Refusal
from labbook.http import LabRequest, answer_once, lab_view, refused
from labbook.journal import Journal, journal_of
from measurements.models import Series
from measurements.views.series import found_series

Makes = Callable[[Journal, Series, str], SavedTable | SavedFigure]


@require_POST
@lab_view("record")
def series_table(request: LabRequest, series_id: int, kind: str) -> HttpResponse:
    """Make a table of a series, or open the one that was made of it."""
    series = found_series(request, series_id)
    if kind not in TABLES:
        raise Http404("There is no such table.")
    return made_and_opened(request, series, kind, table_of_series, "table_detail")


@require_POST
@lab_view("record")
def series_figure(request: LabRequest, series_id: int, kind: str) -> HttpResponse:
    """Make a figure of a series, or open the one that was made of it."""
    series = found_series(request, series_id)
    if kind not in FIGURES:
        raise Http404("There is no such figure.")
    return made_and_opened(request, series, kind, figure_of_series, "figure_detail")


def made_and_opened(request: LabRequest, series: Series, kind: str, make: Makes, page: str) -> HttpResponse:
    """Answer with the page of what was made; a refusal is told."""

    def save() -> HttpResponse:
        try:
            with journal_of(request.lab, by=request.user) as journal:
                made = make(journal, series, kind)
        except Refusal as refusal:
            return refused(request, refusal)
        return redirect(page, made.slug)

    return answer_once(request, save)
