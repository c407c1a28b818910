"""Series and rungs as people keep them: begun, renamed, filled with rungs, rungs corrected and merged."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from labbook.http import LabRequest, lab_view
from labbook.journal import journal_of
from labbook.queries.drafts import draft_data
from labbook.services.editing import edit_record
from measurements.forms.series import MergeForm, RungForm, RungsForm, SeriesEditForm, SeriesForm
from measurements.models import Rung, Series
from measurements.services.series import add_rungs, change_rung, merge_rungs, start_series
from measurements.views.series import found_series
from samples.views.keeping import Page, answer_form


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def series_new(request: LabRequest) -> HttpResponse:
    """Ask for a new ladder."""
    initial = {"sample": request.GET.get("sample", "")}
    form = SeriesForm(request.POST or draft_data(request) or None, request=request, initial=initial)

    def save() -> HttpResponse:
        chosen = form.cleaned_data
        with journal_of(request.lab, by=request.user) as journal:
            made = start_series(
                journal, sample=chosen["sample"],
                **{name: chosen[name] for name in ("along", "title", "note", "values", "branch")},
            )  # fmt: skip
        messages.success(request, f"{made} is begun.")
        return redirect("series_detail", made.pk)

    return answer_form(request, form, page_with(request, form, None, "New series", "Begin it"), save)


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def series_edit(request: LabRequest, series_id: int) -> HttpResponse:
    """Ask for a ladder's title and note."""
    series = found_series(request, series_id)
    initial = {"title": series.title, "note": series.note}
    form = SeriesEditForm(request.POST or draft_data(request) or None, initial=initial)

    def save() -> HttpResponse:
        token = request.POST.get("version", "")
        edit_record(record=series, changes=form.cleaned_data, token=token, by=request.user)
        messages.success(request, "The series is saved.")
        return redirect("series_detail", series.pk)

    page = page_with(request, form, series, f"Edit {series}", "Save")
    return answer_form(request, form, page, save, record=series)


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def series_rungs(request: LabRequest, series_id: int) -> HttpResponse:
    """Ask for more rungs."""
    series = found_series(request, series_id)
    form = RungsForm(request.POST or None, series=series)

    def save() -> HttpResponse:
        with journal_of(request.lab, by=request.user) as journal:
            made = add_rungs(journal, series, **form.cleaned_data)
        messages.success(request, f"{len(made)} rung{'' if len(made) == 1 else 's'} added.")
        return redirect("series_detail", series.pk)

    return answer_form(request, form, page_with(request, form, series, "Add rungs", "Add them"), save)


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def series_rung(request: LabRequest, series_id: int, rung_id: int) -> HttpResponse:
    """Ask for a rung's value, way and note."""
    rung = found_rung(request, series_id, rung_id)
    form = RungForm(request.POST or None, rung=rung)

    def save() -> HttpResponse:
        chosen = form.cleaned_data
        with journal_of(request.lab, by=request.user) as journal:
            change_rung(
                journal, rung, nominal=chosen["nominal"].value,
                **{name: chosen[name] for name in ("branch", "note", "reason")},
            )  # fmt: skip
        messages.success(request, "The rung is saved.")
        return redirect("series_detail", rung.series_id)

    return answer_form(request, form, page_with(request, form, rung.series, f"Edit the rung {rung}", "Save"), save)


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def series_rung_merge(request: LabRequest, series_id: int, rung_id: int) -> HttpResponse:
    """Ask which other rung a rung really is."""
    rung = found_rung(request, series_id, rung_id)
    form = MergeForm(request.POST or None, rung=rung)

    def save() -> HttpResponse:
        with journal_of(request.lab, by=request.user) as journal:
            into = merge_rungs(journal, rung, into=form.cleaned_data["into"], reason=form.cleaned_data["reason"])
        messages.success(request, f"Its measurements are on {into} now.")
        return redirect("series_detail", into.series_id)

    return answer_form(request, form, page_with(request, form, rung.series, f"Merge the rung {rung}", "Merge"), save)


def page_with(request: LabRequest, form: Form, series: Series | None, title: str, action: str) -> Page:
    """Return what shows a form about a series."""

    def page(status: int) -> HttpResponse:
        context = {"form": form, "record": series, "title": title, "action": action}
        return render(request, "measurements/series_form.html", context, status=status)

    return page


def found_rung(request: LabRequest, series_id: int, rung_id: int) -> Rung:
    """Return a rung of a series that the person may see, else answer 404."""
    series = found_series(request, series_id)
    rung = series.rungs.filter(pk=rung_id).first()
    if rung is None:
        raise Http404("There is no such rung.")
    rung.series = series
    return rung
