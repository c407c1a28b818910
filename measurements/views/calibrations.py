"""Calibrations: a new one of an instrument, and one that is corrected or retired."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from labbook.http import LabRequest, find, lab_view
from labbook.journal import journal_of
from labbook.queries.drafts import draft_data
from measurements.calibration_kinds import CALIBRATION_KINDS
from measurements.forms.calibrations import CalibrationForm
from measurements.models import Calibration, Instrument
from measurements.queries.calibrations import overlapping
from measurements.services.calibrations import add_calibration, edit_calibration
from measurements.views.instruments import found, today_in
from samples.views.keeping import answer_form


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def calibration_new(request: LabRequest, instrument_id: int) -> HttpResponse:
    instrument = found(request, instrument_id)
    initial = {"valid_from": today_in(request).isoformat(), "kind": request.GET.get("kind", "")}
    data = request.POST or draft_data(request) or None
    form = CalibrationForm(data, lab=request.lab, user=request.user, instrument=instrument, initial=initial)

    def save() -> HttpResponse:
        with journal_of(request.lab, by=request.user) as journal:
            kind = form.cleaned_data["kind"]
            made = add_calibration(journal, instrument=instrument, kind=kind, facts=form.changes())
        messages.success(request, f"The calibration is there.{newest_said(made)}")
        return redirect("instrument_detail", instrument.pk)

    return answer_form(request, form, lambda status: form_page(request, form, instrument, None, status), save)


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def calibration_edit(request: LabRequest, calibration_id: int) -> HttpResponse:
    calibration = find(request, Calibration.objects.select_related("instrument"), pk=calibration_id)
    instrument, data = calibration.instrument, request.POST or draft_data(request) or None
    form = CalibrationForm(data, lab=request.lab, user=request.user, record=calibration)

    def save() -> HttpResponse:
        token = request.POST.get("version", "")
        saved = edit_calibration(record=calibration, changes=form.changes(), token=token, by=request.user)
        messages.success(request, f"The calibration is saved.{newest_said(saved)}")
        return redirect("instrument_detail", instrument.pk)

    return answer_form(
        request, form, lambda status: form_page(request, form, instrument, calibration, status), save,
        record=calibration,
    )  # fmt: skip


def newest_said(calibration: Calibration) -> str:
    """Say that of calibrations with common days the one that begins last counts, where there are such."""
    if calibration.is_retired or not overlapping(calibration):
        return ""
    return " On days that it shares with another one for the same thing, the one that begins last counts."


def form_page(
    request: LabRequest, form: CalibrationForm, instrument: Instrument, calibration: Calibration | None, status: int
) -> HttpResponse:
    """Show the form of a calibration, with what the number of each kind means."""
    context = {
        "form": form, "instrument": instrument, "record": calibration,
        "kinds": [] if calibration else [(row.kind.label, row.unit, row.meaning) for row in CALIBRATION_KINDS.values()],
    }  # fmt: skip
    return render(request, "measurements/calibration_form.html", context, status=status)
