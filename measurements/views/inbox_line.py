"""One line of a batch: everything known of its file, and what is done with it alone."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from labbook.errors import Refusal
from labbook.http import LabRequest, answer_once, attach_refusal, find, lab_view
from labbook.journal import journal_of
from labbook.roles import may
from measurements.forms.inbox import DerivedForm
from measurements.models import Batch, FileDerivation, FileName, InboxRow, RawFile
from measurements.queries.inbox import rows_of
from measurements.queries.inbox_table import MatchLine, lines_of, match_table
from measurements.services.inbox_editing import join_to
from measurements.services.inbox_lines import choose_reader, derive, split_line
from measurements.services.proposing import propose_for
from measurements.services.reading import AT_ONCE_SECONDS, read_raw_file

MOST_OTHERS = 200


@lab_view("read")
@require_http_methods(["GET", "HEAD"])
def inbox_line(request: LabRequest, batch_id: int, row_id: int) -> HttpResponse:
    return page(request, *found(request, batch_id, row_id), DerivedForm())


@lab_view("record")
@require_http_methods(["POST"])
def inbox_line_act(request: LabRequest, batch_id: int, row_id: int) -> HttpResponse:
    """Do one thing with one line."""
    batch, row = found(request, batch_id, row_id)
    form = DerivedForm(request.POST)

    def write() -> HttpResponse:
        act = ACTS.get(request.POST.get("do", ""))
        if act is None:
            return page(request, batch, row, form, status=422)
        try:
            act(request, batch, row, form)
        except Refusal as refusal:
            form.is_valid()
            attach_refusal(form, refusal)
            return page(request, batch, row, form, status=422)
        return redirect("inbox_batch", batch.pk)

    # Reading takes seconds and must hold no transaction; a second tap reads the same and changes nothing.
    return write() if request.POST.get("do") == "read" else answer_once(request, write)


def found(request: LabRequest, batch_id: int, row_id: int) -> tuple[Batch, InboxRow]:
    """Return a line and its batch, or answer 404 as if they did not exist."""
    batch: Batch = find(request, Batch.objects.select_related("lab"), pk=batch_id)
    return batch, get_object_or_404(rows_of(batch, request.user), pk=row_id)


def do_split(request: LabRequest, batch: Batch, row: InboxRow, form: DerivedForm) -> None:
    """Make a line of every spectrum."""
    messages.success(request, f"{split_line(batch, row.pk)} spectra, a line for each.")


def do_join(request: LabRequest, batch: Batch, row: InboxRow, form: DerivedForm) -> None:
    """Let the line be a part of another one's measurement."""
    key = request.POST.get("joins", "")
    is_key = key.isascii() and key.isdigit() and len(key) < 19
    if not is_key or not rows_of(batch, request.user).filter(pk=int(key)).exists():
        raise Refusal("Choose the line that it belongs to.", field="joins")
    join_to(batch, row.pk, int(key))
    messages.success(request, f"{row.file_name.name} goes with it.")


def do_read(request: LabRequest, batch: Batch, row: InboxRow, form: DerivedForm) -> None:
    """Read the file with the reader that the person chose."""
    with journal_of(request.lab, by=request.user) as journal:
        raw_file = choose_reader(journal, row.file_name.raw_file, request.POST.get("reader", ""))
    raw_file = read_raw_file(raw_file, by=request.user, seconds=AT_ONCE_SECONDS)
    propose_for(batch, [row.file_name])
    messages.info(request, raw_file.refused or f"{row.file_name.name} is read.")


def do_derive(request: LabRequest, batch: Batch, row: InboxRow, form: DerivedForm) -> None:
    """Note from which file this one was made."""
    if not form.is_valid():
        raise Refusal("Name the file that it was made from.", field="source")
    named = FileName.objects.visible_to(request.user).filter(lab=request.lab, name=form.cleaned_data["source"])
    source = named.select_related("raw_file").order_by("-pk").first()
    if source is None:
        raise Refusal("No file of this name was received.", field="source")
    person = form.cleaned_data["person"] or request.membership.initials
    with journal_of(request.lab, by=request.user) as journal:
        derive(
            journal, derived=row.file_name.raw_file, source=source.raw_file, program=form.cleaned_data["program"],
            person=person,
        )  # fmt: skip
    messages.success(request, f"{row.file_name.name} is made from {source.name}.")


Act = Callable[[LabRequest, Batch, InboxRow, DerivedForm], None]
ACTS: dict[str, Act] = {"split": do_split, "join": do_join, "read": do_read, "derive": do_derive}


def page(request: LabRequest, batch: Batch, row: InboxRow, form: DerivedForm, *, status: int = 200) -> HttpResponse:
    """Show everything known of one line."""
    line = lines_of([row], request.user)[0]
    context = {
        "batch": batch,
        "line": line,
        "crumbs": [
            ("Upload inbox", reverse("inbox_list")),
            (str(batch).capitalize(), reverse("inbox_batch", args=[batch.pk])),
            (line.row.file_name.name, ""),
        ],
        "form": form,
        "others": others(batch, request, row),
        "derived_from": seen_derivations(request, row.file_name.raw_file),
        "may_record": may(request.membership.role, "record"),
    }
    return render(request, "measurements/inbox_line.html", context, status=status)


def others(batch: Batch, request: LabRequest, row: InboxRow) -> list[MatchLine]:
    """Return the lines that this one might belong to."""
    return [line for line in match_table(batch, request.user).waiting if line.row.pk != row.pk][:MOST_OTHERS]


def seen_derivations(request: LabRequest, raw_file: RawFile) -> list[FileDerivation]:
    """Return from which files it was made, those that the person may see."""
    seen = RawFile.objects.visible_to(request.user).filter(lab=request.lab)
    return list(raw_file.derived_from.filter(source__in=seen).select_related("source"))
