"""Today: what is running, what is waiting, what was made and touched last."""

from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from labbook.context import address_of
from labbook.http import LabRequest, lab_view
from labbook.queries.drafts import drafts_of
from labbook.roles import may
from samples.queries import today as queries


@require_http_methods(["GET", "HEAD"])
@lab_view("read")
def today(request: LabRequest) -> HttpResponse:
    """Show the lab's day as this person sees it."""
    lab, user = request.lab, request.user
    now = timezone.now().astimezone(ZoneInfo(lab.time_zone))
    may_record = may(request.membership.role, "record")
    return render(
        request,
        "samples/today.html",
        {
            "now": now,
            "today": now.date(),
            "running": queries.running_syntheses(lab, user),
            "drafts": drafts_of(user)[:6],
            "vials": queries.new_vials(lab, user),
            "bottles": queries.expiring_bottles(lab, user, now.date()),
            "labels_waiting": queries.labels_waiting(lab, user),
            "touched": queries.last_touched(lab, user),
            "may_record": may_record,
            # The floors above count them; each has its own part of the page.
            "files_address": address_of("inbox_waiting"),
            "inbox_address": address_of("inbox_list"),
            "fits_address": address_of("fit_waiting"),
            "fits_list_address": address_of("fit_list"),
            "new_address": address_of("synthesis_new") if may_record else "",
        },
    )
