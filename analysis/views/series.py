"""The analysis of a ladder: a part of its page, and the curves of all its rungs for the plotter."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from analysis.forms.series import FitAllForm, asked_settings
from analysis.queries.live_jobs import live_job
from analysis.queries.series_page import SeriesAnalysis, analysis_of
from analysis.services.series_fits import KIND
from analysis.views.series_plots import charts_of, waterfall_of
from labbook.http import LabRequest, find, lab_view
from labbook.roles import may
from measurements.models import Measurement, Series


@require_http_methods(["GET", "HEAD"])
@lab_view("read")
def series_analysis(request: LabRequest, series_id: int) -> HttpResponse:
    """Show what was made of a ladder; as a part when its page loads it."""
    series = found_series(request, series_id)
    analysis = analysis_of(series, request.user)
    context = {
        "series": series,
        "analysis": analysis,
        "form": fit_all_form(request, series),
        "job": live_job(request.lab, request.user, KIND, series=series.pk),
        "may_record": may(request.membership.role, "record"),
        "charts": charts_of(analysis),
        **waterfall_shown(request, analysis),
    }
    name = "_series_analysis" if request.htmx and not request.htmx.boosted else "series_analysis"
    return render(request, f"analysis/{name}.html", context)


def found_series(request: LabRequest, series_id: int) -> Series:
    """Return a series of this lab that the person may see, else answer 404."""
    return find(request, Series.objects.select_related("lab", "project", "sample"), pk=series_id)


def fit_all_form(request: LabRequest, series: Series) -> FitAllForm:
    """Return the form of what the fits ask for."""
    seen = Measurement.objects.visible_to(request.user).filter(rung__series=series, is_void=False)
    techniques = set(seen.values_list("technique", flat=True))
    return FitAllForm(request.POST if request.method == "POST" else None, asked=asked_settings(series, techniques))


def waterfall_shown(request: LabRequest, analysis: SeriesAnalysis) -> dict[str, Any]:
    """Return the curves of the method that the address names, else of the first one that has curves."""
    from analysis.drawing.picture import WITH_ENDS, picture_of

    names = [one.method.name for one in analysis.sections]
    asked = request.GET.get("method", "")
    wanted = [one for one in analysis.sections if one.method.name == asked] if asked in names else analysis.sections
    for section in wanted:
        panel = waterfall_of(section)
        if panel is not None:
            picture = picture_of(panel, WITH_ENDS)
            return {"waterfall": panel, "waterfall_picture": picture, "waterfall_method": section.method}
    return {}


@gzip_page
@require_safe
@lab_view("read")
def series_curves(request: LabRequest, series_id: int) -> HttpResponse:
    """Answer the curves of a ladder with their models for the page's plotter; nothing where there are none."""
    from analysis.drawing.answering import as_json

    analysis = analysis_of(found_series(request, series_id), request.user)
    section = next((one for one in analysis.sections if one.method.name == request.GET.get("method")), None)
    panel = waterfall_of(section) if section is not None else None
    return JsonResponse(as_json(panel)) if panel is not None else HttpResponse(status=204)
