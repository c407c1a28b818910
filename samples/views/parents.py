"""Correcting a wrong parent."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from labbook.errors import Refusal
from labbook.http import LabRequest, answer_once, attach_refusal, find, lab_view
from labbook.journal import journal_of
from samples.forms.parents import ParentForm
from samples.models import Process, ProcessInput, Sample
from samples.services.parents import replace_input
from samples.views.actions import recount_of


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def parent_replace(request: LabRequest, code: str, line_id: int) -> HttpResponse:
    """Ask which sample was used instead of the recorded one, and write it with the reason."""
    sample = find(request, Sample.objects, code=code)
    processes = Process.objects.visible_to(request.user).filter(pk=sample.origin_id)
    lines = ProcessInput.objects.filter(process__in=processes).select_related("sample", "process__lab")
    line = get_object_or_404(lines, pk=line_id)
    form = ParentForm(request.POST or None, user=request.user, lab=request.lab)
    if request.method != "POST":
        return _page(request, sample, line, form)
    return answer_once(request, lambda: _replaced(request, sample, line, form))


def _replaced(request: LabRequest, sample: Sample, line: ProcessInput, form: ParentForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, sample, line, form, status=422)
    try:
        chosen = form.cleaned_data["sample"]
        with journal_of(request.lab, by=request.user) as journal:
            replace_input(
                journal, line=line, new_sample=chosen, reason=form.cleaned_data["reason"],
                by=request.membership.initials, recount=recount_of(request, chosen),
            )  # fmt: skip
    except Refusal as refusal:
        attach_refusal(form, refusal)
        return _page(request, sample, line, form, status=422, offer=refusal.offer)
    messages.success(request, f"{sample.code} was made of {chosen.code}.")
    return redirect(reverse("lineage", args=[sample.code]))


def _page(
    request: LabRequest, sample: Sample, line: ProcessInput, form: ParentForm, *, status: int = 200,
    offer: dict[str, str] | None = None,
) -> HttpResponse:  # fmt: skip
    is_seen = line.sample is not None and Sample.objects.visible_to(request.user).filter(pk=line.sample.pk).exists()
    recorded = (line.sample.code if is_seen and line.sample else "") or line.description or "restricted"
    context = {"sample": sample, "line": line, "form": form, "recorded": recorded, "offer": offer or {}}
    return render(request, "samples/parent_replace.html", context, status=status)
