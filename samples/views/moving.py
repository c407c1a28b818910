"""The page that moves several samples at once to one place."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from labbook.errors import Refusal
from labbook.http import LabRequest, answer_once, attach_refusal, lab_view
from labbook.journal import journal_of
from labbook.quantities import Moment
from labbook.queries.drafts import draft_data
from samples.forms.moving import MOST_MOVED, MoveSeveralForm
from samples.services.moves import move_samples


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def samples_move(request: LabRequest) -> HttpResponse:
    """Ask for the samples and the place, and move all of them or none."""
    initial = {"samples": ", ".join(request.GET.getlist("from")[:MOST_MOVED])}
    data = request.POST if request.method == "POST" else draft_data(request)
    form = MoveSeveralForm(data, user=request.user, lab=request.lab, initial=initial)
    if request.method != "POST":
        return _page(request, form)

    def write() -> HttpResponse:
        if not form.is_valid():
            return _page(request, form, status=422)
        place, samples = form.cleaned_data["place"], form.cleaned_data["samples"]
        try:
            with journal_of(request.lab, by=request.user) as journal:
                moment: Moment = form.cleaned_data["at"] or Moment(journal.at, "minute")
                move_samples(journal, samples=samples, place=place, at=moment.at, by=request.membership.initials)
        except Refusal as refusal:
            attach_refusal(form, refusal)
            return _page(request, form, status=422)
        messages.success(request, f"{len(samples)} sample{'s' if len(samples) > 1 else ''} came to {place}.")
        return redirect(reverse("sample_detail", args=[samples[0].code]) if len(samples) == 1 else "sample_list")

    return answer_once(request, write)


def _page(request: LabRequest, form: MoveSeveralForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "title": "Move samples",
        "about": "All of them come to one place; where they were is kept.",
        "button": "Move",
    }
    return render(request, "samples/sample_making.html", context, status=status)
