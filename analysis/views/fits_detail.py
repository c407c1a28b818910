"""The page of one fit."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from analysis.methods.table import METHODS
from analysis.models import Fit
from analysis.queries.fit_numbers import ResultRow, alternative_rows, correlation_rows, parameter_rows
from analysis.queries.fit_page import FitPage, page_of_fit
from analysis.queries.fit_states import state_of
from analysis.queries.fit_tables import tables_of
from analysis.queries.fit_words import choices_told, lines_of, statistics_told
from analysis.templatetags.analysis_marks import symbol, told
from analysis.views.shown_plots import shown_plots
from labbook.http import LabRequest, find, lab_view
from labbook.roles import may
from samples.views.sample import Fact

MOST_FACTS = 4
RELATED = ("lab", "project", "sample", "measurement__rung__series", "series", "superseded_by", "verdict_by")


@require_http_methods(["GET", "HEAD"])
@lab_view("read")
def fit_detail(request: LabRequest, fit_id: int) -> HttpResponse:
    """Show a fit: its sentence, numbers, curve, what speaks for and against it, and everything it rests on."""
    fit = found_fit(request, fit_id)
    page = page_of_fit(fit, request.user)
    context = {
        "fit": fit,
        "page": page,
        "state": state_of(fit),
        "facts": facts_of(page),
        "plots": shown_plots(fit, request.GET),
        "may_record": may(request.membership.role, "record"),
        "may_edit": fit.is_current and fit.method in METHODS,
        **numbers_of(fit),
    }
    return render(request, "analysis/fit_detail.html", context)


def found_fit(request: LabRequest, fit_id: int) -> Fit:
    """Return a fit of this lab that the person may see, else answer 404."""
    return find(request, Fit.objects.select_related(*RELATED), pk=fit_id)


def current_fit(request: LabRequest, fit_id: int) -> Fit:
    """Return a fit that no newer one has replaced, else answer 404."""
    fit = found_fit(request, fit_id)
    if not fit.is_current:
        raise Http404("A newer fit has taken its place.")
    return fit


def numbers_of(fit: Fit) -> dict[str, Any]:
    """Return the tables of numbers of the page."""
    return {
        "parameters": parameter_rows(fit),
        "correlations": correlation_rows(fit),
        "alternatives": alternative_rows(fit),
        "statistics": statistics_told(fit.statistics),
        "choices": choices_told(fit.statistics),
        "used": list(lines_of(fit.used)),
        "stated": list(lines_of({name: fit.used.get(name, value) for name, value in fit.stated.items()})),
        "versions": list(lines_of(fit.versions)),
        "tables": tables_of(fit),
    }


def facts_of(page: FitPage) -> list[Fact]:
    """Return the few facts that stand on top: what it is of, and the first numbers."""
    ordered = sorted((one for one in page.results if one.has_value), key=lambda one: not one.counts_for_samples)
    return [subject_fact(page), *(number_fact(one) for one in ordered[: MOST_FACTS - 1])]


def subject_fact(page: FitPage) -> Fact:
    """Return what was analysed."""
    if page.is_restricted:
        return Fact("Sample", "restricted", "you may not see it")
    shown = SafeString('<span class="unstated">no sample</span>')
    if page.sample is not None:
        address = reverse("sample_detail", args=[page.sample.code])
        shown = format_html('<a class="code" href="{}">{}</a>', address, page.sample.code)
    return Fact("Sample", shown, subject_link(page))


def subject_link(page: FitPage) -> str:
    """Return the way to the measurement or the series."""
    if page.measurement is not None:
        address, one = reverse("measurement_detail", args=[page.measurement.pk]), page.measurement
        return format_html('<a href="{}">{} {}</a>', address, one.technique, one.pk)
    if page.series is not None:
        address = reverse("series_detail", args=[page.series.pk])
        return format_html('<a href="{}">its series along {}</a>', address, page.series.along)
    return ""


def number_fact(row: ResultRow) -> Fact:
    """Return one number as a fact."""
    name = format_html("{}, {}", row.label, symbol(row.symbol)) if row.symbol else row.label
    return Fact(name, told(row.printed, row.unit), row.note[:80])
