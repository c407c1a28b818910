"""The receipt of a commit, with every link it made, and its undo."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from labbook.context import address_of
from labbook.errors import Refusal
from labbook.http import LabRequest, answer_once, find, lab_view, refused
from labbook.journal import journal_of
from labbook.roles import may
from measurements.models import Batch, Measurement, Receipt
from measurements.services.committing_undo import undo_receipt
from samples.models import Sample

RECEIPTS = Receipt.objects.select_related("batch", "lab", "created_by")


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One link of a receipt as a person sees it; of one in a restricted project nothing but that it is there."""

    file: str
    code: str
    measurement: Measurement | None
    technique: str
    rung: str
    joined: tuple[str, ...]


@lab_view("read")
@require_http_methods(["GET", "HEAD"])
def inbox_receipt(request: LabRequest, receipt_id: int) -> HttpResponse:
    receipt = find_receipt(request, receipt_id)
    context = {
        "receipt": receipt,
        "crumbs": [
            ("Upload inbox", reverse("inbox_list")),
            (str(receipt.batch).capitalize(), reverse("inbox_batch", args=[receipt.batch_id])),
            (str(receipt).capitalize(), ""),
        ],
        "lines": receipt_lines(request, receipt),
        "may_record": may(request.membership.role, "record"),
        "list_address": address_of("measurement_list"),
    }
    return render(request, "measurements/inbox_receipt.html", context)


@lab_view("record")
@require_http_methods(["POST"])
def inbox_undo(request: LabRequest, receipt_id: int) -> HttpResponse:
    """Undo a commit as one: its measurements are void, its lines wait again."""
    receipt = find_receipt(request, receipt_id)

    def write() -> HttpResponse:
        try:
            with journal_of(request.lab, by=request.user) as journal:
                count = undo_receipt(journal, receipt)
        except Refusal as refusal:
            return refused(request, refusal)
        messages.success(request, f"Undone: {count} {'file waits' if count == 1 else 'files wait'} again.")
        return redirect(reverse("inbox_batch", args=[receipt.batch_id]))

    return answer_once(request, write)


def find_receipt(request: LabRequest, receipt_id: int) -> Receipt:
    """Return a receipt of a batch that the person may see, else answer 404 as if it did not exist."""
    found: Receipt = find(request, RECEIPTS, pk=receipt_id, batch__in=Batch.objects.visible_to(request.user))
    return found


def receipt_lines(request: LabRequest, receipt: Receipt) -> list[ReceiptLine]:
    """Return the links of a receipt that the person may see, in two queries."""
    told = [line for line in receipt.lines if {"measurement", "sample"} <= line.keys()]
    measurements = Measurement.objects.visible_to(request.user).filter(pk__in=[line["measurement"] for line in told])
    seen = {one.pk: one for one in measurements}
    samples = Sample.objects.visible_to(request.user).filter(pk__in={line["sample"] for line in told if line["sample"]})
    codes = dict(samples.values_list("pk", "code"))
    return [
        ReceiptLine(
            file=line.get("file", ""),
            code=codes[line["sample"]] if line["sample"] else seen[line["measurement"]].reference_kind,
            measurement=seen[line["measurement"]],
            technique=line.get("technique", ""),
            rung=line.get("rung", ""),
            joined=tuple(line.get("joined", ())),
        )
        for line in told
        if line["measurement"] in seen and (not line["sample"] or line["sample"] in codes)
    ]
