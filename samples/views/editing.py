"""Correcting what is said about a sample; two people who do it at once lose nothing."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from labbook.http import LabRequest, find, lab_view
from labbook.queries.drafts import draft_data
from samples.forms.editing import SampleEditForm
from samples.kinds import SampleKind
from samples.lineage.strip import sample_address
from samples.models import Sample
from samples.services.editing import edit_sample
from samples.views.keeping import answer_form


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def sample_edit(request: LabRequest, code: str) -> HttpResponse:
    """Ask for a sample's words, detail and project; a bottle's label is asked for on a page of its own."""
    sample = find(request, Sample.objects.select_related("specimen"), code=code)
    if sample.kind == SampleKind.BOTTLE:
        return redirect("bottle_edit", sample.code)
    form = SampleEditForm(request.POST or draft_data(request) or None, sample=sample, user=request.user)
    return edited_sample(request, sample, form, "samples/sample_edit.html")


def edited_sample(request: LabRequest, sample: Sample, form: SampleEditForm, template: str) -> HttpResponse:
    """Answer a page that corrects a sample: the form, the saved sample, or the conflict panel."""

    def page(status: int) -> HttpResponse:
        context = {"form": form, "record": sample, "address": sample_address(sample)}
        return render(request, template, context, status=status)

    def save() -> HttpResponse:
        token = request.POST.get("version", "")
        edit_sample(record=sample, changes=form.changes(), token=token, by=request.user)
        messages.success(request, f"{sample.code} is saved.")
        return redirect(sample_address(sample))

    return answer_form(request, form, page, save, record=sample)
