"""Measurements added by hand and corrected; moved to the right sample, made void, restored."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from labbook.errors import Refusal
from labbook.http import LabRequest, answer_once, find, lab_view, refused
from labbook.journal import Journal, journal_of
from labbook.queries.drafts import draft_data
from measurements.forms.measurements import MeasurementForm, NewMeasurementForm, VoidForm, WrongSampleForm
from measurements.models import Measurement
from measurements.services.measurements import (
    add_measurement,
    edit_measurement,
    move_measurement,
    restore_measurement,
    void_measurement,
)
from measurements.views.measurements_detail import found_measurement
from samples.models import Sample
from samples.views.keeping import answer_form


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def measurement_new(request: LabRequest) -> HttpResponse:
    """Ask for a measurement that has no file yet."""
    code = request.GET.get("sample", "")
    sample = find(request, Sample.objects.all(), code=code) if code else None
    initial = {"sample": code, "operator": request.membership.initials}
    data = request.POST or draft_data(request) or None
    form = NewMeasurementForm(data, request=request, sample=sample, initial=initial)

    def page(status: int) -> HttpResponse:
        return render(request, "measurements/measurement_new.html", {"form": form, "sample": sample}, status=status)

    def save() -> HttpResponse:
        with journal_of(request.lab, by=request.user) as journal:
            made = added(journal, form)
        messages.success(request, f"{made} is kept.")
        return redirect("measurement_detail", made.pk)

    return answer_form(request, form, page, save)


def added(journal: Journal, form: NewMeasurementForm) -> Measurement:
    """Write the measurement of a valid form."""
    facts = form.changes()
    sample, reference = facts.pop("sample"), facts.pop("reference_kind")
    return add_measurement(journal, sample=sample, reference_kind=reference, facts=facts)


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def measurement_edit(request: LabRequest, measurement_id: int) -> HttpResponse:
    """Ask for what is said of a measurement; two people who do it at once lose nothing."""
    record = found_measurement(request, measurement_id)
    form = MeasurementForm(request.POST or draft_data(request) or None, request=request, record=record)

    def page(status: int) -> HttpResponse:
        return render(request, "measurements/measurement_edit.html", {"form": form, "record": record}, status=status)

    def save() -> HttpResponse:
        token = request.POST.get("version", "")
        edit_measurement(record=record, changes=form.changes(), token=token, by=request.user)
        messages.success(request, f"{record} is saved.")
        return redirect("measurement_detail", record.pk)

    return answer_form(request, form, page, save, record=record)


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def measurement_sample(request: LabRequest, measurement_id: int) -> HttpResponse:
    """Ask which sample a measurement really is of, and how the wrong one was found out."""
    record = found_measurement(request, measurement_id)
    form = WrongSampleForm(request.POST or None, request=request)

    def save() -> HttpResponse:
        sample, reason = form.cleaned_data["sample"], form.cleaned_data["reason"]
        with journal_of(request.lab, by=request.user) as journal:
            move_measurement(journal, record, sample=sample, reason=reason, token=request.POST.get("version", ""))
        messages.success(request, f"{record} is now of {sample.code}.")
        return redirect("measurement_detail", record.pk)

    return answered(request, record, form, save, "Wrong sample", "Move it there")


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def measurement_void(request: LabRequest, measurement_id: int) -> HttpResponse:
    """Ask why a measurement does not count."""
    record = found_measurement(request, measurement_id)
    form = VoidForm(request.POST or None)

    def save() -> HttpResponse:
        with journal_of(request.lab, by=request.user) as journal:
            reason, token = form.cleaned_data["reason"], request.POST.get("version", "")
            void_measurement(journal, record, reason=reason, token=token)
        messages.success(request, f"{record} is void; its files stay.")
        return redirect("measurement_detail", record.pk)

    return answered(request, record, form, save, "Make void", "Make it void")


@lab_view("record")
@require_http_methods(["POST"])
def measurement_restore(request: LabRequest, measurement_id: int) -> HttpResponse:
    """Let a void measurement count again."""
    record = found_measurement(request, measurement_id)

    def write() -> HttpResponse:
        try:
            with journal_of(request.lab, by=request.user) as journal:
                restore_measurement(journal, record)
        except Refusal as refusal:
            return refused(request, refusal, status=409)
        messages.success(request, f"{record} counts again.")
        return redirect("measurement_detail", record.pk)

    return answer_once(request, write)


def answered(
    request: LabRequest, record: Measurement, form: Form, save: Callable[[], HttpResponse], title: str, action: str
) -> HttpResponse:
    """Answer a small form about one measurement."""

    def page(status: int) -> HttpResponse:
        context = {"form": form, "record": record, "title": title, "action": action}
        return render(request, "measurements/measurement_act.html", context, status=status)

    return answer_form(request, form, page, save, record=record)
