"""Numbers of the plots and tables of fits: for the plotter of the page, as pictures, and as CSV."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from analysis.queries.fit_tables import csv_of, heads_of
from analysis.services.plots import plots_of
from analysis.views.fits_detail import found_fit
from analysis.views.shown_plots import is_log_in
from labbook.errors import Refusal
from labbook.http import LabRequest, lab_view, refused
from measurements.curves.heat_recipe import heat_recipe_of

if TYPE_CHECKING:
    from analysis.methods.contract import Plot


class NumbersGone(Exception):
    """The store has lost the numbers of a plot."""


def found_plot(request: LabRequest, fit_id: int, index: int) -> "Plot":
    """Return one plot of a fit that the person may see, else answer 404."""
    fit = found_fit(request, fit_id)
    if index >= len(fit.plots):
        raise Http404("The fit has no such plot.")
    try:
        return plots_of(fit.plots_key, fit.plots)[index]
    except FileNotFoundError as error:
        raise NumbersGone from error


def gone(request: LabRequest) -> HttpResponse:
    """Answer that numbers are not there any more."""
    return refused(request, Refusal("Its numbers are not in the store."), status=410)


@gzip_page
@require_safe
@lab_view("read")
def fit_plot_numbers(request: LabRequest, fit_id: int, index: int) -> HttpResponseBase:
    """Answer a plot of a fit for the page's plotter."""
    from analysis.drawing.answering import as_json
    from analysis.drawing.of_fits import panel_of

    try:
        plot = found_plot(request, fit_id, index)
    except NumbersGone:
        return gone(request)
    return JsonResponse(as_json(panel_of(plot, is_log=is_log_in(request.GET))))


@require_safe
@lab_view("read")
def fit_plot_table(request: LabRequest, fit_id: int, index: int) -> HttpResponseBase:
    """Answer a plot of a fit as CSV, every point with all its digits; of a map, its rows."""
    from analysis.drawing.of_fits import rows_of

    try:
        plot = found_plot(request, fit_id, index)
    except NumbersGone:
        return gone(request)
    if plot.picture is not None:
        heads = [plot.rows_label or "row", *map(str, plot.x.tolist())]
        axis = plot.rows.tolist() if plot.rows is not None else list(range(len(plot.picture)))
        rows_told = [[at, *row] for at, row in zip(axis, plot.picture.tolist(), strict=True)]
        return download(csv_of(heads, rows_told), plot.name)
    heads, rows, _ = rows_of(plot, most=len(plot.x) or 1)
    return download(csv_of(heads, rows), plot.name)


@require_safe
@lab_view("read")
def fit_table(request: LabRequest, fit_id: int, index: int) -> HttpResponseBase:
    """Answer a table of a fit as CSV, all its rows with all their digits."""
    fit = found_fit(request, fit_id)
    if index >= len(fit.tables):
        raise Http404("The fit has no such table.")
    told = fit.tables[index]
    return download(csv_of(heads_of(told), told["rows"]), told["name"])


def download(text: str, name: str) -> HttpResponse:
    """Return a text as a CSV file."""
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    kept = "".join(one if one.isalnum() else "-" for one in name) or "table"
    answer.headers["Content-Disposition"] = f'attachment; filename="{kept}.csv"'
    return answer


@require_safe
@lab_view("read")
def fit_plot_picture(request: LabRequest, fit_id: int, index: int) -> HttpResponseBase:
    """Answer a map or an image of a fit as a picture, for pages without a script."""
    from analysis.drawing.heat import HeatPlot
    from measurements.curves.heat_picture import picture_of_map

    try:
        plot = found_plot(request, fit_id, index)
    except NumbersGone:
        return gone(request)
    if plot.picture is None:
        raise Http404("This plot is a line and no map.")
    heat = HeatPlot(plot, heat_recipe_of(request.GET)).heat
    return HttpResponse(picture_of_map(heat), content_type="image/png")


@gzip_page
@require_safe
@lab_view("read")
def fit_plot_map(request: LabRequest, fit_id: int, index: int) -> HttpResponseBase:
    """Answer a map of a fit as little-endian float32: its values row by row, then the axis across, then the other."""
    from analysis.drawing.heat import HeatPlot
    from measurements.views.maps import numbers_of

    try:
        plot = found_plot(request, fit_id, index)
    except NumbersGone:
        return gone(request)
    if plot.picture is None:
        raise Http404("This plot is a line and no map.")
    return numbers_of(HeatPlot(plot, heat_recipe_of(request.GET)).heat)
