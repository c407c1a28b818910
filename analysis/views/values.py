"""What counts for a sample: a part of its page, and the choice of another fit."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from analysis.forms.values import ChooseForm
from analysis.models import ValueInForce
from analysis.quantities import QUANTITIES
from analysis.queries.sample_values import AS_IT_IS, candidates_of, values_of
from analysis.services.values import choose_value
from labbook.http import LabRequest, find, lab_view
from labbook.journal import journal_of
from labbook.roles import may
from samples.models import Sample
from samples.views.keeping import answer_form


@require_http_methods(["GET", "HEAD"])
@lab_view("read")
def sample_values(request: LabRequest, code: str) -> HttpResponse:
    """Show what counts for a sample; as a part when its page loads it."""
    sample = find(request, Sample.objects.select_related("lab"), code=code)
    context = {
        "sample": sample,
        "groups": values_of(sample, request.user),
        "may_record": may(request.membership.role, "record"),
    }
    name = "_sample_values" if request.htmx and not request.htmx.boosted else "sample_values"
    return render(request, f"analysis/{name}.html", context)


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def value_choose(request: LabRequest, value_id: int) -> HttpResponse:
    """Ask which fit counts for a sample, quantity and state."""
    seen = Sample.objects.visible_to(request.user)
    values = ValueInForce.objects.select_related("sample", "chosen", "lab", "project")
    value = find(request, values, pk=value_id, sample__in=seen)
    initial = {"fit": str(value.chosen_id or "")}
    form = ChooseForm(request.POST or None, results=candidates_of(value, request.user), initial=initial)

    def page(status: int) -> HttpResponse:
        known = QUANTITIES.get(value.quantity)
        label = known.label if known else value.quantity
        context = {"form": form, "record": value, "label": label, "state": value.state or AS_IT_IS}
        return render(request, "analysis/value_choose.html", context, status=status)

    def save() -> HttpResponse:
        with journal_of(request.lab, by=request.user) as journal:
            choose_value(journal, value, fit=form.chosen, reason=form.cleaned_data["reason"])
        messages.success(request, "Chosen.")
        return redirect(f"{reverse('sample_detail', args=[value.sample.code])}#values")

    return answer_form(request, form, page, save, record=value)
