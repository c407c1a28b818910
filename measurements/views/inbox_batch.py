"""One batch of the inbox: its table, what its files share, and everything done with ticked lines."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from labbook.errors import Conflict, Refusal
from labbook.http import LabRequest, answer_once, attach_refusal, find, lab_view
from labbook.roles import may
from labbook.views.conflicts import refusal_page
from measurements.forms.inbox import ManyForm, SharedForm
from measurements.models import Batch, InboxRow, Receipt
from measurements.queries.inbox import rows_of
from measurements.queries.inbox_table import MatchTable, lines_of, match_table
from measurements.services.committing_checks import LinesRefused
from measurements.services.inbox_editing import CELLS, set_cells
from measurements.services.inbox_sharing import share
from measurements.techniques import ReferenceKind, Technique
from measurements.views.inbox_acts import ACTS, Asked
from measurements.views.inbox_asking import cells_sent, chosen_ids, editor_of

BATCHES = Batch.objects.select_related("sample", "instrument", "session__instrument", "lab", "project", "created_by")


@lab_view("read")
@require_http_methods(["GET", "HEAD"])
def inbox_batch(request: LabRequest, batch_id: int) -> HttpResponse:
    return page(request, find(request, BATCHES, pk=batch_id))


@lab_view("record")
@require_http_methods(["POST"])
def inbox_shared(request: LabRequest, batch_id: int) -> HttpResponse:
    """Save what the files of a batch share."""
    batch = find(request, BATCHES, pk=batch_id)
    form = SharedForm(request.POST, batch=batch, user=request.user, lab=request.lab)

    def again(status: int) -> HttpResponse:
        return page(request, batch, shared=form, status=status)

    def write() -> HttpResponse:
        if not form.is_valid():
            return again(422)
        try:
            share(
                batch=batch, facts=form.facts(), excitation_nm=form.excitation_nm,
                token=request.POST.get("version", ""), by=request.user,
            )  # fmt: skip
        except Refusal as refusal:
            return refusal_page(request, refusal, form, batch, again)
        return redirect("inbox_batch", batch.pk)

    return answer_once(request, write)


@lab_view("record")
@require_http_methods(["POST"])
def inbox_cells(request: LabRequest, batch_id: int) -> HttpResponse:
    """Save one cell as it is left, and answer with its line; a conflict says what the other person set."""
    batch = find(request, BATCHES, pk=batch_id)
    key, name = request.POST.get("row", ""), request.POST.get("cell", "")
    if not (key.isascii() and key.isdigit() and len(key) < 19 and name in CELLS):
        return JsonResponse({"said": "There is no such cell."}, status=400)
    row = find_row(request, batch, int(key))
    cells, was = {name: request.POST.get("text", "")}, {name: request.POST.get("was", "")}

    def write() -> HttpResponse:
        try:
            set_cells(batch, row.pk, cells, was, editor_of(request))
        except Conflict as conflict:
            theirs = conflict.conflicts[0]["theirs"] or "nothing"
            return JsonResponse({"said": f"Somebody else set this to {theirs} meanwhile."}, status=409)
        except Refusal as refusal:
            return JsonResponse({"said": refusal.message}, status=422)
        line = lines_of([*rows_of(batch, request.user).filter(pk=row.pk)], request.user)[0]
        return render(request, "measurements/_inbox_line.html", {"line": line, "batch": batch, **words(request)})

    return answer_once(request, write)


def find_row(request: LabRequest, batch: Batch, row_id: int) -> InboxRow:
    """Return a line of a batch whose file the person may see, else answer 404."""
    return get_object_or_404(rows_of(batch, request.user), pk=row_id)


@lab_view("record")
@require_http_methods(["POST"])
def inbox_rows(request: LabRequest, batch_id: int) -> HttpResponse:
    """Save what was typed in the table, then do what was asked with the ticked lines."""
    batch = find(request, BATCHES, pk=batch_id)
    form = ManyForm(request.POST)

    def write() -> HttpResponse:
        if not form.is_valid():
            return page(request, batch, many=form, status=422)
        do, _, detail = request.POST.get("do", "save").partition(":")
        act = ACTS.get(do)
        if act is None:
            return page(request, batch, many=form, status=422)
        ids = chosen_ids(request, batch)
        editor = editor_of(request)
        try:
            for row_id, cells, was in cells_sent(request, batch):
                set_cells(batch, row_id, cells, was, editor)
            return act(Asked(request, batch, form, ids, editor, detail))
        except LinesRefused as refusal:
            return page(request, batch, many=form, reasons=refusal.reasons, said=refusal.message, status=422)
        except Refusal as refusal:
            attach_refusal(form, refusal)
            return page(request, batch, many=form, status=422)

    return answer_once(request, write)


def page(
    request: LabRequest, batch: Batch, *, shared: SharedForm | None = None, many: ManyForm | None = None,
    reasons: dict[int, str] | None = None, said: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    """Show a batch; `reasons` are what lines lack, by their id."""
    table: MatchTable = match_table(batch, request.user)
    context = {
        "batch": batch,
        "table": table,
        "crumbs": [("Upload inbox", reverse("inbox_list")), (str(batch).capitalize(), "")],
        "shared": shared or SharedForm(batch=batch, user=request.user, lab=request.lab),
        "many": many or ManyForm(),
        "refused": [line for line in table.waiting if line.row.pk in (reasons or {})],
        "reasons": reasons or {},
        "said": said,
        "receipts": Receipt.objects.filter(batch=batch).order_by("-pk")[:5],
        **words(request),
    }
    return render(request, "measurements/inbox_batch.html", context, status=status)


def words(request: LabRequest) -> dict[str, Any]:
    """Return what every line's cells need."""
    return {
        "techniques": Technique.choices,
        "references": [kind.label for kind in ReferenceKind],
        "may_record": may(request.membership.role, "record"),
    }
