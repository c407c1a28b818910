"""What can be done with the ticked lines of a batch, each a button of the match table."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from labbook.errors import Refusal
from labbook.http import LabRequest
from labbook.journal import journal_of
from measurements.forms.inbox import ManyForm
from measurements.models import Batch, InboxRow
from measurements.services.committing import close_if_done, commit_rows
from measurements.services.inbox_editing import CELLS, Editor, fill_down, set_aside, set_column, take_back
from measurements.services.inbox_filling import paste_log, rungs_in_order

MOST_PROBLEMS = 20


class Asked:
    """What was asked of the ticked lines, by whom."""

    def __init__(
        self, request: LabRequest, batch: Batch, form: ManyForm, ids: list[int], editor: Editor, detail: str
    ) -> None:
        self.request, self.batch, self.form = request, batch, form
        self.ids, self.editor, self.detail = ids, editor, detail

    def answer(self, said: str, **more: Any) -> HttpResponse:
        """Say what was done and show the table again."""
        messages.success(self.request, said, **more)
        return redirect("inbox_batch", self.batch.pk)


def counted(count: int, done: str) -> str:
    """Return what was done with so many lines."""
    return f"{count} {'line' if count == 1 else 'lines'} {done}."


def do_save(asked: Asked) -> HttpResponse:
    return redirect("inbox_batch", asked.batch.pk)


def do_take(asked: Asked) -> HttpResponse:
    """Take a candidate as the sample of a line: `take:<line>:<code>`."""
    key, _, code = asked.detail.partition(":")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        raise Refusal("There is no such line.")
    set_column(asked.batch, [int(key)], "sample", code, asked.editor)
    return asked.answer(f"{code} is chosen.")


def do_set(asked: Asked) -> HttpResponse:
    """Set what was given in the ticked lines."""
    given = {name: asked.form.cleaned_data[f"many_{name}"] for name in CELLS}
    wanted = {name: text for name, text in given.items() if text}
    if not wanted:
        raise Refusal("Say what to set: a sample, a technique or a rung.", field="many_sample")
    count = 0
    for name, text in wanted.items():
        count = set_column(asked.batch, asked.ids, name, text, asked.editor)
    return asked.answer(counted(count, "set"))


def do_fill(asked: Asked) -> HttpResponse:
    """Fill a column down from the first ticked line."""
    if asked.detail not in CELLS:
        raise Refusal("There is no such column.")
    return asked.answer(counted(fill_down(asked.batch, asked.ids, asked.detail), "filled"))


def do_rungs(asked: Asked) -> HttpResponse:
    """Give the ticked lines the pasted rungs in order."""
    data = asked.form.cleaned_data
    count = rungs_in_order(asked.batch, asked.ids, data["rungs"], data["unit"] or "GPa", asked.editor)
    return asked.answer(counted(count, "given their rungs"))


def do_log(asked: Asked) -> HttpResponse:
    """Fill lines from a pasted log sheet, and say what found no place."""
    filled = paste_log(asked.batch, asked.form.cleaned_data["log"], asked.editor)
    for problem in filled.problems[:MOST_PROBLEMS]:
        messages.warning(asked.request, problem)
    return asked.answer(counted(filled.count, "filled from the log sheet"))


def do_aside(asked: Asked) -> HttpResponse:
    """Put lines aside, and close the batch when nothing else waits in it."""
    with journal_of(asked.request.lab, by=asked.request.user) as journal:
        count = set_aside(asked.batch, asked.ids)
        close_if_done(journal, Batch.objects.select_for_update().get(pk=asked.batch.pk))
    return asked.answer(counted(count, "set aside; the files stay"))


def do_back(asked: Asked) -> HttpResponse:
    ids = [int(asked.detail)] if asked.detail.isascii() and asked.detail.isdigit() else asked.ids
    return asked.answer(counted(take_back(asked.batch, ids), "waiting again"))


def do_assign(asked: Asked) -> HttpResponse:
    """Commit the ticked lines; the receipt follows, with a way back."""
    rows = list(InboxRow.objects.filter(batch=asked.batch, pk__in=asked.ids))
    with journal_of(asked.request.lab, by=asked.request.user) as journal:
        receipt = commit_rows(journal, asked.batch, rows)
    count = len(receipt.lines)
    undo = f"undo:{reverse('inbox_undo', args=[receipt.pk])}"
    messages.success(asked.request, f"{count} {'file' if count == 1 else 'files'} assigned.", extra_tags=undo)
    return redirect("inbox_receipt", receipt.pk)


ACTS: dict[str, Callable[[Asked], HttpResponse]] = {
    "save": do_save, "take": do_take, "set": do_set, "fill": do_fill, "rungs": do_rungs, "log": do_log,
    "aside": do_aside, "back": do_back, "assign": do_assign,
}  # fmt: skip
