"""History pages: of one record, of the whole lab, and putting an earlier state back."""

import csv
from collections.abc import Iterator
from functools import partial
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from labbook.errors import Refusal
from labbook.forms.activity import ActivityForm
from labbook.http import LabRequest, Visible, answer_once, lab_view, refused
from labbook.marks.cells import safe_cell
from labbook.models import LabRecord, Revision
from labbook.models.records import ProjectQuerySet
from labbook.queries.history import PAGE, activity_in, history_of, tell
from labbook.queries.people import initials_in
from labbook.roles import may
from labbook.services.history import is_editable, model_of, restore


@lab_view("read")
@require_http_methods(["GET", "HEAD"])
def record_history(request: LabRequest, record_type: str, record_id: int) -> HttpResponse:
    field = request.GET.get("field", "")
    revisions = history_of(request.lab, record_type, record_id, seen_by=request.user)
    before = request.GET.get("before", "")
    page = list(revisions.filter(sequence__lt=int(before))[: PAGE + 1] if is_number(before) else revisions[: PAGE + 1])
    if not page:
        raise Http404("There is no history of this record.")
    record = record_seen(request, record_type, record_id)
    can_return = partial(is_editable, record) if record else never
    context = {
        "told": tell(page[:PAGE], request.lab, field=field, can_return=can_return),
        "next": page[PAGE - 1].sequence if len(page) > PAGE else None,
        "record": record,
        "record_type": record_type,
        "record_id": record_id,
        "label": page[0].record_label,
        "field": field,
        "may_record": may(request.membership.role, "record"),
    }
    name = "_history.html" if request.htmx or "part" in request.GET else "record_history.html"
    return render(request, f"labbook/{name}", context)


def never(_name: str) -> bool:
    """Say that a field cannot be put back: its record cannot be edited by name."""
    return False


def is_number(text: str) -> bool:
    """Say whether a query value is a plain number that the database can take."""
    return text.isascii() and text.isdigit() and len(text) < 19


def record_seen(request: LabRequest, record_type: str, record_id: int) -> LabRecord | None:
    """Return the record a history is about when it can be edited by name, as far as the person sees it."""
    model = model_of(record_type)
    if model is None:
        return None
    records = cast(Visible[LabRecord], model._default_manager)
    return records.visible_to(request.user).filter(lab=request.lab, pk=record_id).first()


@lab_view("record")
@require_POST
def record_restore(request: LabRequest, record_type: str, record_id: int) -> HttpResponse:
    record = record_seen(request, record_type, record_id)
    if record is None or not record.EDITABLE:
        raise Http404("There is no such record.")
    sequence, field = request.POST.get("sequence", ""), request.POST.get("field", "")
    if not is_number(sequence):
        return refused(request, Refusal("There is no such state to go back to."), status=400)

    def write() -> HttpResponse:
        token = request.POST.get("version", "")
        try:
            restore(record=record, sequence=int(sequence), field=field, token=token, by=request.user)
        except Refusal as refusal:
            return refused(request, refusal, status=409)
        messages.success(request, f"{record} is as it was. This is a new entry in its history.")
        return redirect("record_history", record_type, record_id)

    return answer_once(request, write)


@lab_view("read")
@require_http_methods(["GET", "HEAD"])
def activity(request: LabRequest) -> HttpResponseBase:
    form = ActivityForm(request.GET, lab=request.lab)
    wanted = form.wanted()
    found = activity_in(request.lab, wanted, seen_by=request.user)
    if request.GET.get("format") == "csv":
        return activity_csv(request, found)
    page = list(found[: PAGE + 1])
    query = request.GET.copy()
    if len(page) > PAGE:
        query["before"] = str(page[PAGE - 1].sequence)
    context = {
        "form": form,
        "told": tell(page[:PAGE], request.lab),
        "next": query.urlencode() if len(page) > PAGE else None,
        "csv": "&".join(part for part in (request.GET.urlencode(), "format=csv") if part),
    }
    return render(request, "labbook/activity.html", context)


class Line:
    """A file that hands each written line back, so that a table streams."""

    def write(self, text: str) -> str:
        """Return the line."""
        return text


def activity_csv(request: LabRequest, found: ProjectQuerySet[Revision]) -> StreamingHttpResponse:
    """Stream the list as a table, one line per changed field."""
    rows = csv.writer(Line())
    initials = initials_in(request.lab)

    def lines() -> Iterator[str]:
        yield rows.writerow(["at", "by", "record", "type", "action", "field", "before", "after", "reason", "hash"])
        for one in found.iterator(chunk_size=1000):
            start = [
                one.at.isoformat(),
                initials.get(one.by_id or 0, ""),
                one.record_label,
                one.record_type,
                one.action,
            ]
            for name, (old, new) in one.changes.items() or [("", ("", ""))]:
                yield rows.writerow([*map(safe_cell, [*start, name, old, new, one.reason]), one.hash])

    answer = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="activity.csv"'
    return answer
