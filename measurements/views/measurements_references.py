"""What a measurement is read against: named and taken away."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from labbook.http import LabRequest, answer_once, lab_view
from labbook.journal import journal_of
from measurements.forms.measurements_references import ReferenceForm
from measurements.services.references import add_reference, remove_reference
from measurements.views.measurements_detail import found_measurement
from measurements.views.measurements_edit import answered


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def measurement_reference(request: LabRequest, measurement_id: int) -> HttpResponse:
    """Ask for another measurement that this one is read against."""
    record = found_measurement(request, measurement_id)
    form = ReferenceForm(request.POST or None, request=request, record=record)

    def save() -> HttpResponse:
        with journal_of(request.lab, by=request.user) as journal:
            chosen = form.cleaned_data
            add_reference(journal, record, reference=chosen["reference"], part=chosen["part"])
        messages.success(request, f"{chosen['reference']} is named.")
        return redirect("measurement_detail", record.pk)

    return answered(request, record, form, save, "Name a reference", "Name it")


@lab_view("record")
@require_http_methods(["POST"])
def measurement_reference_remove(request: LabRequest, measurement_id: int, use_id: int) -> HttpResponse:
    """Take a reference away."""
    record = found_measurement(request, measurement_id)
    use = record.references.select_related("reference", "measurement").filter(pk=use_id).first()
    if use is None:
        raise Http404("There is no such reference.")

    def write() -> HttpResponse:
        with journal_of(request.lab, by=request.user) as journal:
            remove_reference(journal, use)
        messages.success(request, f"{use.reference} is no longer named; it stays.")
        return redirect("measurement_detail", record.pk)

    return answer_once(request, write)
