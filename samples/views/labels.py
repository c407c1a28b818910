"""The queue of labels that wait to be printed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from labbook.http import LabRequest, answer_once, chosen_codes, lab_view
from labbook.roles import may
from samples.models import Sample
from samples.queries.labels import PAGE_SIZE, waiting_labels
from samples.services.names import withdraw_labels


@lab_view("read")
@require_safe
def label_list(request: LabRequest) -> HttpResponse:
    """Show the labels that wait, the oldest first."""
    waiting = waiting_labels(request.lab, seen_by=request.user)
    found = list(waiting[: PAGE_SIZE + 1])
    context = {
        "waiting": found[:PAGE_SIZE],
        "is_cut": len(found) > PAGE_SIZE,
        "may_record": may(request.membership.role, "record"),
    }
    return render(request, "samples/label_list.html", context)


@lab_view("record")
@require_POST
def label_remove(request: LabRequest) -> HttpResponse:
    """Take the chosen labels out of the queue."""

    def write() -> HttpResponse:
        codes = chosen_codes(request, most=PAGE_SIZE)
        chosen = Sample.objects.visible_to(request.user).filter(lab=request.lab, code__in=codes)
        count = withdraw_labels(samples=chosen)
        if count:
            messages.success(request, f"{count} label{'s' if count > 1 else ''} taken out of the queue.")
        else:
            messages.warning(request, "No label was chosen.")
        return redirect("label_list")

    return answer_once(request, write)
