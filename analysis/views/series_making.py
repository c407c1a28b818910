"""Tables and figures made of a series in one click; what was made of it before is opened again."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from analysis.models import SavedFigure, SavedTable
from analysis.publishing.figure_kinds import FIGURES, Of
from analysis.publishing.ready import TABLES, Rows
from analysis.queries.kin import samples_beside
from analysis.services.publishing import save_figure, save_table
from labbook.errors import Refusal
from labbook.http import LabRequest, answer_once, lab_view, refused
from labbook.journal import journal_of
from measurements.views.series import found_series


@require_POST
@lab_view("record")
def series_table(request: LabRequest, series_id: int, kind: str) -> HttpResponse:
    """Make a table of a series, or open the one that was made of it."""
    series = found_series(request, series_id)
    ready = TABLES.get(kind)
    if ready is None:
        raise Http404("There is no such table.")

    def save() -> HttpResponse:
        before = SavedTable.objects.visible_to(request.user).filter(lab=request.lab, series=series, kind=kind).first()
        if before is not None:
            return redirect("table_detail", before.slug)
        samples = samples_beside(series, request.user) if ready.rows == Rows.VALUES else []
        try:
            with journal_of(request.lab, by=request.user) as journal:
                made = save_table(journal, kind=kind, title=ready.usual_title, series=series, samples=samples)
        except Refusal as refusal:
            return refused(request, refusal)
        return redirect("table_detail", made.slug)

    return answer_once(request, save)


@require_POST
@lab_view("record")
def series_figure(request: LabRequest, series_id: int, kind: str) -> HttpResponse:
    """Make a figure of a series, or open the one that was made of it."""
    series = found_series(request, series_id)
    ready = FIGURES.get(kind)
    if ready is None:
        raise Http404("There is no such figure.")

    def save() -> HttpResponse:
        before = SavedFigure.objects.visible_to(request.user).filter(lab=request.lab, series=series, kind=kind).first()
        if before is not None:
            return redirect("figure_detail", before.slug)
        samples = samples_beside(series, request.user) if ready.of == Of.SAMPLES else []
        try:
            with journal_of(request.lab, by=request.user) as journal:
                made = save_figure(
                    journal, kind=kind, title=ready.usual_title, caption=ready.caption, series=series, samples=samples
                )
        except Refusal as refusal:
            return refused(request, refusal)
        return redirect("figure_detail", made.slug)

    return answer_once(request, save)
