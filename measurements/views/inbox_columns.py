"""The columns of a table that nobody could read for certain: shown, chosen, remembered."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from labbook.errors import Refusal
from labbook.http import LabRequest, find, lab_view, refused
from measurements.forms.inbox_columns import ColumnsForm
from measurements.models import FileName
from measurements.services.inbox_columns import TableLayout, choose_columns, layout_of
from measurements.services.proposing import propose_for

FILES = FileName.objects.select_related("raw_file__lab", "batch")


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def file_columns(request: LabRequest, file_id: int) -> HttpResponse:
    """Show the columns of a table and read it by those that are chosen."""
    file_name: FileName = find(request, FILES, pk=file_id)
    try:
        layout = layout_of(file_name.raw_file)
    except Refusal as refusal:
        return refused(request, refusal)
    form = ColumnsForm(request.POST or None, layout=layout)

    def write() -> HttpResponse:
        if not form.is_valid():
            return page(request, file_name, form, layout, 422)
        try:
            choose_columns(file_name.raw_file, choice=form.choice(), signature=layout.signature, by=request.user)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
            return page(request, file_name, form, layout, 422)
        messages.success(request, f"{file_name.name} is read; these columns are remembered for tables like it.")
        if file_name.batch is None:
            return redirect("inbox_list")
        propose_for(file_name.batch, [file_name])
        return redirect("inbox_batch", file_name.batch.pk)

    # Reading takes seconds and must hold no transaction; a second tap reads the same and changes nothing.
    return write() if request.method == "POST" else page(request, file_name, form, layout, 200)


def page(request: LabRequest, file_name: FileName, form: ColumnsForm, layout: TableLayout, status: int) -> HttpResponse:
    """Show the first rows above the form."""
    crumbs = [("Upload inbox", reverse("inbox_list")), (file_name.name, "")]
    context = {"file_name": file_name, "form": form, "layout": layout, "crumbs": crumbs}
    return render(request, "measurements/inbox_columns.html", context, status=status)
