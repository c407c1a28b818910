"""REST addresses of the inbox: batches, their lines, what is done with them, and receipts."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import URLPattern, URLResolver

from labbook.api.acts import Act, Call, act_path, creating_paths
from labbook.api.errors import ApiError, field_error
from labbook.api.resources import Names, Resource, by_id, detail_path, list_paths
from labbook.errors import Refusal
from labbook.http import LabRequest
from measurements.api.serializers_inbox import BatchSerializer, LineSerializer, ReceiptSerializer
from measurements.models import Batch, InboxRow, Receipt
from measurements.queries.inbox import rows_of
from measurements.queries.inbox_table import lines_of, match_table
from measurements.services.batches import start_batch
from measurements.services.committing import commit_rows
from measurements.services.committing_undo import undo_receipt
from measurements.services.inbox_editing import CELLS, set_column
from measurements.views.inbox_asking import editor_of
from measurements.views.inbox_receipts import receipt_lines
from samples.models import Sample

MOST_LINES = 1000


def batch_rows(asked: LabRequest, _names: Names) -> "QuerySet[Batch]":
    return Batch.objects.visible_to(asked.user).filter(lab=asked.lab)


def batch_context(asked: LabRequest, batches: list[Any]) -> dict[str, Any]:
    """Return the codes of the shared samples that the person may see."""
    ids = {one.sample_id for one in batches if one.sample_id}
    seen = Sample.objects.visible_to(asked.user).filter(pk__in=ids) if ids else Sample.objects.none()
    return {"codes": dict(seen.values_list("pk", "code"))}


def line_rows(asked: LabRequest, names: Names) -> "QuerySet[InboxRow]":
    if not names:
        return InboxRow.objects.none()
    return rows_of(BATCHES.find(asked, names["key"]), asked.user)


def line_context(asked: LabRequest, rows: list[Any]) -> dict[str, Any]:
    """Return the lines of a page as the person's table shows them."""
    return {"lines": {line.row.pk: line for line in lines_of(rows, asked.user)}}


def receipt_rows(asked: LabRequest, _names: Names) -> "QuerySet[Receipt]":
    seen = Batch.objects.visible_to(asked.user).filter(lab=asked.lab)
    return Receipt.objects.visible_to(asked.user).filter(lab=asked.lab, batch__in=seen).select_related("batch")


def receipt_context(asked: LabRequest, receipts: list[Any]) -> dict[str, Any]:
    """Return the links of receipts that the person may see."""
    return {"lines": {one.pk: receipt_lines(asked, one) for one in receipts}}


BATCHES = Resource(
    "batches", "batch", "Files that came together", batch_rows, BatchSerializer, context=batch_context, lookup=by_id,
    tag="inbox",
)  # fmt: skip
LINES = Resource(
    "inbox_lines", "inbox line", "The match table of a batch", line_rows, LineSerializer, context=line_context,
    is_versioned=False, tag="inbox",
)  # fmt: skip
RECEIPTS = Resource(
    "receipts", "receipt", "What was assigned from the inbox", receipt_rows, ReceiptSerializer,
    context=receipt_context, lookup=by_id, tag="inbox",
)  # fmt: skip


class TitleForm(forms.Form):
    """The title of a new batch."""

    title = forms.CharField(max_length=120, required=False)


class CellsForm(forms.Form):
    """What is set in the lines that `lines` names."""

    sample = forms.CharField(max_length=60, required=False, help_text="A code, or the kind of a reference.")
    technique = forms.CharField(max_length=20, required=False)
    rung = forms.CharField(max_length=80, required=False, help_text="Such as 0.13 GPa release, 280 K or 60 d.")


def ids_of(call: Call) -> list[int]:
    """Return the lines that a body names, in its order; one of a file that the person does not see is not there."""
    given = call.body.get("lines")
    are_ids = isinstance(given, list) and all(isinstance(one, int) and 0 < one < 2**63 for one in given)
    if not are_ids or not isinstance(given, list) or not 0 < len(given) <= MOST_LINES:
        message = f"Send a list of 1 to {MOST_LINES} ids of lines."
        raise ApiError(400, message, [field_error("lines", message)])
    seen = set(rows_of(call.record, call.asked.user).filter(pk__in=given).values_list("pk", flat=True))
    if not seen.issuperset(given):
        raise Refusal("One of these lines is not in the batch.", field="lines")
    return list(dict.fromkeys(given))


def do_start(call: Call) -> str:
    """Open a batch."""
    call.made = start_batch(call.journal, title=call.data["title"], origin="api")
    return "The batch is open; send files to it."


def do_set(call: Call) -> str:
    """Set cells of lines."""
    ids, editor = ids_of(call), editor_of(call.asked)
    wanted: Mapping[str, str] = {name: call.data[name] for name in CELLS if call.data[name]}
    if not wanted:
        raise Refusal("Say what to set: sample, technique or rung.")
    for name, text in wanted.items():
        set_column(call.record, ids, name, text, editor)
    return f"{len(ids)} lines are set."


def do_assign(call: Call) -> str:
    """Assign lines; without any named those that are sure."""
    if call.body.get("lines") is None:
        rows = [line.row for line in match_table(call.record, call.asked.user).sure]
    else:
        rows = list(rows_of(call.record, call.asked.user).filter(pk__in=ids_of(call)))
    receipt = commit_rows(call.journal, call.record, rows)
    return f"{len(receipt.lines)} files are assigned; the receipt is {receipt.pk}."


def do_undo(call: Call) -> str:
    """Undo a commit as one."""
    return f"{undo_receipt(call.journal, call.record)} files wait again."


LINE_IDS: dict[str, dict[str, Any]] = {"lines": {"type": "array", "items": {"type": "integer"}}}
START = Act("batch_start", "Open a batch", do_start, TitleForm, resource=BATCHES)
SET = Act("batch_set", "Set sample, technique or rung of lines", do_set, CellsForm, resource=BATCHES, extras=LINE_IDS)
ASSIGN = Act("batch_assign", "Assign lines to their samples", do_assign, resource=BATCHES, extras=LINE_IDS)
UNDO = Act("receipt_undo", "Undo an assignment", do_undo, resource=RECEIPTS)

BATCH = "batches/<str:key>"
urlpatterns: list[URLPattern | URLResolver] = [
    *creating_paths(BATCHES, START),
    *list_paths(RECEIPTS),
    *list_paths(LINES, f"{BATCH}/lines"),
    act_path(f"{BATCH}/set", SET),
    act_path(f"{BATCH}/assign", ASSIGN),
    act_path("receipts/<str:key>/undo", UNDO),
    detail_path(BATCHES),
    detail_path(RECEIPTS),
]
