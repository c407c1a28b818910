"""Saved tables: the list, one of them, what it shows, and its files."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from analysis.forms.publishing import TableForm, TableMakeForm
from analysis.models import SavedTable
from analysis.publishing.ready import TABLES
from analysis.queries.making import series_seen_of
from analysis.queries.tables import FilledTable, changes_between, fill, quantities_of, ready_of, tables_seen
from analysis.queries.tables_page import page_table
from analysis.services.publishing import confirm_data, save_table
from labbook.errors import Refusal
from labbook.http import LabRequest, answer_once, find, lab_view, refused
from labbook.journal import journal_of
from labbook.queries.drafts import draft_data
from labbook.roles import may
from labbook.search.find import projects_of
from labbook.services.editing import edit_record
from samples.views.keeping import answer_form
from samples.views.samples import cursor_of, page_address

PAGE_SIZE = 50
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "tex": "application/x-tex; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_http_methods(["GET", "HEAD", "POST"])
@lab_view("read")
def table_list(request: LabRequest) -> HttpResponseBase:
    """Show the saved tables, newest first, and make one."""
    if request.method == "POST":
        return table_make(request)
    form = TableMakeForm(draft_data(request) or None, request=request, initial={"kind": request.GET.get("kind", "s2")})
    return list_page(request, form, 200)


@lab_view("record")
def table_make(request: LabRequest) -> HttpResponse:
    form = TableMakeForm(request.POST, request=request)

    def save() -> HttpResponse:
        said = form.cleaned_data
        title = said["title"] or TABLES[said["kind"]].usual_title
        with journal_of(request.lab, by=request.user) as journal:
            made = save_table(journal, kind=said["kind"], title=title, series=said["series"], samples=said["samples"])
        return redirect("table_detail", made.slug)

    return answer_form(request, form, lambda status: list_page(request, form, status), save)


def list_page(request: LabRequest, form: TableMakeForm, status: int) -> HttpResponse:
    """Return the list with the form below it."""
    tables, before = tables_seen(request.lab, request.user), cursor_of(request.GET)
    found = list((tables.filter(pk__lt=before) if before else tables)[: PAGE_SIZE + 1])
    rest = found[PAGE_SIZE - 1].pk if len(found) > PAGE_SIZE else None
    context = {
        "tables": [(one, TABLES[one.kind]) for one in found[:PAGE_SIZE] if one.kind in TABLES],
        "form": form,
        "ready": TABLES.values(),
        "next_address": page_address(request.GET, rest) if rest else "",
        "hidden": projects_of(request.lab, request.user).hidden,
        "may_record": may(request.membership.role, "record"),
    }
    return render(request, "analysis/table_list.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@lab_view("read")
def table_detail(request: LabRequest, slug: str) -> HttpResponseBase:
    """Show a table as it is today, what changed since it was confirmed, and the form of what it shows."""
    table = found_table(request, slug)
    if request.method == "POST":
        return table_change(request, slug)
    return detail_page(request, table, table_form(request, table), 200)


@lab_view("record")
def table_change(request: LabRequest, slug: str) -> HttpResponse:
    table = found_table(request, slug)
    form = table_form(request, table)

    def save() -> HttpResponse:
        token = request.POST.get("version", "")
        was_current = not changes_between(table.sources, fill(table, request.user).sources)
        edit_record(record=table, changes=form.changes(), token=token, by=request.user)
        if was_current:
            # Other columns are no change of the data; what had changed before is still to be confirmed.
            saved = SavedTable.objects.get(pk=table.pk)
            with journal_of(request.lab, by=request.user) as journal:
                confirm_data(journal, saved, sources=fill(saved, request.user).sources)
        messages.success(request, "The table is saved.")
        return redirect("table_detail", table.slug)

    return answer_form(request, form, lambda status: detail_page(request, table, form, status), save, record=table)


def table_form(request: LabRequest, table: SavedTable) -> TableForm:
    """Return the form of what a table shows."""
    data = request.POST if request.method == "POST" else draft_data(request)
    return TableForm(data or None, table=table, ready=ready_of(table), shown=quantities_of(table))


def detail_page(request: LabRequest, table: SavedTable, form: TableForm, status: int) -> HttpResponse:
    """Return a table's page."""
    filled = fill(table, request.user)
    context = {
        "table": table,
        "ready": ready_of(table),
        "shown": page_table(filled),
        "changes": changes_between(table.sources, filled.sources),
        "form": form,
        "formats": [(one, reverse("table_export", args=[table.slug, one])) for one in CONTENT_TYPES],
        "series": series_seen_of(table, request.user),
        "may_record": may(request.membership.role, "record"),
    }
    return render(request, "analysis/table_detail.html", context, status=status)


def found_table(request: LabRequest, slug: str) -> SavedTable:
    """Return a table of this lab that the person may see, else answer 404."""
    tables = SavedTable.objects.select_related("lab", "project", "series__sample")
    return find(request, tables, slug=slug, kind__in=TABLES)


@require_POST
@lab_view("record")
def table_confirm(request: LabRequest, slug: str) -> HttpResponse:
    """Say that today's numbers were looked at."""
    table = found_table(request, slug)

    def save() -> HttpResponse:
        try:
            with journal_of(request.lab, by=request.user) as journal:
                sources = fill(table, request.user).sources
                confirm_data(journal, table, sources=sources, token=request.POST.get("version", ""))
        except Refusal as refusal:
            return refused(request, refusal)
        messages.success(request, "The table rests on today's numbers.")
        return redirect("table_detail", table.slug)

    return answer_once(request, save)


@require_safe
@lab_view("read")
def table_export(request: LabRequest, slug: str, format: str) -> HttpResponse:
    """Answer a table as CSV, LaTeX, Word or a workbook."""
    table = found_table(request, slug)
    answer = HttpResponse(exported(fill(table, request.user), format), content_type=CONTENT_TYPES[format])
    answer.headers["Content-Disposition"] = f'attachment; filename="{table.slug}.{format}"'
    return answer


def exported(filled: FilledTable, format: str) -> str | bytes:
    """Return a table in one format; the libraries of the others stay unloaded."""
    if format == "csv":
        from analysis.publishing.as_csv import csv_of

        return csv_of(filled.sheet)
    if format == "tex":
        from analysis.publishing.as_latex import latex_of

        return latex_of(filled.sheet)
    if format == "docx":
        from analysis.publishing.as_docx import docx_of

        return docx_of(filled.sheet)
    from analysis.publishing.as_xlsx import xlsx_of

    return xlsx_of(filled.sheet)
